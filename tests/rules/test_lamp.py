"""The lamp rule of product.md, sentence by sentence; D is 2023-08-30, a Wednesday."""

import pickle
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lamps import Lamp, MeasureCase, MilestoneState, worst
from models.plan import Target
from rules.lamp import Traits, case_lamp, judge, judged, meets, result, roll_up, standings, traits
from rules.working_days import Calendar

D = date(2023, 8, 30)
LATE = D + timedelta(days=1)
EARLY = date(2023, 7, 3)
MET = result("zero_visit_share", 20, 40, 0.5)
UNMET = result("zero_visit_share", 12, 40, 0.5)
NO_FIGURES = result("zero_visit_share", None, None, 0.5)
NOTHING_TO_COUNT = result("zero_visit_share", 0, 0, 0.5)
NO_BASELINE = result("intermediary_selections", 7, None, None, increases=True)
GAP = (("好差评", "2023-06"),)


def indicators(*results, as_of=EARLY, **facts):
    return MeasureCase(as_of, D, "8月30日前", indicators=results, **facts)


def milestone(as_of=EARLY, **state):
    return MeasureCase(as_of, D, "8月30日前", milestone=MilestoneState(**state))


def going_on(case: MeasureCase) -> MeasureCase:
    return replace(case, deadline=None, deadline_text="长期坚持", open_ended=True)


# without a deadline


@pytest.mark.parametrize("as_of", [EARLY, LATE])
@pytest.mark.parametrize(
    ("case", "lamp"),
    [
        (indicators(UNMET), Lamp.ON_TRACK),
        (indicators(NO_FIGURES), Lamp.ON_TRACK),
        (indicators(NO_FIGURES, missing=GAP), Lamp.ON_TRACK),
        (indicators(MET, missing=GAP), Lamp.ON_TRACK),
        (indicators(MET), Lamp.DONE),
        (milestone(latest_month_reported=False), Lamp.ON_TRACK),
        (milestone(reported_done_on=D, first_reported_at=D), Lamp.ON_TRACK),
        (milestone(reported_done_on=D, first_reported_at=D, verified_on=LATE), Lamp.DONE),
    ],
)
def test_what_has_no_deadline_goes_on_or_is_done(official: Calendar, case, lamp: Lamp, as_of: date) -> None:
    assert judge(going_on(replace(case, as_of=as_of)), official).lamp is lamp


def test_what_has_no_deadline_is_in_doubt_or_not_applicable_by_what_has_nothing_to_do_with_time(
    official: Calendar,
) -> None:
    assert judge(going_on(indicators(NO_BASELINE)), official).lamp is Lamp.DOUBT
    assert judge(going_on(indicators(MET, doubt="责任单位存疑：方案未写明责任单位。")), official).lamp is Lamp.DOUBT
    assert judge(going_on(indicators(NOTHING_TO_COUNT)), official).lamp is Lamp.NOT_APPLICABLE
    assert judge(going_on(indicators(UNMET, exemption="不办此类事项")), official).lamp is Lamp.NOT_APPLICABLE


# 1. doubts


@pytest.mark.parametrize("as_of", [EARLY, D, LATE])
def test_an_unsettled_doubt_comes_before_everything_else(official: Calendar, as_of: date) -> None:
    for case in (
        indicators(MET, as_of=as_of),
        indicators(UNMET, as_of=as_of, missing=GAP),
        milestone(as_of, verified_on=EARLY, completed_on=EARLY),
        indicators(as_of=as_of, exemption="无此类业务"),
    ):
        assert judge(replace(case, doubt="责任单位存疑：方案未写明责任单位。"), official).lamp is Lamp.DOUBT


def test_a_target_to_increase_without_its_baseline_is_a_doubt(official: Calendar) -> None:
    assert judge(indicators(NO_BASELINE), official).lamp is Lamp.DOUBT
    assert judge(indicators(MET, NO_BASELINE, as_of=LATE), official).lamp is Lamp.DOUBT
    unreported = result("intermediary_selections", None, None, None, increases=True)
    assert judge(indicators(unreported, missing=GAP), official).lamp is Lamp.DOUBT


