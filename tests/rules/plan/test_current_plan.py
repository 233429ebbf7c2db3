"""Which plan is the current one on a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from rules.as_of import end_of_day
from rules.plan.current import current_plan, plans_in_force


@dataclass(frozen=True)
class Supervised:
    code: str
    begins: date
    ends: date
    since: datetime | None = None


OF_2023 = Supervised("2023", date(2023, 1, 1), date(2024, 3, 31))
OF_2024 = Supervised("2024", date(2024, 1, 1), date(2025, 3, 31), datetime(2024, 1, 20, tzinfo=UTC))
BUSINESS = Supervised("2024-YS", date(2024, 1, 1), date(2025, 3, 31), datetime(2024, 2, 1, tzinfo=UTC))
PLANS = [OF_2023, OF_2024, BUSINESS]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2022-05-01", "2023"),  # before all of them the first
        ("2023-06-30", "2023"),
        ("2024-01-10", "2023"),  # the plan of 2024 is not known yet
        ("2024-01-20", "2024"),
        ("2024-03-01", "2024"),  # began last; of two the one that was there first
        ("2025-03-31", "2024"),
        ("2026-11-29", "2024"),  # between plans the last one that began
    ],
)
def test_the_current_plan_is_the_one_in_force_that_began_last(day: str, code: str) -> None:
    plan = current_plan(PLANS, end_of_day(date.fromisoformat(day)))
    assert plan is not None and plan.code == code


def test_all_plans_whose_days_it_is_are_in_force_once_they_are_known() -> None:
    codes = [plan.code for plan in plans_in_force(PLANS, end_of_day(date(2024, 3, 31)))]
    assert codes == ["2023", "2024", "2024-YS"]
    assert [plan.code for plan in plans_in_force(PLANS, end_of_day(date(2024, 4, 1)))] == ["2024", "2024-YS"]


def test_where_no_plan_is_known_yet_there_is_none() -> None:
    assert current_plan([OF_2024], end_of_day(date(2024, 1, 19))) is None
