"""Several plans on one board: each judged by its own targets and months, none touched by another."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import manage
from models.lamps import Lamp, MeasureLamp
from models.notices import Level
from rules.as_of import parse_instant
from services.access.chosen_plan import asking_of
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.board.scorecard import assess, assess_days
from services.figures.refold import refold
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.replacing import replaced_rows
from services.intake.templates import named_template
from services.intake.upload import submit
from services.milestones.verification import verify
from services.notices.deadline_calendar import deadline_calendar
from services.notices.notices import notices_as_of, send_notice
from services.operations.set_up import PLAN_FILE
from services.plan.decisions import set_target
from services.plan.in_force import import_plan, plans_listed
from services.plan.versions import plan_versions, version_workbook
from services.rectifications.acts import Opening, open_rectification
from services.rectifications.ledger import rectifications_as_of
from services.reporting.reports import reports_owed
from tests.services.conftest import Report, workbook

UNIT = "区人社局"
CASE = {"实施编码": "A1", "责任单位": UNIT, "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9}
MILESTONE = "2.2.1"
DAY = date(2024, 2, 20)


def plan_of(year: int, change: Callable[[Workbook], None] = lambda _: None) -> bytes:
    """The shipped plan as one of another year."""
    book = load_workbook(PLAN_FILE)
    heads = [cell.value for cell in book["任务"][1]]
    for row in book["任务"].iter_rows(min_row=2):
        row[heads.index("年度")].value = year
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def put_in_force(year: int, since: str = "2024-01-10", **options: Any) -> None:
    import_plan(plan_of(year), f"{year}.xlsx", agreed=True, reason="新方案", in_force=parse_instant(since), **options)


def lamp(measure: str, day: date = DAY, plan: str | None = None) -> MeasureLamp:
    with asking_of(plan):
        return next(lamp for lamp in assess(day).lamps if (lamp.measure, lamp.unit) == (measure, UNIT))


@pytest.fixture
def two_plans(report: Report) -> Report:
    """Reported in both years, with the plan of 2024 beside that of 2023."""
    report("monthly_cases", UNIT, "2023-11", [CASE], "2023-12-03")
    put_in_force(2024)
    report("monthly_cases", UNIT, "2024-01", [CASE | {"推送量": 5, "关联事项办件量": 2}], "2024-02-03")
    return report


@pytest.mark.long
def test_the_plan_of_a_day_is_the_one_in_force_that_began_last_and_another_can_be_asked_about(
    two_plans: Report,
) -> None:
    days = ("2023-12-31", "2024-01-09", "2024-01-10", "2024-12-01")
    assert [district_as_of(date.fromisoformat(day)).plan.code for day in days] == ["2023", "2023", "2024", "2024"]
    with asking_of("2023"):
        assert district_as_of(DAY).plan.code == "2023"
    with asking_of("2025"), pytest.raises(RefusedRequest, match="没有编号为“2025”的方案，现有：2023、2024"):
        district_as_of(DAY)
    assert [(plan.facts.code, plan.tasks) for plan in plans_listed()] == [("2023", 24), ("2024", 24)]


@pytest.mark.long
def test_a_calendar_keeps_tasks_of_two_plans_apart_and_has_the_reports_that_both_ask_for_once(
    two_plans: Report,
) -> None:
    calendars = {}
    for plan in ("2023", "2024"):
        with asking_of(plan):
            calendars[plan] = deadline_calendar(DAY, UNIT).events
    of_tasks = {plan: {event.uid for event in events if event.kind == "task"} for plan, events in calendars.items()}
    assert of_tasks["2023"] and of_tasks["2024"] and not of_tasks["2023"] & of_tasks["2024"]
    reports = {plan: [event for event in events if event.kind == "report"] for plan, events in calendars.items()}
    assert reports["2023"] == reports["2024"]
    months = [event.code for event in reports["2024"]]
    assert (months[0], months[-1]) == ("2023-01", "2024-12") and len(set(months)) == len(months) == 24


@pytest.mark.long
def test_an_indicator_counts_from_the_january_of_each_plan(two_plans: Report) -> None:
    shares = {plan: lamp("4.2.1", plan=plan).indicators[0] for plan in ("2023", "2024")}
    assert [(share.numerator, share.denominator) for share in shares.values()] == [(11, 20), (2, 10)]
    assert not refold().changed


@pytest.mark.long
def test_days_are_compared_by_the_plan_of_the_later_one(two_plans: Report) -> None:
    before, after = assess_days([date(2023, 12, 31), DAY])
    now = next(row for row in after.lamps if (row.measure, row.unit) == ("4.2.1", UNIT))
    then = next(row for row in before.lamps if (row.measure, row.unit) == ("4.2.1", UNIT))
    assert (now.deadline, then.deadline) == (lamp("4.2.1").deadline, lamp("4.2.1").deadline)


@pytest.mark.long
def test_a_plan_put_in_force_late_counts_what_was_reported_before(report: Report) -> None:
    report("monthly_cases", UNIT, "2024-01", [CASE], "2024-02-03")
    put_in_force(2024, "2024-02-10")
    share = lamp("4.2.1").indicators[0]
    assert (share.numerator, share.denominator) == (9, 10)


@pytest.mark.long
def test_a_target_of_one_plan_is_none_of_another(two_plans: Report) -> None:
    before = lamp("4.2.1", plan="2023")
    set_target("case_item_link_rate", target=0.4, baseline=None, reason="裁定", at=datetime(2024, 2, 10, tzinfo=UTC))
    assert lamp("4.2.1", plan="2023") == before and lamp("4.2.1").indicators[0].target == 0.4


@pytest.mark.long
def test_nothing_of_an_earlier_day_changes_by_a_plan_put_in_force_beside(report: Report) -> None:
    report("monthly_cases", UNIT, "2023-11", [CASE], "2023-12-03")
    days = [date(2023, 6, 30), date(2023, 12, 31), date(2024, 1, 9)]
    before = [assess(day) for day in days], [reports_owed(day) for day in days]
    put_in_force(2024)
    assert ([assess(day) for day in days], [reports_owed(day) for day in days]) == before


@pytest.mark.long
def test_what_is_owed_is_owed_by_all_plans_in_force_and_each_lamp_by_its_own(two_plans: Report) -> None:
    owed = {line.month for line in reports_owed(DAY, unit=UNIT, dataset="monthly_cases")}
    assert min(owed) == "2023-01" and max(owed) == "2024-01"
    assert lamp("4.2.1").lamp is Lamp.ON_TRACK  # nothing that its own plan asks for is missing
    after = {line.month for line in reports_owed(date(2024, 4, 1), unit=UNIT, dataset="monthly_cases")}
    assert min(after) == "2024-01"


DONE = {"举措编号": MILESTONE, "进展状态": "已完成", "完成比例": 100, "完成日期": "2024-01-20", "进展情况": "已上线"}


@pytest.mark.long
def test_a_progress_report_is_of_the_plan_of_its_months_year(two_plans: Report) -> None:
    two_plans("progress", UNIT, "2024-01", [DONE], "2024-02-04")
    assert lamp(MILESTONE).lamp is Lamp.TO_VERIFY
    assert lamp(MILESTONE, plan="2023").lamp is not Lamp.TO_VERIFY
    verify(MILESTONE, UNIT, returned=None, at=parse_instant("2024-02-05"))
    assert lamp(MILESTONE).lamp is Lamp.DONE
    with asking_of("2023"), pytest.raises(RefusedRequest, match="尚未报告"):
        verify(MILESTONE, UNIT, returned=None, at=parse_instant("2024-02-06"))


@pytest.mark.long
def test_a_report_of_one_plan_takes_nothing_back_of_another(two_plans: Report) -> None:
    two_plans("progress", UNIT, "2024-01", [DONE], "2024-02-04")
    two_plans("progress", UNIT, "2024-01", [DONE | {"举措编号": f"2023/{MILESTONE}"}], "2024-02-05")
    assert lamp(MILESTONE).lamp is Lamp.TO_VERIFY and lamp(MILESTONE, plan="2023").completed_on == date(2024, 1, 20)
    both = [DONE | {"进展状态": "推进中", "完成日期": None, "举措编号": f"{plan}/{MILESTONE}"} for plan in (2023, 2024)]
    two_plans("progress", UNIT, "2024-01", both, "2024-02-06")
    assert {lamp(MILESTONE, plan=plan).completed_on for plan in ("2023", "2024")} == {None}


def progress_template(month: str | None) -> tuple[list[str], list[dict[str, Any]], bytes]:
    """Its headings, its rows by heading, and the file."""
    content = named_template("progress", UNIT, month)[1]
    _, heads, *rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [str(head) for head in heads], [dict(zip(heads, row, strict=True)) for row in rows], content


@pytest.mark.long
def test_the_template_of_progress_has_a_column_for_the_plan_only_while_several_are_in_force(two_plans: Report) -> None:
    for month, plans in (("2023-08", []), ("2024-01", ["2023", "2024"]), ("2024-05", [])):
        heads, rows, _ = progress_template(month)
        assert [head for head in heads if head == "方案"] == ["方案"][: len(plans)]
        assert sorted({row["方案"] for row in rows} if plans else ()) == plans
    with asking_of("2023"):
        assert {row["方案"] for row in progress_template("2024-01")[1]} == {"2023"}


@pytest.mark.long
def test_a_row_of_progress_says_in_its_own_column_which_plan_it_is_of(two_plans: Report) -> None:
    content = progress_template("2024-01")[2]
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        cells = dict(zip(heads, row, strict=True))
        of_2023 = cells["举措编号"].value == MILESTONE and cells["方案"].value == "2023"
        cells["进展状态"].value, cells["进展情况"].value = ("已完成", "已上线") if of_2023 else ("推进中", "正在推进")
        cells["完成日期"].value = "2024-01-20" if of_2023 else None
    stream = BytesIO()
    book.save(stream)
    workbook_read = check(stream.getvalue(), "1月.xlsx", Request())
    assert (workbook_read.report.problems, workbook_read.report.month) == ((), "2024-01")
    submit(workbook_read, at=parse_instant("2024-02-04"))
    assert lamp(MILESTONE, plan="2023").completed_on == date(2024, 1, 20) and lamp(MILESTONE).completed_on is None
    again = replaced_rows(check(stream.getvalue(), "1月.xlsx", Request()), parse_instant("2024-02-05"))
    assert again is not None and again.changes.nothing


@pytest.mark.long
def test_a_plan_named_wrongly_or_twice_in_a_row_of_progress_is_told_at_its_cell(two_plans: Report) -> None:
    rows = [
        DONE | {"方案": "2032", "举措编号": "1.2.2"},
        DONE | {"方案": "2024", "举措编号": f"2023/{MILESTONE}"},
        DONE | {"方案": "2024年方案", "举措编号": "9.9.9"},
        DONE | {"方案": 2024},
        DONE,
    ]
    problems = check(
        workbook("progress", rows), "1月.xlsx", Request("progress", UNIT, False, "2024-01")
    ).report.problems
    assert [(problem.cell, problem.code) for problem in problems] == [
        ("B2", "not-a-choice"),
        ("A3", "unknown-parent"),
        ("A4", "unknown-parent"),
        ("A6", "said-twice"),
    ]
    assert "方案 2024 中没有编号为“9.9.9”的举措" in problems[2].message
    assert "都是方案 2024 的同一举措" in problems[3].message


@pytest.mark.long
def test_a_notice_about_one_plan_is_not_settled_because_another_is_current(report: Report) -> None:
    matter, sent_at = f"measure:{MILESTONE}", parse_instant("2024-01-05T09:00")
    send_notice(UNIT, Level.REMIND, [matter], reply_by=date(2024, 1, 12), text="", at=sent_at)
    put_in_force(2024)
    assert district_as_of(DAY).plan.code == "2024"
    assert [notice.settled for notice in notices_as_of(DAY)] == [False]


@pytest.mark.long
def test_a_notice_may_name_the_plan_that_its_measures_are_of(
    two_plans: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    def sent(*matters: str) -> tuple[int, str]:
        arguments = ("--unit", UNIT, "--level", "remind", "--reply-by", "2024-02-27", "--at", "2024-02-20T09:00")
        status = manage.main(["notice", "send", *arguments, "--matter", *matters, "--json"])
        output = capsys.readouterr()
        return status, output.out + output.err

    status, out = sent(f"measure:2023/{MILESTONE}")
    assert (status, json.loads(out)["matters"]) == (0, [f"measure:{MILESTONE}"])
    assert [notice.settled for notice in notices_as_of(DAY)] == [False]
    status, err = sent(f"measure:2023/{MILESTONE}", f"measure:2024/{MILESTONE}")
    assert status == 2 and f"没有事项 measure:2023/{MILESTONE}" in err
    assert sent(f"measure:2030/{MILESTONE}")[1].startswith("库中没有编号为“2030”的方案")


@pytest.mark.long
def test_a_measure_that_two_plans_of_a_year_have_must_say_which(two_plans: Report) -> None:
    import_plan(_with_facts(方案编号="2024-YS"), "另一.xlsx", in_force=parse_instant("2024-01-15"))
    content = workbook("progress", [DONE])
    problems = check(content, "1月.xlsx", Request("progress", UNIT, False, "2024-01")).report.problems
    assert [(problem.code, problem.cell) for problem in problems if problem.severity == "error"] == [
        ("several-plans", "A2")
    ]
    assert "2024、2024-YS 中都有，请在“方案”列写明，或写成“2024/2.2.1”的形式" in problems[0].message
    with asking_of("2024-YS"):
        assert check(content, "1月.xlsx", Request("progress", UNIT, False, "2024-01")).report.accepted


def _with_facts(**said: Any) -> bytes:
    """The plan of 2024 with the sheet 方案."""
    facts = {"方案编号": "2024", "方案名称": "2024年方案", "年度": 2024} | said

    def add(book: Workbook) -> None:
        sheet = book.create_sheet("方案")
        sheet.append(list(facts))
        sheet.append(list(facts.values()))

    return plan_of(2024, add)


@pytest.mark.long
def test_every_workbook_of_a_plan_is_kept_and_given_back_as_it_came(two_plans: Report) -> None:
    changed = plan_of(2024, lambda book: book["任务"].cell(2, 3, "另一个名称"))
    import_plan(changed, "改.xlsx", agreed=True, reason="更名", in_force=parse_instant("2024-03-01"))
    versions = plan_versions("2024", date(2024, 12, 31))
    assert [(version.number, version.file_name, version.reason) for version in versions] == [
        (1, "2024.xlsx", "新方案"),
        (2, "改.xlsx", "更名"),
    ]
    assert len(plan_versions("2024", DAY)) == 1
    assert version_workbook("2024", 2) == ("改.xlsx", changed)
    titles = [district_as_of(day).plan.tasks[0].title for day in (date(2024, 2, 29), date(2024, 3, 1))]
    assert titles[0] != titles[1] == "另一个名称"


@pytest.mark.long
def test_a_rectification_of_another_plan_tells_its_measure_by_its_address_and_its_area(two_plans: Report) -> None:
    opened = datetime(2024, 2, 10, 1, tzinfo=UTC)
    for source in ("measure:2023/2.2.1", "measure:2.2.1"):
        open_rectification(Opening(UNIT, "办理深度未核实", source=source), at=opened)
    of_2023, of_2024 = rectifications_as_of(DAY).rectifications
    assert (of_2023.source, of_2023.measure, of_2023.area) == ("measure:2023/2.2.1", "2023/2.2.1", "maturity")
    assert (of_2024.source, of_2024.measure, of_2024.area) == ("measure:2.2.1", "2.2.1", "maturity")
    with asking_of("2023"):
        assert [item.source for item in rectifications_as_of(DAY).rectifications] == [
            "measure:2.2.1",
            "measure:2024/2.2.1",
        ]
    with pytest.raises(RefusedRequest, match="2025"):
        open_rectification(Opening(UNIT, "办理深度未核实", source="measure:2025/2.2.1"), at=opened)


@pytest.mark.long
def test_the_days_of_a_plan_in_force_stay(two_plans: Report) -> None:
    with pytest.raises(RefusedRequest, match="年度和起止日期不能更改"):
        import_plan(_with_facts(止=date(2024, 12, 31)), "2024.xlsx", agreed=True, reason="改期")


READING = (
    ("lamps", "--as-of"),
    ("remind", "--as-of"),
    ("todo", "--role", "bureau", "--as-of"),
    ("ics", "--all", "--as-of"),
    ("rectification", "list", "--as-of"),
    ("spot-check", "list", "--as-of"),
    ("notice", "list", "--as-of"),
    ("bulletin", "list", "--as-of"),
    ("plan", "show", "--as-of"),
    ("pack", "--since", "2023-06-01", "--as-of"),
    ("indicator", "explain", "zero_visit_share", "--as-of"),
)
DAYS = ("2023-06-30", "2023-08-22", "2023-12-31", "2024-02-10")


@pytest.mark.slow
def test_every_command_that_reads_says_the_same_to_the_byte_once_another_plan_stands_beside(
    sample_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said() -> dict[tuple[str, ...], str]:
        answers = {}
        for day in DAYS:
            for command in READING:
                manage.main([*command, day, "--json"])
                answers[*command, day] = capsys.readouterr().out
        return answers

    before = said()
    assert all(json.loads(answer) for answer in before.values())
    file = tmp_path / "2024.xlsx"
    file.write_bytes(plan_of(2024))
    assert manage.main(["plan", "import", str(file), "--in-force", "2024-02-11", "--json"]) == 0
    capsys.readouterr()
    assert said() == before
    assert manage.main(["lamps", "--as-of", "2024-02-11", "--task", "2023/1.1", "--json"]) == 0
    of_2023 = json.loads(capsys.readouterr().out)
    assert manage.main(["lamps", "--as-of", "2024-02-11", "--plan", "2024", "--task", "1.1", "--json"]) == 0
    of_2024 = json.loads(capsys.readouterr().out)
    assert {row["measure"] for row in of_2024["lamps"]} == {row["measure"] for row in of_2023["lamps"]}
    assert of_2024 != of_2023
