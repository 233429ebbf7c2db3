"""From a rectification's opening and its acts by a day to its course, lamp and days. Source: supervision.md 3.2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from models.lamps import Lamp
from models.rectifications import Act, Course, DatedAct, Rectification, RectificationState
from rules.working_days import Calendar, CalendarMissing

DECIDES_DUE_DAY = (Act.RETURN, Act.EXTEND, Act.REOPEN)
ENDS_APPLICATION = (Act.EXTEND, Act.REFUSE_EXTENSION, Act.ACCEPT, Act.REOPEN, Act.WITHDRAW)


def course_of(opened_on: date, due: date, acts: Iterable[DatedAct] = ()) -> Course:
    """Return the course after these acts, given in the order in which they happened.

    Whether an act may happen is asked of `refusals`, not here.
    """
    state, due_first = RectificationState.OPEN, due
    answered_on = closed_on = withdrawn_on = applied_until = applied_on = None
    numbers: Counter[Act] = Counter()
    due_days_given = 0
    for act in acts:
        numbers[act.act] += 1
        if act.due is not None and act.act in DECIDES_DUE_DAY:
            due, due_days_given = act.due, due_days_given + 1
        if act.act in ENDS_APPLICATION:
            applied_until = applied_on = None
        match act.act:
            case Act.ANSWER:  # an answer while one waits is a supplement: the first one's day counts
                state, answered_on = RectificationState.ANSWERED, answered_on or act.on
            case Act.ACCEPT:
                state, closed_on = RectificationState.CLOSED, act.on
            case Act.RETURN | Act.REOPEN:
                state, answered_on, closed_on = RectificationState.OPEN, None, None
            case Act.APPLY:
                applied_until, applied_on = act.due, act.on
            case Act.WITHDRAW:
                state, withdrawn_on = RectificationState.WITHDRAWN, act.on
    return Course(
        state,
        opened_on,
        due_first,
        due,
        answered_on,
        closed_on,
        withdrawn_on,
        applied_until,
        applied_on,
        returns=numbers[Act.RETURN],
        extensions=numbers[Act.EXTEND],
        reopenings=numbers[Act.REOPEN],
        due_days_given=due_days_given,
    )


def lamp_of(course: Course, as_of: date, calendar: Calendar, warning_days: int = 1) -> Lamp:
    """Return the lamp at the end of a day; `course` holds what happened by then.

    An answer that waits for its review is judged by its own day: the reviewer's slowness never turns a unit red.
    Raises CalendarMissing where the way to the due day leads through a year that is not entered.
    """
    answered_in_time = course.answered_on is not None and course.answered_on <= course.due
    match course.state:
        case RectificationState.WITHDRAWN:
            return Lamp.NOT_APPLICABLE
        case RectificationState.CLOSED:
            return Lamp.DONE if answered_in_time else Lamp.DONE_LATE
        case RectificationState.ANSWERED:
            return Lamp.TO_VERIFY if answered_in_time else Lamp.OVERDUE
    if as_of > course.due:
        return Lamp.OVERDUE
    days_left = calendar.working_days_between(as_of, course.due)
    return Lamp.DUE_SOON if days_left <= warning_days else Lamp.ON_TRACK


def days_to(due: date, as_of: date, calendar: Calendar) -> int:
    """Return the working days in (as_of, due] or, late, minus those in (due, as_of]. Raises CalendarMissing."""
    return calendar.working_days_between(as_of, due) - calendar.working_days_between(due, as_of)


def days_of(course: Course, as_of: date, calendar: Calendar) -> int | None:
    """Return the days to the due day in force, or None of one that is over or where no entered calendar tells them."""
    if course.is_over:
        return None
    try:
        return days_to(course.due, as_of, calendar)
    except CalendarMissing:
        return None


def age_of(course: Course, as_of: date, calendar: Calendar) -> int | None:
    """Return the working days from the opening to the day, or to the end of one that is over by then; None where no
    entered calendar tells them.
    """
    until = course.closed_on or course.withdrawn_on or as_of
    try:
        return calendar.working_days_between(course.opened_on, until)
    except CalendarMissing:
        return None


def days_to_close(rectifications: Sequence[Rectification]) -> float | None:
    """Return the median of the working days from opening to close, or None where none is closed."""
    days = [
        item.age for item in rectifications if item.course.state is RectificationState.CLOSED and item.age is not None
    ]
    return median(days) if days else None
