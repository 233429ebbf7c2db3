"""Before confirming: what is asked, which rows come, go and change, which lamps turn; then the button that stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from components.board.changes import changes_in_words, changes_table, turns
from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, table_markup
from components.upload.checking import Upload
from components.upload.progress import shown_progress
from rules.intake.row_changes import Key
from services.access.refusal import RefusedRequest
from services.intake.replacing import RowsReplaced
from services.intake.upload import submit

MOST_KEYS = 8
LONGEST_EXPLANATION = 200
ROWS_AT_ONCE = 3_000
"""Up to so many rows it is rehearsed unasked; a larger one takes seconds, and is told when asked for."""


def confirm(uploads: Sequence[Upload], titles: Mapping[str, str], here: PageContext) -> None:
    """Draw one button for all that can go in; `titles`: measure code → its name."""
    ready = [upload for upload in uploads if upload.outcome is None and upload.workbook.accepted]
    ready = [upload for upload in ready if upload.earlier is None and not upload.lacks_month]
    if not ready:
        return
    render(section("确认报送"))
    answered = [_is_answered(upload, several=len(ready) > 1) for upload in ready]
    explained = [_explained(upload, several=len(ready) > 1) for upload in ready]
    for upload in ready:
        _what_changes(upload, titles, here, several=len(ready) > 1)
    label = "确认报送" if len(ready) == 1 else f"确认报送（{len(ready)} 份）"
    if st.button(label, type="primary", disabled=not all(answered + explained)):
        _submit(ready, here.sample_time)
    if not all(answered + explained):
        render(note("请先逐项确认上面所列各事，再报送。"))


def _name(upload: Upload) -> str:
    """Return what it is called among several, before what is said of it: a workbook of several months is several."""
    month = f"（{upload.report.month}）" if upload.report.month else ""
    return f"{upload.report.file}{month}："


def _is_answered(upload: Upload, *, several: bool) -> bool:
    """Ask and return whether every question of this report has been answered."""
    named = _name(upload) if several else ""
    answers = [
        st.checkbox(plain(f"{named}{question.text}"), key=f"asked {upload.key} {question.text}")
        for question in upload.questions()
        if not question.needs_words
    ]
    return all(answers)


def _explained(upload: Upload, *, several: bool) -> bool:
    """Whether the sentence that is asked for was written; kept with the upload until it is confirmed."""
    unexplained = [question for question in upload.questions() if question.needs_words]
    if not unexplained:
        return True
    named = _name(upload) if several else ""
    render(*(note(f"{named}{question.text}") for question in unexplained))
    label = f"{named}原因（必填，与报送一并保存）"
    upload.explanation = st.text_input(label, key=f"explain {upload.key}", max_chars=LONGEST_EXPLANATION)
    return bool(upload.explanation.strip())


def _what_changes(upload: Upload, titles: Mapping[str, str], here: PageContext, *, several: bool) -> None:
    named = _name(upload) if several else ""
    rows = upload.replaced_rows()
    if rows is not None:
        render(note(f"{named}{rows_in_words(rows)}"), _rows_table(rows, here))
    number = sum(len(sheet.records) for sheet in upload.report.sheets)
    if number > ROWS_AT_ONCE and not st.checkbox(
        plain(f"{named}先看哪些红绿灯会变（{number:,} 行，约需几秒）"), key=f"rehearse {upload.key}"
    ):
        return
    turned = upload.rehearsed()
    render(note(f"{named}确认后红绿灯：{changes_in_words(turned)}。"))
    if turned:
        with st.expander("会变的红绿灯"):
            render(changes_table(turns(turned), titles, here))


def rows_in_words(rows: RowsReplaced) -> str:
    """Return “将取代已受理的同月内容：新增 3 行，改动 2 行，去掉 1 行，不变 40 行。”"""
    changes = rows.changes
    if changes.nothing:
        return f"已受理的内容与本次相同（{changes.same:,} 行），确认后没有变化。"
    return (
        f"将取代已受理的内容：新增 {len(changes.added):,} 行，改动 {len(changes.changed):,} 行，"
        f"去掉 {len(changes.removed):,} 行，不变 {changes.same:,} 行。"
    )


RowsOfKind = tuple[str, Sequence[Key]]


def _rows_table(rows: RowsReplaced, here: PageContext) -> Markup:
    """Return which rows go and which change; nothing where neither is the case."""
    kinds = [("去掉", rows.changes.removed), ("改动", rows.changes.changed)]
    counted_kinds = [kind for kind in kinds if kind[1]]
    if not counted_kinds:
        return Markup("")
    columns = (
        Column[RowsOfKind]("kind", "怎样变", lambda kind: kind[0], width=Width.UNBROKEN),
        Column[RowsOfKind]("number", "行数", lambda kind: len(kind[1]), Kind.NUMBER),
        Column[RowsOfKind]("keys", "、".join(rows.keys), lambda kind: _some(kind[1]), width=Width.PROSE),
    )
    return table_markup(Table("replaced", "取代的行", columns, page_size=None, is_whole=False), counted_kinds, here)


def _some(keys: Sequence[Key]) -> str:
    named = "、".join(" ".join(key) for key in keys[:MOST_KEYS])
    return named + (f" 等 {len(keys):,} 行" if len(keys) > MOST_KEYS else "")


def _submit(ready: Sequence[Upload], at: datetime | None) -> None:
    for upload in ready:
        try:
            with shown_progress("存储") as progress:
                upload.outcome = submit(
                    upload.workbook,
                    at=at,
                    answered=upload.questions(),
                    explanation=upload.explanation,
                    progress=progress,
                )
        except RefusedRequest as refused:
            upload.forget_what_stands()
            st.warning(plain(f"{_name(upload)}{refused}" if len(ready) > 1 else refused))
            return
    st.rerun()
