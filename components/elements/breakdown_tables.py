"""Figures read at a glance: shares and stacks as neutral bars with their numbers beside them, so that table and chart
are one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.links import link
from components.elements.tables import Column, Row, figure, percent, ratio, table
from models.chart_data import Placed, Share, Stack

FIRST_SHOWN, MOST_RECORDS = 12, 60
FEW_COLUMNS = 4  # fit a phone without scrolling
Naming = Callable[[str], str | Markup]


def as_it_is(label: str) -> str:
    """The label itself."""
    return label


@dataclass(frozen=True)
class ShareWords:
    """The headings of a table of shares; `target` draws a tick on the bars of those `bound` to it, None: on every
    bar.
    """

    label: str
    parts: str  # “零跑动／填写了次数的事项”
    value: str = "占比"
    target: float | None = None
    bound: Collection[str] | None = None

    def target_of(self, label: str) -> float | None:
        return self.target if self.bound is None or label in self.bound else None


@dataclass(frozen=True)
class ShareOf:
    """The last column of a table of stacks: its heading, and the share that each row has there."""

    heading: str
    share: Callable[[Stack], Share] = Stack.first


def shares(rows: Sequence[Share], words: ShareWords, name: Naming = as_it_is) -> Markup:
    """In the order given; a bar runs from 0 to 100 %, and says by its number where it would run over."""
    columns = (
        Column(words.label, css="nowrap"),
        Column("", css="wide"),
        Column(words.value, number=True),
        Column(words.parts, number=True),
    )
    return folded(
        columns,
        [
            (
                name(row.label),
                bar(row.value, words.target_of(row.label)),
                percent(row.value),
                ratio(row.part, row.whole),
            )
            for row in rows
        ],
    )


def amounts(rows: Sequence[Share], label: str, unit: str, name: Naming = as_it_is) -> Markup:
    """Counts as bars, the longest filling the width."""
    most = max((row.part or 0 for row in rows), default=0)
    with_share = any(row.whole for row in rows)
    columns = [
        Column(label, css="nowrap"),
        Column("", css="wide"),
        Column(unit, number=True),
        Column("占比", number=True),
    ]
    cells = [
        (name(row.label), bar((row.part or 0) / most if most else None), _amount(row.part), percent(row.value))
        for row in rows
    ]
    return folded(columns, cells) if with_share else folded(columns[:3], [row[:3] for row in cells])


def stacks(
    rows: Sequence[Stack], label: str, categories: Sequence[str], name: Naming = as_it_is, last: ShareOf | None = None
) -> Markup:
    """A bar of greys a row, from light to dark in the order of the categories; each number in its own column."""
    heads = (Column(_swatch(number, len(categories), word), number=True) for number, word in enumerate(categories))
    share = [Column(last.heading, number=True, css="nowrap")] if last else []
    columns = (Column(label, css="nowrap"), Column("", css="wide"), *heads, Column("合计", number=True), *share)
    most = max((row.total for row in rows), default=0)
    return folded(
        columns,
        [
            (
                name(row.label),
                _stack(row, categories, most),
                *(_amount(part) for part in row.parts),
                figure(row.total),
                *([_share(last.share(row), row)] if last else []),
            )
            for row in rows
        ],
    )


def numbers(rows: Sequence[Stack], label: str, categories: Sequence[str], name: Naming = as_it_is) -> Markup:
    """Counts of each row under their categories, with a bar of the total."""
    most = max((row.total for row in rows), default=0)
    columns = (
        Column(label, css="nowrap"),
        Column("", css="wide"),
        *(Column(word, number=True) for word in categories),
        Column("合计", number=True),
    )
    return folded(
        columns,
        [
            (
                name(row.label),
                bar(row.total / most if most else None),
                *(_amount(part) for part in row.parts),
                figure(row.total),
            )
            for row in rows
        ],
    )


def records(rows: Sequence[Placed], code: str, detail: str, here: PageContext, first: int = FIRST_SHOWN) -> Markup:
    """Single records, each with the submission and the cell it stands in; of very many the first MOST_RECORDS."""
    columns = (
        Column("责任单位", css="nowrap"),
        Column(code, css="nowrap"),
        Column("名称"),
        Column(detail),
        Column("原文件位置", css="nowrap"),
    )
    listed = [(row.unit, row.code, row.name, row.detail or "—", _place(row, here)) for row in rows[:MOST_RECORDS]]
    more = (
        note(f"只列出 {MOST_RECORDS} 项，其余 {len(rows) - MOST_RECORDS:,} 项请按责任单位查看。")
        if len(rows) > MOST_RECORDS
        else Markup("")
    )
    return folded(columns, listed, first) + more


def folded(columns: Sequence[Column], rows: Sequence[Row], first: int = FIRST_SHOWN) -> Markup:
    """The first rows, the rest behind a line that opens them."""
    begin, rest = rows[:first], rows[first:]
    css = "spread" if any(column.css == "wide" for column in columns) else "listed"
    css = f"{css} few" if len(columns) <= FEW_COLUMNS else css
    shown = table(columns, begin, css=css)
    if not rest:
        return shown
    return shown + Markup('<details class="rest"><summary>其余 {:,} 行</summary>{}</details>').format(
        len(rest), table(columns, rest, css=css)
    )


def bar(value: float | None, target: float | None = None) -> Markup:
    """A neutral bar of a share; nothing in it where there is no value."""
    fill = Markup("") if value is None else Markup('<i style="width:{:.1f}%"></i>').format(100 * min(max(value, 0), 1))
    tick = (
        Markup("")
        if target is None
        else Markup('<b style="left:{:.1f}%" title="目标 {:.4g}%"></b>').format(100 * min(target, 1), 100 * target)
    )
    return Markup('<div class="gauge plain" aria-hidden="true">{}{}</div>').format(fill, tick)


def with_target(heading: str, target: float | None) -> str | Markup:
    """A heading that says what is asked for."""
    return (
        heading
        if target is None
        else Markup('{}<br><span class="of">目标 ≥ {:.4g}%</span>').format(heading, 100 * target)
    )


def units_of(page: str, here: PageContext) -> Naming:
    """Unit names that lead to the unit's part of the page."""
    return lambda unit: link(unit, here.address(page, unit=unit))


