"""序时进度: a figure below the share of the time gone is behind; nothing else is, and no lamp is changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lamps import IndicatorResult, Lamp, MeasureCase, MilestoneState
from rules.lamp import judge, result
from rules.pace import behind, time_gone
from rules.working_days import Calendar

START, DEADLINE = date(2023, 1, 1), date(2023, 12, 31)
HALF = date(2023, 7, 2)  # the 183rd of 365 days
DAYS = st.dates(START, DEADLINE)


def case(*results: IndicatorResult, as_of: date = HALF) -> MeasureCase:
    return MeasureCase(as_of, DEADLINE, "12月底前", indicators=results)


def milestone(percent: int | None, as_of: date = HALF) -> MeasureCase:
    return MeasureCase(as_of, DEADLINE, "12月底前", milestone=MilestoneState(percent=percent))


def test_the_time_goes_from_the_first_day_to_the_deadline_both_included() -> None:
    assert time_gone(START, DEADLINE, START) == 1 / 365
    assert time_gone(START, DEADLINE, HALF) == 183 / 365
    assert time_gone(START, DEADLINE, DEADLINE) == 1
    assert time_gone(START, DEADLINE, DEADLINE + timedelta(days=9)) == 1
    assert time_gone(START, DEADLINE, START - timedelta(days=1)) == 0
    assert time_gone(DEADLINE, START, HALF) is None


def test_at_half_time_a_share_of_eighty_per_cent_ought_to_stand_at_forty() -> None:
    below, above = result("zero_visit_share", 40, 100, 0.8), result("zero_visit_share", 41, 100, 0.8)
    [pace] = behind(case(below), Lamp.ON_TRACK, START)
    assert (pace.indicator, pace.value, pace.start) == ("zero_visit_share", 0.4, START)
    assert pace.due == pytest.approx(0.8 * 183 / 365) and pace.gone == 183 / 365
    assert behind(case(above), Lamp.ON_TRACK, START) == ()


def test_a_count_grows_from_nothing_and_a_share_to_increase_has_to_stay_at_its_baseline() -> None:
    count = result("intermediary_selections", 35, None, 70, increases=True)
    assert [pace.due for pace in behind(case(count), Lamp.ON_TRACK, START)] == [pytest.approx(70 * 183 / 365)]
    assert behind(case(replace(count, numerator=36, value=36)), Lamp.ON_TRACK, START) == ()
    share = result("joint_survey_rate", 29, 100, 0.3, increases=True)
    assert [pace.due for pace in behind(case(share), Lamp.ON_TRACK, START)] == [0.3]
    assert behind(case(result("joint_survey_rate", 30, 100, 0.3, increases=True)), Lamp.ON_TRACK, START) == ()


def test_a_milestone_is_held_against_its_reported_percentage() -> None:
    [pace] = behind(milestone(50), Lamp.ON_TRACK, START)
    assert (pace.indicator, pace.value) == (None, 0.5)
    assert behind(milestone(51), Lamp.ON_TRACK, START) == ()


def test_without_figures_nothing_is_behind_for_missing_is_not_zero() -> None:
    nothing = (result("zero_visit_share", None, None, 0.8), result("zero_visit_share", 0, 0, 0.8))
    assert behind(case(*nothing), Lamp.NOT_REPORTED, START) == ()
    assert behind(milestone(None), Lamp.NOT_REPORTED, START) == ()


@pytest.mark.parametrize(
    "lamp", [lamp for lamp in Lamp if lamp not in (Lamp.NOT_REPORTED, Lamp.DUE_SOON, Lamp.ON_TRACK)]
)
def test_what_is_finished_doubtful_or_overdue_is_told_by_its_lamp_alone(lamp: Lamp) -> None:
    assert behind(case(result("zero_visit_share", 0, 100, 0.8)), lamp, START) == ()


def test_without_a_deadline_there_is_no_line() -> None:
    undated = replace(case(result("zero_visit_share", 0, 100, 0.8)), deadline=None)
    assert behind(undated, Lamp.ON_TRACK, START) == ()


@given(st.integers(0, 100), st.integers(1, 100), DAYS, DAYS)
def test_whoever_is_behind_on_a_day_is_behind_on_every_later_day_with_the_same_figure(
    numerator: int, target: int, day: date, later: date
) -> None:
    day, later = sorted((day, later))
    figure = result("zero_visit_share", numerator, 100, target / 100)
    if behind(case(figure, as_of=day), Lamp.ON_TRACK, START):
        assert behind(case(figure, as_of=later), Lamp.ON_TRACK, START)


@given(st.integers(0, 100), st.integers(1, 100), DAYS)
def test_a_figure_that_meets_its_target_is_never_behind_and_one_that_is_behind_never_meets_it(
    numerator: int, target: int, day: date
) -> None:
    figure = result("zero_visit_share", numerator, 100, target / 100)
    paces = behind(case(figure, as_of=day), Lamp.ON_TRACK, START)
    assert not (paces and figure.met)
    assert all(pace.value < pace.due <= target / 100 for pace in paces)


@given(st.integers(0, 100), DAYS)
def test_no_lamp_hangs_on_the_pace(percent: int, day: date) -> None:
    calendar = Calendar.from_rows([(START + timedelta(days=number), True) for number in range(365)])
    assert judge(milestone(percent, day), calendar).lamp is judge(milestone(None, day), calendar).lamp
