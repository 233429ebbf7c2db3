"""显示完整信息: a reason and a button beside rows whose people are masked; the full values, for this one view of the
page, out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components.elements.empty_state import note
from components.elements.plain import plain
from components.elements.rendering import render
from services.access.permission import may
from services.access.personal_data import OTHER, REASONS, PlaceInFile, has_personal_data, reveal
from services.access.refusal import RefusedRequest

Full = Mapping[PlaceInFile, Mapping[str, str]]
TOLD = "本页个人信息已完整显示，并记入审计日志；翻页、刷新或进行其他操作后恢复隐去。"


def revealed(part: str, places: Sequence[PlaceInFile], key: str) -> Full:
    """Draw the button where whoever looks may use it, and return the full values: empty until it is pressed, and empty
    again after the next action.
    """
    if not places or not may(reveal) or not has_personal_data(part):
        return {}
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.selectbox(
            "查看理由",
            REASONS,
            index=None,
            placeholder="查看理由",
            key=f"reason {key}",
            label_visibility="collapsed",
            width=150,
        )
        words = (
            st.text_input(
                "说明", key=f"words {key}", max_chars=100, placeholder="请写明", label_visibility="collapsed", width=220
            )
            if chosen == OTHER
            else ""
        )
        pressed = st.button("显示完整姓名和电话", key=f"reveal {key}")
        st.caption(f"本页 {len(places)} 行，记入审计日志", width="content")
    return _asked(part, places, f"{OTHER}：{words}" if chosen == OTHER else chosen or "") if pressed else {}


def _asked(part: str, places: Sequence[PlaceInFile], reason: str) -> Full:
    try:
        full = reveal(part, places, reason)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return {}
    render(note(TOLD))
    return full


def places_of(rows: pd.DataFrame) -> list[PlaceInFile]:
    """Return the places of the rows of a proof."""
    return [
        (int(submission), str(sheet), int(row))
        for submission, sheet, row in zip(rows["submission"], rows["sheet"], rows["row"], strict=True)
    ]


def with_full_values(rows: pd.DataFrame, full: Full) -> pd.DataFrame:
    """Return the rows of a proof, their personal columns as revealed."""
    if not full:
        return rows
    labels = {label for values in full.values() for label in values}
    places = places_of(rows)
    return rows.assign(
        **{
            label: [full.get(place, {}).get(label, masked) for place, masked in zip(places, rows[label], strict=True)]
            for label in labels
            if label in rows
        }
    )
