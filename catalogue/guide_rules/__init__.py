"""Every guide rule, one declaration each, in the order of their codes. Source: guide_rules.md."""

from catalogue.guide_rules.basics import BASICS
from catalogue.guide_rules.codes import CODES
from catalogue.guide_rules.materials import MATERIAL_RULES
from catalogue.guide_rules.process import PROCESS
from models.guides import ERROR, GuideRule

GUIDE_RULES: tuple[GuideRule, ...] = (*BASICS, *MATERIAL_RULES, *PROCESS, *CODES)

MEASURE_RULES: dict[str, tuple[str, ...]] = {
    measure: tuple(
        rule.code for rule in GUIDE_RULES if rule.measure == measure and rule.severity == ERROR and not rule.by_hand
    )
    for measure in dict.fromkeys(rule.measure for rule in GUIDE_RULES if rule.measure)
}
"""Measure of area guide_accuracy → the rules it counts: those of severity error that the sheet can decide."""
