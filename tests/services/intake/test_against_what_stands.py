"""Numbers that begin at 1 each month do not swallow earlier cases; a workbook of several months is told; what is left
out is missing.
"""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.intake.case_numbering import set_numbering
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.upload import submit
from services.reporting.reports import Reporting, reports_owed
from tests.services.conftest import Report, lamp, workbook

UNIT = "区人社局"
HELP = {
    "受理日期": "2023-06-03",
    "责任单位": UNIT,
    "服务对象": "张某某",
    "对象类别": "老年人",
    "帮办事项": "高龄津贴申请",
    "服务方式": "上门帮办",
    "帮办员": "王小梅",
    "承诺办结日期": "2023-06-08",
    "实际办结日期": "2023-06-09",
}
GUIDE = {"实施编码": "A1", "事项名称": "社保登记", "责任单位": UNIT}


def ledger(month: int, numbers: range) -> list[dict[str, Any]]:
    days = {"受理日期": "03", "承诺办结日期": "08", "实际办结日期": "09"}
    return [
        HELP | {"受理编号": str(number)} | {name: f"2023-{month:02d}-{day}" for name, day in days.items()}
        for number in numbers
    ]


def by_month(dataset_rows: dict[str, list[dict[str, Any]]]) -> bytes:
    """One sheet a month, as a running workbook has them."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in dataset_rows.items():
        sheet = book.create_sheet(name)
        sheet.append([f"{UNIT}2023年{name}帮办代办台账"])
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_ledger_that_numbers_anew_is_told_once_and_each_row_with_both_places(report: Report) -> None:
    report("help_cases", UNIT, "2023-06", ledger(6, range(1, 5)), "2023-07-03")
    july = check(
        workbook("help_cases", ledger(7, range(1, 4))), "7月.xlsx", Request("help_cases", UNIT, False, "2023-07")
    )
    anew, *rows = july.report.problems
    assert anew.code == "numbered-anew" and "把“1”改为“202307-1”" in anew.message
    assert [(row.cell, row.code) for row in rows] == [(f"A{row}", "another-case") for row in (2, 3, 4)]
    assert "2023-06 的“help_cases.xlsx”工作表“help_cases”第 2 行" in rows[0].message
    assert submit(july, at=parse_instant("2023-08-03")).submission is None
    figure = lamp("7.1.1", UNIT, "2023-08-10").indicators[0]
    assert (figure.numerator, figure.denominator) == (0, 4)


@pytest.mark.long
def test_a_unit_says_once_that_its_numbers_begin_anew_and_they_are_kept_apart_by_month(report: Report) -> None:
    report("help_cases", UNIT, "2023-06", ledger(6, range(1, 5)), "2023-07-03")
    set_numbering(UNIT, "help_cases", by_month=True, at=parse_instant("2023-08-01"))
    july = report("help_cases", UNIT, "2023-07", ledger(7, range(1, 4)), "2023-08-03")
    assert july.records == 3 and not july.report.problems
    figure = lamp("7.1.1", UNIT, "2023-08-10").indicators[0]
    assert (figure.numerator, figure.denominator) == (0, 7)


@pytest.mark.long
def test_kept_apart_by_month_a_case_still_open_next_month_stays_one_case(report: Report) -> None:
    set_numbering(UNIT, "help_cases", by_month=True, at=parse_instant("2023-06-01"))
    open_case = ledger(6, range(1, 2))[0] | {"实际办结日期": None}
    report("help_cases", UNIT, "2023-06", [open_case], "2023-07-03")
    closed = open_case | {"实际办结日期": "2023-07-02"}
    july = check(
        workbook("help_cases", [*ledger(7, range(1, 3)), closed]),
        "7月.xlsx",
        Request("help_cases", UNIT, False, "2023-07"),
    )
    assert july.report.frames["help_cases"]["help_code"].tolist() == ["202307-1", "202307-2", "202306-1"]
    assert submit(july, at=parse_instant("2023-08-03")).submission is not None
    assert lamp("7.1.1", UNIT, "2023-08-10").indicators[0].denominator == 3


@pytest.mark.long
def test_a_month_reported_before_the_unit_said_so_can_be_sent_again(report: Report) -> None:
    content, request = workbook("help_cases", ledger(6, range(1, 5))), Request("help_cases", UNIT, False, "2023-06")
    first = submit(check(content, "6月.xlsx", request), at=parse_instant("2023-07-03"))
    assert submit(check(content, "6月.xlsx", request), at=parse_instant("2023-07-04")).unchanged
    set_numbering(UNIT, "help_cases", by_month=True, at=parse_instant("2023-08-01"))
    again = submit(check(content, "6月.xlsx", request), at=parse_instant("2023-08-02"))
    assert not again.unchanged and again.submission != first.submission


def test_numbering_is_a_matter_of_ledgers_and_is_said_once(district: None) -> None:
    with pytest.raises(RefusedRequest, match="不是逐件编号的台账"):
        set_numbering(UNIT, "monthly_cases", by_month=True)
    with pytest.raises(RefusedRequest, match="已经是各月连续，没有变化"):
        set_numbering(UNIT, "help_cases", by_month=False)


@pytest.mark.long
def test_a_case_still_open_next_month_is_the_same_case(report: Report) -> None:
    open_case = ledger(6, range(1, 2))[0] | {"实际办结日期": None}
    report("help_cases", UNIT, "2023-06", [open_case], "2023-07-03")
    report("help_cases", UNIT, "2023-07", [open_case | {"实际办结日期": "2023-07-02"}], "2023-08-03")


@pytest.mark.long
def test_a_month_corrected_is_not_held_against_itself(report: Report) -> None:
    report("help_cases", UNIT, "2023-06", ledger(6, range(1, 3)), "2023-07-03")
    report(
        "help_cases",
        UNIT,
        "2023-06",
        [row | {"受理日期": "2023-06-04"} for row in ledger(6, range(1, 3))],
        "2023-07-04",
    )


@pytest.mark.long
def test_a_running_workbook_is_told_to_hold_several_months_and_each_is_a_report(district: None) -> None:
    content = by_month({"6月": ledger(6, range(1, 3)), "7月": ledger(7, range(11, 14))})
    whole = check(content, "台账.xlsx", Request("help_cases", UNIT))
    assert whole.report.months == ("2023-06", "2023-07") and whole.report.month is None
    assert [problem.code for problem in whole.report.problems] == ["several-months"]
    july = check(content, "台账.xlsx", Request("help_cases", UNIT, False, "2023-07"))
    assert [(ignored.name, ignored.why) for ignored in july.report.ignored_sheets] == [("6月", "other-month")]
    assert submit(july, at=parse_instant("2023-08-03")).records == 3
    june = check(content, "台账.xlsx", Request("help_cases", UNIT, False, "2023-06"))
    assert submit(june, at=parse_instant("2023-08-03")).records == 2


def test_a_chosen_month_that_no_sheet_is_of_is_an_error(district: None) -> None:
    content = by_month({"6月": ledger(6, range(1, 3)), "7月": ledger(7, range(11, 14))})
    august = check(content, "台账.xlsx", Request("help_cases", UNIT, False, "2023-08"))
    assert [problem.message for problem in august.report.problems if problem.code == "several-months"] == [
        "工作簿中是 2023-06、2023-07 各月的表，没有 2023-08 的，请改选月份。"
    ]


def test_rows_of_a_later_month_are_errors(district: None) -> None:
    june = check(
        workbook("help_cases", ledger(7, range(1, 2))), "台账.xlsx", Request("help_cases", UNIT, False, "2023-06")
    )
    assert [
        (problem.cell, problem.code, problem.severity)
        for problem in june.report.problems
        if problem.code == "other-month"
    ] == [("B2", "other-month", "error")]


@pytest.mark.long
def test_a_guides_workbook_without_its_materials_is_missing_them_and_not_without_any(report: Report) -> None:
    report("guides", UNIT, None, {"事项": [GUIDE], "流程": []}, "2023-07-03")
    left_out = lamp("5.2.2", UNIT, "2023-07-10")
    assert (left_out.lamp, "办事指南（“材料”表）" in left_out.reason) == ("not_reported", True)
    [line] = reports_owed(date(2023, 7, 10), unit=UNIT, dataset="guides")
    assert (line.status, line.lacking) == (Reporting.PARTIAL, ("“材料”表",))
    report("guides", UNIT, None, {"事项": [GUIDE], "流程": [], "材料": []}, "2023-07-04")
    assert lamp("5.2.2", UNIT, "2023-07-10").lamp == "not_applicable"


def test_one_measure_reported_of_six_is_a_report_in_part(report: Report) -> None:
    row = {"举措编号": "1.2.2", "责任单位": UNIT, "进展状态": "推进中", "进展情况": "正在办理"}
    report("progress", UNIT, "2023-06", [row], "2023-07-03")
    line = next(
        report for report in reports_owed(date(2023, 7, 10), unit=UNIT, dataset="progress") if report.month == "2023-06"
    )
    assert line.status is Reporting.PARTIAL and "1.2.2" not in line.lacking and len(line.lacking) >= 1
