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
    for area in (reviews, experience, maturity, completeness, coverage, guide_accuracy, hotline, help_on_behalf,
                 engineering_approvals)
    for indicator in area.COUNTED
}
"""The codes of plan_table.md, in the order of its measures."""

SHOWN: dict[str, Indicator] = {
    indicator.code: indicator
    for area in (reviews, maturity, hotline, help_on_behalf, engineering_approvals)
    for indicator in area.SHOWN
}
"""Figures shown beside a measure; no lamp looks at them."""

DATASET_OF_PART: dict[str, str] = {part.code: dataset.code for dataset in DATASETS.values() for part in dataset.parts}


def datasets_of(code: str) -> tuple[str, ...]:
    """The datasets an indicator (counted or shown) reads; KeyError for an unknown code."""
    indicator = INDICATORS.get(code) or SHOWN[code]
    return tuple(dict.fromkeys(DATASET_OF_PART[part] for part in indicator.parts))
