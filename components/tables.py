"""A plain table as HTML: columns and rows in, a table that scrolls within itself out. Every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand at the right; `css` e.g. nowrap."""

    heading: str | Markup
    number: bool = False
    css: str = ""

    @property
    def classes(self) -> str:
        return f"{'number ' if self.number else ''}{self.css}".strip()


Row = Sequence[str | Markup | int | None]


def table(columns: Sequence[Column], rows: Iterable[Row], caption: str = "", css: str = "", labelled: bool = False) -> Markup:
    """The first cell of each row is the row's heading. `labelled`: on a phone each row is a card, its cells with their headings."""
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(column.classes, column.heading) for column in columns
    )
    body = Markup("").join(_row(columns, row, labelled) for row in rows)
    css = f"{css} labelled" if labelled else css
    title = Markup("<caption>{}</caption>").format(caption) if caption else Markup("")
    return Markup(
        '<div class="table-frame"><table class="board {}">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(css, title, head, body)


def _row(columns: Sequence[Column], row: Row, labelled: bool) -> Markup:
    first, *rest = (_shown(value) for value in row)
    cells = Markup("").join(
        Markup('<td class="{}"{}>{}</td>').format(column.classes, _label(column) if labelled else "", value)
        for column, value in zip(columns[1:], rest, strict=True)
    )
    return Markup('<tr><th scope="row" class="{}">{}</th>{}</tr>').format(columns[0].classes, first, cells)


def _label(column: Column) -> Markup:
    return Markup(' data-label="{}"').format(column.heading)


def _shown(value: str | Markup | int | None) -> str | Markup:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}" if value else Markup('<span class="quiet">0</span>')
    return value


def ratio(numerator: float | None, denominator: float | None) -> Markup:
    """“12／40”, the denominator quieter; “无数据” where there is none."""
    if numerator is None:
        return Markup('<span class="quiet">无数据</span>')
    if denominator is None:
        return Markup("{}").format(figure(numerator))
    return Markup('{}<span class="of">／{}</span>').format(figure(numerator), figure(denominator))


def figure(value: float) -> str:
    """1,204 for a whole number, else two decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"
