"""The deadlines of a unit, or of all, as a calendar file to subscribe to. Source: supervision.md 5.4."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.datasets import DATASETS
from data_access.database import Session, reading
from data_access.plan_store import rulings_on
from models.deadline_calendar import DeadlineEvent, EventKind
from models.definitions import Frequency
from models.lamps import FACES, Lamp, MeasureLamp
from models.plan import Task
from models.rectifications import RectificationState
from rules.as_of import end_of_day
from rules.deadline_calendar.icalendar_text import icalendar
from rules.duty import due_day, months
from rules.months import month_label
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, requires_role
from services.board.scorecard import Duty, Facts, gather, lamps_of, owed_from
from services.figures.district_state import district_state
from services.figures.unit_names import unit_id_named
from services.notices.to_do import ToDo, to_do_of_unit_in
from services.rectifications.ledger import rectifications_in

ALL_UNITS = 0
"""Instead of a unit's number: an event of all."""
FINISHED = (Lamp.DONE, Lamp.DONE_LATE, Lamp.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A due day in a year without a working-day calendar has no event."""

    kind: EventKind
    code: str
    year: int


@dataclass(frozen=True)
class DeadlineCalendar:
    unit: str | None  # None: all
    as_of: date
    events: tuple[DeadlineEvent, ...]
    left_out: tuple[LeftOut, ...]
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@requires_role(*EVERYONE, own="unit")
def deadline_calendar(as_of: date, unit: str | None = None) -> DeadlineCalendar:
    """Return the calendar of one unit, or of all: there a task stands once. The same day gives the same bytes.

    Raises RefusedRequest for an unknown unit, CalendarMissing.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        unit_id = None if unit is None else unit_id_named(state, unit)
        name = None if unit_id is None else state.plan.units[unit_id].name
        facts = gather(session, as_of, state, name)
        deadlines = [
            *_tasks(session, facts, unit_id),
            *_reports(facts, facts.duty.of_all_plans(session), unit_id),
            *_rectifications(session, facts, unit_id),
        ]
        to_do = to_do_of_unit_in(session, as_of, name) if name else ()
    events = tuple(event for event in deadlines if isinstance(event, DeadlineEvent))
    left_out = tuple(item for item in deadlines if isinstance(item, LeftOut))
    content = icalendar(events, f"{name or '全区'}·政务服务督查期限", _description(as_of, to_do), as_of)
    return DeadlineCalendar(name, as_of, events, left_out, content)


@requires_role(*EVERYONE, own="unit")
def calendar_file(as_of: date, unit: str | None = None) -> bytes:
    """Return the .ics alone."""
    return deadline_calendar(as_of, unit).content


def _tasks(session: Session, facts: Facts, unit_id: int | None) -> Iterator[DeadlineEvent | LeftOut]:
    """Each task that the unit answers for, with a deadline in force and without a doubt."""
    lamps: dict[str, list[MeasureLamp]] = {}
    for lamp in lamps_of(facts, unit=_name(facts, unit_id)).lamps:
        lamps.setdefault(lamp.task, []).append(lamp)
    for task in facts.state.plan.tasks:
        if task.deadline is None or task.doubts or not task.units or task.code not in lamps:
            continue
        if not facts.state.calendar.covers(task.deadline.year):
            yield LeftOut(EventKind.TASK, task.code, task.deadline.year)
            continue
        rulings, _ = rulings_on(session, task.key, (), facts.end)
        is_open = any(lamp.lamp not in FINISHED for lamp in lamps[task.code])
        is_done = not is_open and any(lamp.lamp is not Lamp.NOT_APPLICABLE for lamp in lamps[task.code])
        yield DeadlineEvent(
            EventKind.TASK,
            task.code,
            unit_id or ALL_UNITS,
            task.deadline,
            sum(ruling.deadline is not None for ruling in rulings),
            f"任务 {task.code} {task.title}完成时限{'（已完成）' if is_done else ''}",
            _open_measures(task, lamps[task.code], unit_id is None),
            is_open,
            prefix=task.prefix,
        )


def _open_measures(task: Task, lamps: Sequence[MeasureLamp], of_all: bool) -> str:
    lines = []
    for measure in task.measures:
        mine = [lamp.lamp for lamp in lamps if lamp.measure == measure.code and lamp.lamp not in FINISHED]
        numbers = Counter(mine)
        words = [f"{FACES[lamp].word}{f' {numbers[lamp]}' if of_all else ''}" for lamp in Lamp if numbers[lamp]]
        if words:
            lines.append(f"{measure.code} {measure.title}：{'、'.join(words)}")
    return "\n".join(lines) or "各项举措均已完成。"


def _reports(facts: Facts, duty: Duty, unit_id: int | None) -> Iterator[DeadlineEvent | LeftOut]:
    """Each due day of monthly reports from the first month owed to December of each plan in force, past ones included;
    what several plans ask for is one report.
    """
    for unit in facts.state.plan.units.values():
        if unit_id in (None, unit.id):
            for month, owed in sorted(_datasets_owed(duty, unit.id).items()):
                try:
                    due = due_day(month, facts.state.calendar, duty.day)
                except CalendarMissing as missing:
                    yield LeftOut(EventKind.REPORT, month, missing.year)
                    continue
                in_order = [dataset for dataset in DATASETS if dataset in owed]
                yield _report(facts, unit.id, month, due, in_order, unit_id is None)


def _datasets_owed(duty: Duty, unit_id: int) -> dict[str, set[str]]:
    """Month → the datasets whose report of it the unit owes."""
    owed: dict[str, set[str]] = defaultdict(set)
    for state in duty.states:
        for (owner, dataset), first in owed_from(state).items():
            if owner != unit_id or (owner, dataset) in duty.exempt:
                continue
            if DATASETS[dataset].frequency is not Frequency.SNAPSHOT:
                for month in filter(DATASETS[dataset].is_owed, months(first, f"{state.plan.year}-12")):
                    owed[month].add(dataset)
    return owed


def _report(facts: Facts, unit_id: int, month: str, due: date, owed: Sequence[str], of_all: bool) -> DeadlineEvent:
    there = [(unit_id, dataset, month) in facts.duty.reported for dataset in owed]
    whose = f"{facts.state.plan.units[unit_id].name}：" if of_all else ""
    lines = [
        f"{DATASETS[dataset].title}：{'已报送' if reported else '未报送'}"
        for dataset, reported in zip(owed, there, strict=True)
    ]
    return DeadlineEvent(
        EventKind.REPORT,
        month,
        unit_id,
        due,
        0,
        f"{whose}{month_label(month)}月报报送期限（{len(owed)} 项）",
        "\n".join(lines),
        not all(there),
    )


def _rectifications(session: Session, facts: Facts, unit_id: int | None) -> Iterator[DeadlineEvent | LeftOut]:
    state = facts.state
    for item in rectifications_in(session, facts.as_of, state, unit_id):
        course = item.course
        if not state.calendar.covers(course.due.year):
            yield LeftOut(EventKind.RECTIFICATION, item.number, course.due.year)
            continue
        whose = f"{item.unit}：" if unit_id is None else ""
        done = "（已销号）" if course.state is RectificationState.CLOSED else ""
        yield DeadlineEvent(
            EventKind.RECTIFICATION,
            item.number,
            state.plan.unit_id(item.unit) or ALL_UNITS,
            course.due,
            course.due_days_given,
            f"{whose}整改 {item.number} 时限{done}",
            "\n".join(line for line in (item.issue, item.requirement, course.state.word) if line),
            not course.is_over,
            course.state is RectificationState.WITHDRAWN,
        )


def _description(as_of: date, to_do: Sequence[ToDo]) -> str:
    lines = [f"截至 {as_of} 的任务、报送、整改期限；期限调整后重新导入即可更新。"]
    if to_do:
        lines += [f"待办 {len(to_do)} 件：", *(item.words for item in to_do)]
    return "\n".join(lines)


def _name(facts: Facts, unit_id: int | None) -> str | None:
    return None if unit_id is None else facts.state.plan.units[unit_id].name


def calendar_json(calendar: DeadlineCalendar) -> Mapping[str, Any]:
    """Return the calendar as supervision_cli.md has it."""
    return {
        "unit": calendar.unit,
        "as_of": calendar.as_of.isoformat(),
        "sha256": calendar.sha256,
        "left_out": [{"kind": item.kind.value, "code": item.code, "year": item.year} for item in calendar.left_out],
        "events": [
            {
                "uid": event.uid,
                "day": event.day.isoformat(),
                "sequence": event.sequence,
                "status": event.status,
                "summary": event.summary,
                "kind": event.kind.value,
                "code": event.code,
            }
            for event in calendar.events
        ],
    }
