"""Figures read at a glance: shares and stacks as neutral bars with their numbers beside them, so that table and chart
are one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from components.elements.bars import share_bar
from components.elements.context import PageContext
from components.elements.figures import figure
from components.elements.item_codes import item_page
from components.elements.links import link
from components.elements.phrases import beside
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Row, Table, Width, table_parts
from components.elements.table import Share as CountedShare
from components.elements.templates import from_template
from models.chart_data import Placed, Share, Stack

FIRST_SHOWN = 12
FEW_COLUMNS = 4  # fit a phone without scrolling
Naming = Callable[[str], str | Markup]


def as_it_is(label: str) -> str:
    """Return the label itself."""
    return label


@dataclass(frozen=True)
class Breakdown:
    """What a table of figures is called.

    `key` begins its parameters in the address, `title` names its file, `label` heads its first column, whose labels
    `name` draws.
    """

    key: str
    title: str
    label: str
    here: PageContext
    name: Naming = as_it_is


@dataclass(frozen=True)
class ShareWords:
    """The headings of a table of shares; `target` draws a tick on the bars of those `bound` to it, None: on every
    bar.
    """

    parts: str  # “零跑动／填写了次数的事项”
    value: str = "占比"
    target: float | None = None
    bound: Collection[str] | None = None

    def target_of(self, label: str) -> float | None:
        return self.target if self.bound is None or label in self.bound else None


@dataclass(frozen=True)
class ShareOf:
    """The last column of a table of stacks: its heading, its target, and the share that each row has there."""

    heading: str
    target: float | None = None
    share: Callable[[Stack], Share] = Stack.first


def shares(rows: Sequence[Share], about: Breakdown, words: ShareWords) -> Parts:
    """Return the rows in the order given; a bar runs from 0 to 100 %, and says by its number where it would run
    over.
    """
    columns = [
        _label(about, lambda row: row.label),
        _bar(lambda row: row.value, lambda row: words.target_of(row.label)),
        Column[Share]("share", words.value, counted, Kind.SHARE, hint=words.parts),
    ]
    return _folded(about, columns, rows)


def amounts(rows: Sequence[Share], about: Breakdown, unit: str) -> Parts:
    """Return counts as bars, the longest filling the width."""
    most = max((row.part or 0 for row in rows), default=0)
    columns: list[Column[Share]] = [
        _label(about, lambda row: row.label),
        _bar(lambda row: (row.part or 0) / most if most else None),
        amount("amount", unit, lambda row: row.part),
    ]
    if any(row.whole for row in rows):
        columns.append(Column[Share]("share", "占比", counted, Kind.SHARE))
    return _folded(about, columns, rows)


def stacks(rows: Sequence[Stack], about: Breakdown, categories: Sequence[str], last: ShareOf | None = None) -> Parts:
    """Return a bar of greys a row, from light to dark in the order of the categories; each number in its own
    column.
    """
    most = max((row.total for row in rows), default=0)
    columns = [
        _label(about, lambda row: row.label),
        Column[Stack](
            "bar",
            "",
            lambda row: row.total,
            Kind.PICTURE,
            Width.BAR,
            drawn=lambda row: _stack(row, categories, most),
            phone_label=False,
        ),
        *_categories(categories, has_swatches=True),
        Column[Stack]("total", "合计", lambda row: row.total, Kind.NUMBER),
    ]
    if last:
        columns.append(_share_of(last))
    return _folded(about, columns, rows)


def numbers(rows: Sequence[Stack], about: Breakdown, categories: Sequence[str]) -> Parts:
    """Return the counts of each row under their categories, with a bar of the total."""
    most = max((row.total for row in rows), default=0)
    columns = [
        _label(about, lambda row: row.label),
        _bar(lambda row: row.total / most if most else None),
        *_categories(categories),
        Column[Stack]("total", "合计", lambda row: row.total, Kind.NUMBER),
    ]
    return _folded(about, columns, rows)


def records(
    rows: Sequence[Placed], key: str, title: str, headings: tuple[str, str], here: PageContext, first: int = FIRST_SHOWN
) -> Parts:
    """Return single records, each with the submission and the cell it stands in; `first` of them on a page.

    `headings`: of their code and of their detail.
    """
    code, detail = headings
    columns = [
        Column[Placed]("unit", "责任单位", lambda row: row.unit, Kind.UNIT, Width.UNBROKEN),
        Column[Placed](
            "code",
            code,
            lambda row: row.code,
            width=Width.UNBROKEN,
            href=lambda row: item_page(code, row.code, here),
        ),
        Column[Placed]("name", "名称", lambda row: row.name, width=Width.PROSE),
        Column[Placed]("detail", detail, lambda row: row.detail or "—"),
        Column[Placed](
            "place",
            "原文件位置",
            lambda row: f"{row.file} {row.sheet} {row.cell}",
            width=Width.UNBROKEN,
            drawn=partial(_place, here=here),
        ),
    ]
    return table_parts(Table(key, title, columns, page_size=first, css="listed"), rows, here)


def units_of(page: str, here: PageContext) -> Naming:
    """Return unit names that lead to the unit's part of the page."""
    return lambda unit: link(unit, here.address(page, unit=unit))