def lamps_of(measure: str, here: PageContext) -> Naming:
    """Unit names that lead to the proof of a measure: the rows counted and not."""
    return lambda unit: link(unit, here.address("lamp", measure=measure, unit=unit))


def _place(row: Placed, here: PageContext) -> Markup:
    sent = link(row.file, here.address("submission", number=row.submission))
    return Markup('{} <span class="of">{} {}</span>').format(sent, row.sheet, row.cell)


def _amount(part: float | None) -> str | Markup:
    if part is None:
        return Markup('<span class="quiet">未报</span>')
    return figure(part) if part else Markup('<span class="quiet">0</span>')


def _stack(row: Stack, categories: Sequence[str], most: float) -> Markup:
    pieces = Markup("").join(
        Markup('<i class="grey-{}" style="flex-grow:{}" title="{} {}"></i>').format(
            _grey(number, len(categories)), part, word, figure(part)
        )
        for number, (word, part) in enumerate(zip(categories, row.parts, strict=True))
        if part
    )
    width = 100 * row.total / most if most else 0
    return Markup('<div class="stack" aria-hidden="true" style="width:{:.1f}%">{}</div>').format(width, pieces)


def _share(one: Share, row: Stack) -> str | Markup:
    """With its numerator and denominator where the columns beside it do not hold them."""
    beside = one.part == row.parts[0] and one.whole == row.total
    return percent(one.value) if beside else Markup("{}&ensp;{}").format(ratio(one.part, one.whole), percent(one.value))


def _swatch(number: int, of: int, word: str) -> Markup:
    return Markup('<i class="swatch grey-{}"></i>{}').format(_grey(number, of), word)


def _grey(number: int, of: int) -> int:
    """0 … 5 over the categories, whatever their number."""
    return round(5 * number / (of - 1)) if of > 1 else 3
