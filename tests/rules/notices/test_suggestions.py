"""The next step for a matter follows from what was sent, answered and published (supervision.md 5.3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lamps import Lamp
from models.notices import Level, SentNotice, Suggestion
from rules.notices.matters import is_matter, report_lamp
from rules.notices.suggestions import advise, talk_is_due
from rules.working_days import Calendar

DAY = date(2023, 9, 13)  # a Wednesday
ONE = timedelta(days=1)


def remind(reply_by: date) -> SentNotice:
    return SentNotice(Level.REMIND, reply_by)


def supervise(reply_by: date) -> SentNotice:
    return SentNotice(Level.SUPERVISE, reply_by)


@pytest.mark.parametrize(
    ("sent", "named_on", "suggestion"),
    [
        ([], [], Suggestion.REMIND),
        ([remind(DAY)], [], Suggestion.WAIT),
        ([remind(DAY - ONE)], [], Suggestion.SUPERVISE),
        ([remind(DAY - ONE), remind(DAY)], [], Suggestion.WAIT),
        ([remind(DAY - ONE), supervise(DAY)], [], Suggestion.WAIT),
        ([supervise(DAY - ONE), remind(DAY + ONE)], [], Suggestion.BULLETIN),
        ([supervise(DAY - 10 * ONE)], [DAY - 10 * ONE], Suggestion.BULLETIN),
        ([supervise(DAY - 10 * ONE)], [DAY - 6 * ONE], Suggestion.WAIT),
        ([supervise(DAY - 10 * ONE)], [DAY - 7 * ONE], Suggestion.TALK),
        ([supervise(DAY - 10 * ONE)], [DAY - 7 * ONE, DAY - ONE], Suggestion.TALK),
    ],
    ids=[
        "nothing sent",
        "reminded, the reply-by day itself",
        "reminded, the day after",
        "reminded again: the latest reply-by counts",
        "supervised: the highest level counts",
        "supervised in vain, a later reminder does not count",
        "named on the reply-by day is not after it",
        "named, four working days ago",
        "named, five working days ago",
        "named twice: the first naming counts",
    ],
)
def test_an_overdue_matter_goes_up_step_by_step(
    official: Calendar, sent: list[SentNotice], named_on: list[date], suggestion: Suggestion
) -> None:
    assert advise(Lamp.OVERDUE, sent, named_on, DAY, official).suggestion is suggestion


def test_no_talk_is_suggested_by_days_that_no_entered_calendar_tells(official: Calendar) -> None:
    named_on = [date(2024, 12, 20)]
    advice = advise(Lamp.OVERDUE, [supervise(date(2024, 12, 1))], named_on, date(2025, 3, 3), official)
    assert advice.suggestion is Suggestion.WAIT and "未录入2025年工作日历" in advice.reason


def test_a_matter_due_soon_is_reminded_once_and_then_waited_for(official: Calendar) -> None:
    assert advise(Lamp.DUE_SOON, [], [], DAY, official).suggestion is Suggestion.REMIND
    assert advise(Lamp.DUE_SOON, [supervise(DAY - ONE)], [], DAY, official).suggestion is Suggestion.WAIT


@given(
    sent=st.lists(st.builds(SentNotice, st.sampled_from(Level), st.dates(date(2023, 6, 1), date(2023, 9, 1)))),
    as_of=st.dates(date(2023, 6, 1), date(2023, 9, 1)),
)
def test_nothing_is_suggested_while_the_latest_answer_of_the_highest_level_may_still_come(
    official: Calendar, sent: list[SentNotice], as_of: date
) -> None:
    advice = advise(Lamp.NOT_REPORTED, sent, [], as_of, official)
    highest = [notice.reply_by for notice in sent if notice.level is Level.SUPERVISE] or [
        notice.reply_by for notice in sent
    ]
    assert (advice.suggestion is Suggestion.WAIT) == (bool(highest) and max(highest) >= as_of)


def test_a_unit_among_the_last_three_twice_running_is_to_be_talked_to() -> None:
    units = ["甲", "乙", "丙", "丁", "戊"]
    assert talk_is_due([units, units], "丙")
    assert not talk_is_due([units, units], "乙")
    assert not talk_is_due([units], "戊")
    assert not talk_is_due([units, units, ["戊", "甲", "乙", "丙", "丁"]], "戊")


@pytest.mark.parametrize(
    ("text", "written_so"),
    [
        ("measure:1.2.1", True),
        ("measure:2024/1.2.1", True),
        ("report:reviews:2023-07", True),
        ("report:guides:", True),
        ("rectification:2023-1", True),
        ("report:reviews:2023-13", False),
        ("report:guides", False),
        ("rectification:1", False),
        ("ticket:GD1", False),
        ("", False),
    ],
)
def test_matters_are_told_by_their_kind_and_object(text: str, written_so: bool) -> None:
    assert is_matter(text) is written_so


@pytest.mark.parametrize(
    ("as_of", "lamp"),
    [
        (date(2023, 9, 25), None),  # 26, 27, 28 September and 7 October are worked
        (date(2023, 9, 26), Lamp.DUE_SOON),
        (date(2023, 10, 7), Lamp.DUE_SOON),
        (date(2023, 10, 8), Lamp.NOT_REPORTED),
    ],
)
def test_a_report_is_due_soon_three_working_days_before_and_missing_the_day_after(
    official: Calendar, as_of: date, lamp: Lamp | None
) -> None:
    assert report_lamp(date(2023, 10, 7), as_of, official, 3) is lamp