def lamps_of(measure: str, here: PageContext) -> Naming:
    """Return unit names that lead to the proof of a measure: the rows counted and not."""
    return lambda unit: link(unit, here.address("lamp", measure=measure, unit=unit))


def target_in_heading(target: float | None) -> str:
    """Return what is asked for, as it stands below a heading; nothing where no target is in force."""
    return "" if target is None else f"目标 ≥ {100 * target:.4g}%"


def counted(share: Share) -> CountedShare:
    """Return the share as a table draws it, with numerator and denominator."""
    return CountedShare(share.part, share.whole)


def amount(key: str, heading: str, part: Callable[[Row], float | None], mark: str | Markup = "") -> Column[Row]:
    """Return a column of counts in which what was not reported is not nought."""
    return Column(
        key,
        heading,
        part,
        Kind.NUMBER,
        mark=mark,
        drawn=lambda row: from_template("elements/amount.html", part=part(row), figure=figure),
    )


def _label(about: Breakdown, label: Callable[[Row], str]) -> Column[Row]:
    kind = Kind.UNIT if about.label == "责任单位" else Kind.TEXT
    return Column("label", about.label, label, kind, Width.UNBROKEN, drawn=lambda row: about.name(label(row)))


def _bar(value: Callable[[Row], float | None], target: Callable[[Row], float | None] = lambda row: None) -> Column[Row]:
    return Column(
        "bar",
        "",
        value,
        Kind.PICTURE,
        Width.BAR,
        drawn=lambda row: share_bar(value(row), target(row)),
        phone_label=False,
    )


def _categories(categories: Sequence[str], *, has_swatches: bool = False) -> list[Column[Stack]]:
    return [
        amount(
            f"part{index}",
            word,
            partial(_part, place=index),
            from_template("elements/swatch.html", grey=_grey(index, len(categories))) if has_swatches else "",
        )
        for index, word in enumerate(categories)
    ]


def _part(row: Stack, place: int) -> float | None:
    return row.parts[place]


def _share_of(last: ShareOf) -> Column[Stack]:
    return Column(
        "share",
        last.heading,
        lambda row: counted(last.share(row)),
        Kind.SHARE,
        Width.UNBROKEN,
        under=target_in_heading(last.target),
    )


def _folded(about: Breakdown, columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Parts:
    """Return the table with its first rows, the others a click away."""
    css = "spread few" if len(columns) <= FEW_COLUMNS else "spread"
    table = Table(about.key, about.title, columns, page_size=FIRST_SHOWN, css=css)
    return table_parts(table, rows, about.here)


def _place(row: Placed, here: PageContext) -> Markup:
    return link(row.file, here.address("submission", number=row.submission)) + " " + beside(f"{row.sheet} {row.cell}")


def _stack(row: Stack, categories: Sequence[str], most: float) -> Markup:
    pieces = [
        {"grey": _grey(index, len(categories)), "part": part, "words": f"{word} {figure(part)}"}
        for index, (word, part) in enumerate(zip(categories, row.parts, strict=True))
        if part
    ]
    return from_template("elements/stack.html", pieces=pieces, width=100 * row.total / most if most else 0)


def _grey(place: int, number: int) -> int:
    """Return 0 … 5 over the categories, whatever their number."""
    return round(5 * place / (number - 1)) if number > 1 else 3
