"""What the uploader says of the workbook: dataset, unit, month, each of which may be left for the file to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from catalogue.datasets import DATASETS
from components.elements.empty_state import note
from components.elements.links import address, download
from rules.duty import month_of, months
from services.access.permission import own_unit
from services.intake.checked_workbook import Request

BY_FILE = "由文件判断"
DISTRICT = "全区台账（按责任单位列分到各单位）"


def ask(units: Sequence[str], today: date) -> Request:
    """Draw three choices in a row, each of which also lives in the address."""
    dataset, unit, month = st.columns(3)
    code = _choice(dataset, "数据", "dataset", ["", *DATASETS], lambda code: DATASETS[code].title if code else BY_FILE)
    own = own_unit()
    if own is None:
        whose = _choice(unit, "责任单位", "unit", ["", *units, DISTRICT], lambda name: name or BY_FILE)
    else:
        whose = unit.selectbox("责任单位", [own], disabled=True)
    of = _choice(month, "月份", "month", ["", *_months(today)], lambda name: name or BY_FILE)
    return Request(code or None, whose if whose not in ("", DISTRICT) else None, whose == DISTRICT, of or None)


def _choice(place: DeltaGenerator, label: str, name: str, known: Sequence[str], words: Callable[[str], str]) -> str:
    """Draw a choice that begins with what the address says and is written there, and return it."""
    requested = st.query_params.get(name, "")
    chosen = place.selectbox(label, known, index=known.index(requested) if requested in known else 0, format_func=words)
    if chosen != requested:
        if chosen:
            st.query_params[name] = chosen
        else:
            st.query_params.pop(name, None)
    return chosen


def _months(today: date) -> list[str]:
    """Return the newest first, two years back."""
    return list(months(f"{today.year - 1}-01", month_of(today)))[::-1]


def template_link(request: Request, owed: Sequence[str] = ()) -> Markup:
    """Return links to one template, or where no dataset is chosen those of what is owed, or all; of a unit and month
    with these filled in.
    """
    codes = [request.dataset] if request.dataset else list(owed or DATASETS)
    links = Markup("　").join(
        download(
            DATASETS[code].title,
            address(f"templates/{code}", unit=request.unit or own_unit(), month=request.month),
            css="whole",
        )
        for code in codes
    )
    words = "下载模板（含下拉选项和填写说明；选定单位和月份后已填好单位、月份和已知的事项、举措）：{}"
    return note(Markup(words).format(links))