def test_without_any_deadline_nothing_can_be_judged(official: Calendar) -> None:
    assert judge(replace(indicators(MET), deadline=None), official).lamp is Lamp.DOUBT


# 2. indicator measures


@pytest.mark.parametrize("result", [MET, UNMET, NO_FIGURES, NOTHING_TO_COUNT])
@pytest.mark.parametrize("as_of", [EARLY, D])
def test_up_to_the_deadline_a_missing_due_report_is_not_reported_whatever_the_figures(
    official: Calendar, result, as_of: date
) -> None:
    assert judge(indicators(result, as_of=as_of, missing=GAP), official).lamp is Lamp.NOT_REPORTED


def test_after_the_deadline_a_missing_report_neither_helps_nor_hurts(official: Calendar) -> None:
    assert judge(indicators(MET, as_of=LATE, missing=GAP), official).lamp is Lamp.DONE
    assert judge(indicators(UNMET, as_of=LATE, missing=GAP), official).lamp is Lamp.OVERDUE


@pytest.mark.parametrize("as_of", [EARLY, D, LATE])
def test_where_what_was_reported_holds_nothing_to_count_the_measure_does_not_apply(
    official: Calendar, as_of: date
) -> None:
    assert judge(indicators(NOTHING_TO_COUNT, as_of=as_of), official).lamp is Lamp.NOT_APPLICABLE


def test_nothing_to_count_is_no_excuse_while_a_due_report_is_missing(official: Calendar) -> None:
    assert judge(indicators(NOTHING_TO_COUNT, missing=GAP), official).lamp is Lamp.NOT_REPORTED
    assert judge(indicators(NOTHING_TO_COUNT, as_of=LATE, missing=GAP), official).lamp is Lamp.OVERDUE


@pytest.mark.parametrize("as_of", [EARLY, D, LATE])
def test_a_target_met_is_done_before_and_after_the_deadline_alike(official: Calendar, as_of: date) -> None:
    assert judge(indicators(MET, as_of=as_of), official).lamp is Lamp.DONE


def test_every_indicator_that_applies_must_meet_its_target(official: Calendar) -> None:
    assert judge(indicators(MET, UNMET, as_of=LATE), official).lamp is Lamp.OVERDUE
    assert judge(indicators(MET, NO_FIGURES, as_of=LATE), official).lamp is Lamp.OVERDUE
    assert judge(indicators(MET, NOTHING_TO_COUNT, as_of=LATE), official).lamp is Lamp.DONE


@pytest.mark.parametrize("results", [(UNMET,), (NO_FIGURES,), ()])
def test_the_deadline_day_is_in_time_and_the_day_after_is_overdue(official: Calendar, results) -> None:
    assert judge(indicators(*results, as_of=D), official).lamp is Lamp.DUE_SOON
    assert judge(indicators(*results, as_of=LATE), official).lamp is Lamp.OVERDUE


def test_missing_figures_are_not_zero_before_the_first_report_is_due(official: Calendar) -> None:
    assert judge(indicators(NO_FIGURES), official).lamp is Lamp.ON_TRACK


def test_a_unit_exempted_from_what_the_measure_counts_is_not_judged(official: Calendar) -> None:
    assert judge(indicators(NO_FIGURES, as_of=LATE, exemption="无此类业务"), official).lamp is Lamp.NOT_APPLICABLE
    assert judge(indicators(NO_FIGURES, as_of=LATE, exemption=""), official).lamp is Lamp.NOT_APPLICABLE


# 3. milestone measures


def test_verified_is_done_if_completed_on_or_before_the_deadline_else_done_late(official: Calendar) -> None:
    assert judge(milestone(LATE, verified_on=LATE, completed_on=D), official).lamp is Lamp.DONE
    assert judge(milestone(LATE, verified_on=LATE, completed_on=LATE), official).lamp is Lamp.DONE_LATE


