"""What was read otherwise than typed, beside what was typed: worked out when the place is opened, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note
from components.elements.phrases import as_typed, quiet
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, table_markup
from components.upload.problem_table import BLANK
from models.cells import as_in_excel
from rules.intake.normalised_values import NormalisedCell, NormalisedColumn
from services.access.refusal import RefusedRequest

ON_A_PAGE = 30
TITLE = "规范化转换对照（原值与读取值）"
Pair = tuple[NormalisedColumn, NormalisedCell]


@st.fragment
def show_read_as(find: Callable[[], Sequence[NormalisedColumn]], here: PageContext) -> None:
    """Draw what was read otherwise than typed, closed until somebody asks. `find` may raise RefusedRequest."""
    place = st.expander(TITLE, key="read_as", on_change="rerun")
    if not place.open:
        return
    with place:
        try:
            with st.spinner("正在逐列比对"):
                columns = find()
        except RefusedRequest as refused:
            st.warning(plain(refused))
            return
        _pairs(columns, here)


def _pairs(columns: Sequence[NormalisedColumn], here: PageContext) -> None:
    if not columns:
        render(empty_state("各列均按所填原样读取。"))
        return
    pairs = [(column, value) for column in columns for value in column.most]
    kinds, cells = sum(column.kinds for column in columns), sum(column.cells for column in columns)
    render(
        note(
            f"共 {kinds:,} 种写法、{cells:,} 处按规范读取，含义不变；原文件不改。有误的单元格和在屏幕上改正的，另行列出。"  # noqa: E501
        )
    )
    pages = -(-len(pairs) // ON_A_PAGE)
    number = st.pagination(pages, key="read_as_page") if pages > 1 else 1
    render(
        read_as_table(
            pairs[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
            here,
            several=len({column.sheet for column in columns}) > 1,
        ),
        _left_out(columns),
    )


def read_as_table(pairs: Sequence[Pair], here: PageContext, *, several: bool) -> Markup:
    """Return the values read otherwise than typed; `several`: sheets, so that each cell is told with its own."""

    def place(pair: Pair) -> str:
        column, value = pair
        return f"{column.sheet} {column.column}{value.row}" if several else f"{column.column}{value.row}"

    columns = (
        Column[Pair]("column", "列", lambda pair: f"{pair[0].column} {pair[0].field.label}"),
        Column[Pair](
            "typed",
            "所填内容",
            lambda pair: as_in_excel(pair[1].typed),
            width=Width.AS_TYPED,
            drawn=lambda pair: _quoted(as_in_excel(pair[1].typed)),
        ),
        Column[Pair](
            "read", "读作", lambda pair: pair[1].read, width=Width.AS_TYPED, drawn=lambda pair: _quoted(pair[1].read)
        ),
        Column[Pair]("number", "处数", lambda pair: pair[1].number, Kind.NUMBER),
        Column[Pair]("place", "首个单元格", place, width=Width.UNBROKEN),
    )
    table = Table("read_as", TITLE, columns, page_size=None, is_whole=False, css="read-as")
    return table_markup(table, pairs, here)


def _quoted(words: str) -> Markup:
    """Return what was typed; blanks at either end can be seen between the quotes."""
    if not words:
        return quiet(BLANK)
    return as_typed(f"“{words}”" if words != words.strip() else words)


def _left_out(columns: Sequence[NormalisedColumn]) -> Markup:
    left = [
        f"“{column.field.label}”其余 {column.kinds - len(column.most):,} 种"
        for column in columns
        if column.kinds > len(column.most)
    ]
    return (
        note(f"每列列出最多的 {max(len(column.most) for column in columns)} 种，{'、'.join(left)}从略。")
        if left
        else Markup("")
    )
