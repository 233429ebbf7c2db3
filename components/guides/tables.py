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


def gauge(accuracy: Accuracy) -> Markup:
    """Without a lamp's colour: a share says nothing of deadlines."""
    width = f"{100 * (accuracy.share or 0):.2f}%"
    return Markup(
        '<div class="gauge plain" aria-hidden="true"><i style="width:{}"></i><b style="left:100%"></b></div>'
    ).format(width)


def by_unit_and_measure(guides: GuideAccuracy, units: Sequence[str], here: PageContext) -> Markup:
    """The unit's accuracy over all rules counted, then by measure; 100 % is said by a quiet dot."""
    measures = {measure: guides.by_unit(rules) for measure, rules in guides.book.measures.items()}
    whole = guides.by_unit(guides.counted)
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


def _share(accuracy: Accuracy) -> Markup:
    """100 % and nothing to judge stay quiet; what fails is said in full, never rounded up to 100 %."""
    if accuracy.share is None or accuracy.failed == 0:
        return Markup('<span class="quiet">{}</span>').format("不适用" if accuracy.share is None else "100%")
    title = f"不符合 {accuracy.failed:,}，适用 {accuracy.applies:,.0f}"
    return Markup('<span title="{}">{}</span>').format(title, percent(min(accuracy.share, 0.999)))


def worst_first(guides: GuideAccuracy) -> list[str]:
    """Units that reported guides, the lowest accuracy first; zero reports last."""
    whole = guides.by_unit(guides.counted)
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
    failing = [standing for standing in ranked if standing.accuracy.failed]
    if not failing:
        return empty_state("已报送的指南全部符合规则。")
    clean = "、".join(standing.rule.code for standing in ranked if not standing.accuracy.failed)
    rest = Markup('<p class="note">全部符合的规则：{}。</p>').format(clean) if clean else Markup("")
    return table(RULE_COLUMNS, [_rule_row(standing, counted, chosen, here) for standing in failing]) + rest


def _rule_row(standing: RuleStanding, counted: Sequence[str], chosen: str, here: PageContext) -> Row:
    rule, accuracy = standing.rule, standing.accuracy
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
        standing.units,
    )


def units_of_rule(guides: GuideAccuracy, rule: GuideRule, here: PageContext) -> Markup:
    """The units that fail one rule, most failures first; each leads to its failing cells."""
    failing = sorted(
        (
            (unit, accuracy)
            for (unit, code), accuracy in guides.figures.items()
            if code == rule.code and accuracy.failed
        ),
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
            (
                unit_link(unit, here, rule.code),
                accuracy.failed,
                int(accuracy.applies),
                percent(accuracy.share),
                gauge(accuracy),
            )
            for unit, accuracy in failing
        ],
        css="narrow",
    )


def units_by_rules(guides: GuideAccuracy, units: Sequence[str], here: PageContext) -> Markup:
    """How often each unit fails each rule; only rules that some unit fails have a column."""
    rules = sorted(
        (standing.rule for standing in guides.ranked_rules if standing.accuracy.failed), key=lambda rule: rule.code
    )
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(
            link(rule.code, here.address(PAGE, view="rules", rule=rule.code), rule.title)
        )
        for rule in rules
    )
    rows = Markup("").join(_unit_row(guides, unit, rules, here) for unit in units)
    return Markup(
        '<div class="table-frame"><table class="board matrix rules"><thead><tr><th scope="col">责任单位（{}）</th>{}</tr></thead>'  # noqa: E501
        "<tbody>{}</tbody></table></div>"
    ).format(len(units), heads, rows)


def _unit_row(guides: GuideAccuracy, unit: str, rules: Sequence[GuideRule], here: PageContext) -> Markup:
    cells = Markup("").join(
        _failures(guides.figures.get((unit, rule.code), Accuracy()), unit, rule, here) for rule in rules
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(unit_link(unit, here), cells)


def _failures(accuracy: Accuracy, unit: str, rule: GuideRule, here: PageContext) -> Markup:
    if not accuracy.failed:
        return Markup("<td></td>")
    lamp = Lamp.DUE_SOON if rule.severity == ADVICE else Lamp.OVERDUE
    said = f"{unit} {rule.code} {rule.title}：不符合 {accuracy.failed:,}，适用 {accuracy.applies:,.0f}"
    return Markup("<td>{}</td>").format(
        link(f"{accuracy.failed:,}", here.address(PAGE, unit=unit, rule=rule.code), said, css_class(lamp))
    )
