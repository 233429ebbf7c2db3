"""Guide accuracy as tables: units by measures, rules by their failures, units by rules; every number leads further."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from components.elements.bars import share_bar
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note
from components.elements.figures import percent
from components.elements.lamp import css_class, word_chip
from components.elements.links import link
from components.elements.phrases import beside, quiet, with_hint
from components.elements.rendering import Content
from components.elements.table import Column, Kind, Row, Share, Table, Width, table_parts
from models.guides import ADVICE, ERROR, GuideRule
from models.lamps import Lamp
from services.guides.accuracy import Accuracy, GuideAccuracy, RuleResult

PAGE, ON_A_PAGE = "guide_accuracy", 20


SEVERITY_WORDS = {ERROR: "错误", ADVICE: "建议"}
UnitAccuracy = tuple[str, Accuracy]


def severity_chip(severity: str) -> Markup:
    """Return ■ 错误 or ▲ 建议."""
    return word_chip(_lamp(severity), SEVERITY_WORDS[severity])


def _lamp(severity: str) -> Lamp:
    return Lamp.DUE_SOON if severity == ADVICE else Lamp.OVERDUE


def by_unit_and_measure(guides: GuideAccuracy, units: Sequence[str], here: PageContext) -> Content:
    """Return each unit's accuracy over all rules counted, then by measure; 100 % is quiet."""
    whole = guides.by_unit(guides.counted)
    measures = {measure: guides.by_unit(rules) for measure, rules in guides.book.measures.items()}
    columns = (
        Column[str](
            "unit", "责任单位", lambda unit: unit, Kind.UNIT, Width.UNBROKEN, drawn=lambda unit: unit_link(unit, here)
        ),
        Column[str]("accuracy", "精准率", lambda unit: _share(whole[unit]), Kind.SHARE),
        Column[str](
            "bar",
            "",
            lambda unit: whole[unit].share,
            Kind.PICTURE,
            Width.GAUGE,
            drawn=lambda unit: share_bar(whole[unit].share, 1.0),
            phone_label=False,
        ),
        *(_of_measure(measure, accuracy) for measure, accuracy in measures.items()),
    )
    table = Table("accuracy", "各单位 × 举措的精准率", columns, counted="个单位", page_size=ON_A_PAGE)
    return table_parts(table, units, here)


def _of_measure(measure: str, accuracy: Mapping[str, Accuracy]) -> Column[str]:
    return Column(
        f"measure_{measure.replace('.', '_')}",
        measure,
        lambda unit: _share(accuracy[unit]),
        Kind.SHARE,
        drawn=lambda unit: _percent(accuracy[unit]),
    )


def unit_link(unit: str, here: PageContext, rule: str | None = None) -> Markup:
    return link(unit, here.address(PAGE, unit=unit, rule=rule))


def _share(accuracy: Accuracy) -> Share:
    return Share(accuracy.passed, accuracy.applies)


def _percent(accuracy: Accuracy) -> Markup:
    """Return the share; 100 % and nothing to judge stay quiet, and what fails is never rounded up to 100 %."""
    if accuracy.share is None or accuracy.failed == 0:
        return quiet("不适用" if accuracy.share is None else "100%")
    hint = f"不符合 {accuracy.failed:,}，适用 {accuracy.applies:,.0f}"
    return with_hint(percent(min(accuracy.share, 0.999)), hint)


def worst_first(guides: GuideAccuracy) -> list[str]:
    """Return the units that reported guides, the lowest accuracy first; zero reports last."""
    whole = guides.by_unit(guides.counted)
    return sorted(whole, key=lambda unit: (whole[unit].share is None, whole[unit].share or 0.0, unit))


