"""Before a report is confirmed it is said when it would replace a larger one."""

from components.upload.result import replacing_in_words
from rules.as_of import parse_instant
from services.intake.checking import Request, check
from services.intake.replacing import Replacing, replacing_more
from tests.services.conftest import Report, workbook

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}
OTHER = CASE | {"实施编码": "A2", "责任单位": "东关街道"}
LATER = parse_instant("2023-02-10")


def asked(rows: list[dict], unit: str | None = "区人社局", month: str = "2023-01") -> Replacing | None:
    request = Request("monthly_cases", unit, unit is None, month)
    return replacing_more(check(workbook("monthly_cases", rows), "一月.xlsx", request), request, LATER)


def test_fewer_rows_than_stand_are_told_with_both_numbers(report: Report) -> None:
    sent = report("monthly_cases", "区人社局", "2023-01", [CASE, CASE | {"实施编码": "A2"}], "2023-02-03")
    found = asked([CASE])
    assert found == Replacing(("区人社局",), 1, 2, (sent.submission or 0,))
    assert "本次 1 行，将取代区人社局已受理的 2 行" in replacing_in_words(found)


def test_a_zero_report_over_rows_is_told(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    found = asked([])
    assert found is not None and (found.rows, found.standing) == (0, 1)


def test_as_many_rows_another_month_or_nothing_before_is_nothing_to_tell(report: Report) -> None:
    assert asked([CASE]) is None
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    assert asked([CASE | {"办件量": 11}]) is None
    assert asked([], month="2023-02") is None


def test_a_whole_district_ledger_is_held_against_each_unit_it_speaks_for(report: Report) -> None:
    report("monthly_cases", None, "2023-01", [CASE, CASE | {"实施编码": "A3"}, OTHER], "2023-02-03")
    found = asked([CASE, OTHER, OTHER | {"实施编码": "A4"}], unit=None)
    assert found is not None and (found.units, found.rows, found.standing) == (("区人社局",), 1, 2)
    assert asked([OTHER], unit=None) is None  # of 区人社局 it does not speak
