"""A unit's guides: what is wrong, what changed, the workbook to mend, questions by hand, contradictions with other
data.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from catalogue.guide_rules import GUIDE_RULES
from models.people import Role
from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.figures.guide_rule_settings import change_rule
from services.guides.accuracy_trend import submissions
from services.guides.changes import changes_since_last
from services.guides.cross_checks import cross_check
from services.guides.manual_checks import questions, record
from services.guides.sheet import SECTIONS, guide_of
from services.guides.todo import todo_workbook
from services.guides.unit_guides import unit_guides
from services.intake.checked_workbook import Request
from services.intake.checking import check
from tests.services.conftest import Report

UNIT = "区人社局"
ITEM = {
    "实施编码": "A1",
    "事项名称": "社保登记",
    "责任单位": UNIT,
    "法定办结时限": "20个工作日",
    "承诺办结时限": "5个工作日",
    "办件类型": "承诺件",
    "办理地点": "海石湾街道办事处",
    "到办事现场次数": 1,
    "外部流程图": "图.png",
    "咨询电话": "0931-6212345",
}
STEP = {
    "实施编码": "A1",
    "序号": 1,
    "办理环节": "受理",
    "办理内容": "受理",
    "办理人员": "窗口",
    "审批标准": "齐全",
    "办理结果": "通知书",
}
DAY = date(2023, 2, 10)


def send(report: Report, at: str, *items: dict[str, object], steps: tuple[dict[str, object], ...] = (STEP,)) -> None:
    report("guides", UNIT, None, {"事项": [ITEM | item for item in items], "流程": list(steps)}, at)


def test_a_unit_that_never_reported_has_no_guides_no_changes_and_no_workbook(district: None) -> None:
    assert unit_guides(UNIT, DAY) is None and changes_since_last(UNIT, DAY) is None and questions(UNIT, DAY) == ()
    with pytest.raises(RefusedRequest, match="没有报送办事指南"):
        todo_workbook(UNIT, DAY)
    with pytest.raises(RefusedRequest, match="单位名册中没有"):
        unit_guides("无此单位", DAY)


@pytest.mark.long
def test_items_stand_worst_first_with_the_rules_they_fail(report: Report) -> None:
    send(report, "2023-02-03T09:00", {}, {"实施编码": "A2", "法定办结时限": None, "咨询电话": None})
    guides = unit_guides(UNIT, DAY)
    assert guides is not None
    assert [guide.item_code for guide in guides.items] == ["A2", "A1"]
    assert {"G101", "G108"} <= set(guides.items[0].rules) and "G101" not in guides.items[1].rules


@pytest.mark.long
def test_the_guide_shows_each_failing_field_with_rule_clause_and_cell(report: Report) -> None:
    send(report, "2023-02-03T09:00", {})
    guides = unit_guides(UNIT, DAY)
    guide = guide_of(guides, "A1") if guides else None
    assert guide is not None and guides is not None and guide_of(guides, "无此事项") is None
    place = next(line for line in guide.sections["到哪里办、何时办、问谁"] if line.field.name == "address")
    assert place.value == "海石湾街道办事处" and {mark.rule for mark in place.marks} == {"G106"}
    assert {(mark.clause, mark.cell) for mark in place.marks} == {("5.1 二", "事项 W2")}
    times = {line.field.name: line.value for line in guide.sections["办理时限"]}
    assert times["promised_days"] == "5个工作日"
    content = next(line for line in guide.steps[0] if line.field.name == "step_content")
    assert [(mark.rule, mark.cell) for mark in content.marks] == [("G303", "流程 D2")]
    assert len(guide.marks) == len(guides.findings)


def test_the_guide_has_a_place_for_every_field_that_a_rule_can_find_wrong() -> None:
    shown = {name for names in SECTIONS.values() for name in names}
    checked = {check.field.name for rule in GUIDE_RULES for check in rule.checks if check.part == "事项"}
    assert checked <= shown


@pytest.mark.long
def test_what_changed_is_told_by_cell_and_rule_wherever_the_row_stands(report: Report) -> None:
    send(report, "2023-02-03T09:00", {}, {"实施编码": "A2", "法定办结时限": None}, {"实施编码": "A3"})
    assert {change.change for change in changes_since_last(UNIT, DAY).changes} == {"open"}  # type: ignore[union-attr]
    send(report, "2023-02-08T09:00", {"实施编码": "A2", "咨询电话": "6212345"}, {"办理地点": "平安路168号一楼"})
    changes = changes_since_last(UNIT, DAY)
    assert changes is not None
    change_of = {(change.rule, change.item_code): (change.change, change.gone) for change in changes.changes}
    assert change_of["G101", "A2"] == ("fixed", False)
    assert change_of["G108", "A2"] == ("new", False)
    assert change_of["G106", "A1"] == ("open", False)  # two parts mended, the window still missing
    assert change_of["G106", "A3"] == ("fixed", True)
    assert changes_since_last(UNIT, date(2023, 2, 7)).counts["new"] == 0  # type: ignore[union-attr]


@pytest.mark.long
def test_a_rule_changed_between_two_submissions_changes_nothing_of_what_the_unit_did(report: Report) -> None:
    send(report, "2023-02-03T09:00", {"法定办结时限": None})
    change_rule("G101", enabled=False, severity="error", reason="会议决定", at=parse_instant("2023-02-05T09:00"))
    send(report, "2023-02-08T09:00", {"法定办结时限": None, "备注": "修订"})
    changes = changes_since_last(UNIT, DAY)
    assert changes is not None and changes.counts["fixed"] == 0 and changes.counts["new"] == 0


@pytest.mark.long
def test_each_submission_stands_with_the_accuracy_after_it(report: Report) -> None:
    send(report, "2023-02-03T09:00", {"法定办结时限": None})
    send(report, "2023-02-08T09:00", {})
    first, second = submissions(DAY, UNIT)
    assert (first.submission.revision, second.submission.revision) == (1, 2)
    assert (
        first.accuracy.share is not None
        and second.accuracy.share is not None
        and first.accuracy.share < second.accuracy.share
    )


@pytest.mark.long
def test_the_workbook_to_mend_is_the_units_own_marked_and_listed_by_rule_and_can_be_uploaded(report: Report) -> None:
    send(report, "2023-02-03T09:00", {}, {"实施编码": "A2"})
    name, content = todo_workbook(UNIT, DAY)
    book = openpyxl.load_workbook(BytesIO(content))
    listed = [row for row in book.worksheets[0].iter_rows(min_row=3, values_only=True) if row[5]]
    rules = [str(row[5])[:4] for row in listed]
    assert rules == sorted(rules) and {"G106", "G303"} <= set(rules)
    assert ("事项", "W2") in {(row[1], row[2]) for row in listed}
    assert book["事项"]["W2"].fill.fill_type == "solid" and book["事项"]["B2"].fill.fill_type is None
    again = check(content, name, Request("guides", UNIT)).report
    assert again.accepted and len(again.frames["事项"]) == 2


@pytest.mark.long
def test_of_a_whole_district_ledger_a_unit_gets_its_own_rows_alone_at_their_places(report: Report) -> None:
    other = ITEM | {"实施编码": "B1", "责任单位": "区住建局", "事项名称": "施工许可"}
    report(
        "guides",
        None,
        "2023-02",
        {"事项": [other, ITEM], "流程": [STEP | {"实施编码": "B1"}, STEP]},
        "2023-02-03T09:00",
    )
    name, content = todo_workbook(UNIT, DAY)
    book = openpyxl.load_workbook(BytesIO(content))
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "施工许可" not in words and "区住建局" not in words and "B1" not in words
    assert (
        book["事项"]["A1"].value == "实施编码" and book["事项"]["A3"].value == "A1" and book["流程"]["A3"].value == "A1"
    )
    assert check(content, name, Request("guides", UNIT)).report.accepted


@pytest.mark.long
def test_rules_by_hand_wait_until_a_finding_is_recorded_and_stand_as_they_did_on_earlier_days(
    report: Report, become: Callable[..., None]
) -> None:
    send(report, "2023-02-03T09:00", {}, {"实施编码": "A2", "外部流程图": None})
    become(Role.INSPECTOR)
    assert {(question.rule.code, question.item_code) for question in questions(UNIT, DAY) if question.waits} == {
        ("G111", "A1"),
        ("G312", "A1"),
        ("G111", "A2"),
    }
    record("G111", UNIT, "A1", passed=False, note="无人接听", at=parse_instant("2023-02-09T10:00"))
    record("G111", UNIT, "A1", passed=True, note="", at=parse_instant("2023-02-11T10:00"))
    question_of = {question.rule.code: question for question in questions(UNIT, DAY, "A1")}
    answers = [(finding.passed, finding.note, finding.by) for finding in question_of["G111"].findings]
    assert answers == [(False, "无人接听", "督查室")] and question_of["G312"].waits
    assert [finding.passed for finding in questions(UNIT, date(2023, 2, 11), "A1")[0].findings] == [False, True]
    assert all(question.waits for question in questions(UNIT, date(2023, 2, 8)))


@pytest.mark.long
@pytest.mark.parametrize(
    ("rule", "item", "passed", "said"),
    [
        ("G101", "A1", True, "没有待人工核查的规则"),
        ("G312", "A2", True, "没有待人工核查的规则"),
        ("G111", "无", True, "没有待人工核查的规则"),
        ("G111", "A1", False, "请写明情况"),
    ],
)
def test_a_finding_without_question_or_account_is_refused(
    report: Report, rule: str, item: str, passed: bool, said: str
) -> None:
    send(report, "2023-02-03T09:00", {}, {"实施编码": "A2", "外部流程图": None})
    with pytest.raises(RefusedRequest, match=said):
        record(rule, UNIT, item, passed=passed, note="", at=parse_instant("2023-02-09T10:00"))
    assert all(question.waits for question in questions(UNIT, DAY))


@pytest.mark.long
def test_guides_are_held_against_cases_and_claims_in_force_on_the_day(report: Report) -> None:
    assert cross_check(DAY).missing == ("办事指南", "月度办件统计", "事项认领情况")
    send(report, "2023-02-03T09:00", {"网上办理深度": "全程网办", "基本编码": "442199806003"})
    case = {"实施编码": "A1", "责任单位": UNIT, "办件量": 10, "网上办件量": 7, "办结量": 8}
    report("monthly_cases", UNIT, "2023-01", [case, case | {"实施编码": "Z9"}], "2023-02-03T09:00")
    claim = {"基本编码": "442199806003", "事项名称": "社保登记", "责任单位": UNIT, "认领状态": "未认领"}
    report("catalogue_claims", UNIT, None, [claim], "2023-02-08T09:00")
    checks = cross_check(DAY)
    assert checks.missing == () and checks.cases_without_guide["item_code"].tolist() == ["Z9"]
    assert checks.guides_not_claimed["claim"].tolist() == ["未认领"] and checks.walk_ins["walk_ins"].tolist() == [3]
    assert cross_check(date(2023, 2, 5)).guides_not_claimed.empty
