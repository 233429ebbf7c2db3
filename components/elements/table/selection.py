"""What an address asks of a table, and the rows that answer: filtered, ordered, grouped, one page of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

from components.elements.table.declaration import Column, Row, Table

Item = TypeVar("Item")

SORT, GROUP, PAGE, ROWS, WORDS = "sort", "group", "page", "rows", "words"
EVERY_ROW, UNGROUPED = "all", "no"


@dataclass(frozen=True)
class Selection:
    """`sort` is a column's key with a minus before it for the last first; `filters`: key → words that may stand."""

    sort: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: str = ""
    is_grouped: bool = False
    page: int = 1
    every_row: bool = False

    @property
    def sort_column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self.words)

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True)
class Group(Generic[Row]):
    """Rows that stand together; `count` is how many there are on all pages."""

    name: str
    count: int
    rows: Sequence[Row]


def selection_of(table: Table[Row], query: Mapping[str, Sequence[str]]) -> Selection:
    """Return what the query of an address (name → values) asks of the table; what it cannot ask is passed over."""

    if not table.is_whole:
        return Selection(every_row=True)

    def first(what: str) -> str:
        return next(iter(query.get(table.parameter(what), ())), "")

    column = table.column(first(SORT).removeprefix("-"))
    page = first(PAGE)
    return Selection(
        sort=first(SORT) if column and column.sortable else "",
        filters={
            column.key: values
            for column in table.filters
            if (values := [value for value in query.get(table.parameter(column.key), ()) if value])
        },
        words=first(WORDS).strip() if table.has_search else "",
        is_grouped=bool(table.group_by)
        and (first(GROUP) == table.group_by or (table.is_grouped and first(GROUP) == "")),
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        every_row=first(ROWS) == EVERY_ROW,
    )


def selected(table: Table[Row], rows: Sequence[Row], selection: Selection) -> list[Row]:
    """Return the rows that the filters leave, in the order asked for, those of one group side by side."""
    left = [row for row in rows if _passes(table, row, selection)] if selection.is_narrowed else list(rows)
    column = table.column(selection.sort_column)
    if column is not None:
        left = ordered(column, left, descending=selection.is_descending)
    if selection.is_grouped:
        left = [row for group in groups(table, left) for row in group.rows]
    return left


def _passes(table: Table[Row], row: Row, selection: Selection) -> bool:
    for column in table.filters:
        wanted = selection.filters.get(column.key)
        if wanted and column.words(row) not in wanted:
            return False
    if not selection.words:
        return True
    text = " ".join(column.words(row) for column in table.columns if column.is_exported).casefold()
    return all(word in text for word in selection.words.casefold().split())


def ordered(column: Column[Row], rows: Sequence[Row], *, descending: bool) -> list[Row]:
    """Return the rows by this column; equal ones stay as they stood, missing values stand last either way."""
    return in_order_of(map(column.sort_key, rows), rows, descending=descending)


def in_order_of(keys: Iterable[Any], items: Iterable[Item], *, descending: bool = False) -> list[Item]:
    """Return the items by their keys; equal ones stay as they stood, those of a key None stand last either way."""
    pairs = list(zip(keys, items, strict=True))
    present = sorted((pair for pair in pairs if pair[0] is not None), key=itemgetter(0), reverse=descending)
    return [item for _, item in present] + [item for key, item in pairs if key is None]


def groups(table: Table[Row], rows: Sequence[Row]) -> list[Group[Row]]:
    """Return the rows by the table's group, groups in the order of their first rows."""
    column = table.column(table.group_by)
    assert column is not None, f"{table.title} is grouped by a column that it does not have: {table.group_by}"
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(column.words(row), []).append(row)
    return [Group(name, len(members), members) for name, members in by_name.items()]


def groups_of_page(table: Table[Row], rows: Sequence[Row], page: Sequence[Row]) -> list[Group[Row]]:
    """Return the groups of which a page shows rows, each with its count over all `rows`."""
    column = table.column(table.group_by)
    assert column is not None
    counts = {group.name: group.count for group in groups(table, rows)}
    return [Group(name, counts[name], list(members)) for name, members in groupby(page, key=column.words)]


def choices(column: Column[Row], rows: Sequence[Row]) -> dict[str, int]:
    """Return what a column may be filtered by, in its own order, with how many rows each leaves."""
    said = column.words_of(rows)
    counts = Counter(said)
    if column.order:
        in_order = in_order_of(map(column.sort_key, rows), said)
    else:  # the order follows from what is said: one row of each is enough to tell it
        first = dict(zip(reversed(said), reversed(rows), strict=True))
        in_order = in_order_of((column.sort_key(first[words]) for words in counts), counts)
    return {words: counts[words] for words in in_order if words}


def in_words(table: Table[Row], selection: Selection) -> str:
    """Return the filters as whoever reads the exported table wants them: “红绿灯：逾期、缺报；查找：登记”."""
    words = [
        f"{column.heading}：{'、'.join(selection.filters[column.key])}"
        for column in table.filters
        if column.key in selection.filters
    ]
    if selection.words:
        words.append(f"查找：{selection.words}")
    return "；".join(words)
