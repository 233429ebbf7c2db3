"""Every change is in the log with who, when, from where, what was before and after; the log can be searched and
exported.
"""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data_access.database import data_version, noting, writing
from models.audit import ACTIONS, WORDS, AuditQuestion, LoggedAct
from models.people import Person, Role
from rules.as_of import SHANGHAI, parse_instant
from rules.audit_words import change_in_words, detail_in_words
from services.access.audit_log import log
from services.access.current_user import acting_as
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.accounts.register import add_account
from services.accounts.sessions import FromWhere, signed_in
from services.accounts.sign_in import sign_in
from services.audit.search import ON_A_PAGE, audit_workbook, days, find_acts, verify_log
from services.figures.guide_rule_settings import change_rule
from services.intake.checked_workbook import Request
from services.intake.checking import confirm_column
from services.intake.upload import withdraw_submission
from services.milestones.evidence import attach, evidence_content, take_back
from services.milestones.progress import ProgressEntry, assignments, report_progress
from services.milestones.verification import verify
from services.plan.decisions import import_units, set_target, settle
from services.reporting.exemptions import decide_exemption
from services.settings.calendar import change_day
from services.units.register import change_unit, register_as_of
from tests.services.conftest import Report, send, workbook

ROOT = Path(__file__).resolve().parents[3]
UNIT, AT = "区人社局", parse_instant("2023-07-03T10:00")
CLAIM = {"基本编码": "000101001000", "事项名称": "社保卡", "责任单位": UNIT, "认领状态": "已认领"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def newest(action: str = "") -> LoggedAct:
    return find_acts(AuditQuestion(action=action)).acts[0]


def milestone() -> str:
    return next(assignment.measure for assignment in assignments(date(2023, 7, 31), UNIT))


@pytest.fixture
def done(district: None) -> str:
    """A milestone reported done."""
    code = milestone()
    report_progress(UNIT, "2023-06", ProgressEntry(code, "已完成", "办结", completed_on=date(2023, 6, 30)), at=AT)
    return code


def test_who_and_from_where_stand_beside_every_act(district: None) -> None:
    with acting_as(Person("张科长", Role.BUREAU, address="10.1.2.3", login="zhang")):
        set_target("help_on_time_rate", target=0.9, baseline=None, reason="按月推进", at=AT)
    act = newest()
    assert (act.by, act.account, act.unit, act.address, act.action) == ("张科长", "zhang", "", "10.1.2.3", "target")
    assert datetime.now(UTC) - act.at < timedelta(minutes=5)


def test_two_people_of_one_name_are_told_apart_by_account_and_unit(district: None) -> None:
    for name, unit in (("zhangwei1", UNIT), ("zhangwei2", "东关街道")):
        person = signed_in(sign_in(name, add_account(name, "张伟", "unit", unit).password, FromWhere("10.1.2.3")))
        assert person is not None
        with acting_as(person.person):
            confirm_column(unit, "catalogue_claims", "catalogue_claims", "认领与否", "认领状态")
    assert {(act.by, act.account, act.unit) for act in find_acts(AuditQuestion(action="confirm column")).acts} == {
        ("张伟", "zhangwei1", UNIT),
        ("张伟", "zhangwei2", "东关街道"),
    }
    assert {(act.action, act.account, act.unit) for act in find_acts(AuditQuestion(action="sign in")).acts} == {
        ("sign in", "zhangwei1", UNIT),
        ("sign in", "zhangwei2", "东关街道"),
    }
    for question in (
        AuditQuestion(person="zhangwei2", action="confirm column"),
        AuditQuestion(person="东关街道", action="confirm column"),
        AuditQuestion(words="zhangwei2", action="confirm column"),
    ):
        assert [act.account for act in find_acts(question).acts] == ["zhangwei2"]
    sheet = load_workbook(BytesIO(audit_workbook(AuditQuestion(action="confirm column")))).active
    assert sheet is not None
    assert [row[2:5] for row in sheet.iter_rows(values_only=True)] == [
        ("人员", "账号", "单位"),
        ("张伟", "zhangwei2", "东关街道"),
        ("张伟", "zhangwei1", UNIT),
    ]


def test_an_account_moved_to_another_unit_leaves_what_it_did_with_the_unit_of_then(district: None) -> None:
    with acting_as(Person("张伟", Role.UNIT, UNIT, login="zhangwei1")):
        confirm_column(UNIT, "catalogue_claims", "catalogue_claims", "认领与否", "认领状态")
    entry = next(unit.entry for unit in register_as_of(datetime.now(SHANGHAI).date()) if unit.entry.name == UNIT)
    change_unit(UNIT, replace(entry, name="区人社保障局"), reason="更名")
    assert newest("confirm column").unit == UNIT


def test_a_target_is_logged_with_the_one_before(district: None) -> None:
    set_target("help_on_time_rate", target=0.9, baseline=None, reason="按月推进", at=AT)
    assert change_in_words(newest()) == ("目标：1 → 0.9",)
    set_target("help_on_time_rate", target=0.8, baseline=None, reason="再调整", at=AT)
    assert change_in_words(newest()) == ("目标：0.9 → 0.8",)


def test_a_settled_doubt_is_logged_with_deadline_and_units_before_and_after(district: None) -> None:
    settle("2.1", deadline=date(2023, 9, 30), unit_words=[UNIT], reason="会议确定", at=AT)
    act = newest("settle")
    assert (act.before["deadline"], act.after["deadline"]) == ("2021-12-31", "2023-09-30")
    assert act.after["units"] == [UNIT]
    assert act.detail["reason"] == "会议确定"


def test_a_submission_and_its_withdrawal_are_logged(report: Report) -> None:
    sent = report("catalogue_claims", UNIT, None, [CLAIM], "2023-07-03")
    assert newest("import at").detail["records"] == 1
    withdraw_submission(sent.submission or 0, reason="重报")
    act = newest("withdraw")
    assert (act.before, act.after, act.detail["reason"]) == ({"withdrawn": False}, {"withdrawn": True}, "重报")


def test_a_workbook_that_did_not_go_in_is_logged_and_changes_no_kept_answer(district: None) -> None:
    before = data_version()
    send(b"", "空.xlsx", Request("catalogue_claims", UNIT, False, None))
    assert newest().action == "refused"
    assert data_version() == before


def test_a_verification_a_return_and_evidence_are_logged(done: str) -> None:
    number = attach(done, UNIT, "通知.pdf", PDF, at=AT)
    assert newest().after["file"] == "通知.pdf"
    take_back(number, at=AT)
    assert newest().action == "take back evidence"
    evidence_content(number)
    assert newest().action == "download evidence"
    verify(done, UNIT, returned=None, at=AT)
    assert (newest().action, newest().after) == ("verify", {"verified": True})


def test_an_exemption_a_calendar_day_and_a_guide_rule_are_logged_with_what_stood_before(district: None) -> None:
    decide_exemption(UNIT, "reviews", exempt=True, reason="无窗口", at=AT)
    assert change_in_words(newest()) == ("免报：否 → 是",)
    change_day(date(2023, 7, 3), working=False, reason="国办发明电")
    assert change_in_words(newest()) == ("工作日：是 → 否",)
    change_rule("G106", enabled=False, severity="error", reason="暂缓", at=AT)
    assert change_in_words(newest()) == ("启用：是 → 否",)


def test_a_confirmed_heading_is_logged(district: None) -> None:
    confirm_column(UNIT, "catalogue_claims", "catalogue_claims", "认领与否", "认领状态")
    assert change_in_words(newest("confirm column")) == ("字段：无 → 认领状态",)


def test_units_imported_again_are_logged_by_what_changed_and_without_their_people(district: None) -> None:
    import_units(
        workbook("units", [{"单位名称": UNIT, "单位类别": "部门", "责任人": "欧阳小明", "联系电话": "13912345678"}]),
        "名册.xlsx",
    )
    act = newest("import units")
    assert list(act.after) == [UNIT]
    assert act.after[UNIT]["person"] == "欧阳**"
    assert "13912345678" not in repr(act)


def test_what_is_refused_leaves_no_entry_of_a_change(district: None) -> None:
    before = newest().number
    with pytest.raises(RefusedRequest):
        set_target("help_on_time_rate", target=0.9, baseline=None, reason=" ", at=AT)
    assert newest().number == before


def test_a_change_that_breaks_off_leaves_no_entry_either(district: None) -> None:
    before = newest().number
    with pytest.raises(ZeroDivisionError), writing() as session:
        log(session, "target", "x")
        _ = 1 / 0
    assert newest().number == before
    assert verify_log().whole


def test_the_chain_holds_after_everything(done: str) -> None:
    verify(done, UNIT, returned="材料不全", at=AT)
    state = verify_log()
    assert state.whole
    assert state.entries == newest().number


@pytest.fixture
def many(district: None) -> None:
    with noting() as session:
        for number in range(ON_A_PAGE + 5):
            log(session, "sign in", f"第{number}次", detail={"reason": "百分之%五_十" if number == 7 else "平常"})


def test_a_page_is_never_longer_and_the_next_one_goes_on(many: None) -> None:
    first = find_acts(AuditQuestion(action="sign in"))
    assert len(first.acts) == ON_A_PAGE
    second = find_acts(AuditQuestion(action="sign in", before=first.older))
    assert (len(second.acts), second.older) == (5, None)
    assert [act.subject for act in (*first.acts, *second.acts)] == [
        f"第{number}次" for number in reversed(range(ON_A_PAGE + 5))
    ]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        (AuditQuestion(words="第7次"), 1),
        (AuditQuestion(words="百分之%五_十"), 1),
        (AuditQuestion(words="第7次 百分之"), 1),
        (AuditQuestion(words="%"), 1),
        (AuditQuestion(words="第7次 平常"), 0),
        (AuditQuestion(words="' OR 1=1 --"), 0),
        (AuditQuestion(person="无此人"), 0),
        (AuditQuestion(action="sign out"), 0),
    ],
)
def test_words_are_found_in_subject_and_reason_as_they_are_written(
    many: None, question: AuditQuestion, number: int
) -> None:
    assert len(find_acts(question).acts) == number