def test_a_verified_milestone_stays_done_when_later_reports_are_missing(official: Calendar) -> None:
    case = milestone(EARLY, verified_on=EARLY, completed_on=EARLY, latest_month_reported=False)
    assert judge(case, official).lamp is Lamp.DONE


@pytest.mark.parametrize("as_of", [D, LATE])
def test_completed_and_reported_by_the_deadline_waits_for_verification_even_after_it(
    official: Calendar, as_of: date
) -> None:
    assert judge(milestone(as_of, reported_done_on=D, first_reported_at=D), official).lamp is Lamp.TO_VERIFY


def test_a_completion_first_reported_after_the_deadline_is_overdue_until_verified(official: Calendar) -> None:
    reported_late = {"reported_done_on": D, "first_reported_at": LATE}
    assert judge(milestone(LATE, **reported_late), official).lamp is Lamp.OVERDUE
    assert judge(milestone(LATE, **reported_late, verified_on=LATE, completed_on=D), official).lamp is Lamp.DONE


def test_a_completion_after_the_deadline_does_not_wait_for_verification(official: Calendar) -> None:
    assert judge(milestone(LATE, reported_done_on=LATE, first_reported_at=LATE), official).lamp is Lamp.OVERDUE
    assert judge(milestone(EARLY, reported_done_on=LATE, first_reported_at=EARLY), official).lamp is Lamp.ON_TRACK


def test_a_milestone_reported_done_waits_for_verification_though_a_later_report_is_missing(official: Calendar) -> None:
    case = milestone(D, reported_done_on=EARLY, first_reported_at=EARLY, latest_month_reported=False)
    assert judge(case, official).lamp is Lamp.TO_VERIFY


def test_a_returned_milestone_is_open_again(official: Calendar) -> None:
    assert judge(milestone(EARLY, returned_reason="佐证材料不全"), official).lamp is Lamp.ON_TRACK
    assert judge(milestone(LATE, returned_reason="佐证材料不全"), official).lamp is Lamp.OVERDUE


def test_an_open_milestone_is_in_time_on_the_deadline_day_and_overdue_the_day_after(official: Calendar) -> None:
    assert judge(milestone(D, state="推进中"), official).lamp is Lamp.DUE_SOON
    assert judge(milestone(LATE, state="推进中"), official).lamp is Lamp.OVERDUE


def test_up_to_the_deadline_a_missing_progress_report_is_not_reported_and_after_it_overdue(official: Calendar) -> None:
    assert judge(milestone(D, latest_month_reported=False), official).lamp is Lamp.NOT_REPORTED
    assert judge(milestone(LATE, latest_month_reported=False), official).lamp is Lamp.OVERDUE


# 4. nearness of the deadline


def test_ten_working_days_before_the_deadline_it_is_due_soon_and_eleven_before_it_is_not(official: Calendar) -> None:
    assert judge(indicators(UNMET, as_of=date(2023, 8, 16)), official).lamp is Lamp.DUE_SOON
    assert judge(indicators(UNMET, as_of=date(2023, 8, 15)), official).lamp is Lamp.ON_TRACK
    assert judge(milestone(date(2023, 8, 16)), official).lamp is Lamp.DUE_SOON
    assert judge(milestone(date(2023, 8, 15)), official).lamp is Lamp.ON_TRACK


def test_the_warning_window_is_a_setting(official: Calendar) -> None:
    assert judge(indicators(UNMET, as_of=date(2023, 8, 23), warning_days=5), official).lamp is Lamp.DUE_SOON
    assert judge(indicators(UNMET, as_of=date(2023, 8, 22), warning_days=5), official).lamp is Lamp.ON_TRACK


