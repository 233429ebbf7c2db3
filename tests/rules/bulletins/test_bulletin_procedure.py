"""Which step of a bulletin is open when (supervision.md 4.1, 9)."""

from datetime import date, timedelta

import pytest

from models.bulletins import Act, BulletinState
from rules.bulletins.procedure import (
    Way,
    draft_refused,
    issue_refused,
    last_day_to_object,
    object_refused,
    sign_refused,
    submit_refused,
    way_of,
)
from rules.working_days import Calendar

DAY = date(2023, 9, 14)
LAST = date(2023, 9, 19)


def way(*acts: Act) -> Way:
    return way_of([(act, DAY) for act in acts])


def issue(way: Way, today: date, *, needs_co_sign: bool = True, skips: bool = False) -> str | None:
    return issue_refused(way, LAST, today, needs_co_sign=needs_co_sign, skips=skips)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([], BulletinState.DRAFT),
        ([Act.SUBMIT], BulletinState.FACT_CHECK),
        ([Act.SUBMIT, Act.OBJECT], BulletinState.FACT_CHECK),
        ([Act.SUBMIT, Act.CO_SIGN], BulletinState.CO_SIGNED),
        ([Act.SUBMIT, Act.RETURN], BulletinState.RETURNED),
        ([Act.SUBMIT, Act.RETURN, Act.SUBMIT], BulletinState.FACT_CHECK),
        ([Act.SUBMIT, Act.CO_SIGN, Act.ISSUE], BulletinState.ISSUED),
    ],
)
def test_the_state_follows_from_what_was_done(acts: list[Act], state: BulletinState) -> None:
    assert way(*acts).state is state


def test_the_day_must_be_over_and_the_day_compared_with_before_it() -> None:
    assert draft_refused(DAY, None, DAY, 2023) == "截至日期2023-09-14还没有过完，最早可在2023-09-15起草。"
    assert draft_refused(DAY, DAY, DAY + timedelta(1), 2023) is not None
    assert draft_refused(date(2022, 12, 31), None, DAY, 2023) is not None
    assert draft_refused(DAY, DAY - timedelta(1), DAY + timedelta(1), 2023) is None


def test_issue_is_open_from_the_day_after_the_fact_check_and_needs_the_co_sign() -> None:
    signed = way(Act.SUBMIT, Act.CO_SIGN)
    assert "2023-09-20起" in (issue(signed, LAST) or "")
    assert issue(signed, LAST + timedelta(1)) is None
    assert "会签" in (issue(way(Act.SUBMIT), LAST + timedelta(1)) or "")
    assert issue(way(Act.SUBMIT), LAST + timedelta(1), needs_co_sign=False) is None


def test_only_the_wait_can_be_skipped_not_the_co_sign() -> None:
    assert issue(way(Act.SUBMIT, Act.CO_SIGN), DAY, skips=True) is None
    assert "会签" in (issue(way(Act.SUBMIT), DAY, skips=True) or "")


def test_what_was_returned_loses_its_co_sign_and_its_fact_check() -> None:
    assert issue(way(Act.SUBMIT, Act.RETURN), LAST + timedelta(1)) is not None
    assert submit_refused(way(Act.SUBMIT, Act.RETURN)) is None


def test_an_issued_bulletin_is_never_changed() -> None:
    issued = way(Act.SUBMIT, Act.CO_SIGN, Act.ISSUE)
    assert None not in (
        submit_refused(issued),
        sign_refused(issued),
        issue(issued, DAY),
        object_refused(issued, LAST, DAY),
    )


def test_a_unit_objects_until_the_last_day_and_a_co_sign_does_not_end_its_time() -> None:
    assert object_refused(way(Act.SUBMIT), LAST, LAST) is None
    assert object_refused(way(Act.SUBMIT, Act.CO_SIGN), LAST, LAST) is None
    assert object_refused(way(Act.SUBMIT), LAST, LAST + timedelta(1)) is not None
    assert object_refused(way(), None, DAY) is not None


def test_no_fact_check_is_waited_for_where_the_setting_says_none() -> None:
    calendar = Calendar({2023: frozenset({date(2023, 9, 16), date(2023, 9, 17)})})
    assert last_day_to_object(DAY, 3, calendar) == LAST
    assert last_day_to_object(DAY, 0, calendar) is None
    assert issue_refused(way(Act.SUBMIT, Act.CO_SIGN), None, DAY, needs_co_sign=True, skips=False) is None
