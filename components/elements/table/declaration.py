"""A table, declared once: its columns in; screen, order, filters, workbook and print follow from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from components.elements.table.values import NUMERIC, Kind, Value, in_words, sort_key

Row = TypeVar("Row")


class Width(StrEnum):
    """How much room a column takes; the style sheet says how many pixels that is."""

    PLAIN = ""
    UNBROKEN = "nowrap"  # never broken into two lines
    PROSE = "prose"  # some sentences
    REASON = "reason"  # the sentence that explains the row
    BAR = "wide"  # a bar, which takes what the others leave
    GAUGE = "gauge-cell"  # a small bar against its target
    BESIDE = "beside"  # belongs to the column before it
    AS_TYPED = "as-typed"  # what somebody typed into a workbook
    AT_RIGHT = "number"  # figures in words, which stand as numbers do


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column.

    `key` is its name in the address. `drawn` draws more than the value (a chip with days, a bar); `href` makes a link
    of it, None none. `order` is what it is sorted by where that is not the value. `words` are what a filter offers for
    it. `unit` follows a number (天). `mark` stands before the heading, `under` below it, on the screen alone.
    `is_filter`: rows can be narrowed by it; units and lamps always can unless it is said otherwise. `folds`: not drawn
    where no row has a value; None: not drawn where it is a number and 0 in every row. `only_exported`: in the workbook
    alone.
    """

    key: str
    heading: str
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    width: Width = Width.PLAIN
    href: Callable[[Row], str | None] | None = None
    drawn: Callable[[Row], str | Markup] | None = None
    order: Callable[[Row], Any] | None = None
    hint: str = ""
    mark: str | Markup = ""
    under: str = ""
    unit: str = ""
    sortable: bool = True
    is_filter: bool | None = None
    folds: bool | None = None
    only_exported: bool = False
    phone_label: bool = True

    def sort_key(self, row: Row) -> Any:
        return self.order(row) if self.order else sort_key(self.value(row))

    def words(self, row: Row) -> str:
        return in_words(self.value(row))

    def words_of(self, rows: Sequence[Row]) -> list[str]:
        """Return what `words` does of each row; many rows say the same, which is put into words once."""
        values = [self.value(row) for row in rows]
        words = {value: in_words(value) for value in dict.fromkeys(values)}
        return [words[value] for value in values]

    @property
    def is_number(self) -> bool:
        return self.kind in NUMERIC

    @property
    def filters(self) -> bool:
        return self.kind in (Kind.UNIT, Kind.LAMP) if self.is_filter is None else self.is_filter

    @property
    def is_exported(self) -> bool:
        return self.kind is not Kind.PICTURE

    @property
    def first_direction(self) -> str:
        """Return what the first click on the heading asks for: the largest number first, text from its beginning."""
        return "-" if self.is_number or self.kind is Kind.PICTURE else ""

    @property
    def classes(self) -> str:
        return " ".join(filter(None, ("number" if self.is_number else "", self.width)))


@dataclass(frozen=True)
class Table(Generic[Row]):
    """All that is said of a table.

    `name` begins its parameters in the address, "" for the main table of a page. `title` names its file and tells a
    screen reader what it is. `counted` is the word for one row. `page_size` None: every row on one page. `group_by` is
    the key of a column ("": the unit's, where one unit has several rows), and `group_detail` what stands beside a
    group's name (a telephone number). `has_search`: a box for words that looks through every column. `is_whole` False:
    the rows are one page of a list that is read page by page, or of a form not yet handed in: they are only drawn.
    `css`: its columns' widths. `total`: the row of sums, which stands last whatever the order, and not at all below
    rows that a filter leaves.
    """

    name: str
    title: str
    columns: Sequence[Column[Row]]
    counted: str = "项"
    page_size: int | None = 20
    group_by: str = ""
    is_grouped: bool = False
    group_detail: Callable[[str], str | Markup] | None = None
    has_search: bool = True
    is_exported: bool = True
    is_whole: bool = True
    nothing: str = "没有符合的内容。"
    what_to_do: str = ""
    css: str = ""
    total: Row | None = None

    def parameter(self, what: str) -> str:
        """Return the name of a parameter of this table in the address."""
        return f"{self.name}_{what}" if self.name else what

    def column(self, key: str) -> Column[Row] | None:
        return next((column for column in self.columns if column.key == key), None)

    @property
    def filters(self) -> list[Column[Row]]:
        return [column for column in self.columns if column.filters]
