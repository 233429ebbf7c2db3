"""Every indicator by its code: those a measure is judged by, and those only shown beside them."""

from collections.abc import Iterator
from types import ModuleType

from catalogue.areas import AREAS
from catalogue.datasets import DATASET_OF_PART
from catalogue.declarations import declaring_modules
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import engineering_approvals, help_on_behalf
from catalogue.register import Register
from models.definitions import Indicator


def _by_area(module: ModuleType) -> int:
    """A module is named after its area; others come last."""
    area = module.__name__.rpartition(".")[2]
    return list(AREAS).index(area) if area in AREAS else len(AREAS)


def _declared(name: str) -> Iterator[Indicator]:
    """Yield what modules of this folder declare under the name, then what stands beside a dataset in its own file."""
    modules = [*sorted(declaring_modules(__name__), key=_by_area), *declaring_modules("catalogue.datasets")]
    for module in modules:
        yield from getattr(module, name, ())


INDICATORS: Register[Indicator] = Register(
    "indicators", {indicator.code: indicator for indicator in _declared("COUNTED")}
)
"""The codes of plan_table.md, in the order of its measures, then those that plans declare, by their keys."""

UNJUDGED: dict[str, Indicator] = {indicator.code: indicator for indicator in _declared("UNJUDGED")}
"""Figures shown beside a measure; no lamp looks at them."""

UNJUDGED_OF_MEASURE: dict[str, tuple[str, ...]] = {
    "1.1.2": ("rating_rate_with_defaults",),
    "2.2.1": ("cross_province_items", "within_province_items", "within_city_items"),
    "2.2.2": ("licence_calls",),
    "6.2.1": ("ticket_redo_rate",),
    "7.1.2": tuple(indicator.code for indicator in help_on_behalf.UNJUDGED),
    "8.1.1": ("regional_assessment_use",),
    "8.4.1": ("approval_overdue_rate",),
    "8.6.1": tuple(f"utility_cases_{field}" for field in engineering_approvals.UTILITIES),
}
"""Measure → what stands beside it. Source: plan_table.md, “is shown”."""


def datasets_of(code: str) -> tuple[str, ...]:
    """Return the datasets an indicator (counted or shown) reads; KeyError for an unknown code."""
    indicator = INDICATORS.get(code) or UNJUDGED[code]
    return tuple(dict.fromkeys(DATASET_OF_PART[part] for part in indicator.parts))


def parts_of(code: str) -> frozenset[str]:
    """Return the parts an indicator counts or looks into: its own, and those of the guide rules that it sums."""
    indicator = INDICATORS[code]
    rules = [rule for rule in GUIDE_RULES if rule.code in indicator.figures]
    looked_into = {part for rule in rules for part in (rule.part, *(check.part for check in rule.checks))}
    return frozenset(looked_into or indicator.parts)


def lead_indicators() -> frozenset[str]:
    """Return the indicators of measures of a lead unit (6.2.1, 8.2.1, 8.3.1, 8.5.1, 8.6.1): they count the whole
    district's records.
    """
    return frozenset(code for code, indicator in INDICATORS.items() if indicator.of_lead_unit)
