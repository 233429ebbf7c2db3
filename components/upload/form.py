"""What the uploader says of the workbook: dataset, unit, month, each of which may be left for the file to tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from catalogue.datasets import DATASETS
from rules.duty import month_of, months
from services.access.permission import own_unit
from services.intake.checked_workbook import Request

BY_FILE = "由文件判断"
DISTRICT = "全区台账（按责任单位列分到各单位）"


def ask(units: Sequence[str], today: date) -> Request:
    """Three choices in a row; the dataset also lives in the address."""
    dataset, unit, month = st.columns(3)
    known = ["", *DATASETS]
    asked = st.query_params.get("dataset", "")
    code = dataset.selectbox(
        "数据",
        known,
        index=known.index(asked) if asked in known else 0,
        format_func=lambda code: DATASETS[code].title if code else BY_FILE,
    )
    own = own_unit()
    choices = ["", *units, DISTRICT] if own is None else [own]
    whose = unit.selectbox("责任单位", choices, format_func=lambda name: name or BY_FILE, disabled=own is not None)
    of = month.selectbox("月份", ["", *_months(today)], format_func=lambda name: name or BY_FILE)
    if code != asked:
        st.query_params.from_dict({"dataset": code} if code else {})
    return Request(code or None, whose if whose not in ("", DISTRICT) else None, whose == DISTRICT, of or None)


def _months(today: date) -> list[str]:
    """The newest first, two years back."""
    return list(months(f"{today.year - 1}-01", month_of(today)))[::-1]


def template_link(dataset: str | None) -> Markup:
    """One template, or all of them where no dataset is chosen."""
    codes = [dataset] if dataset else list(DATASETS)
    links = Markup("　").join(
        Markup('<a class="whole" href="/templates/{}" download target="_self">{}</a>').format(
            code, DATASETS[code].title
        )
        for code in codes
    )
    return Markup('<p class="note">下载模板（含下拉选项和填写说明）：{}</p>').format(links)
