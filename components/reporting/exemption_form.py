"""Exemptions in force, and the form by which the bureau frees a unit from reporting a dataset or ends that."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import link
from components.elements.tables import Column, Row, table
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


def exemptions_table(found: Sequence[ExemptionInForce], lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Each with how many reports of the unit it frees, as the counts above have it, beside those that came all the
    same.
    """
    if not found:
        return empty_state("没有免报的单位。")
    counts = totals_by(lines, lambda line: (line.unit, line.dataset))
    return table(COLUMNS, [_row(one, counts.get((one.unit, one.dataset), totals(())), here) for one in found])


def _row(one: ExemptionInForce, counted: ReportingTotals, here: PageContext) -> Row:
    dataset = link(DATASETS[one.dataset].title, here.address("reporting", dataset=one.dataset))
    return (
        link(one.unit, here.address("unit", unit=one.unit)),
        dataset,
        one.reason,
        clock(one.at),
        one.by,
        counted.received,
        counted.exempt,
    )


def exemption_form(units: Sequence[str], datasets: Sequence[str], here: PageContext) -> None:
    """Takes effect at once, from the as-of date on with sample data."""
    with st.expander("登记免报或恢复报送（管理局）"):
        with entry_form("exemption"):
            unit = st.selectbox("责任单位", units, index=None, placeholder="请选择单位")
            dataset = st.selectbox(
                "数据", datasets, index=None, placeholder="请选择数据", format_func=lambda code: DATASETS[code].title
            )
            decision = st.radio("决定", (FREE, END), horizontal=True)
            reason = st.text_input("理由（必填，存入记录）", max_chars=200)
            if st.form_submit_button("登记"):
                if unit is None or dataset is None:
                    st.warning("请选择责任单位和数据。")
                else:
                    _ask(unit, dataset, decision == FREE, reason, here)
        draw_question("exemption")


def _ask(unit: str, dataset: str, exempt: bool, reason: str, here: PageContext) -> None:
    what = f"{unit}的“{DATASETS[dataset].title}”"
    change = "此前未报的月份也一并免报" if exempt else "自此恢复应报，未报的列为缺报"

    def decide() -> str:
        decide_exemption(unit, dataset, exempt=exempt, reason=reason, at=here.now)
        return f"{what}已登记{FREE if exempt else END}：{reason}"

    ask_once_more(
        "exemption", f"{what}将登记{FREE if exempt else END}，{change}。理由：{reason}", decide, reason=reason
    )
