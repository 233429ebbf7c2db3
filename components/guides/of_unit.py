"""One unit's guides on screen: what to mend, its items, what changed, its submissions, what waits for a spot check."""

from __future__ import annotations

from datetime import date

import streamlit as st

from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.rendering import render
from components.guides.accuracy_trend import sent_table
from components.guides.items import cells_table, changes_in_words, changes_table, items_table
from components.guides.manual_checks import waiting_in_words
from components.guides.tables import PAGE
from services.access.permission import may
from services.access.refusal import RefusedRequest
from services.guides.accuracy_trend import submissions
from services.guides.changes import changes_since_last
from services.guides.manual_checks import questions
from services.guides.todo import todo_workbook
from services.guides.unit_guides import UnitGuides, unit_guides


def one_unit(unit: str, day: date, here: PageContext) -> None:
    """Draw the unit's own list of what to correct, its items, what changed, its submissions, what waits for a spot
    check.
    """
    try:
        guides = cache.answer(unit_guides, unit, day)
    except RefusedRequest as refused:
        render(section("办事指南") + empty_state(str(refused), "请从指南精准度页面的单位进入。"))
        return
    if guides is None:
        render(
            section("办事指南") + empty_state(f"{unit}截至该日没有报送办事指南。", "请在“数据报送”上传办事指南工作簿。")
        )
        return
    _what_to_mend(guides, day, here)
    _items_of_unit(guides, here)
    _changes(unit, day, here)
    render(section("历次报送") + sent_table(cache.answer(submissions, day, unit), here))
    render(
        section("待人工核查", "表格不能判定的规则，列为抽查问题；结果在各事项页面录入")
        + waiting_in_words(cache.answer(questions, unit, day))
    )


def _what_to_mend(guides: UnitGuides, day: date, here: PageContext) -> None:
    """Draw every failing cell, of one rule where the address names one."""
    rule = st.query_params.get("rule")
    rows = guides.findings.sort_values("rule", kind="stable")
    rows = rows[rows["rule"] == rule] if rule else rows
    places = len(rows.drop_duplicates(["rule", "_sheet", "_row", "field"]))
    problems = f"、{len(rows):,} 个问题" if len(rows) > places else ""
    places_in_words = f"{places:,} 处{problems}，按规则排列；工作表和单元格与上传的文件一致"
    render(section(f"不符合之处（{rule}）" if rule else "不符合之处", places_in_words if places else ""))
    if rule:
        render(link("查看全部规则", here.address(PAGE, unit=guides.unit), css="back"))
    if rows.empty:
        render(empty_state("没有不符合之处。"))
        return
    render(cells_table(guides, rows.to_dict("records"), here))
    _download(guides.unit, day)


def _download(unit: str, day: date) -> None:
    if not may(todo_workbook):
        return
    render(
        offer_file(
            "下载待整改工作簿（原表标注，附按规则排列的清单）",
            f"{unit}办事指南（待整改）.xlsx",
            lambda: todo_workbook(unit, day)[1],
        )
    )


def _items_of_unit(guides: UnitGuides, here: PageContext) -> None:
    items = guides.items
    clean = sum(not item.rules for item in items)
    render(section("事项", f"{len(items):,} 个，其中 {clean:,} 个没有问题"))
    render(items_table(guides, items, here))


def _changes(unit: str, day: date, here: PageContext) -> None:
    latest = cache.answer(changes_since_last, unit, day)
    if latest is None:
        return
    render(section("与上次报送相比", changes_in_words(latest)))
    if latest.before is None or not latest.changes:
        return
    render(changes_table(unit, latest.changes, here))
