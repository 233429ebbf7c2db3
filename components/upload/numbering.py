"""A ledger whose numbers begin anew each month: said once for the unit and the dataset, and taken back."""

from __future__ import annotations

import streamlit as st

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import ask_once_more, draw_question
from components.elements.rendering import render
from components.upload.checking import Upload, check_anew
from services.intake.case_numbering import numbers_anew, set_numbering

BY_MONTH = "编号按月分开，以后照此"
RUNNING = "改回各月连续编号"


def offer_numbering(upload: Upload, here: PageContext) -> None:
    """Draw, where the check found that numbers begin anew, one statement in place of a change in every row."""
    unit = upload.report.unit
    if unit is None or not any(problem.code == "numbered-anew" for problem in upload.report.problems):
        return
    label = _number_label(upload)
    if st.button(BY_MONTH, key=f"by month {upload.key[0]}"):
        ask_once_more(
            f"numbering {upload.key[0]}",
            f"{unit}的“{label}”每月从头编起：以后编号按月分开，7月的 1 号记作 202307-1，与其他月份的 1 号不是同一件。"
            "以前月份已受理的仍按原编号；有跨月未办结的，请把该月的台账再报一次。",
            lambda: _set(upload, unit, True, here),
        )
    draw_question(f"numbering {upload.key[0]}")


def tell_numbering(upload: Upload, here: PageContext) -> None:
    """Draw, where the unit said so before, that it is read so, and the way back."""
    unit, dataset = upload.report.unit, DATASETS.get(upload.report.dataset or "")
    if unit is None or dataset is None or not dataset.is_case or not numbers_anew(unit, dataset.code):
        return
    render(note(f"{unit}声明过“{_number_label(upload)}”每月从头编起：编号按月分开，如 1 读作 202307-1。"))
    if st.button(RUNNING, key=f"running {upload.key[0]}"):
        ask_once_more(
            f"running {upload.key[0]}",
            f"{unit}的“{_number_label(upload)}”改回各月连续编号：以后同一编号是同一件，后月的记录取代前月的。",
            lambda: _set(upload, unit, False, here),
        )
    draw_question(f"running {upload.key[0]}")


def _set(upload: Upload, unit: str, by_month: bool, here: PageContext) -> str:
    set_numbering(unit, upload.report.dataset or "", by_month=by_month, at=here.now)
    check_anew()
    return f"已声明：{unit}的“{_number_label(upload)}”{'按月分开' if by_month else '各月连续'}，本表已照此重新检查。"


def _number_label(upload: Upload) -> str:
    return DATASETS[upload.report.dataset or ""].main.keys[0].label