def test_days_are_those_of_shanghai_both_included(many: None) -> None:
    today = datetime.now(SHANGHAI).date()
    assert len(find_acts(days(today, today)).acts) == ON_A_PAGE
    assert find_acts(days(None, today - timedelta(days=1))).acts == ()
    assert find_acts(days(today + timedelta(days=1), None)).acts == ()


def test_the_export_holds_what_was_found_and_is_logged_itself(many: None) -> None:
    content = audit_workbook(AuditQuestion(words="第7次"))
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert [row[7] for row in sheet.iter_rows(values_only=True)] == ["对象", "第7次"]
    assert (newest().action, newest().detail) == ("export audit", {"entries": 1, "words": "第7次"})


def test_an_export_says_where_it_ends(many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.audit.search.MOST", 10)
    sheet = load_workbook(BytesIO(audit_workbook(AuditQuestion()))).active
    assert sheet is not None
    assert sheet.max_row == 12
    assert "只导出最新的 10 条" in str(sheet.cell(12, 9).value)


@pytest.mark.parametrize("role", [Role.UNIT, Role.LEADER])
@pytest.mark.parametrize(
    "ask", [lambda: find_acts(AuditQuestion()), lambda: audit_workbook(AuditQuestion()), verify_log]
)
def test_the_log_is_for_the_bureau_and_the_inspector(
    district: None, become: Callable[..., None], role: Role, ask: Callable[[], object]
) -> None:
    become(role, UNIT if role is Role.UNIT else None)
    with pytest.raises(Forbidden):
        ask()


def test_numbers_written_into_a_reason_are_masked_on_screen() -> None:
    act = LoggedAct(AT, "管理局", "", "withdraw", "submission 1", {"reason": "群众13912345678来电更正"})
    assert detail_in_words(act) == "理由：群众139****5678来电更正"


def _literal_actions() -> set[str]:
    """The words given as an action to log(…) or record(…) anywhere in services."""
    literal_actions: set[str] = set()
    for path in (ROOT / "services").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
                "log",
                "record",
            }:
                given = node.args[1:2] + [word.value for word in node.keywords if word.arg == "action"]
                literal_actions |= {
                    node.value
                    for part in given
                    for node in ast.walk(part)
                    if isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and not isinstance(part, ast.JoinedStr)
                }
    return literal_actions


@pytest.mark.long
def test_every_action_that_services_log_has_its_chinese_words() -> None:
    actions = _literal_actions()
    assert len(actions) > 20
    assert actions - ACTIONS.keys() == set()


def _literal_names() -> set[str]:
    """The names under which services log details and what was before and after, where they stand as they are."""
    calls = (
        node
        for path in (ROOT / "services").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"log", "record"}
    )
    values = [word.value for call in calls for word in call.keywords if word.arg in {"detail", "before", "after"}]
    keys = [key for value in values for part in ast.walk(value) if isinstance(part, ast.Dict) for key in part.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


@pytest.mark.long
def test_every_name_that_services_log_has_its_chinese_words() -> None:
    names = _literal_names()
    assert len(names) > 40
    assert names - WORDS.keys() == set()


def test_names_in_the_log_are_chinese_on_screen() -> None:
    assert [name for name, words in {**ACTIONS, **WORDS}.items() if words.isascii()] == []
