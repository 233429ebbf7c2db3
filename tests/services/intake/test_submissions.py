"""Submissions as listed: of the whole district, and of one unit with its part of a ledger."""

from datetime import date

import pytest

from services.intake.submissions import recent_submissions
from tests.services.conftest import Report

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}
OTHER = CASE | {"实施编码": "A2", "责任单位": "东关街道"}
DAY = date(2023, 3, 31)


@pytest.mark.long
def test_of_a_whole_district_ledger_a_unit_is_told_its_own_rows_and_revision(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-02")
    report("monthly_cases", None, "2023-01", [CASE, CASE | {"实施编码": "A3"}, OTHER], "2023-02-03")
    listed = {
        unit: [(submission.records, submission.revision) for submission in recent_submissions(DAY, unit)]
        for unit in (None, "区人社局", "东关街道", "区林草局")
    }
    assert listed == {None: [(3, 2), (1, 1)], "区人社局": [(2, 2), (1, 1)], "东关街道": [(1, 1)], "区林草局": []}


def test_a_unit_of_which_a_ledger_has_no_row_is_told_none(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [], "2023-02-02")
    assert [submission.records for submission in recent_submissions(DAY, "区人社局")] == [0]
