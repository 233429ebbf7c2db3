"""What supervision has in its calendar for a month: deadlines of the plan, due days of reports, rounds, meetings.

Source: supervision.md 6, 督查日历.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data_access.database import reading
from models.rounds import RoundState
from rules.as_of import end_of_day, month_of
from rules.duty import due_day
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, own_unit, requires_role
from services.figures.district_state import DistrictState, district_state
from services.meetings.meetings import meetings_as_of
from services.rounds.rounds import rounds_as_of


class ItemKind(StrEnum):
    DEADLINE = "deadline"
    REPORT = "report"
    ROUND = "round"
    MEETING = "meeting"

    @property
    def word(self) -> str:
        return {"deadline": "任务时限", "report": "报送期限", "round": "督查轮次", "meeting": "督查会议"}[self.value]


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """`code`: of a task, a month of reports, or the number of a round or a meeting."""

    kind: ItemKind
    first: date
    last: date
    code: str
    words: str


@dataclass(frozen=True)
class SupervisionMonth:
    """`month` as 2023-08; `items` in the order of their days. `days_off`: None where no calendar is entered."""

    month: str
    items: tuple[CalendarItem, ...]
    days_off: frozenset[date] | None

    @property
    def first(self) -> date:
        return date.fromisoformat(f"{self.month}-01")

    @property
    def last(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@requires_role(*EVERYONE)
def supervision_month(month: str, as_of: date) -> SupervisionMonth:
    """Return the month as it is known at the end of the day: of a unit's person what concerns the own unit.

    `month`: 2023-08.
    """
    with reading() as session:
        district = district_state(session, end_of_day(as_of))
    calendar = SupervisionMonth(month, (), None)
    items = [
        item
        for item in (*_deadlines(district), *_reports(district, calendar.first), *_rounds(as_of), *_meetings(as_of))
        if item.first <= calendar.last and item.last >= calendar.first
    ]
    order = list(ItemKind)
    items.sort(key=lambda item: (item.first, order.index(item.kind), item.code))
    return SupervisionMonth(month, tuple(items), _days_off(district, calendar))


def _deadlines(district: DistrictState) -> Iterator[CalendarItem]:
    own = district.plan.unit_id(own_unit() or "")
    for task in district.plan.tasks:
        if task.deadline is not None and not task.doubts and (own is None or own in task.units):
            words = f"任务 {task.code} {task.title}"
            yield CalendarItem(ItemKind.DEADLINE, task.deadline, task.deadline, task.code, words)


def _reports(district: DistrictState, first: date) -> Iterator[CalendarItem]:
    """The due day of the month before falls into this one, or with days off at its end into the next."""
    for month in (month_of(first - timedelta(days=40)), month_of(first - timedelta(days=1))):
        try:
            day = due_day(month, district.calendar, int(district.settings["due_day"]))
        except CalendarMissing:
            continue
        if month[:4] == str(district.plan.year):
            yield CalendarItem(ItemKind.REPORT, day, day, month, f"{int(month[5:])}月月报报送期限")


def _rounds(as_of: date) -> Iterator[CalendarItem]:
    for item in rounds_as_of(as_of):
        if item.state is not RoundState.DROPPED:
            words = f"{item.name}（{item.kind.word}，{item.state.word}）"
            yield CalendarItem(ItemKind.ROUND, item.starts_on, item.ends_on, item.number, words)


def _meetings(as_of: date) -> Iterator[CalendarItem]:
    for meeting in meetings_as_of(as_of):
        if meeting.cancelled is None:
            words = f"{meeting.name}（{meeting.state_on(as_of)}）"
            yield CalendarItem(ItemKind.MEETING, meeting.held_on, meeting.held_on, meeting.number, words)


def _days_off(district: DistrictState, month: SupervisionMonth) -> frozenset[date] | None:
    if not district.calendar.covers(month.first.year):
        return None
    days = [month.first + timedelta(days=number) for number in range((month.last - month.first).days + 1)]
    return frozenset(day for day in days if not district.calendar.is_working(day))