def test_the_window_counts_working_days_over_a_holiday(official: Calendar) -> None:
    before_the_holiday = replace(indicators(UNMET, as_of=date(2023, 9, 28), warning_days=2), deadline=date(2023, 10, 8))
    assert judge(before_the_holiday, official).lamp is Lamp.DUE_SOON
    assert judge(replace(before_the_holiday, warning_days=1), official).lamp is Lamp.ON_TRACK


def test_days_of_a_year_not_entered_are_counted_by_the_week_and_it_is_told(
    official: Calendar,
) -> None:
    far, soon = date(2025, 6, 30), replace(indicators(UNMET, as_of=date(2024, 12, 27)), deadline=date(2025, 1, 3))
    assert judge(replace(indicators(MET), deadline=far), official).lamp is Lamp.DONE
    assert judge(replace(indicators(UNMET), deadline=far), official).lamp is Lamp.ON_TRACK
    judgement = judge(soon, official)
    assert judgement.lamp is Lamp.DUE_SOON
    assert "未录入2025年工作日历，该年按周一至周五计" in str(judgement.because)


# figures against targets


def test_a_target_is_met_when_it_is_reached_exactly() -> None:
    assert meets(2, 3, 2 / 3)
    assert meets(97, 100, 0.97)
    assert meets(0.1 + 0.1 + 0.1, 1, 0.3)
    assert meets(28 / 30 + 20 / 30 + 12 / 30, 3, 2 / 3)
    assert not meets(9_699_999, 10_000_000, 0.97)
    assert not meets(1_999_999, 3_000_000, 2 / 3)


def test_to_increase_is_to_exceed_the_baseline_not_to_equal_it() -> None:
    assert not meets(12, None, 12, increases=True)
    assert meets(13, None, 12, increases=True)
    assert not meets(2, 3, 2 / 3, increases=True)
    assert meets(1, None, 0, increases=True)
    assert not meets(0, None, 0, increases=True)


def test_no_figures_leave_everything_open_and_apply() -> None:
    assert (NO_FIGURES.numerator, NO_FIGURES.denominator, NO_FIGURES.value, NO_FIGURES.met) == (None, None, None, None)
    assert NO_FIGURES.applies


def test_nothing_to_count_is_zero_of_zero_and_neither_met_nor_missed() -> None:
    result = NOTHING_TO_COUNT
    assert (result.numerator, result.denominator, result.value, result.met) == (0, 0, None, None)
    assert not result.applies


def test_a_count_of_zero_applies() -> None:
    none_selected = result("intermediary_selections", 0, None, 5, increases=True)
    assert none_selected.applies
    assert (none_selected.value, none_selected.met) == (0, False)


# cases


def case_on(as_of: date, official: Calendar, closed: date | None = None, warn_days: int = 1) -> Lamp:
    return case_lamp(D, closed, as_of, official, warn_days)


def test_an_open_case_is_in_time_on_its_due_date_and_overdue_the_day_after(official: Calendar) -> None:
    assert case_on(D, official) is Lamp.DUE_SOON
    assert case_on(LATE, official) is Lamp.OVERDUE


def test_an_open_case_is_due_soon_one_working_day_before(official: Calendar) -> None:
    assert case_on(D - timedelta(days=1), official) is Lamp.DUE_SOON
    assert case_on(D - timedelta(days=2), official) is Lamp.ON_TRACK
    assert case_on(D - timedelta(days=2), official, warn_days=2) is Lamp.DUE_SOON
    assert case_lamp(date(2023, 8, 21), None, date(2023, 8, 18), official) is Lamp.DUE_SOON  # Friday to Monday


def test_a_closed_case_is_done_or_done_late(official: Calendar) -> None:
    assert case_on(LATE, official, closed=D) is Lamp.DONE
    assert case_on(LATE, official, closed=LATE) is Lamp.DONE_LATE


def test_a_case_closed_after_the_as_of_date_was_still_open_on_it(official: Calendar) -> None:
    assert case_on(D, official, closed=LATE) is Lamp.DUE_SOON
    assert case_on(LATE, official, closed=LATE + timedelta(days=1)) is Lamp.OVERDUE


