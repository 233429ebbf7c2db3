"""Lines of what units take on, entered in a small table: what, and by when; complete ones in, sentences for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from components.elements.context import PageContext
from models.meetings import Promise

LINES = 3
LONGEST = 500


@dataclass(frozen=True)
class PromiseLines:
    """What was typed: the complete lines, or the sentence that says what is missing."""

    promises: tuple[Promise, ...]
    problem: str = ""


def promise_lines(units: Sequence[str], here: PageContext, *, key: str) -> PromiseLines:
    """Draw some lines with unit (where there are several), what is taken on and its due day; those left blank do not
    count.
    """
    promises: list[Promise] = []
    incomplete: list[int] = []
    is_of_one = len(units) == 1
    for number in range(1, LINES + 1):
        *first, second, third = st.columns([5, 2] if is_of_one else [2, 5, 2])
        unit = units[0] if is_of_one else None
        if not is_of_one:
            unit = first[0].selectbox(
                f"单位（第 {number} 项）", units, index=None, placeholder="请选择", key=f"{key} unit {number}"
            )
        text = second.text_input(f"事项（第 {number} 项）", max_chars=LONGEST, key=f"{key} text {number}")
        due = third.date_input(
            f"时限（第 {number} 项）",
            here.day + timedelta(days=14),
            min_value=here.day + timedelta(days=1),
            format="YYYY-MM-DD",
            key=f"{key} due {number}",
        )
        if text.strip() and unit is not None and isinstance(due, date):
            promises.append(Promise(unit, text, due))
        elif text.strip():
            incomplete.append(number)
    if incomplete:
        return PromiseLines((), f"请为第 {'、'.join(map(str, incomplete))} 项选择{'' if is_of_one else '单位和'}时限。")
    return PromiseLines(tuple(promises))


def in_words(promises: Sequence[Promise]) -> str:
    """Return “区人社局 2023-09-01 前：增设座席”, one after the other."""
    return "；".join(f"{promise.unit} {promise.due} 前：{promise.text}" for promise in promises)
