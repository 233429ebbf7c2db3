"""Points of the units beside their places in the ranking, and those of one unit with the proof of every deduction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.rendering import render
from components.elements.table import Column, Kind, Share, Table, Width, draw_table, table_parts
from models.assessment import Deduction, DeductionKind, RulePoints, Shortcoming, UnitPoints
from rules.assessment.words import number_told, result_in_words, rule_in_words
from rules.ranking import Ranking
from services.assessment.points import Assessment


@dataclass(frozen=True, slots=True)
class _Deducted:
    """A deduction with the rule under which it is made."""

    rule: RulePoints
    deduction: Deduction


def finding(assessment: Assessment, unit: str | None) -> str:
    """Return “5 条规则，56 个单位得分，37 个未扣分” for the title of a page."""
    if assessment.rules is None:
        return "尚无考核规则，各单位没有得分"
    judged = [points for points in assessment.units if points.rules]
    if unit is not None:
        return f"{unit}：{_total(judged[0])}" if judged else f"{unit}：没有适用的考核规则"
    whole = sum(points.points == points.full for points in judged)
    return f"{len(assessment.rules.rules)} 条规则，{len(judged)} 个单位得分，其中 {whole} 个未扣分"


def _total(points: UnitPoints) -> str:
    return f"得 {number_told(points.points)} 分，满分 {number_told(points.full)} 分"


def draw_points(assessment: Assessment, ranking: Ranking, here: PageContext) -> None:
    """Draw the units by their points, the place in the ranking beside; each leads to its deductions."""
    columns: tuple[Column[UnitPoints], ...] = (
        Column("place", "得分名次", lambda row: row.place, Kind.NUMBER),
        Column(
            "unit", "责任单位", lambda row: row.unit, Kind.UNIT, Width.UNBROKEN, href=_to_unit(here), is_filter=True
        ),
        Column("share", "得分率（得分／满分）", lambda row: Share(float(row.points), float(row.full)), Kind.SHARE),
        Column("deducted", "扣分", lambda row: float(row.full - row.points), Kind.NUMBER),
        Column("number", "扣分处", _number, Kind.NUMBER),
        Column(
            "ranked",
            "完成率名次",
            lambda row: ranking.place_of(row.unit),
            Kind.NUMBER,
            hint="总览和通报中的排名，按完成率；未报送和举措数不足的没有名次",
        ),
    )
    render(section("各单位得分", "按得分率由高到低"))
    table = Table("", "考核得分", columns, counted="个单位", page_size=60)
    judged = [points for points in assessment.units if points.rules]
    draw_table(table, sorted(judged, key=lambda points: points.place or 0), here)
    left_out = [points.unit for points in assessment.units if not points.rules]
    if left_out:
        render(note(f"没有适用规则、不计分的单位 {len(left_out)} 个：{'、'.join(left_out)}。"))


def _to_unit(here: PageContext) -> Callable[[UnitPoints], str]:
    return lambda row: here.address("assessment", unit=row.unit)


def _number(row: UnitPoints) -> int:
    return sum(len(result.deductions) for result in row.rules)


def draw_unit(points: UnitPoints, here: PageContext) -> None:
    """Draw a unit's points rule by rule, then every deduction with the way to its proof."""
    place = f"，得分率名次第 {points.place}" if points.place else ""
    render(
        section(f"{points.unit}：各条规则得分", _total(points) + place),
        table_parts(_results_table(), points.rules, here),
    )
    rows = [_Deducted(result, deduction) for result in points.rules for deduction in result.deductions]
    render(section("扣分和依据", f"{len(rows)} 处"))
    draw_table(_deductions_table(points.unit, here), rows, here)


def _results_table() -> Table[RulePoints]:
    columns: tuple[Column[RulePoints], ...] = (
        Column("name", "规则名称", lambda row: row.rule.name, width=Width.UNBROKEN),
        Column("subject", "考核对象", lambda row: row.rule.subject),
        Column("how", "赋分办法", lambda row: rule_in_words(row.rule), width=Width.REASON),
        Column("full", "满分", lambda row: float(row.rule.full), Kind.NUMBER),
        Column("deducted", "扣分", lambda row: float(row.deducted), Kind.NUMBER),
        Column("points", "得分", lambda row: float(row.points), Kind.NUMBER),
        Column("sum", "计算", result_in_words, width=Width.UNBROKEN),
    )
    return Table("results", "各条规则得分", columns, counted="条", page_size=None)


def _deductions_table(unit: str, here: PageContext) -> Table[_Deducted]:
    def proof(row: _Deducted) -> str:
        return _address(row.deduction.shortcoming, unit, here)

    columns: tuple[Column[_Deducted], ...] = (
        Column("rule", "规则名称", lambda row: row.rule.rule.name, is_filter=True),
        Column("words", "依据", lambda row: row.deduction.shortcoming.words, width=Width.REASON, href=proof),
        Column("amount", "数量", lambda row: float(row.deduction.shortcoming.amount), Kind.NUMBER),
        Column("points", "扣分", lambda row: float(row.deduction.points), Kind.NUMBER),
    )
    return Table("deductions", "扣分和依据", columns, counted="处", page_size=30, nothing="没有扣分。")


def _address(shortcoming: Shortcoming, unit: str, here: PageContext) -> str:
    """Where the proof is."""
    match shortcoming.kind:
        case DeductionKind.MISSING:
            return here.address("reporting", dataset=shortcoming.dataset, unit=unit)
        case DeductionKind.CASE:
            return here.address("cases", kind=shortcoming.case_kind, unit=unit)
    return here.address("lamp", measure=shortcoming.measure, unit=unit)
