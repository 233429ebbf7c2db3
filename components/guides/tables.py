"""Guide accuracy as tables: units by measures, rules by their failures, units by rules; every number leads further."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.lamp import css_class
from components.elements.links import link
from components.elements.tables import Column, Row, percent, ratio, table
from models.guides import ADVICE, GuideRule
from models.lamps import FACES, Lamp
from services.guides.accuracy import Accuracy, GuideAccuracy, RuleStanding

PAGE = "guide_accuracy"


def severity_chip(severity: str) -> Markup:
    """■ 错误 or ▲ 建议."""
    lamp, word = (Lamp.DUE_SOON, "建议") if severity == ADVICE else (Lamp.OVERDUE, "错误")
    return Markup('<span class="chip {}"><span class="shape {}" aria-hidden="true">{}</span>{}</span>').format(
        css_class(lamp), css_class(lamp), FACES[lamp].shape, word
    )


def gauge(one: Accuracy) -> Markup:
    """Without a lamp's colour: a share says nothing of deadlines."""
    width = f"{100 * (one.share or 0):.2f}%"
    return Markup(
        '<div class="gauge plain" aria-hidden="true"><i style="width:{}"></i><b style="left:100%"></b></div>'
    ).format(width)


def by_unit_and_measure(found: GuideAccuracy, units: Sequence[str], here: PageContext) -> Markup:
    """The unit's accuracy over all rules counted, then by measure; 100 % is said by a quiet dot."""
    measures = {measure: found.by_unit(rules) for measure, rules in found.book.measures.items()}
    whole = found.by_unit(found.counted)
    columns = [
        Column("责任单位", css="nowrap"),
        Column("合计", number=True),
        Column("精准率", number=True),
        Column("", css="gauge-cell"),
        *(Column(measure, number=True) for measure in measures),
    ]
    return table(
        columns,
        [
            (
                unit_link(unit, here),
                ratio(whole[unit].passed, whole[unit].applies),
                percent(whole[unit].share),
                gauge(whole[unit]),
                *(_share(accuracy[unit]) for accuracy in measures.values()),
            )
            for unit in units
        ],
    )


def unit_link(unit: str, here: PageContext, rule: str | None = None) -> Markup:
    return link(unit, here.address(PAGE, unit=unit, rule=rule))


def _share(one: Accuracy) -> Markup:
    """100 % and nothing to judge stay quiet; what fails is said in full, never rounded up to 100 %."""
    if one.share is None or one.failed == 0:
        return Markup('<span class="quiet">{}</span>').format("不适用" if one.share is None else "100%")
    title = f"不符合 {one.failed:,}，适用 {one.applies:,.0f}"
    return Markup('<span title="{}">{}</span>').format(title, percent(min(one.share, 0.999)))


def worst_first(found: GuideAccuracy) -> list[str]:
    """Units that reported guides, the lowest accuracy first; zero reports last."""
    whole = found.by_unit(found.counted)
    return sorted(whole, key=lambda unit: (whole[unit].share is None, whole[unit].share or 0.0, unit))


RULE_COLUMNS = (
    Column("规则", css="nowrap"),
    Column("方案条款", css="nowrap"),
    Column("要求"),
    Column("性质", css="nowrap"),
    Column("计入", css="nowrap"),
    Column("不符合", number=True),
    Column("适用", number=True),
    Column("符合率", number=True),
    Column("", css="gauge-cell"),
    Column("不符合单位", number=True),
)


def rules_ranked(ranked: Sequence[RuleStanding], counted: Sequence[str], chosen: str, here: PageContext) -> Markup:
    """Rules that anything fails, most failures first; the rest in one sentence."""
    failing = [one for one in ranked if one.accuracy.failed]
    if not failing:
        return empty_state("已报送的指南全部符合规则。")
    clean = "、".join(one.rule.code for one in ranked if not one.accuracy.failed)
    rest = Markup('<p class="note">全部符合的规则：{}。</p>').format(clean) if clean else Markup("")
    return table(RULE_COLUMNS, [_rule_row(one, counted, chosen, here) for one in failing]) + rest


def _rule_row(one: RuleStanding, counted: Sequence[str], chosen: str, here: PageContext) -> Row:
    rule, accuracy = one.rule, one.accuracy
    code = link(
        rule.code,
        here.address(PAGE, view="rules", rule=rule.code),
        rule.when,
        "chosen" if rule.code == chosen else "",
    )
    measure = rule.measure if rule.code in counted and rule.measure else Markup('<span class="quiet">不计入</span>')
    share = accuracy.share if accuracy.share is None or not accuracy.failed else min(accuracy.share, 0.999)
    return (
        code,
        rule.clause,
        rule.title,
        severity_chip(rule.severity),
        measure,
        accuracy.failed,
        int(accuracy.applies),
        percent(share),
        gauge(accuracy),
        one.units,
    )


def units_of_rule(found: GuideAccuracy, rule: GuideRule, here: PageContext) -> Markup:
    """The units that fail one rule, most failures first; each leads to its failing cells."""
    failing = sorted(
        ((unit, one) for (unit, code), one in found.figures.items() if code == rule.code and one.failed),
        key=lambda pair: (-pair[1].failed, pair[0]),
    )
    columns = (
        Column("责任单位", css="nowrap"),
        Column("不符合", number=True),
        Column("适用", number=True),
        Column("符合率", number=True),
        Column("", css="gauge-cell"),
    )
    if not failing:
        return empty_state("没有单位不符合这条规则。")
    return table(
        columns,
        [
            (unit_link(unit, here, rule.code), one.failed, int(one.applies), percent(one.share), gauge(one))
            for unit, one in failing
        ],
        css="narrow",
    )


def units_by_rules(found: GuideAccuracy, units: Sequence[str], here: PageContext) -> Markup:
    """How often each unit fails each rule; only rules that some unit fails have a column."""
    rules = sorted((one.rule for one in found.ranked_rules if one.accuracy.failed), key=lambda rule: rule.code)
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(
            link(rule.code, here.address(PAGE, view="rules", rule=rule.code), rule.title)
        )
        for rule in rules
    )
    rows = Markup("").join(_unit_row(found, unit, rules, here) for unit in units)
    return Markup(
        '<div class="table-frame"><table class="board matrix rules"><thead><tr><th scope="col">责任单位（{}）</th>{}</tr></thead>'  # noqa: E501
        "<tbody>{}</tbody></table></div>"
    ).format(len(units), heads, rows)


def _unit_row(found: GuideAccuracy, unit: str, rules: Sequence[GuideRule], here: PageContext) -> Markup:
    cells = Markup("").join(
        _failures(found.figures.get((unit, rule.code), Accuracy()), unit, rule, here) for rule in rules
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(unit_link(unit, here), cells)


def _failures(one: Accuracy, unit: str, rule: GuideRule, here: PageContext) -> Markup:
    if not one.failed:
        return Markup("<td></td>")
    lamp = Lamp.DUE_SOON if rule.severity == ADVICE else Lamp.OVERDUE
    said = f"{unit} {rule.code} {rule.title}：不符合 {one.failed:,}，适用 {one.applies:,.0f}"
    return Markup("<td>{}</td>").format(
        link(f"{one.failed:,}", here.address(PAGE, unit=unit, rule=rule.code), said, css_class(lamp))
    )
