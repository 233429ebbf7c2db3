"""A plan that is tried says what the board says once it is in force, and leaves nothing behind."""

from collections import Counter
from datetime import date

import pytest
from openpyxl import Workbook

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from data_access.database import data_version, writing
from models.lamps import Lamp
from rules.as_of import parse_instant
from services.access.chosen_plan import asking_of
from services.access.refusal import RefusedRequest
from services.board.scorecard import assess
from services.plan.in_force import put_in_force
from services.plan.preview import preview_plan
from services.plan_comparison import trial as module
from services.plan_comparison.trial import PlanTrial, try_plan
from services.reporting.reports import reports_owed
from tests.services.conftest import Report
from tests.services.plan.test_declared import CASES, DAY, SHEETS, UNIT
from tests.services.plan.test_declared_dataset import LEDGER, OTHER
from tests.services.plan.test_declared_dataset import SHEETS as LEDGER_SHEETS
from tests.services.plan.test_plan_again import shipped_with, shipped_without
from tests.services.plan.test_preview import workbook
from tests.services.plan.test_several_plans import plan_of

Lamps = dict[tuple[str, str | None], Lamp]
DAY_2023 = date(2023, 11, 20)


def lamps_of(plan: str, day: date) -> Lamps:
    with asking_of(plan):
        return {(lamp.measure, lamp.unit): lamp.lamp for lamp in assess(day).lamps}


def tried_and_put_in_force(content: bytes, day: date, *, is_new: bool) -> PlanTrial:
    """Hold the trial against the board before and after, and return it."""
    preview = preview_plan(content, "方案.xlsx")
    plan = preview.declarations.facts.code
    before: Lamps = {} if is_new else lamps_of(plan, day)
    trial = try_plan(preview, day)
    assert trial is not None
    put_in_force(preview, content, "方案.xlsx", "调整", in_force=parse_instant(day.isoformat()))
    after = lamps_of(plan, day)
    assert (trial.before, trial.after) == (Counter(before.values()), Counter(after.values()))
    turned = {(turn.measure, unit): (turn.before, turn.after) for turn in trial.turns for unit in turn.units}
    all_lamps = {key: (before.get(key), after.get(key)) for key in before | after}
    assert turned == {key: lamps for key, lamps in all_lamps.items() if lamps[0] is not lamps[1]}
    return trial


@pytest.fixture
def reported(report: Report) -> None:
    """In two years, before any plan of 2024 came."""
    report("monthly_cases", UNIT, "2023-12", [CASES], "2024-01-03")
    report("monthly_cases", UNIT, "2024-01", [CASES, CASES | {"实施编码": "A2", "办件量": 3}], "2024-02-03")


@pytest.mark.long
def test_a_new_plan_with_indicators_of_its_own_is_tried_on_what_was_reported(reported: None) -> None:
    trial = tried_and_put_in_force(workbook(SHEETS), DAY, is_new=True)
    assert trial.after == {Lamp.ON_TRACK: 1, Lamp.DOUBT: 1} and trial.uncounted == ()
    assert [(demand.unit, demand.measures_before, demand.measures_after) for demand in trial.demands] == [(UNIT, 0, 2)]


@pytest.mark.long
def test_the_plan_of_another_year_counts_from_its_own_january(reported: None) -> None:
    tried_and_put_in_force(plan_of(2024), DAY, is_new=True)


@pytest.mark.long
def test_a_ledger_declared_with_it_is_owed_by_the_units_of_its_measures(report: Report) -> None:
    trial = tried_and_put_in_force(workbook(LEDGER_SHEETS), DAY, is_new=True)
    assert {demand.unit: demand.newly_owed for demand in trial.demands} == {UNIT: (LEDGER,), OTHER: (LEDGER,)}
    with asking_of("2024-YS"):
        assert {line.unit for line in reports_owed(DAY) if DATASETS[line.dataset].title == LEDGER} == {UNIT, OTHER}


CHANGES = [
    shipped_without("1.2"),
    shipped_with("任务", "4.2", 完成时限="12月底"),
    shipped_with("任务", "4.2", 责任单位="区住建局"),
    shipped_with("举措", "4.2.1", 目标值="10%"),
]


@pytest.mark.long
@pytest.mark.parametrize("content", CHANGES, ids=["task ended", "deadline", "units", "target"])
def test_a_plan_in_use_is_tried_as_it_would_change(report: Report, content: bytes) -> None:
    report("monthly_cases", UNIT, "2023-07", [CASES], "2023-08-03")
    trial = tried_and_put_in_force(content, DAY_2023, is_new=False)
    assert trial.turns


@pytest.mark.long
def test_who_would_no_longer_be_asked_is_told(report: Report) -> None:
    report("monthly_cases", UNIT, "2023-07", [CASES], "2023-08-03")

    def leave_one_task(book: Workbook) -> None:
        for name, code in (("任务", "4.2"), ("举措", "4.2.1")):
            sheet = book[name]
            for row in range(sheet.max_row, 1, -1):
                if str(sheet.cell(row, 1).value) != code:
                    sheet.delete_rows(row)

    trial = try_plan(preview_plan(plan_of(2023, leave_one_task), "方案.xlsx"), DAY_2023)
    assert trial is not None
    gone = {demand.unit: demand.no_longer_owed for demand in trial.demands}
    assert DATASETS["guides"].title in gone[UNIT] and DATASETS["monthly_cases"].title not in gone[UNIT]


@pytest.mark.long
def test_a_trial_waits_for_nobody_and_leaves_nothing(reported: None) -> None:
    version, indicators = data_version(), set(INDICATORS)
    preview = preview_plan(workbook(SHEETS), "方案.xlsx")
    with writing():
        try_plan(preview, DAY)
    assert (data_version(), set(INDICATORS)) == (version + 1, indicators)
    assert preview_plan(workbook(SHEETS), "方案.xlsx") == preview


@pytest.mark.long
def test_what_cannot_be_put_in_force_is_told_by_the_trial_too(reported: None) -> None:
    put = preview_plan(workbook(SHEETS), "方案.xlsx")
    put_in_force(put, workbook(SHEETS), "方案.xlsx", "新方案", in_force=parse_instant("2024-01-10"))
    facts = [SHEETS["方案"][0] | {"止": "2024-12-31"}]
    with pytest.raises(RefusedRequest, match="年度和起止日期不能更改"):
        try_plan(preview_plan(workbook(SHEETS | {"方案": facts}), "方案.xlsx"), DAY)
    assert "pushed_share" in INDICATORS


@pytest.mark.long
def test_of_more_rows_than_a_trial_reads_nothing_is_counted_and_that_is_told(
    reported: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_COUNTED", 3)
    trial = try_plan(preview_plan(workbook(SHEETS), "方案.xlsx"), DAY)
    assert trial is not None and trial.uncounted == ("推送占比", "忙碌事项", "平均办结")