def test_a_case_without_a_due_date_is_never_late(official: Calendar) -> None:
    assert case_lamp(None, None, LATE, official) is Lamp.ON_TRACK
    assert case_lamp(None, D, LATE, official) is Lamp.DONE


# roll-up


def test_the_roll_up_shows_the_worst_lamp_and_every_count() -> None:
    rolled = roll_up([Lamp.DONE, Lamp.DUE_SOON, Lamp.DONE, Lamp.NOT_APPLICABLE])
    assert rolled.worst is Lamp.DUE_SOON
    assert rolled.counted == 3
    assert {lamp: number for lamp, number in rolled.counts.items() if number} == {Lamp.DUE_SOON: 1, Lamp.DONE: 2}


def test_the_order_of_the_roll_up_is_that_of_the_rule() -> None:
    assert list(roll_up([]).counts) == [
        Lamp.OVERDUE,
        Lamp.NOT_REPORTED,
        Lamp.DOUBT,
        Lamp.TO_VERIFY,
        Lamp.DUE_SOON,
        Lamp.ON_TRACK,
        Lamp.DONE_LATE,
        Lamp.DONE,
    ]


def test_only_where_nothing_applies_does_the_roll_up_not_apply() -> None:
    assert roll_up([Lamp.NOT_APPLICABLE]).worst is Lamp.NOT_APPLICABLE
    assert roll_up([]).worst is Lamp.NOT_APPLICABLE


@given(lamps=st.lists(st.sampled_from(Lamp)))
def test_the_roll_up_agrees_with_the_worst_and_counts_all_that_apply(lamps: list[Lamp]) -> None:
    rolled = roll_up(lamps)
    assert rolled.worst is worst(lamps)
    assert rolled.counted == sum(lamp is not Lamp.NOT_APPLICABLE for lamp in lamps)


# any case whatever

DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
RESULTS = st.builds(
    lambda numerator, more, target, increases: result(
        "x", numerator, None if numerator is None else numerator + more, target, increases
    ),
    st.none() | st.integers(0, 50),
    st.integers(0, 50),
    st.sampled_from([0.5, 2 / 3, 0.97, 1.0]),
    st.booleans(),
)
STATES = st.builds(
    MilestoneState,
    reported_done_on=st.none() | DAYS,
    first_reported_at=st.none() | DAYS,
    verified_on=st.none() | DAYS,
    completed_on=st.none() | DAYS,
    latest_month_reported=st.booleans(),
)
INDICATOR_CASES = st.builds(
    MeasureCase,
    as_of=DAYS,
    deadline=DAYS,
    deadline_text=st.just("8月30日前"),
    indicators=st.lists(RESULTS, max_size=4).map(tuple),
    missing=st.sampled_from([(), GAP]),
)
MILESTONE_CASES = st.builds(
    MeasureCase, as_of=DAYS, deadline=DAYS, deadline_text=st.just("8月30日前"), milestone=STATES
)
CASES = INDICATOR_CASES | MILESTONE_CASES
SETTLED_AFTERWARDS = {Lamp.OVERDUE, Lamp.DONE, Lamp.DONE_LATE, Lamp.TO_VERIFY, Lamp.NOT_APPLICABLE}


@given(case=CASES)
def test_nothing_is_overdue_up_to_its_deadline_and_nothing_is_left_open_after_it(
    official: Calendar, case: MeasureCase
) -> None:
    lamp = judge(case, official).lamp
    assert case.deadline is not None
    if case.as_of <= case.deadline:
        assert lamp is not Lamp.OVERDUE
    else:
        assert lamp in SETTLED_AFTERWARDS


@given(case=INDICATOR_CASES)
def test_an_indicator_measure_is_never_done_late_nor_waits_for_verification(
    official: Calendar, case: MeasureCase
) -> None:
    assert judge(case, official).lamp not in {Lamp.DONE_LATE, Lamp.TO_VERIFY}


