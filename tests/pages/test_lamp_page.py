"""责任项: rule, clause, figures, submissions, rows."""

import re
from datetime import date

import pytest

from models.lamps import Lamp
from services.board.scorecard import assess
from services.proof import prove as proof
from services.proof.proof_rows import RowEffect
from services.proof.prove import prove
from tests.pages.test_area_links_lead_to_rows import queries_to
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def lead_of(measure):
    return next(row.unit for row in assess(DAY).lamps if row.measure == measure)


def one_with_figures():
    return next(row for row in assess(DAY).lamps if row.measure == "1.1.2" and row.indicators[0].denominator)


@pytest.mark.long
def test_a_lamp_shows_rule_clause_numerator_denominator_and_submission(visit):
    row = one_with_figures()
    shown = text_of(visit("lamp", measure=row.measure, unit=row.unit))
    for word in ("适用规则", "方案原文", "分子／分母", "报送人", "单元格", "/files/"):
        assert word in shown


@pytest.mark.parametrize(
    ("query", "rows_listed"),
    [("numerator", ">计入分子</td>"), ("denominator", ">只计入分母（未达标）</td>"), ("rest", ">未计入</td>")],
)
def test_rows_in_the_numerator_rows_that_miss_the_target_and_rows_not_counted_are_listed_apart(
    visit, query, rows_listed
):
    shown = text_of(visit("lamp", measure="8.3.1", unit=lead_of("8.3.1"), rows=query))
    assert set(re.findall(r">(?:计入分子|只计入分母（未达标）|未计入)</td>", shown)) == {rows_listed}


@pytest.mark.long
def test_the_rows_of_a_whole_district_name_their_unit_and_the_day_from_which_they_count(visit):
    shown = text_of(visit("lamp", measure="6.2.1", unit=lead_of("6.2.1")))
    assert '<th scope="col" class="">责任单位</th>' in shown and '<th scope="col" class="">计入起始日</th>' in shown


@pytest.mark.long
def test_the_rows_of_one_unit_do_not_repeat_its_name(visit):
    row = one_with_figures()
    shown = text_of(visit("lamp", measure=row.measure, unit=row.unit))
    assert '<th scope="col"' in shown and '<th scope="col" class="">责任单位</th>' not in shown


def test_every_row_stands_in_one_way(sample_database):
    for indicator in prove("8.3.1", lead_of("8.3.1"), DAY).indicators:
        for part in indicator.parts:
            above, below, rest = (
                part.rows_with(how) for how in (RowEffect.ABOVE, RowEffect.BELOW, RowEffect.NOT_COUNTED)
            )
            assert len(above) + len(below) + len(rest) == len(part.rows) and len(above) == indicator.result.numerator
            assert len(below) == indicator.result.denominator - indicator.result.numerator > 0


def test_a_lamp_without_figures_says_that_nothing_was_reported(visit):
    row = next(
        lamp
        for lamp in assess(DAY).lamps
        if lamp.indicators
        and lamp.unit
        and lamp.indicators[0].numerator is None
        and lamp.lamp is not Lamp.NOT_APPLICABLE
    )
    assert "无数据" in text_of(visit("lamp", measure=row.measure, unit=row.unit))


def test_an_address_that_names_no_lamp_gets_a_sentence(visit):
    assert "方案中没有举措" in text_of(visit("lamp", measure="9.9.9", unit="无此单位"))


def test_what_an_address_says_is_never_taken_for_html(visit):
    shown = text_of(visit("unit", unit="<script>alert(1)</script>"))
    assert "&lt;script&gt;" in shown and "<script>" not in shown


@pytest.mark.long
def test_what_is_only_shown_beside_the_measure_is_told_as_such(visit):
    assert "1.1.2 参考指标（不参与判定）" in text_of(visit("lamp", measure="1.1.2", unit="区人社局"))


@pytest.mark.long
def test_a_district_s_many_rows_are_led_to_by_units_and_a_unit_s_name_opens_its_rows(visit, monkeypatch):
    monkeypatch.setattr(proof, "ROWS_AT_ONCE", 10)
    shown = text_of(visit("lamp", measure="6.2.1", unit=lead_of("6.2.1")))
    assert (
        "全区由" in shown
        and "个单位合计而成" in shown
        and "办理时限" not in shown.split("单位合计而成")[1].split("</table>")[0]
    )
    units = {query["unit"] for query in queries_to("indicator", shown) if query["code"] == "ticket_on_time_rate"}
    assert len(units) > 3 and lead_of("6.2.1") in units
    assert all(
        "/files/" in text_of(visit("indicator", code="ticket_on_time_rate", unit=unit))
        for unit in (*sorted(units)[:2], lead_of("6.2.1"))
    )
