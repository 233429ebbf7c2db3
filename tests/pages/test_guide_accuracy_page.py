"""指南精准度 and one guide."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from pandas import DataFrame

from components.elements.context import PageContext
from components.guides.cross_checks import checks
from services.board.scorecard import assess
from services.guides.accuracy import accuracy_as_of
from services.guides.cross_checks import CrossChecks
from services.guides.unit_guides import unit_guides
from tests.conftest import BUREAU
from tests.pages.filling import press
from tests.pages.visiting import section_of, text_of

DAY = date(2023, 8, 22)


def worst_unit() -> str:
    accuracy = accuracy_as_of(DAY)
    return min(
        (unit for unit in accuracy.reported if accuracy.of(accuracy.counted, unit).applies),
        key=lambda unit: accuracy.of(accuracy.counted, unit).share or 0,
    )


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.long
def test_the_page_shows_accuracy_by_unit_and_measure_its_course_and_the_worst_items(visit):
    shown = text_of(visit("guide_accuracy", view="detail"))
    accuracy = accuracy_as_of(DAY)
    whole = accuracy.of(accuracy.counted)
    assert f"{whole.passed:,.0f}／{whole.applies:,.0f}" in plain(shown)
    assert "历次报送的精准率" in shown and "较上次" in shown
    assert worst_unit() in shown and "/guide?unit=" in shown


def test_the_rules_are_ranked_by_failures_and_held_against_units(visit):
    accuracy = accuracy_as_of(DAY)
    ranked = [ranked.rule.code for ranked in accuracy.ranked_rules if ranked.accuracy.failed]
    shown = text_of(visit("guide_accuracy", view="rules"))
    assert re.findall(r"rule=(G\d+)[^>]*>G\d+</a></th>", section_of(shown, "规则")) == ranked
    assert "单位 × 规则" in shown and "不符合" in shown


def test_a_rule_in_the_address_lists_the_units_that_fail_it(visit):
    code = accuracy_as_of(DAY).ranked_rules[0].rule.code
    assert f"适用于：{accuracy_as_of(DAY).ranked_rules[0].rule.when}" in text_of(
        visit("guide_accuracy", view="rules", rule=code)
    )


def test_the_cross_checks_each_say_what_they_found_or_that_they_found_nothing(visit):
    shown = text_of(visit("guide_accuracy", view="cross"))
    for title in (
        "有办件而没有指南的事项",
        "有指南而未认领的事项",
        "多个单位共用的咨询电话",
        "同一事项承诺时限不一",
        "全程网办而仍有现场办件的事项",
    ):
        assert title in shown


@pytest.mark.long
def test_a_unit_sees_every_failing_cell_its_items_what_changed_and_what_waits(visit):
    unit = worst_unit()
    app = visit("guide_accuracy", unit=unit)
    shown = text_of(app)
    for words in ("不符合之处", "事项", "与上次报送相比", "历次报送", "G111 两个电话在工作时间内畅通：待核查"):
        assert words in shown
    assert "下载待整改工作簿" in text_of(app)


def test_a_unit_that_never_reported_is_told_what_to_do(visit):
    accuracy = accuracy_as_of(DAY)
    silent = next(unit for unit in accuracy.units if unit not in accuracy.reported)
    assert "没有报送办事指南" in text_of(visit("guide_accuracy", unit=silent))


@pytest.mark.parametrize("view", ["", "rules", "cross"])
def test_before_any_report_each_view_says_who_is_to_send_guides_by_when_and_claims_nothing(visit, view):
    shown = plain(text_of(visit("guide_accuracy", view=view, as_of="2023-05-31")))
    assert re.search(r"截至该日还没有“办事指南”的数据。59 个责任单位应于 7月5日（含当日）前报送。", shown)
    for claim in (
        "0／0",
        "没有错误",
        "最低的 0 个单位",
        "全部符合规则",
        "都有指南",
        "均已认领",
        "承诺时限一致",
        "没有不同单位共用",
        "都在网上办理",
        "0 条有不符合",
        "0 处待核实",
    ):
        assert claim not in shown


def test_measures_without_units_are_not_without_data_and_one_sentence_joins_both_totals(visit):
    shown = plain(text_of(visit("guide_accuracy", view="detail", measure="5.1.1")))
    above, below = shown.split("各单位 × 举措的精准率", 1)
    assert (
        above.count("未按单位计算") == 4 and "无数据" not in above
    )  # three in the task table, one beneath the measure chosen
    card, accuracy = assess(DAY), accuracy_as_of(DAY)
    results = [
        indicator
        for row in card.select(area="guide_accuracy")
        for indicator in row.indicators
        if indicator.numerator is not None
    ]
    counted = (
        f"{sum(result.numerator for result in results):,.0f}／{sum(result.denominator for result in results):,.0f}"
    )
    assert f"合计含 5.1.1、5.1.2、5.1.3（责任单位存疑，未按单位计算）；其余举措合计 {counted}" in below
    assert accuracy.of(accuracy.counted).applies > sum(result.denominator for result in results)


def rule_links(shown: str) -> list[tuple[str, str, str]]:
    """(address, title, code) of each rule that a link names."""
    return re.findall(r'<a class="board-link " href="([^"]+)" target="_self" title="([^"]*)">(G\d+)</a>', shown)


@pytest.mark.long
def test_each_rule_that_an_item_fails_tells_its_title_and_leads_to_where_the_rule_stands(visit):
    book, unit = accuracy_as_of(DAY).book, worst_unit()
    worst = text_of(visit("guide_accuracy", view="detail")).split("问题最多的事项<small>")[1]
    own = section_of(text_of(visit("guide_accuracy", unit=unit)), "事项")
    for shown, place in ((worst, {"view": ["rules"]}), (own, {"unit": [unit]})):
        named = rule_links(shown)
        assert {code for _, _, code in named} == set(re.findall(r"G\d{3}", plain(shown))) != set()
        for href, title, code in named:
            assert title == book.rule(code).title
            assert parse_qs(urlsplit(href.replace("&amp;", "&")).query) == place | {"rule": [code]}


def test_what_could_not_be_compared_is_not_said_to_agree():
    crossed = CrossChecks(*[DataFrame()] * 5, missing=("月度办件统计",))
    here = PageContext("guide_accuracy", DAY, BUREAU, {})
    nothing = {check.table.name: check.table.nothing for check in checks(crossed, (), here)}
    assert nothing["cases"] == nothing["walk_ins"] == "没有“月度办件统计”的数据，未作核对。"
    assert nothing["claims"] == "已报送的指南，其事项均已认领。"


def test_a_unit_that_does_not_exist_gets_a_sentence(visit):
    assert "单位名册中没有" in text_of(visit("guide_accuracy", unit="无此单位"))


def test_a_guide_reads_as_a_citizen_would_with_clause_and_sentence_beside_what_fails(visit):
    unit = worst_unit()
    guides = unit_guides(unit, DAY)
    item = guides.items[0]
    shown = text_of(visit("guide", unit=unit, item=item.item_code))
    assert item.name in shown and "申请材料" in shown and "办理流程" in shown
    wrong = guides.findings[guides.findings["item_code"] == item.item_code]
    assert shown.count("<li class=") == len(wrong)
    assert all(message in plain(shown) for message in wrong["message"])
    assert f"方案 {guides.book.rule(wrong['rule'].iloc[0]).clause.split(' ')[0]}" in shown


def test_an_address_that_names_no_guide_gets_a_sentence(visit):
    assert "没有这个指南" in text_of(visit("guide", unit=worst_unit(), item="<b>无</b>"))
    assert "没有这个指南" in text_of(visit("guide", unit="无此单位", item="1"))


@pytest.mark.long
def test_what_a_person_found_shows_on_the_guide(visit):
    unit = worst_unit()
    app = visit("guide", unit=unit, item=unit_guides(unit, DAY).items[0].item_code)
    assert "待核查" in text_of(app) and "无人接听" not in text_of(app)
    app.radio[0].set_value("不符合")
    app.text_input[0].input("上午三次无人接听")
    app.button[0].click().run()
    assert not app.exception
    assert "上午三次无人接听" in text_of(app)


@pytest.mark.long
def test_an_answer_must_be_chosen_and_a_failure_explained(visit):
    unit = worst_unit()
    app = visit("guide", unit=unit, item=unit_guides(unit, DAY).items[0].item_code)
    app.button[0].click().run()
    assert "请选择" in app.warning[0].value
    app.radio[0].set_value("不符合")
    app.button[0].click().run()
    assert "请写明情况" in app.warning[0].value


@pytest.mark.long
def test_a_rule_switched_off_on_screen_with_a_reason_is_gone_from_the_ranking_and_stands_in_the_record(visit):
    app = visit("guide_accuracy", view="rules")
    app.selectbox[0].set_value("G303")
    app.radio[0].set_value("停用")
    app.text_input[-1].input("流程表改版")
    shown = text_of(press(app, "更改规则"))
    assert "规则 G303 已改为停用" in shown
    assert "流程表改版" in shown and 'rule=G303"' not in shown


@pytest.mark.long
def test_a_rule_is_not_changed_without_a_reason(visit):
    app = visit("guide_accuracy", view="rules")
    app.radio[0].set_value("停用")
    app.button[0].click().run()
    assert "请写明理由" in app.warning[0].value
    assert accuracy_as_of(DAY).book.entries == ()
