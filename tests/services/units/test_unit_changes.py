"""机构改革: a unit is renamed, merged, split, founded or abolished from a day on; what was before that day stays as it
was, to the byte, and from that day on who came after it owes what it owed.
"""

import json
from datetime import date, timedelta

import pytest

from data_access.audit import acts
from data_access.database import reading
from data_access.plan_store import units
from data_access.submissions import reports_in_force
from models.people import Person, Role
from models.units import UnitChangeKind
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.access.permission import Forbidden, is_own, own_unit
from services.access.refusal import RefusedRequest
from services.board.lamps_json import lamps_asked_for, lamps_json
from services.board.scorecard import assess
from services.figures.acting_for import acting_for
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.questions import questions
from services.intake.upload import submit
from services.milestones.assignment import assignment_history
from services.milestones.progress import assignments
from services.milestones.verification import verify
from services.plan.decisions import settle
from services.rectifications.acts import Opening, open_rectification
from services.rectifications.ledger import rectifications_as_of
from services.reporting.reports import Reporting, reports_owed
from services.units.changes import UnitChangeForm, enter_unit_change, preview_unit_change, unit_history
from services.units.register import register_as_of
from tests.services.conftest import workbook

DAY = date(2023, 8, 16)
BEFORE, AFTER, LATER = DAY - timedelta(days=1), DAY, date(2023, 9, 20)
AT = parse_instant("2023-08-10T09:00")
DONE = {"举措编号": "1.2.2", "进展状态": "已完成", "完成日期": date(2023, 6, 20), "进展情况": "已完成"}
GOING_ON = {"举措编号": "1.2.2", "进展状态": "推进中", "完成比例": 40, "进展情况": "正在开展"}


def enter(kind, *units, into=(), day=DAY, unit_kind="", reason="机构改革"):
    form = UnitChangeForm(
        UnitChangeKind(kind), tuple(units), tuple(into), day, reason, "区委编办〔2023〕1号", unit_kind
    )
    return enter_unit_change(form, at=AT)


def units_of(task, day):
    return {lamp.unit for lamp in assess(day, task=task).lamps}


def bytes_of(day):
    return json.dumps(lamps_json(assess(day)), ensure_ascii=False)


def owed(day, unit, dataset="progress"):
    return {line.month: line for line in reports_owed(day, unit=unit, dataset=dataset)}


OPENING = Opening("东关街道", "台账不全", "补齐台账", due=date(2023, 9, 1))
CHANGES = [
    ("rename", ("东关街道",), ("东关新城街道",), ""),
    ("merge", ("东关街道",), ("新城街道",), ""),
    ("merge", ("区人社局", "区住建局"), ("区人社局",), ""),
    ("split", ("区住建局",), ("区住房局", "区建设局"), ""),
    ("split", ("区住建局",), ("区住建局", "区建设局"), ""),
    ("found", (), ("新城街道",), "镇街"),
    ("abolish", ("区人社局",), ("区住建局",), ""),
]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "units", "into", "unit_kind"), CHANGES)
def test_lamps_as_of_days_before_a_change_stay_the_same_to_the_byte(report, kind, units, into, unit_kind) -> None:
    report("progress", "东关街道", "2023-06", [{**GOING_ON, "责任单位": "东关街道"}], "2023-07-10T09:00")
    days = [date(2023, 7, 12), BEFORE]
    stood = [bytes_of(day) for day in days]
    enter(kind, *units, into=into, unit_kind=unit_kind)
    assert [bytes_of(day) for day in days] == stood
    assert bytes_of(AFTER) != stood[-1].replace(str(BEFORE), str(AFTER))


@pytest.mark.long
@pytest.mark.parametrize(("kind", "units", "into", "unit_kind"), CHANGES)
def test_what_follows_is_told_before_it_is_entered_and_nothing_is_stored_by_it(
    district, kind, units, into, unit_kind
) -> None:
    form = UnitChangeForm(UnitChangeKind(kind), units, into, DAY, "机构改革", "区委编办〔2023〕1号", unit_kind)
    preview = preview_unit_change(form, at=AT)
    assert not unit_history(LATER)
    entered = enter(kind, *units, into=into, unit_kind=unit_kind)
    assert (preview.tasks, preview.in_words, preview.number) == (entered.tasks, entered.in_words, None)
    for change in preview.tasks:
        answering = units_of(change.task, BEFORE) | set(change.added)
        assert units_of(change.task, AFTER) == answering - set(change.removed)


