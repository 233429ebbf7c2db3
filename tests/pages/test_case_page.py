"""案件: one case by its number."""

from datetime import date

import pytest

from models.lamps import Lamp
from services.cases.caseload import caseload, closed_cases
from services.cases.one_case import case_history
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


@pytest.mark.long
def test_a_case_opens_from_its_number_with_lamp_due_day_unit_and_every_row(visit):
    case = next(case for case in caseload("tickets", DAY).open if case.lamp is Lamp.OVERDUE)
    assert f"/case?dataset=hotline_tickets&amp;number={case.code}" in text_of(visit("cases", kind="tickets"))
    shown = text_of(visit("case", dataset="hotline_tickets", number=case.code))
    assert f"{case.unit}·12345工单台账 {case.code}：12345 工单逾期" in shown and f"应于 {case.due} 前完成" in shown
    assert f"/submission?number={case.submission}" in shown and f"{case.sheet} 第 {case.row} 行" in shown


def test_the_lamp_of_one_case_is_the_one_it_has_in_the_list(visit):
    late = closed_cases("bad_reviews", DAY, late=True)[:3]
    opened = caseload("bad_reviews", DAY).open[:3]
    assert late and opened
    for case in (*late, *opened):
        lamps = {kind.code: judged for kind, judged in case_history("bad_reviews", case.code, DAY).lamps}
        assert (lamps["bad_reviews"].lamp, lamps["bad_reviews"].due) == (case.lamp, case.due)


def test_a_number_that_no_ledger_has_is_told(visit):
    assert "没有编号“X-0”" in text_of(visit("case", dataset="hotline_tickets", number="X-0"))
    assert "没有名为“nosuch”的案件台账" in text_of(visit("case", dataset="nosuch", number="1"))
    assert "地址中没有写明编号" in text_of(visit("case"))


def test_what_is_personal_stays_masked(visit):
    case = caseload("help_cases", DAY).open[0]
    history = case_history("help_cases", case.code, DAY)
    names = [row.values[label] for row in history.rows for label in row.values if label.endswith("电话")]
    assert names and all("*" in name for name in names if name)
