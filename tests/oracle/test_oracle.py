"""The program and a second reading of the specification give the same lamps and figures on random histories.

ORACLE_SEEDS=200 tries more of them.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from catalogue.datasets import DATASETS
from models.lamps import Scorecard
from services.board.scorecard import assess
from services.operations.set_up import set_up
from tests.conftest import of_its_own
from tests.engines import Engine
from tests.examples import sweep
from tests.oracle.district import UNITS, plan_rows
from tests.oracle.reading import Day
from tests.oracle.scenarios import Scenario, days_to_compare
from tests.services.conftest import workbook

FIGURES = ("numerator", "denominator", "value", "target")
TOGETHER = [
    ("progress", "monthly_cases"),
    ("guides", "catalogue_claims", "assessment_problems"),
    ("reviews", "bad_reviews"),
    ("hotline_tickets", "hotline_calls", "help_cases"),
    ("approvals", "engineering_monthly"),
]
MORE = int(os.environ.get("ORACLE_SEEDS", "20"))


@pytest.fixture(scope="session")
def small_template(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("oracle")
    (folder / "units.xlsx").write_bytes(workbook("units", UNITS))
    (folder / "plan.xlsx").write_bytes(workbook("plan", plan_rows()))
    return databases.template(folder, lambda: set_up(plan=folder / "plan.xlsx", units_file=folder / "units.xlsx"))


@pytest.fixture
def small_district(
    databases: Engine, small_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    yield from of_its_own(databases, databases.copy(small_template, tmp_path), monkeypatch)


def seen(card: Scorecard) -> dict[tuple[str, str | None], dict[str, Any]]:
    return {
        (lamp.measure, lamp.unit): {
            "task": lamp.task,
            "lamp": lamp.lamp.value,
            "deadline": lamp.deadline,
            "indicators": [
                {"code": i.code, "met": i.met, **{name: _rounded(getattr(i, name)) for name in FIGURES}}
                for i in lamp.indicators
            ],
        }
        for lamp in card.lamps
    }


def expected(lamps: list[dict[str, Any]]) -> dict[tuple[str, str | None], dict[str, Any]]:
    return {
        (lamp["measure"], lamp["unit"]): {
            "task": lamp["task"],
            "lamp": lamp["lamp"],
            "deadline": lamp["deadline"],
            "indicators": [
                {"code": i["code"], "met": i["met"], **{name: _rounded(i[name]) for name in FIGURES}}
                for i in lamp["indicators"]
            ],
        }
        for lamp in lamps
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 9)


def disagreements(scenario: Scenario, days: list[date]) -> list[str]:
    disagreements = []
    for day in days:
        ours, theirs = seen(assess(day)), expected(Day(scenario.world, day).lamps())
        assert ours.keys() == theirs.keys()
        disagreements += [f"{day} {key}: {ours[key]} but {theirs[key]}" for key in ours if ours[key] != theirs[key]]
    return disagreements


@pytest.mark.long
@pytest.mark.parametrize("datasets", sweep(((together,) for together in TOGETHER), 2), ids=" ".join)
def test_random_histories_give_the_same_lamps_and_figures(small_district: None, datasets: tuple[str, ...]) -> None:
    scenario = Scenario(7)
    scenario.run(datasets, share=0.45)
    assert disagreements(scenario, days_to_compare(Random(7), 6)) == []


@pytest.mark.long
def test_histories_reported_in_real_workbooks_give_the_same_lamps_and_figures(small_district: None) -> None:
    scenario = Scenario(1001, files=True)
    scenario.run(tuple(DATASETS), share=0.12)
    assert disagreements(scenario, days_to_compare(Random(1001), 6)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MORE))
def test_many_more_histories_give_the_same_lamps_and_figures(small_district: None, seed: int) -> None:
    scenario = Scenario(seed)
    scenario.run()
    assert disagreements(scenario, days_to_compare(Random(seed), 10)) == []
