"""Figures beside a measure that no lamp looks at."""

from datetime import date

import pytest

from services.board.unjudged_figures import unjudged_figures
from tests.services.conftest import Report

DAY = date(2023, 7, 3)
CASE = {"实施编码": "A1", "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9, "电子证照调用量": 4}


def figures(measure: str, unit: str | None = None) -> list[tuple[float | None, float | None]]:
    return [(figure.numerator, figure.denominator) for figure in unjudged_figures(DAY, unit)[measure]]


@pytest.mark.long
def test_of_all_units_the_known_figures_add_up(report: Report) -> None:
    for unit in ("区人社局", "区住建局"):
        report("monthly_cases", unit, "2023-06", [{**CASE, "责任单位": unit}], "2023-07-02")
    assert (figures("2.2.2"), figures("2.2.2", "区人社局")) == ([(8, None)], [(4, None)])


def test_without_a_report_there_is_no_figure_and_never_zero(district: None) -> None:
    assert figures("1.1.2") == [(None, None)]


def test_a_unit_has_only_what_stands_beside_its_own_measures(district: None) -> None:
    results = unjudged_figures(DAY, "东关街道")
    assert "1.1.2" in results and "2.2.2" not in results and "8.4.1" not in results


def test_the_default_ratings_are_in_the_rate_that_is_only_shown(sample_database: str) -> None:
    figure = unjudged_figures(date(2023, 8, 22))["1.1.2"][0]
    assert figure.value is not None and 0 < figure.value <= 1 and figure.met is None
