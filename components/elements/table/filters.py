"""The one row of filters above a declared table: Streamlit's own widgets, bound to the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.elements.table.declaration import Column, Row, Table
from components.elements.table.selection import PAGE, WORDS, Selection, choices
from components.elements.table.values import Kind

FEW = 8
"""Rows up to which nobody needs a filter, and choices up to which all are shown side by side."""
SEARCHED = 20
"""Rows up to which nobody needs to look for words."""


def draw_filters(table: Table[Row], rows: Sequence[Row], selection: Selection) -> None:
    """Draw one row of filters; what is chosen goes into the address, and what stands there is shown. A column that says
    the same of every row narrows nothing, and a list that fits on the screen is looked through without a box.
    """
    counts = {column: choices(column, rows) for column in table.filters}
    columns = [column for column in table.filters if len(counts[column]) > 1 or column.key in selection.filters]
    is_searched = table.has_search and (len(rows) > SEARCHED or bool(selection.words))
    if not columns and not is_searched:
        return
    with st.container(horizontal=True, vertical_alignment="top", key=f"filters_{table.name or 'main'}"):
        for column in columns:
            _draw_filter(table, column, counts[column], selection)
        if is_searched:
            _draw_search(table, selection)


def _draw_search(table: Table[Row], selection: Selection) -> None:
    key = _widget_key(table, WORDS)
    st.session_state[key] = selection.words
    st.text_input(
        "查找",
        key=key,
        max_chars=60,
        width=180,
        placeholder="本表中的字词",
        on_change=_write_filter,
        args=(table, WORDS),
    )


def _draw_filter(table: Table[Row], column: Column[Row], counts: Mapping[str, int], selection: Selection) -> None:
    key = _widget_key(table, column.key)
    st.session_state[key] = [words for words in selection.filters.get(column.key, ()) if words in counts]
    labels = {words: f"{words} {number:,}" for words, number in counts.items()}
    write = {"on_change": _write_filter, "args": (table, column.key), "format_func": labels.__getitem__, "key": key}
    if len(counts) <= FEW and column.kind is not Kind.UNIT:
        st.pills(column.heading, list(counts), selection_mode="multi", **write)  # type: ignore[call-overload]
    else:
        st.multiselect(column.heading, list(counts), width=240, placeholder="全部", **write)  # type: ignore[call-overload]


def _widget_key(table: Table[Row], what: str) -> str:
    return f"filter {table.parameter(what)}"


def _write_filter(table: Table[Any], what: str) -> None:
    """Put what was chosen into the address, from its first page on: at once, so that it is one entry for Back."""
    chosen = st.session_state[_widget_key(table, what)]
    changed = (table.parameter(what), table.parameter(PAGE))
    query = {name: st.query_params.get_all(name) for name in st.query_params if name not in changed}
    st.query_params.from_dict(query | ({table.parameter(what): chosen} if chosen else {}))
