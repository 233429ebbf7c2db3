"""Two plans side by side: what goes on, what is new, what is no longer there; and the indicators of both years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from catalogue.areas import area_of
from catalogue.indicators import INDICATORS
from components.elements.context import PLAN, PageContext
from components.elements.figures import figure, percent
from components.elements.phrases import with_line_below
from components.elements.rendering import Parts
from components.elements.sparkline import sparkline
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.plan.table import targets_in_words
from models.definitions import NumberFormat
from models.plan import Measure, Plan, Task
from services.board.history import Point
from services.plan_comparison.compare import ComparedIndicator, ComparedMeasure, PlanComparison

Placed = tuple[Task, Measure] | None


def finding(compared: PlanComparison) -> str:
    """Return “2024年方案与2023年方案：延续 3 项举措，新增 9 项，不再列入 40 项”."""
    changes = [row.change for row in compared.measures]
    words = "，".join(
        f"{word} {changes.count(change):,} 项{unit}"
        for change, word, unit in (("延续", "延续", "举措"), ("新增", "新增", ""), ("不再列入", "不再列入", ""))
    )
    return f"{compared.after.title}与{compared.before.title}：{words}"


def measures_table(compared: PlanComparison, here: PageContext) -> Parts:
    """Return the measures of both plans side by side, those of the later plan in its order first."""
    columns = (
        *_of_plan("after", compared.after, lambda row: row.after, here),
        Column[ComparedMeasure]("change", "对照", lambda row: row.change, width=Width.UNBROKEN, is_filter=True),
        *_of_plan("before", compared.before, lambda row: row.before, here),
    )
    table = Table("compared", "两个方案的任务和举措", columns, counted="项", page_size=30)
    return table_parts(table, compared.measures, here)


def _of_plan(
    name: str, plan: Plan, side: Callable[[ComparedMeasure], Placed], here: PageContext
) -> Sequence[Column[ComparedMeasure]]:
    def address(row: ComparedMeasure) -> str | None:
        placed = side(row)
        return here.address("plan", **{PLAN: plan.code}) if placed else None

    def code(row: ComparedMeasure) -> str:
        placed = side(row)
        return placed[1].code if placed else ""

    def title(row: ComparedMeasure) -> str:
        placed = side(row)
        return placed[1].title if placed else ""

    def words(row: ComparedMeasure) -> str:
        placed = side(row)
        return f"{area_of(placed[0].area).title} · {placed[0].code} {placed[0].title}" if placed else ""

    def targets(row: ComparedMeasure) -> str:
        placed = side(row)
        return targets_in_words(placed[1]) if placed else ""

    return (
        Column(f"{name}_code", plan.title, code, width=Width.UNBROKEN, href=address),
        Column(
            f"{name}_title",
            "举措和任务",
            title,
            width=Width.PROSE,
            drawn=lambda row: with_line_below(title(row), words(row)) if title(row) else "",
        ),
        Column(f"{name}_targets", "评价", targets),
    )


def indicators_table(compared: PlanComparison, here: PageContext) -> Parts:
    """Return the indicators that both plans are judged by: the latest figure, its target, and the months."""
    columns = (
        Column[ComparedIndicator]("title", "指标", lambda row: INDICATORS[row.code].title, width=Width.PROSE),
        *_years("before", compared.before, lambda row: row.before),
        *_years("after", compared.after, lambda row: row.after),
    )
    table = Table("both_years", "两年的同一指标", columns, counted="个指标", page_size=None)
    return table_parts(table, compared.indicators, here)


def _years(
    name: str, plan: Plan, points: Callable[[ComparedIndicator], Sequence[Point]]
) -> Sequence[Column[ComparedIndicator]]:
    def last(row: ComparedIndicator) -> Point | None:
        return next((point for point in reversed(points(row)) if point.value is not None), None)

    def is_share(row: ComparedIndicator) -> bool:
        return INDICATORS[row.code].number_format is NumberFormat.SHARE

    def number(row: ComparedIndicator, value: float | None) -> str:
        return "—" if value is None else percent(value) if is_share(row) else figure(value)

    return (
        Column(
            f"{name}_value",
            plan.title,
            lambda row: point.value if (point := last(row)) else None,
            Kind.NUMBER,
            drawn=lambda row: number(row, point.value if (point := last(row)) else None),
        ),
        Column(
            f"{name}_target",
            "目标",
            lambda row: point.target if (point := last(row)) else None,
            Kind.NUMBER,
            drawn=lambda row: number(row, point.target if (point := last(row)) else None),
        ),
        Column(
            f"{name}_months",
            "各月走势",
            lambda row: point.value if (point := last(row)) else None,
            Kind.PICTURE,
            drawn=lambda row: sparkline(points(row), is_share=is_share(row)),
            sortable=False,
            phone_label=False,
        ),
    )
