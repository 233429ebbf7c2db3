"""指标明细: the rows behind a figure that no measure judges."""

import re
from datetime import date

import pytest

from catalogue.indicators import INDICATORS, UNJUDGED, UNJUDGED_OF_MEASURE
from services.areas.of_indicator import area_of
from services.board.district import district_as_of
from services.proof.prove import prove_indicator
from tests.pages.test_area_links_lead_to_rows import queries_to
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


@pytest.mark.long
def test_what_used_a_regional_assessment_and_what_could_have_is_to_be_seen_row_by_row(visit):
    area = text_of(visit("engineering_approvals", view="detail"))
    queries = queries_to("indicator", area)
    assert {"code": "regional_assessment_use"} in queries and any("unit" in query for query in queries)
    shown = text_of(visit("indicator", code="regional_assessment_use"))
    assert (
        all(
            re.search(rf'读取的列">\s*<i [^>]*>◆</i>{label}', shown)
            for label in ("项目代码", "可用区域评估", "采用区域评估")
        )
        and "/files/" in shown
    )
    result = prove_indicator("regional_assessment_use", None, DAY).indicator.result
    assert f'<span class="of">{result.numerator:,.0f}／{result.denominator:,.0f}</span>' in area


def test_what_could_have_used_a_regional_assessment_and_did_not_is_listed_apart(visit):
    shown = text_of(visit("indicator", code="regional_assessment_use", rows="denominator"))
    assert ">只计入分母</td>" in shown and ">计入分子</td>" not in shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({}, "没有写明是哪个指标"),
        ({"code": "x"}, "没有指标“x”"),
        ({"code": "regional_assessment_use", "unit": "无此单位"}, "单位名册中没有“无此单位”"),
    ],
)
def test_an_address_that_names_no_figure_gets_a_sentence(visit, query, sentence):
    assert sentence in text_of(visit("indicator", **query))


def test_the_submissions_are_shown_page_by_page_and_none_is_left_out(visit):
    sent = prove_indicator("item_rating_coverage", None, DAY).submissions
    assert len(sent) > 30
    first, second = (text_of(visit("indicator", code="item_rating_coverage", sent_page=page)) for page in ("1", "2"))
    assert f"{len(sent)} 次" in first and "sent_page=2" in first and "第 2 页" in second
    assert f"/submission?number={sent[0].id}" in first and f"/submission?number={sent[30].id}" in second


def test_a_figure_that_is_the_sum_of_units_leads_to_each_unit_s_rows(visit):
    shown = text_of(visit("indicator", code="ticket_redo_rate"))
    assert "个单位合计而成" in shown
    unit = next(query["unit"] for query in queries_to("indicator", shown) if "unit" in query)
    assert "/files/" in text_of(visit("indicator", code="ticket_redo_rate", unit=unit))


@pytest.mark.parametrize("code", [*INDICATORS, *UNJUDGED])
def test_the_way_back_leads_to_the_area_of_the_measure_that_is_judged_by_the_figure_or_that_it_stands_beside(
    sample_database, code
):
    plan = district_as_of(DAY).plan
    measures = {
        measure.code
        for task in plan.tasks
        for measure in task.measures
        if code in {target.indicator for target in measure.targets}
    }
    measures |= {measure for measure, beside in UNJUDGED_OF_MEASURE.items() if code in beside}
    areas = {task.area for task in plan.tasks for measure in task.measures if measure.code in measures}
    assert area_of(code, plan).code in areas and len(areas) == 1


@pytest.mark.parametrize(
    ("code", "area"),
    [("hall_presence_rate", "渠道完备度"), ("licence_calls", "办理成熟度"), ("ticket_redo_rate", "12345 热线")],
)
def test_the_page_of_a_figure_leads_back_to_its_area(visit, code, area):
    assert f">返回{area}</a>" in text_of(visit("indicator", code=code))
