"""指标目录: every indicator with what it counts in one sentence, and the measures of the plan that it judges."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.phrases import lines, quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Table, table_parts
from models.plan import Plan
from services.plan.indicators import DescribedIndicator


def indicator_table(indicators: Sequence[DescribedIndicator], plan: Plan, here: PageContext) -> Parts:
    """Return the indicators in the order of the catalogue."""
    judged: dict[str, list[str]] = {}
    for task in plan.tasks:
        for measure in task.measures:
            for target in measure.targets:
                judged.setdefault(target.indicator, []).append(measure.code)
    columns = (
        Column[DescribedIndicator](
            "title",
            "指标",
            lambda indicator: indicator.title,
            href=lambda indicator: (
                here.address("indicator", code=indicator.key or indicator.code) if indicator.has_rows else None
            ),
        ),
        Column[DescribedIndicator]("in_words", "怎样计算", lambda indicator: indicator.in_words, drawn=_in_words),
        Column[DescribedIndicator](
            "datasets", "数据", lambda indicator: "、".join(DATASETS[code].title for code in indicator.datasets)
        ),
        Column[DescribedIndicator](
            "measures",
            "用于举措",
            lambda indicator: "、".join(judged.get(indicator.key or indicator.code, ())) or "只列示，不评价",
        ),
        Column[DescribedIndicator](
            "declared", "来源", lambda indicator: "系统自带" if indicator.declared == "shipped" else "方案声明"
        ),
    )
    return table_parts(Table("indicators", "指标目录", columns, counted="个指标", page_size=None), indicators, here)


def _in_words(indicator: DescribedIndicator) -> Markup:
    """The sentence; below it the expression, or why there is none."""
    if indicator.unsaid:
        return lines((indicator.in_words, quiet(f"不能写成算式：{indicator.unsaid}。")))
    expressions = (("分子", indicator.numerator), ("分母", indicator.denominator), ("期限字段", indicator.due))
    return lines((indicator.in_words, *(quiet(f"{side}：{text}") for side, text in expressions if text)))
