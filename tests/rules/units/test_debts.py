"""What a unit had not reported when it ended is owed by who came after it: no more and no less."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.duty import months
from rules.units.changes import begins
from rules.units.debts import debts_of
from tests.rules.units.test_changes import change

DAY = date(2023, 10, 16)
MONTHS = list(months("2023-06", "2023-09"))
EARLY: datetime = begins(date(2023, 7, 1))
MERGED = change("merge", (1, 2), (3,), DAY)
OWED = {MERGED.number: {(1, "progress"): "2023-06", (2, "progress"): "2023-08"}}

reported = st.sets(st.tuples(st.sampled_from([1, 2]), st.just("progress"), st.sampled_from(MONTHS)))


@given(reported, reported)
def test_the_successor_owes_the_union_of_what_was_missing_and_what_it_reports_itself_settles_it(before, after) -> None:
    accepted = dict.fromkeys(before, EARLY)
    debts = debts_of([MERGED], OWED)
    unsettled = {debt.month for debt in debts[3] if not debt.is_settled(accepted)}
    missing = {
        month
        for (unit, dataset), first in OWED[MERGED.number].items()
        for month in MONTHS
        if month >= first and (unit, dataset, month) not in before
    }
    assert unsettled == missing
    sent = {month for _, _, month in after}
    accepted |= {(3, "progress", month): begins(DAY) for month in sent}
    assert {debt.month for debt in debts[3] if not debt.is_settled(accepted)} == missing - sent


def test_what_the_successor_had_reported_before_the_day_settles_nothing_of_the_other() -> None:
    [*debts] = debts_of([MERGED], OWED)[3]
    accepted = dict.fromkeys(((3, "progress", month) for month in MONTHS), begins(DAY) - timedelta(seconds=1))
    assert not any(debt.is_settled(accepted) for debt in debts)


def test_debts_pass_on_through_several_entries_and_stay_the_first_ones() -> None:
    again = change("abolish", (3,), (4,), DAY + timedelta(days=60), number=2)
    debts = debts_of([MERGED, again], OWED | {2: {(3, "progress"): "2023-10"}})
    assert set(debts) == {4}
    assert {(debt.owner, debt.month) for debt in debts[4]} == {
        *((1, month) for month in MONTHS),
        *((2, month) for month in MONTHS if month >= "2023-08"),
        (3, "2023-10"),
        (3, "2023-11"),
    }


def test_of_a_split_nobody_owes_what_the_whole_had_not_reported() -> None:
    assert debts_of([change("split", (1,), (4, 5), DAY)], {1: {(1, "progress"): "2023-06"}}) == {}
