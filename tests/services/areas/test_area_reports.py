"""Who owes an area which reports: unit × dataset for the sake of a measure of that area, and nothing else."""

from datetime import date

import pytest

from catalogue.areas import AREAS
from catalogue.datasets import datasets_of_area
from services.areas.reports import area_reports
from services.board.district import District, district_as_of
from services.board.scorecard import counted_datasets
from tests.services.conftest import Report

DAY = date(2023, 8, 22)
GUIDE = {"事项名称": "事项", "事项类型": "行政许可", "责任单位": "区人社局", "实施编码": "A"}


def counted_by(district: District, area: str) -> set[tuple[str, str]]:
    """Every unit × dataset, straight from the plan."""
    return {
        (district.plan.units[unit].name, dataset)
        for task in district.plan.tasks
        if task.area == area
        for measure in task.measures
        for dataset in counted_datasets(measure)
        for unit in task.units
    }


@pytest.mark.parametrize("area", ["engineering_approvals", "completeness", "reviews", "hotline"])
def test_what_an_area_misses_is_owed_for_one_of_its_own_measures(sample_database: str, area: str) -> None:
    district = district_as_of(DAY)
    owed = counted_by(district, area)
    of_area = {(gap.unit, gap.dataset) for gap in area_reports(district, area).missing}
    assert of_area == {(gap.unit, gap.dataset) for gap in district.missing} & owed


def test_every_dataset_that_an_area_counts_has_a_column_there(sample_database: str) -> None:
    district = district_as_of(DAY)
    for code, area in AREAS.items():
        assert {dataset for _, dataset in counted_by(district, code)} <= set(datasets_of_area(area.code))


def test_towns_that_no_task_of_completeness_binds_miss_nothing_there(sample_database: str) -> None:
    district = district_as_of(DAY)
    towns = {unit.name for unit in district.plan.units.values() if unit.kind == "镇街"}
    assert {gap.unit for gap in district.missing} & towns
    assert not {gap.unit for gap in area_reports(district, "completeness").missing} & towns


def test_of_one_unit_only_its_own(sample_database: str) -> None:
    district = district_as_of(DAY)
    missing = area_reports(district, "completeness").missing
    unit = missing[0].unit
    assert area_reports(district, "completeness", unit).missing == tuple(gap for gap in missing if gap.unit == unit)


def test_nothing_has_been_due_on_the_due_day_itself_and_something_on_the_day_after(report: Report) -> None:
    before, after = (
        area_reports(district_as_of(date.fromisoformat(day)), "hotline") for day in ("2023-02-06", "2023-02-07")
    )
    assert (before.due, before.heard, before.missing) == (False, False, ())
    assert after.due and after.missing


@pytest.mark.long
def test_a_report_that_came_is_heard_of_in_the_areas_that_count_it(report: Report) -> None:
    report("guides", "区人社局", "2023-01", {"事项": [GUIDE], "材料": [], "流程": []}, "2023-01-10")
    district = district_as_of(date(2023, 1, 12))
    assert area_reports(district, "completeness").heard and not area_reports(district, "hotline").heard
