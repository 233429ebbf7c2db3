"""What was read otherwise than typed, beside what was typed: worked out when the place is opened, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.empty_state import empty_state, note
from components.elements.rendering import render
from components.elements.tables import Column, Row, table
from components.upload.problem_table import BLANK
from models.cells import as_in_excel
from rules.intake.normalised_values import ColumnReadAs, ReadAs
from services.access.refusal import RefusedRequest

ON_A_PAGE = 30
TITLE = "规范化转换对照（原值与读取值）"
COLUMNS = (
    Column("列"),
    Column("所填内容", css="as-typed"),
    Column("读作", css="as-typed"),
    Column("处数", number=True),
    Column("首个单元格", css="nowrap"),
)


@st.fragment
def show_read_as(find: Callable[[], Sequence[ColumnReadAs]]) -> None:
    """Closed until somebody asks. `find` may raise RefusedRequest."""
    place = st.expander(TITLE, key="read_as", on_change="rerun")
    if not place.open:
        return
    with place:
        try:
            with st.spinner("正在逐列比对"):
                found = find()
        except RefusedRequest as refused:
            st.warning(str(refused))
            return
        _pairs(found)


def _pairs(found: Sequence[ColumnReadAs]) -> None:
    if not found:
        render(empty_state("各列均按所填原样读取。"))
        return
    pairs = [(column, one) for column in found for one in column.most]
    kinds, cells = sum(column.kinds for column in found), sum(column.cells for column in found)
    render(
        note(
            f"共 {kinds:,} 种写法、{cells:,} 处按规范读取，含义不变；原文件不改。有误的单元格和在屏幕上改正的，另行列出。"  # noqa: E501
        )
    )
    pages = -(-len(pairs) // ON_A_PAGE)
    number = st.pagination(pages, key="read_as_page") if pages > 1 else 1
    render(
        read_as_table(
            pairs[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], several=len({column.sheet for column in found}) > 1
        ),
        _left_out(found),
    )


def read_as_table(pairs: Iterable[tuple[ColumnReadAs, ReadAs]], *, several: bool) -> Markup:
    """`several`: sheets, so that each cell is told with its own."""
    rows: list[Row] = [
        (
            f"{column.column} {column.field.label}",
            _quoted(as_in_excel(one.typed)),
            _quoted(one.read),
            one.number,
            f"{column.sheet} {column.column}{one.row}" if several else f"{column.column}{one.row}",
        )
        for column, one in pairs
    ]
    return table(COLUMNS, rows, labelled=True, css="read-as")


def _quoted(said: str) -> str | Markup:
    """Blanks at either end can be seen between the quotes."""
    if not said:
        return Markup('<span class="quiet">{}</span>').format(BLANK)
    return Markup('<span class="said-so" data-as-typed>{}</span>').format(f"“{said}”" if said != said.strip() else said)


def _left_out(found: Iterable[ColumnReadAs]) -> Markup:
    left = [
        f"“{column.field.label}”其余 {column.kinds - len(column.most):,} 种"
        for column in found
        if column.kinds > len(column.most)
    ]
    return (
        note(f"每列列出最多的 {max(len(column.most) for column in found)} 种，{'、'.join(left)}从略。")
        if left
        else Markup("")
    )
