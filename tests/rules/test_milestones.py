"""The state of a milestone, each rule in plain words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.as_of import SHANGHAI
from rules.milestones import ProgressRow, state_of


@dataclass
class Decided:
    verified: bool
    at: datetime
    completed_on: date | None = None
    reason: str = ""


def at(day: int, month: int = 7) -> datetime:
    return datetime(2023, month, day, 10, tzinfo=SHANGHAI)


def row(
    month: str, accepted: datetime, state: str, completed: date | None = None, standing: bool = True
) -> ProgressRow:
    return ProgressRow(month, accepted.date(), accepted, state, completed, standing)


def test_nothing_reported_and_the_latest_due_month_is_missing() -> None:
    state = state_of([], None, "2023-06")
    assert (state.reported_done_on, state.latest_month_reported) == (None, False)


def test_nothing_is_missing_before_the_first_month_is_due() -> None:
    assert state_of([], None, None).latest_month_reported


def test_completed_without_a_date_is_completed_on_the_day_it_was_first_reported() -> None:
    rows = [row("2023-06", at(3), "已完成"), row("2023-07", at(4, 8), "已完成")]
    state = state_of(rows, None, "2023-07")
    assert (state.reported_done_on, state.first_reported_at) == (date(2023, 7, 3), date(2023, 7, 3))


def test_the_latest_month_tells_where_the_measure_stands() -> None:
    rows = [row("2023-06", at(3), "已完成", date(2023, 6, 20)), row("2023-07", at(4, 8), "推进中")]
    assert state_of(rows, None, "2023-07").reported_done_on is None


def test_a_correction_of_an_earlier_month_does_not_overrule_the_later_month() -> None:
    rows = [row("2023-07", at(4, 8), "已完成", date(2023, 7, 20)), row("2023-06", at(9, 8), "推进中")]
    assert state_of(rows, None, "2023-07").reported_done_on == date(2023, 7, 20)


def test_a_replaced_revision_no_longer_says_completed() -> None:
    rows = [row("2023-06", at(3), "已完成", date(2023, 6, 20), standing=False), row("2023-06", at(5), "推进中")]
    assert state_of(rows, None, "2023-06").reported_done_on is None


def test_only_a_return_makes_the_first_report_of_completion_count_anew() -> None:
    rows = [row("2023-05", at(3, 6), "已完成"), row("2023-06", at(3), "推进中"), row("2023-07", at(4, 8), "已完成")]
    assert state_of(rows, None, "2023-07").first_reported_at == date(2023, 6, 3)
    assert state_of(rows, Decided(False, at(10)), "2023-07").first_reported_at == date(2023, 8, 4)


def test_an_earlier_month_put_right_late_does_not_make_a_timely_report_late() -> None:
    rows = [row("2023-07", at(28), "已完成", date(2023, 7, 20)), row("2023-06", at(3, 8), "推进中")]
    assert state_of(rows, None, "2023-07").first_reported_at == date(2023, 7, 28)


def test_after_a_return_the_correction_of_any_month_can_report_it_again() -> None:
    rows = [
        row("2023-07", at(5, 8), "已完成", date(2023, 7, 20)),
        row("2023-06", at(12, 8), "已完成", date(2023, 8, 11)),
    ]
    assert state_of(rows, Decided(False, at(10, 8)), "2023-07").reported_done_on == date(2023, 8, 11)


def test_what_was_returned_must_be_reported_again() -> None:
    rows = [row("2023-06", at(3), "已完成", date(2023, 6, 20))]
    returned = Decided(False, at(10), reason="佐证不足")
    assert state_of(rows, returned, "2023-06").reported_done_on is None
    again = [*rows, row("2023-07", at(4, 8), "已完成", date(2023, 7, 30))]
    state = state_of(again, returned, "2023-07")
    assert (state.reported_done_on, state.first_reported_at) == (date(2023, 7, 30), date(2023, 8, 4))


def test_verified_keeps_the_completion_date_that_was_verified() -> None:
    rows = [row("2023-06", at(3), "已完成", date(2023, 6, 20)), row("2023-07", at(4, 8), "推进中")]
    state = state_of(rows, Decided(True, at(10), date(2023, 6, 20)), "2023-07")
    assert (state.verified_on, state.completion) == (date(2023, 7, 10), date(2023, 6, 20))


ROWS = st.lists(
    st.builds(
        lambda number, done, standing: row(
            "2023-06", at(1) + timedelta(hours=number), "已完成" if done else "推进中", None, standing
        ),
        st.integers(0, 2000),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


@given(ROWS)
def test_reported_done_always_has_a_first_report_not_later_than_the_last_row(rows: list[ProgressRow]) -> None:
    rows.sort(key=lambda row: row.accepted_at)
    state = state_of(rows, None, None)
    if state.reported_done_on is not None:
        assert state.first_reported_at is not None
        assert state.first_reported_at <= rows[-1].accepted_on
        assert state.state == "已完成"
