"""Exemptions in force, and the form by which the bureau frees a unit from reporting a dataset or ends that."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from services.reporting.exemptions import ExemptionInForce, decide_exemption
from services.reporting.reports import ReportOwed
from services.reporting.totals import ReportingTotals, totals, totals_by

FREE, END = "免报", "恢复报送"


def exemptions_table(exemptions: Sequence[ExemptionInForce], lines: Sequence[ReportOwed], here: PageContext) -> Parts:
    """Return each exemption with how many reports of the unit it frees, as the counts above have it, beside those that
    came all the same.
    """
    counts = totals_by(lines, lambda line: (line.unit, line.dataset))

    def of(exemption: ExemptionInForce) -> ReportingTotals:
        return counts.get((exemption.unit, exemption.dataset), totals(()))

    columns = (
        Column[ExemptionInForce](
            "unit",
            "责任单位",
            lambda exemption: exemption.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda exemption: here.address("unit", unit=exemption.unit),
        ),
        Column[ExemptionInForce](
            "dataset",
            "数据",
            lambda exemption: DATASETS[exemption.dataset].title,
            width=Width.UNBROKEN,
            href=lambda exemption: here.address("reporting", dataset=exemption.dataset),
        ),
        Column[ExemptionInForce]("reason", "理由", lambda exemption: exemption.reason, width=Width.PROSE),
        Column[ExemptionInForce]("at", "登记时间", lambda exemption: exemption.at, Kind.MOMENT, Width.UNBROKEN),
        Column[ExemptionInForce]("by", "登记人", lambda exemption: exemption.by, width=Width.UNBROKEN),
        Column[ExemptionInForce]("received", "已报（份）", lambda exemption: of(exemption).received, Kind.NUMBER),
        Column[ExemptionInForce](
            "exempt", "免报（份）", lambda exemption: of(exemption).exempt, Kind.NUMBER, folds=False
        ),
    )
    table = Table("exemptions", "免报", columns, counted="项免报", page_size=None, nothing="没有免报的单位。")
    return table_parts(table, exemptions, here)


def exemption_form(units: Sequence[str], datasets: Sequence[str], here: PageContext) -> None:
    """Draw the form, which takes effect at once, from the as-of date on with sample data."""
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
