"""A plain table as HTML: columns and rows in, a table that scrolls within itself out. Every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Column:
    """A heading; numbers stand at the right; `css` e.g. nowrap. `told`: on a phone, where a row is a card, it stands
    before each value.
    """

    heading: str | Markup
    number: bool = False
    css: str = ""
    told: bool = False

    @property
    def classes(self) -> str:
        return f"{'number ' if self.number else ''}{self.css}".strip()


Row = Sequence[str | Markup | int | None]


def table(
    columns: Sequence[Column], rows: Iterable[Row], caption: str = "", css: str = "", labelled: bool = False
) -> Markup:
    """The first cell of each row is the row's heading. `labelled`: on a phone each row is a card, its cells with their
    headings.
    """
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(column.classes, column.heading) for column in columns
    )
    tags = [_tags(column, heads=number == 0, labelled=labelled) for number, column in enumerate(columns)]
    body = Markup("").join(_row(tags, row) for row in rows)
    css = f"{css} labelled" if labelled else css
    title = Markup("<caption>{}</caption>").format(caption) if caption else Markup("")
    return Markup(
        '<div class="table-frame"><table class="board {}">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(css, title, head, body)


Tags = tuple[Markup, Markup]
"""What opens and what closes each cell of a column: made once for all rows, which are many more."""


def _tags(column: Column, *, heads: bool, labelled: bool) -> Tags:
    if heads:
        return Markup('<th scope="row" class="{}">').format(column.classes), Markup("</th>")
    label = Markup(' data-label="{}"').format(column.heading) if labelled or column.told else ""
    return Markup('<td class="{}"{}>').format(column.classes, label), Markup("</td>")


def _row(tags: Sequence[Tags], row: Row) -> Markup:
    cells = (piece for (begin, end), value in zip(tags, row, strict=True) for piece in (begin, _shown(value), end))
    return Markup("").join((_ROW, *cells, _ROW_END))


_ROW, _ROW_END = Markup("<tr>"), Markup("</tr>")


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
