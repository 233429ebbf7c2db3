"""A declared table on the screen: its filters, its count, the page of its rows that the address asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.figures import figure
from components.elements.lamp import chip
from components.elements.links import Address, link
from components.elements.list_page import ListPage, list_page
from components.elements.offered_files import offered_address
from components.elements.phrases import quiet, whole_days
from components.elements.rendering import Parts, render
from components.elements.table.declaration import Column, Row, Table, Width
from components.elements.table.filters import FEW, draw_filters
from components.elements.table.selection import (
    EVERY_ROW,
    GROUP,
    PAGE,
    ROWS,
    SORT,
    UNGROUPED,
    WORDS,
    Selection,
    groups_of_page,
    selected,
    selection_of,
)
from components.elements.table.values import Kind, Share, Value, in_words
from components.elements.table.workbook import workbook_of
from components.elements.templates import from_template
from models.lamps import Lamp

PRINTED_WITH_THE_PAGE = 200
"""Rows up to which a table carries those of its other pages along, unseen, so that paper has them all."""
ARROWS = {"ascending": " ↑", "descending": " ↓"}


def draw_table(table: Table[Row], rows: Sequence[Row], here: PageContext) -> None:
    """Draw the whole table: filters where there are many rows, count and tools, rows, the way to further pages."""
    render(table_parts(table, rows, here))


def table_parts(table: Table[Row], rows: Sequence[Row], here: PageContext) -> Parts:
    """Return the whole table, to stand between other parts of a page."""
    table = completed(table, rows, here)
    markup = _markup(table, rows, here)
    selection = selection_of(table, here.query)
    if table.is_whole and rows and (len(rows) > FEW or selection.is_narrowed):
        return Parts((partial(draw_filters, table, rows, selection), markup))
    return Parts((markup,))


def table_markup(table: Table[Row], rows: Sequence[Row], here: PageContext) -> Markup:
    """Return the table without its filters, for a place where further HTML stands around it."""
    return _markup(completed(table, rows, here), rows, here)


def completed(table: Table[Row], rows: Sequence[Row], here: PageContext) -> Table[Row]:
    """Return the table with what its rows' units give: 单位类别 where they are of several kinds and no column says so
    already, groups where one unit has several rows.
    """
    column = next((column for column in table.columns if column.kind is Kind.UNIT), None)
    if column is None or not table.is_whole:
        return table
    units = column.words_of(rows)
    distinct = set(units)
    if not table.group_by and 1 < len(distinct) < len(units):
        table = replace(table, group_by=column.key)
    kinds = here.unit_kinds if len(distinct) > 1 else {}
    of_rows = [kinds.get(unit) for unit in units]
    if len({*of_rows} - {None}) < 2 or any(_says(other, rows, of_rows) for other in table.filters):
        return table
    kind = Column[Row](
        "unit_kind", "单位类别", lambda row: kinds.get(column.words(row)), is_filter=True, only_exported=True
    )
    place = table.columns.index(column) + 1
    return replace(table, columns=(*table.columns[:place], kind, *table.columns[place:]))


def _says(column: Column[Row], rows: Sequence[Row], words: Sequence[str | None]) -> bool:
    """Whether a column says just this of the rows: of most columns the first row tells that it does not."""
    return all(column.words(row) == said for row, said in zip(rows, words, strict=True))


def _markup(table: Table[Row], rows: Sequence[Row], here: PageContext) -> Markup:
    if not rows:
        return empty_state(table.nothing, table.what_to_do)
    selection = selection_of(table, here.query)
    left = selected(table, rows, selection)
    page = _page(table, left, selection, here)
    body = (
        _body(table, rows, left, page, selection, here)
        if left
        else empty_state("没有符合筛选条件的内容。", "请放宽筛选条件。")
    )
    tools = _tools(table, rows, left, page, selection, here) if table.is_whole else Markup("")
    return tools + body + page.links


def rows_on_page(table: Table[Row], rows: Sequence[Row], here: PageContext) -> Sequence[Row]:
    """Return the rows that stand on the page of the table which the address asks for."""
    table = completed(table, rows, here)
    selection = selection_of(table, here.query)
    return _page(table, selected(table, rows, selection), selection, here).items


def _page(table: Table[Row], left: Sequence[Row], selection: Selection, here: PageContext) -> ListPage[Row]:
    size = len(left) if table.page_size is None or selection.every_row else table.page_size
    return list_page(
        left,
        selection.page,
        max(size, 1),
        partial(_page_address, table, here),
        table.title,
        is_printed_whole=len(left) <= PRINTED_WITH_THE_PAGE,
    )


def _page_address(table: Table[Row], here: PageContext, number: int) -> str:
    return here.same_page(**{table.parameter(PAGE): number if number > 1 else None})


def _body(
    table: Table[Row],
    rows: Sequence[Row],
    left: Sequence[Row],
    page: ListPage[Row],
    selection: Selection,
    here: PageContext,
) -> Markup:
    columns = _columns_drawn(table, rows)
    drawn = left if page.is_printed_whole else page.items
    seen = range(page.first - 1, page.last) if drawn is left else range(len(drawn))
    lines = [_Line(_cells(columns, row), index not in seen, row) for index, row in enumerate(drawn)]
    return from_template(
        "elements/table/table.html",
        table=table,
        heads=[_head(table, column, selection, here, is_sorted=len(left) > 1) for column in columns],
        groups=_blocks(table, left, lines, is_grouped=selection.is_grouped),
        total=() if table.total is None or selection.is_narrowed else _cells(columns, table.total),
    )


def _columns_drawn(table: Table[Row], rows: Sequence[Row]) -> list[Column[Row]]:
    """Return the columns of the screen; of a list of which this is one page none is folded."""
    summed = rows if table.total is None else (*rows, table.total)
    return [
        column
        for column in table.columns
        if not column.only_exported and not (table.is_whole and _is_folded(column, summed))
    ]


def _is_folded(column: Column[Row], rows: Sequence[Row]) -> bool:
    """Return whether no row has anything there but 0. What was not reported is not 0: such a column stands, unless it
    is declared to fold.
    """
    if column.folds is not None:
        return column.folds and not any(column.value(row) for row in rows)
    return column.kind is Kind.NUMBER and all(column.value(row) == 0 for row in rows)


@dataclass(frozen=True)
class _Line(Generic[Row]):
    """One row as drawn; `beyond`: it stands on another page."""

    cells: Sequence[Mapping[str, Any]]
    beyond: bool
    row: Row


def _blocks(
    table: Table[Row], left: Sequence[Row], lines: Sequence[_Line[Row]], *, is_grouped: bool
) -> list[Mapping[str, Any]]:
    """Return what each body of the table holds: everything, or one group each."""
    if not is_grouped:
        return [{"name": None, "rows": lines}]
    blocks, start = list[Mapping[str, Any]](), 0
    for group in groups_of_page(table, left, [line.row for line in lines]):
        members = lines[start : start + len(group.rows)]
        start += len(members)
        detail = table.group_detail(group.name) if table.group_detail else ""
        beyond = all(line.beyond for line in members)
        blocks.append({"name": group.name, "count": group.count, "detail": detail, "beyond": beyond, "rows": members})
    return blocks


def _cells(columns: Sequence[Column[Row]], row: Row) -> list[Mapping[str, Any]]:
    return [
        {"shown": _cell(column, row), "classes": column.classes, "label": column.heading if column.phone_label else ""}
        for column in columns
    ]


def _cell(column: Column[Row], row: Row) -> str | Markup:
    text = column.drawn(row) if column.drawn else _drawn(column, column.value(row))
    where = column.href(row) if column.href and text else None
    return link(text, where) if where else text


def _drawn(column: Column[Row], value: Value) -> str | Markup:
    if isinstance(value, Lamp):
        return chip(value)
    if isinstance(value, Share):
        return _share(value)
    if column.kind is Kind.NUMBER and isinstance(value, (int, float)):
        words = f"{figure(value)}{column.unit}"
        return words if value else quiet(words)
    if isinstance(value, Markup):
        return value
    words = in_words(value)
    return whole_days(words) if column.width in (Width.PROSE, Width.REASON) else words


def _share(share: Share) -> Markup:
    """Return the share with its numerator and the quieter denominator; a share of nothing has no value."""
    return from_template("elements/table/share.html", share=share, figure=figure)


def _head(
    table: Table[Row], column: Column[Row], selection: Selection, here: PageContext, *, is_sorted: bool
) -> Mapping[str, Any]:
    aria_sort, sort = "", f"{column.first_direction}{column.key}"
    if selection.sort_column == column.key:
        aria_sort = "descending" if selection.is_descending else "ascending"
        opposite = column.key if column.first_direction else f"-{column.key}"
        sort = opposite if selection.sort == sort else ""  # the third click gives back the order of the list
    is_link = is_sorted and table.is_whole and column.sortable and bool(column.heading)
    address = here.same_page(**{table.parameter(SORT): sort or None, table.parameter(PAGE): None})
    return {
        "heading": column.heading,
        "mark": column.mark,
        "under": column.under,
        "classes": column.classes,
        "hint": column.hint,
        "href": address if is_link else "",
        "aria_sort": aria_sort,
        "arrow": ARROWS.get(aria_sort, ""),
    }


def _tools(
    table: Table[Row],
    rows: Sequence[Row],
    left: Sequence[Row],
    page: ListPage[Row],
    selection: Selection,
    here: PageContext,
) -> Markup:
    """Return “90 项中的 12 项”, and what can be done with them all."""
    total, number = f"{len(rows):,} {table.counted}", f"{len(left):,} {table.counted}"
    count = f"共 {total}" if len(left) == len(rows) else f"{total}中的 {number}"
    tools = list[Mapping[str, Any]]()

    def add(words: str, address: str, *, is_page: bool = True, title: str = "") -> None:
        tools.append({"words": words, "href": address, "is_page": is_page, "title": title})

    def changed(**changes: Address) -> str:
        return here.same_page(
            **{table.parameter(name): value for name, value in changes.items()}, **{table.parameter(PAGE): None}
        )

    if selection.is_narrowed:
        cleared: dict[str, Address] = dict.fromkeys([WORDS, *(column.key for column in table.filters)])
        add("取消筛选", changed(**cleared))
    grouped = table.column(table.group_by)
    if grouped is not None and len(left) > 1:
        if selection.is_grouped:
            add("不分组", changed(**{GROUP: UNGROUPED if table.is_grouped else None}))
        else:
            add(f"按{grouped.heading}分组", changed(**{GROUP: None if table.is_grouped else table.group_by}))
    if page.pages > 1 or selection.every_row:
        add(
            "分页显示" if selection.every_row else "全部显示",
            changed(**{ROWS: None if selection.every_row else EVERY_ROW}),
        )
    if table.is_exported and left:
        name = f"{table.title} {here.day}.xlsx"
        make = partial(workbook_of, table, left, selection, here.day)
        add(
            "导出本表",
            offered_address(f"{table.name} {table.title}", name, make),
            is_page=False,
            title=f"{number}，Excel 工作簿",
        )
    return from_template("elements/table/tools.html", count=count, tools=tools)
