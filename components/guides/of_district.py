"""The views of the guide accuracy page: the district by unit, by rule, and against other datasets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note, section
from components.elements.figures import percent, ratio
from components.elements.rendering import render
from components.elements.table import draw_table
from components.guides.accuracy_trend import course_table, show_course
from components.guides.cross_checks import checks
from components.guides.items import worst_items
from components.guides.rule_form import entries_table, rule_form
from components.guides.tables import (
    by_unit_and_measure,
    rules_ranked,
    units_by_rules,
    units_of_rule,
    worst_first,
)
from components.reporting.owed_in_words import owed_in_words
from services.access.permission import may
from services.board.district import District
from services.figures.guide_rule_settings import change_rule
from services.guides.accuracy import GuideAccuracy, accuracy_as_of
from services.guides.accuracy_trend import course
from services.guides.cross_checks import cross_check
from services.guides.unit_guides import ItemResult, unit_guides

VIEWS = {"": "概况", "detail": "明细", "rules": "规则", "cross": "交叉核对"}
WORST_UNITS, WORST_ITEMS = 5, 15


def finding(view: str, here: PageContext) -> str:
    """Return the title of a view: what it found."""
    accuracy = cache.answer(accuracy_as_of, here.day)
    if not accuracy.reported:
        return (
            "指南交叉核对：尚无办事指南"
            if view == "cross"
            else f"指南规则：{len(accuracy.ranked_rules)} 条，尚无办事指南"
        )
    if view == "cross":
        crossed = checks(cache.answer(cross_check, here.day), accuracy.reported, here)
        return f"指南交叉核对：{sum(len(check.rows) for check in crossed):,} 处待核实"
    failing = sum(result.accuracy.failed > 0 for result in accuracy.ranked_rules)
    return f"指南规则：{len(accuracy.ranked_rules)} 条，{failing} 条有不符合，全区精准率 {percent(accuracy.of(accuracy.counted).share)}"  # noqa: E501


def whole_district(day: date, here: PageContext) -> None:
    """Draw below the area's own tables: accuracy by unit and measure, its course, the worst items."""
    accuracy = cache.answer(accuracy_as_of, day)
    if not accuracy.reported:
        render(_nothing_yet("各单位 × 举措的精准率", day))
        return
    _by_unit(accuracy, here)
    steps = cache.answer(course, day)
    render(section("历次报送的精准率", "每次报送之后全区合计，按截至日期有效的规则计算"))
    show_course(steps)
    render(course_table(steps, here))
    _worst_items(accuracy, day, here)


def _nothing_yet(title: str, day: date) -> Markup:
    """Return who is to send guides, until when."""
    return section(title) + empty_state(*owed_in_words(cache.district(day), ("guides",), None))


def _by_unit(accuracy: GuideAccuracy, here: PageContext) -> None:
    units, whole = worst_first(accuracy), accuracy.of(accuracy.counted)
    summary = Markup("{}，{}；目标 100%，由低到高；另有 {} 个单位未报送").format(
        ratio(whole.passed, whole.applies), percent(whole.share), len(accuracy.units) - len(units)
    )
    render(section("各单位 × 举措的精准率", summary) + _beyond_the_measures(accuracy))
    render(by_unit_and_measure(accuracy, units, here))


def _beyond_the_measures(accuracy: GuideAccuracy) -> Markup:
    """Return what joins this total with those of the measures, of which those without responsible units add up nobody's
    figures.
    """
    plan = cache.district(accuracy.as_of).plan
    bound = {measure.code for task in plan.tasks if task.units for measure in task.measures}
    beyond = [
        code for code, rules in accuracy.book.measures.items() if code not in bound and accuracy.of(rules).applies
    ]
    if not beyond:
        return Markup("")
    rest = accuracy.of(rule for code, rules in accuracy.book.measures.items() if code in bound for rule in rules)
    return note(
        Markup("合计含 {}（责任单位存疑，未按单位计算）；其余举措合计 {}，见上方“任务和举措”。").format(
            "、".join(beyond), ratio(rest.passed, rest.applies)
        )
    )


def _worst_items(accuracy: GuideAccuracy, day: date, here: PageContext) -> None:
    """Draw the worst items. Only a few units' rows are read, so that the page costs the same however many guides there
    are.
    """
    units = [unit for unit in worst_first(accuracy) if accuracy.of(accuracy.counted, unit).failed][:WORST_UNITS]
    ranked = sorted(((unit, item) for unit in units for item in _items(unit, day) if item.errors), key=_worst)[
        :WORST_ITEMS
    ]
    summary = f"取精准率最低的 {len(units)} 个单位" if units else ""
    render(section("问题最多的事项", summary) + worst_items(ranked, accuracy.book, here))


def _items(unit: str, day: date) -> Sequence[ItemResult]:
    guides = cache.answer(unit_guides, unit, day)
    return guides.items if guides else ()


def _worst(pair: tuple[str, ItemResult]) -> tuple[int, int]:
    return -pair[1].errors, -pair[1].advice


def by_rule(district: District, here: PageContext) -> None:
    """Draw rules ranked, one rule by units, units × rules, and what the bureau decided on rules."""
    accuracy = cache.answer(accuracy_as_of, district.as_of)
    if accuracy.reported:
        _failures(accuracy, here)
    else:
        render(_nothing_yet("规则", district.as_of))
    render(section("规则设置", "自更改之时起生效，此前日期的红绿灯不变") + entries_table(accuracy.book.entries, here))
    if may(change_rule):
        rule_form(accuracy.book, here)


def _failures(accuracy: GuideAccuracy, here: PageContext) -> None:
    """Draw rules, one rule's units, units × rules."""
    ranked, chosen = accuracy.ranked_rules, st.query_params.get("rule", "")
    render(
        section("规则", "不符合的多的在前；“计入”为计入精准率的举措，建议类不计入")
        + rules_ranked(ranked, accuracy.counted, chosen, here)
    )
    rule = accuracy.book.rule(chosen)
    if rule is not None and not rule.by_hand:
        render(
            section(f"{rule.code} {rule.title}", f"适用于：{rule.when}；正确：{rule.right}；错误：{rule.wrong}")
            + units_of_rule(accuracy, rule, here)
        )
    units = [unit for unit in accuracy.reported if accuracy.of([result.rule.code for result in ranked], unit).failed]
    render(section("单位 × 规则", "数字为不符合的处数；只列有问题的单位和规则") + units_by_rules(accuracy, units, here))


def against_other_data(day: date, here: PageContext) -> None:
    """Draw five lists."""
    crossed, accuracy = cache.answer(cross_check, day), cache.answer(accuracy_as_of, day)
    if not accuracy.reported:
        render(_nothing_yet("交叉核对", day))
        return
    if crossed.missing:
        render(note(f"截至该日没有报送：{'、'.join(crossed.missing)}，相应核对没有结果。"))
    for check in checks(crossed, accuracy.reported, here):
        render(section(check.table.title, f"{check.rule}：{len(check.rows):,} 个"))
        draw_table(check.table, check.rows, here)
