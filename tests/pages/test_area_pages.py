"""What the nine area pages share."""

import json
import re
from datetime import date

import pytest

from catalogue.cases import CASE_KINDS
from catalogue.indicators import INDICATORS
from models.lamps import Lamp
from services.board.scorecard import assess
from services.cases.caseload import caseload
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def block(app) -> str:
    """The deadlines of the area's cases."""
    return text_of(app).split("案件时限<small>")[1].split('<h2 class="section"')[0]


@pytest.mark.long
@pytest.mark.parametrize("area", sorted({kind.area for kind in CASE_KINDS.values()}))
def test_an_area_page_shows_the_deadlines_of_its_cases(visit, area):
    shown = block(visit(area, view="detail"))
    for kind in CASE_KINDS.values():
        assert (kind.title in shown) == (kind.area == area)
        assert (f"/cases?kind={kind.code}" in shown) == (kind.area == area)


def test_the_longest_overdue_case_stands_on_top_with_unit_due_day_and_cell(visit):
    case = caseload("tickets", DAY).open[0]
    shown = block(visit("hotline", view="detail"))
    assert case.lamp is Lamp.OVERDUE
    assert all(word in shown for word in (case.code, case.unit, case.due.isoformat(), f"{case.sheet} {case.cell}"))


@pytest.mark.long
def test_of_one_unit_only_its_own_cases_are_shown_and_linked(visit):
    case, other = next(
        (case, two)
        for case in caseload("tickets", DAY).open
        for two in caseload("tickets", DAY).open
        if case.unit != two.unit
    )
    shown = block(visit("hotline", unit=case.unit))
    assert case.code in shown and other.code not in shown and "kind=tickets&amp;unit=" in shown


def test_an_area_without_cases_has_no_such_block(visit):
    shown = text_of(visit("completeness", view="detail"))
    assert '<h2 class="section"' in shown and "案件时限<small>" not in shown


@pytest.mark.parametrize(
    ("area", "measure", "words"),
    [
        ("reviews", "1.1.2", "评价率（含系统默认）"),
        ("maturity", "2.2.2", "电子证照调用量"),
        ("maturity", "2.2.1", "跨省通办事项数"),
        ("help_on_behalf", "7.1.2", "上门帮办件数"),
        ("engineering_approvals", "8.4.1", "审批逾期率"),
    ],
)
def test_what_the_plan_has_shown_beside_a_measure_stands_there_and_says_that_no_lamp_counts_it(
    visit, area, measure, words
):
    shown = text_of(visit(area, measure=measure)).split('id="by-unit"')[1]
    assert f"{measure} 参考指标（不参与判定）" in shown and words in shown


def test_a_measure_without_such_figures_has_no_such_line(visit):
    shown = text_of(visit("reviews", measure="1.1.1"))
    assert 'id="by-unit"' in shown and "参考指标" not in shown.split('id="by-unit"')[1]


@pytest.mark.long
def test_the_area_page_of_a_unit_shows_them_for_its_own_measures(visit):
    shown = text_of(visit("maturity", unit="区人社局"))
    assert "2.2.2 参考指标（不参与判定）" in shown and "2.2.1 参考指标（不参与判定）" in shown


def test_the_area_page_of_a_unit_shows_each_of_its_figures_against_its_target(visit):
    shown = text_of(visit("reviews", unit="区人社局")).split("指标<small>")[1].split('<h2 class="section"')[0]
    for row in assess(DAY, unit="区人社局", area="reviews").lamps:
        for indicator in row.indicators:
            assert INDICATORS[indicator.code].title in shown
            assert indicator.numerator is None or f"{indicator.numerator:,.0f}" in shown
    assert "≥ 50%" in shown


def test_the_area_page_of_a_unit_draws_that_units_figure_over_time(visit):
    charts = visit("reviews", unit="区人社局", measure="1.1.2").get("vega_lite_chart")
    assert [json.loads(chart.proto.spec)["title"] for chart in charts] == ["主动评价率：区人社局，虚线为目标"]


def missing_block(app) -> str:
    """Who owes the area which report."""
    return text_of(app).split("缺报<small>")[1].split('<h2 class="section"')[0]


def test_an_area_lists_as_missing_only_what_its_own_measures_count_of_their_units(visit):
    assert "应报数据均已报送。" in missing_block(
        visit("engineering_approvals", view="detail")
    )  # who owes 任务进展 there for 8.3.2 sent it
    shown = missing_block(visit("completeness", view="detail"))
    assert "区消防大队" in shown and not re.search(r"(镇|乡|街道)</a></th>", shown)  # 3.1 and 3.2 bind departments


def test_before_anything_is_due_no_area_says_that_all_is_reported(visit):
    block = missing_block(visit("completeness", view="detail", as_of="2023-05-31"))
    assert "应报数据均已报送" not in block
    assert "尚无到期的报送，第一次应于 7月5日（含当日）前报送。" in block
