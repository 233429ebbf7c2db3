"""The guides of one unit: items by what is wrong with them, every failing cell, and what changed since the last
submission.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.facts import clock
from components.elements.links import link
from components.elements.phrases import listed, with_hint
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.guides.tables import PAGE, SEVERITY_WORDS, severity_chip
from services.figures.guide_rule_settings import RuleBook
from services.guides.changes import FindingChange, GuideChanges
from services.guides.unit_guides import ItemResult, UnitGuides

GUIDE = "guide"
RULES_NAMED, ON_A_PAGE = 12, 20

UnitItem = tuple[str, ItemResult]


def guide_link(unit: str, code: str, name: str, here: PageContext) -> Markup:
    return link(name, here.address(GUIDE, unit=unit, item=code), code)


def items_table(guides: UnitGuides, items: Sequence[ItemResult], here: PageContext) -> Parts:
    """Return the items of a unit; each opens as a citizen would read it, each rule at the unit's cells that fail it."""
    rule_address = partial(here.address, PAGE, unit=guides.unit)
    table = Table(
        "items",
        "事项",
        _item_columns(guides.book, rule_address, here),
        counted="个事项",
        page_size=ON_A_PAGE,
        nothing="零报告：没有事项。",
    )
    return table_parts(table, [(guides.unit, item) for item in items], here)


def worst_items(items: Sequence[UnitItem], book: RuleBook, here: PageContext) -> Parts:
    """Return items of several units; each rule opens where it stands in full."""
    item, *others = _item_columns(book, partial(here.address, PAGE, view="rules"), here)
    unit = Column[UnitItem]("unit", "责任单位", lambda pair: pair[0], Kind.UNIT, Width.UNBROKEN)
    table = Table(
        "worst_items",
        "问题最多的事项",
        (item, unit, *others),
        counted="个事项",
        page_size=None,
        nothing="已报送的指南没有错误。",
    )
    return table_parts(table, items, here)


def _item_columns(book: RuleBook, rule_address: Callable[..., str], here: PageContext) -> list[Column[UnitItem]]:
    return [
        Column[UnitItem](
            "item",
            "事项",
            lambda pair: pair[1].name,
            drawn=lambda pair: guide_link(pair[0], pair[1].item_code, pair[1].name, here),
        ),
        Column[UnitItem]("errors", "错误", lambda pair: pair[1].errors, Kind.NUMBER),
        Column[UnitItem]("advice", "建议", lambda pair: pair[1].advice, Kind.NUMBER),
        Column[UnitItem](
            "rules",
            "不符合的规则",
            lambda pair: "、".join(pair[1].rules),
            drawn=lambda pair: _rules(pair[1], book, rule_address),
        ),
    ]


def _rules(item: ItemResult, book: RuleBook, rule_address: Callable[..., str]) -> Markup:
    """Return codes, for titles would not fit: the pointer tells each one's."""
    titles = {rule.code: rule.title for rule in book.rules}
    more = f" 等 {len(item.rules)} 条" if len(item.rules) > RULES_NAMED else ""
    return listed(link(code, rule_address(rule=code), titles.get(code, "")) for code in item.rules[:RULES_NAMED]) + more


Finding = Mapping[Any, Any]
"""A row of UnitGuides.findings."""


def cells_table(guides: UnitGuides, findings: Sequence[Finding], here: PageContext) -> Parts:
    """Return the wrong cells; sheet and cell are those of the file as uploaded."""
    names = guides.frames["事项"].drop_duplicates("item_code").set_index("item_code")["item_name"].to_dict()

    def name(row: Finding) -> str:
        return str(names.get(row["item_code"], row["item_code"]))

    def place(row: Finding) -> tuple[str, str]:
        return guides.place(row["_sheet"], row["_row"], row["field"])

    def rule(row: Finding) -> Markup:
        found_rule = guides.book.rule(row["rule"])
        return with_hint(row["rule"], f"{found_rule.clause} {found_rule.title}" if found_rule else "")

    columns = (
        Column[Finding]("rule", "规则", lambda row: row["rule"], width=Width.UNBROKEN, drawn=rule, is_filter=True),
        Column[Finding](
            "severity",
            "性质",
            lambda row: SEVERITY_WORDS[row["severity"]],
            width=Width.UNBROKEN,
            drawn=lambda row: severity_chip(row["severity"]),
            is_filter=True,
        ),
        Column[Finding](
            "item", "事项", name, drawn=lambda row: guide_link(guides.unit, row["item_code"], name(row), here)
        ),
        Column[Finding]("sheet", "工作表", lambda row: place(row)[0], width=Width.UNBROKEN),
        Column[Finding]("place", "单元格", lambda row: place(row)[1], width=Width.UNBROKEN),
        Column[Finding]("label", "列名", lambda row: row["label"], width=Width.UNBROKEN, is_filter=True),
        Column[Finding]("message", "问题与改法", lambda row: row["message"], width=Width.REASON),
    )
    table = Table("cell", f"{guides.unit}不符合之处", columns, counted="处", page_size=ON_A_PAGE)
    return table_parts(table, findings, here)


WORDS = {"new": "新增", "open": "仍未整改", "fixed": "已整改"}


def changes_in_words(changes: GuideChanges) -> str:
    """Return “与 2023-06-14 15:00 的报送相比：新增 2 处，仍未整改 5 处，已整改 43 处”."""
    if changes.before is None:
        return f"只报送过一次，仍未整改 {changes.counts['open']:,} 处"
    counts = "，".join(f"{word} {changes.counts[change]:,} 处" for change, word in WORDS.items())
    return f"与 {clock(changes.before)} 的报送相比：{counts}"


def changes_table(unit: str, changes: Sequence[FindingChange], here: PageContext) -> Parts:
    """Return what changed since the last submission, cell by cell."""

    def item(change: FindingChange) -> str | Markup:
        return change.item_name if change.gone else guide_link(unit, change.item_code, change.item_name, here)

    columns = (
        Column[FindingChange](
            "kind",
            "变化",
            lambda change: "事项已撤下" if change.gone else WORDS[change.change],
            width=Width.UNBROKEN,
            is_filter=True,
        ),
        Column[FindingChange]("rule", "规则", lambda change: change.rule, width=Width.UNBROKEN, is_filter=True),
        Column[FindingChange]("item", "事项", lambda change: change.item_name, drawn=item),
        Column[FindingChange]("label", "列名", lambda change: change.label, width=Width.UNBROKEN),
        Column[FindingChange]("message", "问题与改法", lambda change: change.message, width=Width.REASON),
    )
    return table_parts(Table("change", "与上次报送相比", columns, counted="处", page_size=ON_A_PAGE), changes, here)
