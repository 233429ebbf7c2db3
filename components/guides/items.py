"""The guides of one unit: items by what is wrong with them, every failing cell, and what changed since the last
submission.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.links import link
from components.elements.tables import Column, Row, table
from components.guides.tables import PAGE, severity_chip
from services.figures.guide_rule_settings import RuleBook
from services.guides.changes import FindingChange, GuideChanges
from services.guides.unit_guides import ItemStanding, UnitGuides

GUIDE = "guide"
RULES_NAMED = 12

ITEM_COLUMNS = (Column("事项"), Column("错误", number=True), Column("建议", number=True), Column("不符合的规则"))


def guide_link(unit: str, code: str, name: str, here: PageContext) -> Markup:
    return link(name, here.address(GUIDE, unit=unit, item=code), code)


def items_table(guides: UnitGuides, items: Sequence[ItemStanding], here: PageContext) -> Markup:
    """Each item opens as a citizen would read it, each rule at the unit's cells that fail it."""
    unit = guides.unit
    return table(
        ITEM_COLUMNS,
        [
            (
                guide_link(unit, item.item_code, item.name, here),
                item.errors,
                item.advice,
                _rules(item, guides.book, partial(here.address, PAGE, unit=unit)),
            )
            for item in items
        ],
    )


def worst_items(items: Sequence[tuple[str, ItemStanding]], book: RuleBook, here: PageContext) -> Markup:
    """Items of several units; each rule opens where it stands in full."""
    if not items:
        return empty_state("已报送的指南没有错误。")
    columns = (Column("事项"), Column("责任单位", css="nowrap"), *ITEM_COLUMNS[1:])
    return table(
        columns,
        [
            (
                guide_link(unit, item.item_code, item.name, here),
                unit,
                item.errors,
                item.advice,
                _rules(item, book, partial(here.address, PAGE, view="rules")),
            )
            for unit, item in items
        ],
    )


def _rules(item: ItemStanding, book: RuleBook, address_of: Callable[..., str]) -> Markup:
    """Codes, for titles would not fit: the pointer tells each one's."""
    titles = {rule.code: rule.title for rule in book.rules}
    more = f" 等 {len(item.rules)} 条" if len(item.rules) > RULES_NAMED else ""
    return (
        Markup("、").join(link(code, address_of(rule=code), titles.get(code, "")) for code in item.rules[:RULES_NAMED])
        + more
    )


CELL_COLUMNS = (
    Column("规则", css="nowrap"),
    Column("性质", css="nowrap"),
    Column("事项"),
    Column("工作表", css="nowrap"),
    Column("单元格", css="nowrap"),
    Column("列名", css="nowrap"),
    Column("问题与改法", css="sentence"),
)


def cells_table(guides: UnitGuides, rows: pd.DataFrame, here: PageContext) -> Markup:
    """`rows`: findings of the page shown; sheet and cell are those of the file as uploaded."""
    names = guides.frames["事项"].drop_duplicates("item_code").set_index("item_code")["item_name"].to_dict()
    return table(CELL_COLUMNS, [_cell(guides, row, names, here) for row in rows.to_dict("records")])


def _cell(guides: UnitGuides, row: dict, names: Mapping[Any, Any], here: PageContext) -> Row:
    rule = guides.book.rule(row["rule"])
    code = Markup('<span title="{}">{}</span>').format(f"{rule.clause} {rule.title}" if rule else "", row["rule"])
    sheet, cell = guides.place(row["_sheet"], row["_row"], row["field"])
    item = guide_link(guides.unit, row["item_code"], names.get(row["item_code"], row["item_code"]), here)
    return code, severity_chip(row["severity"]), item, sheet, cell, row["label"], row["message"]


WORDS = {"new": "新增", "open": "仍未整改", "fixed": "已整改"}
CHANGE_COLUMNS = (
    Column("变化", css="nowrap"),
    Column("规则", css="nowrap"),
    Column("事项"),
    Column("列名", css="nowrap"),
    Column("问题与改法", css="sentence"),
)


def changes_in_words(changes: GuideChanges) -> str:
    """“与 2023-06-14 15:00 的报送相比：新增 2 处，仍未整改 5 处，已整改 43 处”."""
    if changes.before is None:
        return f"只报送过一次，仍未整改 {changes.counts['open']:,} 处"
    counts = "，".join(f"{word} {changes.counts[change]:,} 处" for change, word in WORDS.items())
    return f"与 {clock(changes.before)} 的报送相比：{counts}"


def changes_table(unit: str, changes: Sequence[FindingChange], here: PageContext) -> Markup:
    return table(CHANGE_COLUMNS, [_changed(unit, change, here) for change in changes])


def _changed(unit: str, change: FindingChange, here: PageContext) -> Row:
    if change.gone:
        word, item = "事项已撤下", Markup("{}").format(change.item_name)
    else:
        word, item = WORDS[change.change], guide_link(unit, change.item_code, change.item_name, here)
    return word, change.rule, item, change.label, change.message
