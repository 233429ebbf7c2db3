"""Every indicator by its code: those a measure is judged by, and those only shown beside them."""

from catalogue.datasets import DATASETS
from catalogue.indicators import (
    completeness,
    coverage,
    engineering_approvals,
    experience,
    guide_accuracy,
    help_on_behalf,
    hotline,
    maturity,
    reviews,
)
from models.definitions import Indicator

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for area in (
        reviews,
        experience,
        maturity,
        completeness,
        coverage,
        guide_accuracy,
        hotline,
        help_on_behalf,
        engineering_approvals,
    )
    for indicator in area.COUNTED
}
"""The codes of plan_table.md, in the order of its measures."""

SHOWN: dict[str, Indicator] = {
    indicator.code: indicator
    for area in (reviews, maturity, hotline, help_on_behalf, engineering_approvals)
    for indicator in area.SHOWN
}
"""Figures shown beside a measure; no lamp looks at them."""

SHOWN_BESIDE: dict[str, tuple[str, ...]] = {
    "1.1.2": ("rating_rate_with_defaults",),
    "2.2.1": ("cross_province_items", "within_province_items", "within_city_items"),
    "2.2.2": ("licence_calls",),
    "6.2.1": ("ticket_redo_rate",),
    "7.1.2": tuple(one.code for one in help_on_behalf.SHOWN),
    "8.1.1": ("regional_assessment_use",),
    "8.4.1": ("approval_overdue_rate",),
    "8.6.1": tuple(f"utility_cases_{field}" for field in engineering_approvals.UTILITIES),
}
"""Measure → what stands beside it. Source: plan_table.md, “is shown”."""

DATASET_OF_PART: dict[str, str] = {part.code: dataset.code for dataset in DATASETS.values() for part in dataset.parts}


def datasets_of(code: str) -> tuple[str, ...]:
    """The datasets an indicator (counted or shown) reads; KeyError for an unknown code."""
    indicator = INDICATORS.get(code) or SHOWN[code]
    return tuple(dict.fromkeys(DATASET_OF_PART[part] for part in indicator.parts))


LEAD_INDICATORS: frozenset[str] = frozenset(
    {
        "call_answer_rate",
        "ticket_on_time_rate",
        "ticket_solved_rate",
        "ticket_satisfied_rate",
        "intermediary_selections",
        "missing_papers_on_time_rate",
        "joint_survey_rate",
        "utility_cases",
    }
)
"""The indicators of measures of a lead unit (6.2.1, 8.2.1, 8.3.1, 8.5.1, 8.6.1): they count the whole district's
records.
"""
