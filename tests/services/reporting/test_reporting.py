"""报送情况: what is expected, what counts as late or missing, exemptions, and the workbook of it."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.reporting.exemptions import decide_exemption, exemptions_as_of
from services.reporting.reports import Reporting, reports_owed
from services.reporting.totals import totals, totals_by
from services.reporting.workbook import reporting_workbook

UNIT = "东关街道"
CASES = [{"实施编码": "A1", "责任单位": UNIT, "办件量": 10, "办结量": 9}]


def owed(day, dataset="monthly_cases"):
    return {line.month: line for line in reports_owed(date.fromisoformat(day), unit=UNIT, dataset=dataset)}


@pytest.mark.long
def test_a_report_on_its_due_day_is_on_time_and_the_day_after_late(report):
    report("monthly_cases", UNIT, "2023-01", CASES, "2023-02-06 23:59")  # the 5th is a Sunday
    report("monthly_cases", UNIT, "2023-02", CASES, "2023-03-07 08:00")  # due on the 6th: the 5th is a Sunday
    reports = owed("2023-03-31")
    assert (reports["2023-01"].status, reports["2023-02"].status) == (Reporting.ON_TIME, Reporting.LATE)


def test_a_report_is_missing_from_the_day_after_its_due_day(report):
    assert owed("2023-02-06")["2023-01"].status is Reporting.NOT_DUE
    assert owed("2023-02-07")["2023-01"].status is Reporting.MISSING


@pytest.mark.long
def test_a_correction_does_not_make_a_report_late(report):
    report("monthly_cases", UNIT, "2023-01", CASES, "2023-02-03")
    report("monthly_cases", UNIT, "2023-01", [{**CASES[0], "办件量": 11}], "2023-03-20")
    line = owed("2023-03-31")["2023-01"]
    assert (line.status, line.revisions) == (Reporting.ON_TIME, 2)


def test_headings_without_rows_are_a_zero_report_and_received(report):
    report("monthly_cases", UNIT, "2023-01", [], "2023-02-03")
    line = owed("2023-02-28")["2023-01"]
    assert line.is_zero and totals([line]).received == 1


@pytest.mark.long
def test_the_age_of_a_snapshot_is_counted_from_the_one_in_force(report):
    row = {"基本编码": "000101001000", "事项名称": "社保卡", "责任单位": UNIT, "认领状态": "已认领"}
    report("catalogue_claims", UNIT, None, [row], "2023-02-03")
    report("catalogue_claims", UNIT, None, [{**row, "认领状态": "未认领"}], "2023-06-01")
    assert owed("2023-06-11", "catalogue_claims")[""].age == 10


@pytest.mark.long
def test_the_reporting_rate_is_received_of_expected(report):
    report("monthly_cases", UNIT, "2023-01", CASES, "2023-02-03")
    report("monthly_cases", UNIT, "2023-02", CASES, "2023-04-03")
    sums = totals(owed("2023-04-30").values())  # January to March are due, April is not yet over
    assert (sums.expected, sums.received, sums.on_time, sums.late, sums.missing) == (3, 2, 1, 1, 1)
    assert sums.rate == pytest.approx(2 / 3)


def test_where_nothing_was_expected_there_is_no_rate(district):
    assert totals(owed("2023-01-31").values()).rate is None


def test_totals_by_unit_add_up_to_the_whole(report):
    report("monthly_cases", UNIT, "2023-01", CASES, "2023-02-03")
    lines = reports_owed(date(2023, 4, 30))
    whole, parts = totals(lines), totals_by(lines, lambda line: line.unit).values()
    assert (whole.expected, whole.received) == (
        sum(part.expected for part in parts),
        sum(part.received for part in parts),
    )


def exempt(reason="该单位无窗口办件", at="2023-03-01", ending=False):
    decide_exemption(UNIT, "monthly_cases", exempt=not ending, reason=reason, at=parse_instant(at))


def test_an_exempted_unit_is_not_expected_to_report_and_the_reason_stands(district):
    exempt()
    line = owed("2023-03-31")["2023-01"]
    assert (line.status, line.reason) == (Reporting.EXEMPT, "该单位无窗口办件")
    assert totals([line]).expected == 0


@pytest.mark.long
def test_what_came_all_the_same_is_counted_and_bears_no_reason_of_exemption(report):
    report("monthly_cases", UNIT, "2023-01", CASES, "2023-02-03")
    exempt()
    reports = owed("2023-03-31")
    assert [(line.status, line.reason) for line in reports.values()] == [
        (Reporting.ON_TIME, ""),
        (Reporting.EXEMPT, "该单位无窗口办件"),
        (Reporting.EXEMPT, "该单位无窗口办件"),
    ]
    book = load_workbook(BytesIO(reporting_workbook(date(2023, 3, 31))))
    rows = [row for row in book["明细"].iter_rows(values_only=True) if row[:2] == ("月度办件统计", UNIT)]
    assert [(row[5], row[-1]) for row in rows] == [
        ("按时", None),
        ("免报", "该单位无窗口办件"),
        ("免报", "该单位无窗口办件"),
    ]


def test_an_exemption_in_force_tells_since_when_and_by_whom(district):
    exempt()
    (exemption,) = exemptions_as_of(date(2023, 3, 31))
    assert (exemption.at, exemption.by) == (parse_instant("2023-03-01"), "管理局")


def test_before_the_exemption_the_report_was_missing(district):
    exempt()
    assert owed("2023-02-28")["2023-01"].status is Reporting.MISSING


def test_an_ended_exemption_makes_the_report_due_again(district):
    exempt()
    exempt("恢复窗口", "2023-04-01", ending=True)
    assert owed("2023-04-10")["2023-01"].status is Reporting.MISSING
    assert exemptions_as_of(date(2023, 4, 10)) == ()


def test_an_exemption_needs_a_reason(district):
    with pytest.raises(RefusedRequest, match="理由"):
        exempt(reason="  ")


def test_the_same_exemption_is_not_entered_twice(district):
    exempt()
    with pytest.raises(RefusedRequest, match="已经免报，由管理局登记（理由：.+），无须再登记"):
        exempt(at="2023-03-02")


def test_what_was_never_exempted_cannot_be_ended(district):
    with pytest.raises(RefusedRequest, match="本来就要报送"):
        exempt(ending=True)


@pytest.mark.long
def test_the_workbook_has_every_report_owed_and_the_counts_of_the_screen(report):
    report("monthly_cases", UNIT, "2023-01", CASES, "2023-02-03")
    day = date(2023, 4, 30)
    book = load_workbook(BytesIO(reporting_workbook(day)))
    lines = reports_owed(day)
    assert book["明细"].max_row == len(lines) + 1
    rows = {row[0]: row for row in book["按数据"].iter_rows(values_only=True)}
    assert rows["月度办件统计"][1:3] == (totals(line for line in lines if line.dataset == "monthly_cases").expected, 1)


def test_the_workbook_of_a_day_is_the_same_bytes_each_time(district):
    assert reporting_workbook(date(2023, 4, 30)) == reporting_workbook(date(2023, 4, 30))


def test_text_that_looks_like_a_formula_stays_text(district):
    exempt("=HYPERLINK(1)")
    book = load_workbook(BytesIO(reporting_workbook(date(2023, 4, 30))))
    cells = [cell for row in book["明细"].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert cells and all(cell.data_type == "s" for cell in cells)
