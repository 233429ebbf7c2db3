"""One mend for a whole column: each wrong value replaced wherever it stands, or how its dates are read chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from catalogue.datasets import DATASETS
from components.elements.empty_state import note, section
from components.elements.plain import plain
from components.elements.rendering import render
from components.upload.checking import Upload
from models.corrections import CellCorrection
from models.definitions import Field, Kind
from models.validation import Problem
from rules.intake.date_orders import day_read, ways_to_read
from services.access.refusal import RefusedRequest

MOST_VALUES = 12
LEAST = 2
"""A single wrong cell is mended where it stands."""
VALUE_BY_VALUE = {"not-a-choice", "not-yes-or-no", "unknown-unit"}
BY_WAY_OF_READING = {"ambiguous-date", "not-a-date"}
LEAVE = "（不替换）"


@dataclass(frozen=True)
class ColumnMistake:
    """The cells of one column with one kind of mistake; `values`: as typed → how many."""

    sheet: str
    column: str
    field: Field
    code: str
    problems: tuple[Problem, ...]

    @property
    def values(self) -> Counter[str]:
        return Counter(problem.value or "" for problem in self.problems)

    @property
    def words(self) -> str:
        values = self.values
        first = next(iter(values))
        more = f"等 {len(values)} 种写法" if len(values) > 1 else ""
        return f"{self.column} 列“{self.field.label}”：“{first}”{more}，共 {len(self.problems):,} 处"


def column_mistakes(upload: Upload) -> list[ColumnMistake]:
    """Return those that one mend can put right, the most cells first."""
    dataset = DATASETS.get(upload.report.dataset or "")
    if dataset is None:
        return []
    parts = {sheet.name: dataset.part(sheet.part) for sheet in upload.report.sheets}
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in upload.report.problems:
        if problem.severity == "error" and problem.cell and problem.sheet in parts and problem.value:
            groups.setdefault((problem.sheet, problem.column or "", problem.code), []).append(problem)
    mistakes = []
    for (sheet, column, code), problems in groups.items():
        field = next((field for field in parts[sheet].fields if field.label == problems[0].field), None)
        if field is not None and code in VALUE_BY_VALUE | BY_WAY_OF_READING and len(problems) >= LEAST:
            mistakes.append(ColumnMistake(sheet, column, field, code, tuple(problems)))
    return sorted(mistakes, key=lambda mistake: -len(mistake.problems))


def mend_columns(upload: Upload, units: Sequence[str]) -> None:
    """Draw a form for each column, closed until it is wanted."""
    mistakes = column_mistakes(upload)
    if not mistakes:
        return
    render(section("整列改正", "同一列的同一种错误一次改好，原文件不变"))
    for mistake in mistakes:
        with st.expander(plain(mistake.words)):
            if mistake.code in VALUE_BY_VALUE:
                _value_by_value(upload, mistake, units)
            elif ways := ways_to_read(mistake.values, upload.report.month):
                _by_way_of_reading(upload, mistake, ways)
            else:
                render(note("这些写法看不出是哪一天，请在下表中逐处改正。"))


def _value_by_value(upload: Upload, mistake: ColumnMistake, units: Sequence[str]) -> None:
    words = {Kind.CHOICE: list(mistake.field.choices), Kind.YES_NO: ["是", "否"], Kind.UNIT: list(units)}
    with st.form(_key(upload, mistake), enter_to_submit=False, border=False):
        chosen = {}
        for value, number in mistake.values.most_common(MOST_VALUES):
            chosen[value] = st.selectbox(
                plain(f"“{value}”（{number:,} 处）改为"),
                [LEAVE, *words.get(mistake.field.kind, [])],
                key=f"{_key(upload, mistake)} {value}",
            )
        pressed = st.form_submit_button("整列替换", type="primary")
    if pressed:
        _apply(upload, mistake, {value: word for value, word in chosen.items() if word != LEAVE})


def _by_way_of_reading(upload: Upload, mistake: ColumnMistake, ways: Sequence[str]) -> None:
    with st.form(_key(upload, mistake), enter_to_submit=False, border=False):
        way = st.selectbox("这一列的日期是怎样写的", ways, index=None, placeholder="请选择")
        pressed = st.form_submit_button("整列按此读取", type="primary")
    if pressed and way is not None:
        days = {value: day_read(value, way, upload.report.month) for value in mistake.values}
        _apply(upload, mistake, {value: day.isoformat() for value, day in days.items() if day is not None})


def _apply(upload: Upload, mistake: ColumnMistake, words: Mapping[str, str]) -> None:
    typed = [
        CellCorrection(mistake.sheet, problem.row or 0, mistake.column, words[problem.value or ""])
        for problem in mistake.problems
        if (problem.value or "") in words
    ]
    if not typed:
        render(note("没有可以替换的，请选择改为什么。"))
        return
    try:
        with st.spinner("正在重新检查"):
            upload.correct(typed, ())
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    st.rerun()


def _key(upload: Upload, mistake: ColumnMistake) -> str:
    return f"mend {upload.key[0]} {mistake.sheet} {mistake.column} {mistake.code}"