def test_a_renamed_unit_has_its_new_name_from_the_day_on_and_is_known_by_both(report) -> None:
    enter("rename", "东关街道", into=["东关新城街道"])
    assert "东关街道" in units_of("1.2", BEFORE)
    assert units_of("1.2", AFTER) >= {"东关新城街道"}
    assert "东关街道" not in units_of("1.2", AFTER)
    for day in (BEFORE, AFTER):
        by_either = [
            lamps_asked_for(day, unit=unit, area=None, task=None).lamps for unit in ("东关街道", "东关新城街道")
        ]
        assert by_either[0] == by_either[1] != ()
    sent = report("progress", "东关街道", "2023-07", [{**GOING_ON, "责任单位": "东关街道"}], "2023-08-20T09:00")
    assert sent.report.unit == "东关新城街道"


def test_a_name_that_comes_only_later_is_not_shown_before_its_day(district) -> None:
    enter("rename", "东关街道", into=["东关新城街道"])
    assert [unit.entry.name for unit in register_as_of(BEFORE)][-1] == "东关街道"
    assert [unit.entry.name for unit in register_as_of(AFTER)][-1] == "东关新城街道"


def test_a_founded_unit_answers_for_what_names_its_group_and_owes_from_the_month_of_its_founding(district) -> None:
    enter("found", into=["新城街道"], unit_kind="镇街")
    assert "新城街道" not in {unit.entry.name for unit in register_as_of(BEFORE)}
    assert "新城街道" in units_of("1.2", AFTER)
    assert min(owed(LATER, "新城街道")) == "2023-08"


@pytest.mark.long
def test_the_successor_owes_what_the_old_one_had_not_reported_and_settles_it_by_its_own_report(report) -> None:
    rows = [{**GOING_ON, "责任单位": "东关街道"}]
    report("progress", "东关街道", "2023-06", rows, "2023-07-10T09:00")
    missing_before = {month for month, line in owed(DAY, "东关街道").items() if line.status is Reporting.MISSING}
    assert missing_before >= {"2023-07"}
    assert "2023-06" not in missing_before
    enter("merge", "东关街道", into=["新城街道"])
    inherited = {month for month, line in owed(DAY, "新城街道").items() if line.status is Reporting.MISSING}
    assert inherited == missing_before
    assert not owed(DAY, "东关街道")
    report("progress", "新城街道", "2023-07", [{**GOING_ON, "责任单位": "新城街道"}], "2023-08-21T09:00")
    assert owed(LATER, "新城街道")["2023-07"].status is not Reporting.MISSING


@pytest.mark.long
def test_a_unit_that_takes_another_over_owes_its_missing_month_until_it_reports_that_month_again(report) -> None:
    rows = [{**GOING_ON, "责任单位": "区住建局"}]
    report("progress", "区住建局", "2023-07", rows, "2023-08-04T09:00")
    enter("abolish", "区人社局", into=["区住建局"])
    line = owed(LATER, "区住建局")["2023-07"]
    assert line.status is Reporting.PARTIAL
    assert "原区人社局的部分" in line.lacking
    further = [
        {**GOING_ON, "责任单位": "区住建局", "进展情况": "并入部分已接续"}
    ]  # the same file again is no other report
    report("progress", "区住建局", "2023-07", further, "2023-08-21T09:00")
    assert "原区人社局的部分" not in owed(LATER, "区住建局")["2023-07"].lacking


def test_a_milestone_finished_by_the_old_one_is_finished_for_its_successor(report) -> None:
    report("progress", "东关街道", "2023-06", [{**DONE, "责任单位": "东关街道"}], "2023-07-10T09:00")
    verify("1.2.2", "东关街道", returned=None, at=parse_instant("2023-07-11T09:00"))
    before = next(lamp for lamp in assess(BEFORE, unit="东关街道").lamps if lamp.measure == "1.2.2")
    enter("merge", "东关街道", into=["新城街道"])
    after = next(lamp for lamp in assess(AFTER, unit="新城街道").lamps if lamp.measure == "1.2.2")
    assert (after.lamp, after.completed_on) == (before.lamp, before.completed_on)


