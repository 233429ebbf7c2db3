"""States, due days, lamps and days of a rectification, by example and over random courses."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lamps import Lamp
from models.rectifications import Act, Course, DatedAct, RectificationState
from rules.rectifications.course import age_of, course_of, days_of, days_to, lamp_of
from rules.rectifications.refusals import (
    answer_refusal,
    application_refusal,
    extension_refusal,
    opening_refusal,
    reopening_refusal,
    return_refusal,
    state_refusal,
    withdrawal_refusal,
)
from rules.working_days import Calendar

OPENED, DUE = date(2023, 9, 26), date(2023, 10, 16)


def course(*acts: DatedAct) -> Course:
    return course_of(OPENED, DUE, acts)


def answer(day: date) -> DatedAct:
    return DatedAct(Act.ANSWER, day)


def test_the_example_of_the_contract_has_two_working_days_left(official: Calendar) -> None:
    as_of = date(2023, 10, 12)
    assert days_of(course(), as_of, official) == 2
    assert lamp_of(course(), as_of, official) is Lamp.ON_TRACK


@pytest.mark.parametrize(
    ("as_of", "lamp"),
    [
        (date(2023, 10, 12), Lamp.ON_TRACK),
        (date(2023, 10, 13), Lamp.DUE_SOON),  # a Friday: Monday is the due day
        (date(2023, 10, 16), Lamp.DUE_SOON),  # on time until the end of the day
        (date(2023, 10, 17), Lamp.OVERDUE),
    ],
)
def test_an_open_one_turns_amber_a_working_day_before_and_red_the_day_after(
    official: Calendar, as_of: date, lamp: Lamp
) -> None:
    assert lamp_of(course(), as_of, official) is lamp


def test_an_answer_in_time_waits_for_review_however_long_the_review_takes(official: Calendar) -> None:
    answered = course(answer(DUE))
    assert lamp_of(answered, DUE + timedelta(days=60), official) is Lamp.TO_VERIFY


def test_an_answer_after_the_due_day_leaves_it_overdue(official: Calendar) -> None:
    answered = course(answer(DUE + timedelta(days=1)))
    assert answered.state is RectificationState.ANSWERED
    assert lamp_of(answered, DUE + timedelta(days=1), official) is Lamp.OVERDUE


def test_what_counts_at_the_close_is_the_day_of_the_answer_not_of_the_review(official: Calendar) -> None:
    closed = course(answer(DUE), DatedAct(Act.ACCEPT, DUE + timedelta(days=30)))
    assert lamp_of(closed, date(2023, 12, 1), official) is Lamp.DONE
    late = course(answer(DUE + timedelta(days=1)), DatedAct(Act.ACCEPT, DUE + timedelta(days=1)))
    assert lamp_of(late, date(2023, 12, 1), official) is Lamp.DONE_LATE


def test_a_supplement_does_not_move_the_day_of_the_answer() -> None:
    assert course(answer(DUE), answer(DUE + timedelta(days=3))).answered_on == DUE


def test_after_a_return_the_next_answer_counts_and_the_due_day_stays_unless_one_is_given(official: Calendar) -> None:
    returned = course(answer(date(2023, 10, 9)), DatedAct(Act.RETURN, date(2023, 10, 10)))
    assert (returned.state, returned.answered_on, returned.due, returned.returns) == (
        RectificationState.OPEN,
        None,
        DUE,
        1,
    )
    again = course(
        answer(date(2023, 10, 9)),
        DatedAct(Act.RETURN, date(2023, 10, 10), date(2023, 10, 20)),
        answer(date(2023, 10, 20)),
    )
    assert (again.due, again.due_first, again.due_days_given) == (date(2023, 10, 20), DUE, 1)
    assert lamp_of(again, date(2023, 10, 25), official) is Lamp.TO_VERIFY


def test_an_extension_holds_from_its_grant(official: Calendar) -> None:
    granted = date(2023, 10, 19)
    day_before = course()
    assert lamp_of(day_before, granted - timedelta(days=1), official) is Lamp.OVERDUE
    extended = course(DatedAct(Act.EXTEND, granted, date(2023, 10, 31)))
    assert lamp_of(extended, granted, official) is Lamp.ON_TRACK
    assert (extended.extensions, extended.due, extended.due_first) == (1, date(2023, 10, 31), DUE)


def test_a_reopened_one_is_open_with_a_day_of_its_own_and_its_old_answer_stands_no_more(official: Calendar) -> None:
    reopened = course(
        answer(DUE), DatedAct(Act.ACCEPT, DUE), DatedAct(Act.REOPEN, date(2023, 11, 1), date(2023, 11, 15))
    )
    assert (reopened.state, reopened.answered_on, reopened.closed_on) == (RectificationState.OPEN, None, None)
    assert lamp_of(reopened, date(2023, 11, 16), official) is Lamp.OVERDUE


def test_a_withdrawn_one_has_no_lamp_and_no_days(official: Calendar) -> None:
    withdrawn = course(DatedAct(Act.WITHDRAW, date(2023, 10, 30)))
    assert lamp_of(withdrawn, date(2023, 11, 30), official) is Lamp.NOT_APPLICABLE
    assert days_of(withdrawn, date(2023, 11, 30), official) is None


def test_where_the_calendar_is_not_entered_the_days_are_not_guessed(official: Calendar) -> None:
    far = course_of(OPENED, date(2025, 1, 10))
    assert days_of(far, date(2024, 12, 20), official) is None


def test_the_age_of_a_closed_one_ends_at_its_close(official: Calendar) -> None:
    closed = course(answer(DUE), DatedAct(Act.ACCEPT, DUE))
    assert age_of(closed, date(2023, 12, 1), official) == official.working_days_between(OPENED, DUE)


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (lambda: opening_refusal("窗口无人", OPENED, OPENED), "时限（2023-09-26）应晚于立项日期（2023-09-26）。"),
        (lambda: opening_refusal(" ", OPENED, DUE), "请写明要整改的问题。"),
        (lambda: answer_refusal(course(), "", OPENED, None, None), "请写明整改措施和结果。"),
        (
            lambda: answer_refusal(course(), "已改", OPENED, None, "粗心"),
            "没有名为“粗心”的原因，可用：人员、流程、系统、数据、资源、其他。",
        ),
        (
            lambda: answer_refusal(course(), "已改", OPENED, DUE, None),
            "完成日期（2023-10-16）不能晚于答复当天（2023-09-26）。",
        ),
        (
            lambda: answer_refusal(course(answer(DUE), DatedAct(Act.ACCEPT, DUE)), "补充", DUE, None, None),
            "该事项已于 2023-10-16 销号，不能再答复；确需重新整改的，由管理局或督查室发起。",
        ),
        (lambda: state_refusal(course(), Act.ACCEPT), "责任单位尚未答复，无可复核；答复后再复核。"),
        (lambda: return_refusal(course(answer(DUE)), "", DUE, None), "请写明退回理由。"),
        (
            lambda: return_refusal(course(answer(DUE)), "没有照片", DUE, DUE),
            "时限（2023-10-16）应晚于退回当天（2023-10-16）。",
        ),
        (
            lambda: application_refusal(course(), date(2023, 10, 31), "停电", DUE + timedelta(days=1)),
            "延期应在时限（2023-10-16）当天或以前申请，2023-10-17 申请已经逾期，不能延期。",
        ),
        (lambda: application_refusal(course(), DUE, "停电", DUE), "延期后的时限应晚于现时限（2023-10-16）。"),
        (
            lambda: extension_refusal(course(), date(2023, 10, 31), "停电", DUE, OPENED),
            "申请日期（2023-10-16）不能晚于批准当天（2023-09-26）。",
        ),
        (
            lambda: reopening_refusal(course(), "反弹", DUE, date(2023, 11, 1)),
            "只有已销号的才能重新整改，目前为待整改。",
        ),
        (
            lambda: withdrawal_refusal(course(DatedAct(Act.WITHDRAW, DUE)), "误立"),
            "该事项已于 2023-10-16 终止，不能再终止。",
        ),
    ],
)
def test_what_may_not_be_done_is_told_in_one_sentence(refusal: Callable[[], str | None], words: str) -> None:
    assert refusal() == words


def test_an_application_on_the_due_day_granted_later_is_in_time() -> None:
    assert extension_refusal(course(), date(2023, 10, 31), "停电", DUE, DUE + timedelta(days=5)) is None


@st.composite
def histories(draw: st.DrawFn) -> list[DatedAct]:
    """Acts that may happen one after the other, as the refusals allow."""
    acts: list[DatedAct] = []
    day = OPENED
    for _ in range(draw(st.integers(0, 10))):
        day += timedelta(days=draw(st.integers(0, 9)))
        now = course_of(OPENED, DUE, acts)
        later = max(day, now.due) + timedelta(days=draw(st.integers(1, 20)))
        due = draw(st.none() | st.just(day + timedelta(days=draw(st.integers(1, 20)))))
        possible = {
            Act.ANSWER: answer_refusal(now, "已改", day, None, None) is None and DatedAct(Act.ANSWER, day),
            Act.ACCEPT: state_refusal(now, Act.ACCEPT) is None and DatedAct(Act.ACCEPT, day),
            Act.RETURN: return_refusal(now, "不实", day, due) is None and DatedAct(Act.RETURN, day, due),
            Act.EXTEND: extension_refusal(now, later, "停电", min(day, now.due), day) is None
            and DatedAct(Act.EXTEND, day, later),
            Act.REOPEN: reopening_refusal(now, "反弹", day, later) is None and DatedAct(Act.REOPEN, day, later),
            Act.WITHDRAW: withdrawal_refusal(now, "误立") is None and DatedAct(Act.WITHDRAW, day),
        }
        allowed = [act for act in possible.values() if act]
        if not allowed:
            break
        acts.append(draw(st.sampled_from(allowed)))
    return acts


@given(acts=histories(), as_of=st.dates(OPENED, date(2024, 6, 1)))
def test_every_course_has_the_lamp_that_its_documents_say(
    official: Calendar, acts: list[DatedAct], as_of: date
) -> None:
    """The rule told anew: look back from the day for what decides."""
    known = [act for act in acts if act.on <= as_of]
    names = [act.act for act in known]
    due = next((act.due for act in reversed(known) if act.due), DUE)
    since = max((number for number, name in enumerate(names) if name in (Act.RETURN, Act.REOPEN)), default=-1) + 1
    answers = [act.on for act in known[since:] if act.act is Act.ANSWER]
    if Act.WITHDRAW in names:
        expected = Lamp.NOT_APPLICABLE
    elif Act.ACCEPT in names[since:]:
        expected = Lamp.DONE if answers[0] <= due else Lamp.DONE_LATE
    elif answers:
        expected = Lamp.TO_VERIFY if answers[0] <= due else Lamp.OVERDUE
    elif as_of > due:
        expected = Lamp.OVERDUE
    else:
        working = [due - timedelta(days=n) for n in range((due - as_of).days)]
        expected = Lamp.DUE_SOON if sum(map(official.is_working, working)) <= 1 else Lamp.ON_TRACK
    run = course_of(OPENED, DUE, known)
    assert lamp_of(run, as_of, official) is expected
    assert run.due == due
    assert run.returns == names.count(Act.RETURN)
    assert (days_of(run, as_of, official) is None) == (expected in (Lamp.NOT_APPLICABLE, Lamp.DONE, Lamp.DONE_LATE))


@given(due=st.dates(date(2022, 1, 1), date(2024, 6, 1)), as_of=st.dates(date(2022, 1, 1), date(2024, 6, 1)))
def test_days_left_and_days_late_mirror_each_other(official: Calendar, due: date, as_of: date) -> None:
    assert days_to(due, as_of, official) == -days_to(as_of, due, official)
    assert days_to(due, due, official) == 0
