"""Exemptions in force, and the form by which the bureau frees a unit from reporting a dataset or ends that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.links import Value, address, link
from components.elements.tables import Column, Row, table
from rules.as_of import SHANGHAI
from services.access.refusal import RefusedRequest
from services.reporting.exemptions import ExemptionInForce, decide_exemption
from services.reporting.reports import ReportOwed
from services.reporting.totals import ReportingTotals, totals, totals_by

FREE, END = "免报", "恢复报送"
COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("数据", css="nowrap"),
    Column("理由", css="prose"),
    Column("登记时间", css="nowrap"),
    Column("登记人", css="nowrap"),
    Column("已报（份）", number=True),
    Column("免报（份）", number=True),
)


def exemptions_table(found: Sequence[ExemptionInForce], lines: Sequence[ReportOwed], **query: Value) -> Markup:
    """Each with how many reports of the unit it frees, as the counts above have it, beside those that came all the
    same.
    """
    if not found:
        return empty_state("没有免报的单位。")
    counts = totals_by(lines, lambda line: (line.unit, line.dataset))
    return table(COLUMNS, [_row(one, counts.get((one.unit, one.dataset), totals(())), query) for one in found])


def _row(one: ExemptionInForce, counted: ReportingTotals, query: Mapping[str, Value]) -> Row:
    dataset = link(DATASETS[one.dataset].title, address("reporting", dataset=one.dataset, **query))
    return (
        link(one.unit, address("unit", unit=one.unit, **query)),
        dataset,
        one.reason,
        clock(one.at),
        one.by,
        counted.received,
        counted.exempt,
    )


def exemption_form(units: Sequence[str], datasets: Sequence[str], at: datetime | None) -> None:
    """Takes effect at once, from the as-of date on with sample data."""
    with st.expander("登记免报或恢复报送（管理局）"), st.form("exemption"):
        unit = st.selectbox("责任单位", units, index=None, placeholder="请选择单位")
        dataset = st.selectbox(
            "数据", datasets, index=None, placeholder="请选择数据", format_func=lambda code: DATASETS[code].title
        )
        decision = st.radio("决定", (FREE, END), horizontal=True)
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("登记"):
            _decide(unit, dataset, decision == FREE, reason, at)


def _decide(unit: str | None, dataset: str | None, exempt: bool, reason: str, at: datetime | None) -> None:
    if unit is None or dataset is None:
        st.warning("请选择责任单位和数据。")
        return
    try:
        decide_exemption(unit, dataset, exempt=exempt, reason=reason, at=at or datetime.now(SHANGHAI))
    except RefusedRequest as refused:
        st.warning(str(refused))
        return
    st.session_state["said"] = f"{unit}的“{DATASETS[dataset].title}”已登记{FREE if exempt else END}：{reason}"
    st.rerun()
