"""Questions for a meeting are asked where something is wrong, and only there."""

from datetime import date
from types import SimpleNamespace

import pytest

from models.lamps import IndicatorResult
from models.rectifications import Act, DatedAct
from rules.lamp import result
from rules.notices.questions import (
    figure_fell,
    not_reported_twice,
    overdue_without_progress,
    returned_twice,
    tiny_perfect,
)
from rules.rectifications.course import course_of


def share(numerator: float | None, denominator: float | None) -> IndicatorResult:
    return result("rate", numerator, denominator, 0.9)


def test_an_overdue_milestone_is_asked_about_while_nothing_is_said_of_it() -> None:
    assert overdue_without_progress("1.2.2", "建机制", " ") is not None
    assert overdue_without_progress("1.2.2", "建机制", "已印发") is None


@pytest.mark.parametrize(
    ("now", "before", "is_asked"),
    [
        (share(8, 10), share(9, 10), True),
        (share(9, 10), share(9, 10), False),
        (share(8, 10), None, False),
        (share(None, None), share(9, 10), False),
        (share(0, 0), share(9, 10), False),
    ],
)
def test_a_figure_that_fell_is_asked_about(
    now: IndicatorResult, before: IndicatorResult | None, is_asked: bool
) -> None:
    assert (figure_fell("1.1.2", "主动评价率", now, before, is_share=True) is not None) is is_asked


def test_of_what_is_to_stay_low_a_figure_that_rose_is_asked_about_and_none_that_fell() -> None:
    high, low = (result("complaints", number, 50, 0.05, at_most=True) for number in (4, 2))
    question = figure_fell("1.2.1", "投诉占比", high, low, is_share=True)
    assert question is not None
    assert question.text == "投诉占比由 4.0%（2/50） 升至 8.0%（4/50）：原因是什么？"
    assert figure_fell("1.2.1", "投诉占比", low, high, is_share=True) is None


def test_days_are_never_told_as_per_cent() -> None:
    longer, shorter = (result("mean_days", number, 2, 5, at_most=True) for number in (7, 4))
    question = figure_fell("1.2.2", "平均用时", longer, shorter, is_share=False)
    assert question is not None and question.text == "平均用时由 2（4/2） 升至 3.50（7/2）：原因是什么？"


@pytest.mark.parametrize(("now", "is_asked"), [(share(9, 9), True), (share(8, 9), False), (share(10, 10), False)])
def test_all_of_fewer_than_ten_is_asked_about(now: IndicatorResult, is_asked: bool) -> None:
    assert (tiny_perfect("1.1.2", "主动评价率", now, is_share=True) is not None) is is_asked


def test_a_hundred_per_cent_of_what_is_to_stay_low_or_one_day_of_one_case_is_not_perfect() -> None:
    assert tiny_perfect("1.2.1", "投诉占比", result("complaints", 3, 3, 0.05, at_most=True), is_share=True) is None
    assert tiny_perfect("1.2.2", "平均用时", result("mean_days", 3, 3, 5), is_share=False) is None


def test_two_months_running_without_a_report_are_asked_about() -> None:
    due = ("2023-05", "2023-06", "2023-07")
    assert not_reported_twice("reviews", "好差评明细", due, ["2023-06", "2023-07"]) is not None
    assert not_reported_twice("reviews", "好差评明细", due, ["2023-05", "2023-07"]) is None
    assert not_reported_twice("reviews", "好差评明细", due[:1], ["2023-05"]) is None


def test_a_rectification_returned_twice_is_asked_about_until_it_is_over() -> None:
    day = date(2023, 8, 1)
    acts = [DatedAct(act, day) for act in (Act.ANSWER, Act.RETURN, Act.ANSWER, Act.RETURN, Act.ANSWER)]

    def item(*more: DatedAct) -> SimpleNamespace:
        return SimpleNamespace(number="2023-1", issue="无人接听", course=course_of(day, day, [*acts, *more]))

    assert returned_twice(item()) is not None  # type: ignore[arg-type]
    assert returned_twice(item(DatedAct(Act.ACCEPT, day))) is None  # type: ignore[arg-type]