CASE = {"实施编码": "A1", "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9}


def ledger(month: str, *units: str) -> CheckedWorkbook:
    """A whole district's ledger of a month, with one row of each of these units."""
    content = workbook("monthly_cases", [CASE | {"责任单位": unit, "实施编码": unit} for unit in units])
    return check(content, f"全区{month}.xlsx", Request("monthly_cases", district=True, month=month))


def units_read(checked: CheckedWorkbook) -> tuple[list[str], list[str]]:
    """The units as they were understood, and what is wrong."""
    return list(checked.report.frames["monthly_cases"]["unit"]), [p.value for p in checked.report.problems]


def test_a_ledger_of_a_month_before_the_day_is_taken_under_the_old_names_and_one_after_under_the_new(district) -> None:
    enter("merge", "东关街道", into=["新城街道"])
    enter("split", "区住建局", into=["区住房局", "区建设局"])
    enter("rename", "区人社局", into=["区人力局"])
    old, new = ("东关街道", "区住建局", "区人社局"), ("新城街道", "区住房局", "区人力局")
    assert units_read(ledger("2023-07", *old)) == (["东关街道", "区住建局", "区人力局"], [])
    assert units_read(ledger("2023-07", *new)) == units_read(ledger("2023-09", *new)) == (list(new), [])
    read, wrong = units_read(ledger("2023-09", *old))
    assert (read, wrong) == (["新城街道", None, "区人力局"], ["区住建局"])  # who of the two is asked


def test_a_ledger_that_says_by_its_rows_alone_of_which_month_it_is_is_read_by_the_names_of_that_month(district) -> None:
    enter("merge", "东关街道", into=["新城街道"])
    case = {"工单编号": "G1", "责任单位": "东关街道", "受理时间": "2023-07-03 10:00", "工单类型": "咨询"}
    report = check(workbook("hotline_tickets", [case]), "全区.xlsx", Request("hotline_tickets", district=True)).report
    assert (report.month, list(report.frames["hotline_tickets"]["unit"])) == ("2023-07", ["东关街道"])


@pytest.mark.long
def test_a_month_reported_again_after_a_merger_replaces_what_stands_under_the_old_name(district) -> None:
    day = parse_instant("2023-08-03T09:00")
    submit(ledger("2023-07", "东关街道", "区人社局"), at=day)
    enter("merge", "东关街道", into=["新城街道"])
    later = parse_instant("2023-08-20T09:00")
    [question] = [q for q in questions(ledger("2023-07", "新城街道"), later) if q.code == "reported-under-former-name"]
    assert "2023-07 已有原东关街道的 1 行（报送 1），将与本次新城街道的 1 行合计" in question.text
    again = ledger("2023-07", "东关街道", "区住建局")
    assert not [question for question in questions(again, later) if question.code == "reported-under-former-name"]
    submit(again, at=later)
    with reading() as session:
        standing = reports_in_force(session, parse_instant("2023-08-21T00:00"), dataset="monthly_cases")
        names = {number: unit.name for number, unit in units(session).items()}
    assert sorted((names[report.unit_id], report.submission_id) for report in standing) == [
        ("东关街道", 2),
        ("区人社局", 1),
        ("区住建局", 2),
    ]


def test_the_old_name_in_a_workbook_means_the_successor_and_is_asked_after_a_split(district) -> None:
    enter("merge", "东关街道", into=["新城街道"])
    enter("split", "区住建局", into=["区住房局", "区建设局"])
    content = workbook("progress", [{**GOING_ON, "责任单位": "东关街道"}])
    assert check(content, "七月.xlsx", Request(dataset="progress", month="2023-07")).report.unit == "新城街道"
    content = workbook("progress", [{**GOING_ON, "责任单位": "区住建局"}])
    refused = check(content, "八月.xlsx", Request(dataset="progress", month="2023-08", district=True))
    [problem] = [problem for problem in refused.report.problems if problem.severity == "error"]
    assert "区住房局" in problem.message
    assert "区建设局" in problem.message


def test_people_of_a_merged_unit_act_for_its_successor_from_the_day_on(district) -> None:
    enter("merge", "东关街道", into=["新城街道"])
    with reading() as session:
        before = acting_for(session, "东关街道", parse_instant("2023-08-15T09:00"))
        after = acting_for(session, "东关街道", parse_instant("2023-08-17T09:00"))
    assert before == ("东关街道", ())
    assert after == ("新城街道", ("东关街道",))
    with acting_as(Person("王芳", Role.UNIT, after[0], also=after[1])):
        assert own_unit() == "新城街道"
        assert is_own("东关街道")
        assert not is_own("区人社局")
        assert {lamp.unit for lamp in assess(BEFORE).lamps if lamp.reason} >= {"东关街道"}


def test_an_open_rectification_is_answered_by_the_successor(district) -> None:
    opened = open_rectification(OPENING, at=parse_instant("2023-08-01T09:00"))
    enter("merge", "东关街道", into=["新城街道"])
    assert [item.unit for item in rectifications_as_of(BEFORE).rectifications] == ["东关街道"]
    assert [item.number for item in rectifications_as_of(AFTER, "新城街道").rectifications] == [opened.number]


def test_a_decision_after_a_change_that_still_names_the_old_unit_means_its_successor(district) -> None:
    enter("merge", "东关街道", into=["新城街道"])
    settle(
        "1.2", deadline=None, unit_words=["东关街道", "区人社局"], reason="核定", at=parse_instant("2023-08-20T09:00")
    )
    assert units_of("1.2", LATER) == {"新城街道", "区人社局"}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (("rename", ("东关街道",), ("区人社局",), ""), "已经是“区人社局”的名称或别名"),
        (("rename", ("西关街道",), ("新城街道",), ""), "单位名册中没有“西关街道”"),
        (("rename", ("东关街道",), ("东关街道",), ""), "新名称与原名称相同"),
        (("split", ("区住建局",), ("区建设局",), ""), "至少两个承接单位"),
        (("merge", ("区住建局",), ("区住建局",), ""), "至少须有一个"),
        (("abolish", ("三维数字中心",), (), ""), "没有责任单位"),
        (("found", (), ("新城街道",), "街道"), "单位类别应为"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence_and_nothing_is_stored(district, form, sentence) -> None:
    kind, units, into, unit_kind = form
    with pytest.raises(RefusedRequest, match=sentence):
        enter(kind, *units, into=into, unit_kind=unit_kind)
    assert not unit_history(LATER)


def test_a_change_needs_a_reason_and_comes_after_what_is_entered_of_the_unit(district) -> None:
    with pytest.raises(RefusedRequest, match="理由"):
        enter("rename", "东关街道", into=["新城街道"], reason=" ")
    enter("rename", "东关街道", into=["新城街道"])
    with pytest.raises(RefusedRequest, match="不能早于该日"):
        enter("merge", "东关街道", into=["区人社局"], day=BEFORE)
    enter("abolish", "新城街道", into=["区人社局"], day=LATER)
    with pytest.raises(RefusedRequest, match="撤销"):
        enter("rename", "新城街道", into=["新街道"], day=LATER)


def test_who_enters_a_change_that_has_other_effects_now_is_told_who_was_first_and_nothing_is_stored(district) -> None:
    form = UnitChangeForm(UnitChangeKind.MERGE, ("东关街道",), ("区住建局",), DAY, "机构改革")
    seen = preview_unit_change(form, at=AT)
    with acting_as(Person("王科长", Role.BUREAU)):
        enter("rename", "区住建局", into=("区住房建设局",), reason="三定方案")
    with pytest.raises(RefusedRequest, match="已由王科长（理由：三定方案）更改，这次变动的影响与您看到的不同"):
        enter_unit_change(form, at=AT, seen=seen)
    assert [change.kind for change in unit_history(LATER)] == [UnitChangeKind.RENAME]
    enter_unit_change(form, at=AT, seen=preview_unit_change(form, at=AT))
    with pytest.raises(RefusedRequest, match=f"“东关街道”已于 {DAY} 合并（.+录入），不能再变动"):
        enter("merge", "东关街道", into=("区人社局",))


def test_the_history_tells_each_entry_by_the_names_of_its_day_and_is_logged(district) -> None:
    enter("rename", "东关街道", into=["新城街道"])
    enter("merge", "新城街道", into=["区人社局"], day=LATER)
    assert [(entry.in_words, entry.is_to_come) for entry in unit_history(AFTER)] == [
        ("东关街道更名为新城街道", False),
        ("新城街道并入区人社局", True),
    ]
    assert unit_history(LATER, "区人社局") == unit_history(LATER, "东关街道") == unit_history(LATER)
    assert not unit_history(date(2023, 8, 9))
    with reading() as session:
        assert [act.action for act in acts(session)][-2:] == ["rename unit", "merge unit"]


def test_only_the_bureau_enters_changes(district) -> None:
    with acting_as(Person("督查员", Role.INSPECTOR)), pytest.raises(Forbidden):
        enter("rename", "东关街道", into=["新城街道"])


def test_the_assignment_of_the_successor_shows_what_the_old_one_reported_and_what_happened(report) -> None:
    report("progress", "东关街道", "2023-06", [{**DONE, "责任单位": "东关街道"}], "2023-07-10T09:00")
    enter("merge", "东关街道", into=["新城街道"])
    history = assignment_history("1.2.2", "新城街道", AFTER)
    assert [line.month for line in history.reports] == ["2023-06"]
    assert [event.words for event in history.events if event.what == "机构变动"] == [
        "东关街道并入新城街道；理由：机构改革，依据区委编办〔2023〕1号"
    ]
    [waiting] = [item for item in assignments(AFTER, "新城街道") if item.measure == "1.2.2"]
    assert waiting.latest is not None
    assert waiting.latest.completed_on == DONE["完成日期"]