def rules_ranked(ranked: Sequence[RuleResult], counted: Sequence[str], chosen: str, here: PageContext) -> Content:
    """Return the rules that anything fails, most failures first; the rest in one sentence."""
    failing = [result for result in ranked if result.accuracy.failed]
    if not failing:
        return empty_state("已报送的指南全部符合规则。")
    clean = "、".join(result.rule.code for result in ranked if not result.accuracy.failed)
    rest = note(f"全部符合的规则：{clean}。") if clean else Markup("")

    def code(result: RuleResult) -> Markup:
        rule = result.rule
        address = here.address(PAGE, view="rules", rule=rule.code)
        return link(rule.code, address, rule.when, "chosen" if rule.code == chosen else "")

    def measure(result: RuleResult) -> str:
        return (result.rule.measure or "") if result.rule.code in counted else ""

    columns = (
        Column[RuleResult]("code", "规则", lambda result: result.rule.code, width=Width.UNBROKEN, drawn=code),
        Column[RuleResult]("clause", "方案条款", lambda result: result.rule.clause, width=Width.UNBROKEN),
        Column[RuleResult]("title", "要求", lambda result: result.rule.title),
        Column[RuleResult](
            "severity",
            "性质",
            lambda result: SEVERITY_WORDS[result.rule.severity],
            width=Width.UNBROKEN,
            drawn=lambda result: severity_chip(result.rule.severity),
        ),
        Column[RuleResult](
            "measure",
            "计入",
            measure,
            width=Width.UNBROKEN,
            drawn=lambda result: measure(result) or quiet("不计入"),
        ),
        *_failed_columns(lambda result: result.accuracy),
        Column[RuleResult]("units", "不符合单位", lambda result: result.units, Kind.NUMBER),
    )
    table = Table("rules", "规则", columns, counted="条规则", page_size=None)
    return table_parts(table, failing, here) + rest


def _failed_columns(accuracy: Callable[[Row], Accuracy]) -> tuple[Column[Row], ...]:
    """Return how often something fails, how often it passes of all, and the share as a bar."""
    return (
        Column("failed", "不符合", lambda row: accuracy(row).failed, Kind.NUMBER),
        Column(
            "passed",
            "符合率",
            lambda row: _share(accuracy(row)),
            Kind.SHARE,
            drawn=lambda row: Markup("{} {}").format(
                _percent(accuracy(row)), beside(f"／{accuracy(row).applies:,.0f}")
            ),
        ),
        Column(
            "bar",
            "",
            lambda row: accuracy(row).share,
            Kind.PICTURE,
            Width.GAUGE,
            drawn=lambda row: share_bar(accuracy(row).share, 1.0),
            phone_label=False,
        ),
    )


def units_of_rule(guides: GuideAccuracy, rule: GuideRule, here: PageContext) -> Content:
    """Return the units that fail one rule, most failures first; each leads to its failing cells."""
    failing = sorted(
        (
            (unit, accuracy)
            for (unit, code), accuracy in guides.figures.items()
            if code == rule.code and accuracy.failed
        ),
        key=lambda pair: (-pair[1].failed, pair[0]),
    )
    columns: Sequence[Column[UnitAccuracy]] = (
        Column[UnitAccuracy](
            "unit",
            "责任单位",
            lambda pair: pair[0],
            Kind.UNIT,
            Width.UNBROKEN,
            drawn=lambda pair: unit_link(pair[0], here, rule.code),
        ),
        *_failed_columns(lambda pair: pair[1]),
    )
    table = Table(
        "failing_units",
        f"{rule.code} {rule.title}：各单位",
        columns,
        counted="个单位",
        page_size=ON_A_PAGE,
        nothing="没有单位不符合这条规则。",
        css="narrow",
    )
    return table_parts(table, failing, here)


def units_by_rules(guides: GuideAccuracy, units: Sequence[str], here: PageContext) -> Content:
    """Return how often each unit fails each rule; only rules that some unit fails have a column."""
    rules = sorted(
        (result.rule for result in guides.ranked_rules if result.accuracy.failed), key=lambda rule: rule.code
    )
    columns = (
        Column[str]("unit", "责任单位", lambda unit: unit, Kind.UNIT, drawn=lambda unit: unit_link(unit, here)),
        *(_failures(guides, rule, here) for rule in rules),
    )
    table = Table("units_by_rules", "单位 × 规则", columns, counted="个单位", page_size=None, css="matrix rules")
    return table_parts(table, units, here)


def _failures(guides: GuideAccuracy, rule: GuideRule, here: PageContext) -> Column[str]:
    def failed(unit: str) -> int | None:
        return guides.figures.get((unit, rule.code), Accuracy()).failed or None

    def cell(unit: str) -> str | Markup:
        accuracy = guides.figures.get((unit, rule.code), Accuracy())
        if not accuracy.failed:
            return ""
        hint = f"{unit} {rule.code} {rule.title}：不符合 {accuracy.failed:,}，适用 {accuracy.applies:,.0f}"
        address = here.address(PAGE, unit=unit, rule=rule.code)
        return link(f"{accuracy.failed:,}", address, hint, css_class(_lamp(rule.severity)))

    return Column(f"rule_{rule.code}", rule.code, failed, Kind.NUMBER, hint=rule.title, drawn=cell)