@given(case=INDICATOR_CASES)
def test_one_more_indicator_that_meets_its_target_never_makes_it_worse(official: Calendar, case: MeasureCase) -> None:
    before = judge(case, official).lamp
    after = judge(replace(case, indicators=(*case.indicators, MET)), official).lamp
    if before is Lamp.NOT_APPLICABLE or not case.indicators:
        assert after in {Lamp.DONE, Lamp.NOT_REPORTED}
    else:
        assert after is before


@given(case=INDICATOR_CASES)
def test_a_report_that_comes_in_never_makes_it_worse(official: Calendar, case: MeasureCase) -> None:
    with_gap, without = replace(case, missing=GAP), replace(case, missing=())
    assert list(Lamp).index(judge(with_gap, official).lamp) <= list(Lamp).index(judge(without, official).lamp)


@given(case=MILESTONE_CASES)
def test_a_verified_milestone_is_done_or_done_late_on_every_day(official: Calendar, case: MeasureCase) -> None:
    is_done = judge(case, official).lamp in {Lamp.DONE, Lamp.DONE_LATE}
    assert case.milestone is not None
    assert is_done == (case.milestone.verified_on is not None)


@given(case=CASES)
def test_the_same_facts_give_the_same_judgement_and_survive_a_cache(official: Calendar, case: MeasureCase) -> None:
    judgement = judge(case, official)
    assert judge(replace(case), official) == judgement
    assert pickle.loads(pickle.dumps(judgement)).reason == judgement.reason


@given(case=CASES)
def test_every_reason_is_one_finished_sentence(official: Calendar, case: MeasureCase) -> None:
    reason = judge(case, official).reason
    assert reason.endswith("。")
    assert reason.count("。") == 1
    assert "None" not in reason


# the traits by which a board judges many units at once

TARGETS = st.builds(
    Target,
    indicator=st.just("x"),
    value=st.none() | st.sampled_from([0.0, 0.5, 2 / 3, 0.97, 12.0]),
    increases=st.booleans(),
    at_most=st.booleans(),
    change_by=st.none() | st.sampled_from([0.0, 0.1]),
)
FIGURES = st.tuples(st.none() | st.integers(0, 3).map(float), st.none() | st.integers(0, 3).map(float))


@given(target=TARGETS, figures=st.lists(FIGURES))
def test_a_column_of_figures_stands_as_each_does_by_itself(
    target: Target, figures: list[tuple[float | None, float | None]]
) -> None:
    results = [judged(target, numerator, denominator) for numerator, denominator in figures]
    assert standings(target, figures) == [bool(each.met) if each.applies else None for each in results]


@given(
    as_of=DAYS,
    deadline=st.none() | DAYS,
    doubt=st.none() | st.just("责任单位存疑。"),
    open_ended=st.booleans(),
    targets=st.lists(TARGETS, max_size=2),
    is_milestone=st.booleans(),
    data=st.data(),
)
def test_units_of_the_same_traits_have_the_same_lamp(
    official: Calendar,
    as_of: date,
    deadline: date | None,
    doubt: str | None,
    open_ended: bool,
    targets: list[Target],
    is_milestone: bool,
    data: st.DataObject,
) -> None:
    measure = MeasureCase(as_of, deadline, "", doubt, open_ended=open_ended)
    lamp_of: dict[Traits, Lamp] = {}
    for _ in range(12):
        case = replace(
            measure,
            missing=data.draw(st.sampled_from([(), GAP, GAP * 2])),
            exemption=data.draw(st.sampled_from([None, "", "无此类业务"])),
            milestone=data.draw(STATES) if is_milestone else None,
            indicators=tuple(judged(target, *data.draw(FIGURES)) for target in targets if not is_milestone),
        )
        lamp = judge(case, official).lamp
        assert lamp_of.setdefault(traits(case), lamp) is lamp
