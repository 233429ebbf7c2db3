"""The plan and the units: stored as imported, read as they stood at an instant with the bureau's rulings applied."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import insert
from sqlmodel import Session, col, delete, or_, select

from data_access.read_once import read_once
from data_access.unit_changes import unit_changes
from models.bulletins import Bulletin
from models.deadline_requests import DeadlineRequest
from models.instructions import InstructionRow
from models.notices import NoticeRow
from models.plan import Measure, Plan, Target, Task, UnitInfo
from models.rectifications import RectificationRow
from models.rounds import RoundRow
from models.spot_checks import SpotCheckRow
from models.tables import (
    Assignment,
    Evidence,
    MeasureIndicator,
    MeasureRow,
    MeasureRuling,
    PlanRow,
    PlanVersion,
    Submission,
    TargetRuling,
    TaskRow,
    TaskRuling,
    UnitRow,
    Verification,
)
from models.units import UnitChange
from rules.as_of import EVER, day_of, month_of
from rules.measure_addresses import address_in
from rules.plan.changes import MeasureWords, PlanWords, TargetWords, TaskWords
from rules.plan.current import current_plan
from rules.units.changes import TaskUnits, begins, in_force, register_at


def units(session: Session, end: datetime = EVER) -> dict[int, UnitInfo]:
    """Return unit id → unit just before `end`, in the order of the units workbook; those that are no more stay."""
    return register_at(read_once(session, _units), unit_changes(session), end)


def _units(session: Session) -> dict[int, UnitInfo]:
    rows = session.exec(select(UnitRow).order_by(col(UnitRow.position), col(UnitRow.id)))
    return {
        row.id: UnitInfo(
            row.id, row.name, row.kind, row.engineering, tuple(row.aliases), row.leader, row.person, row.phone
        )
        for row in rows
        if row.id is not None
    }


def unit_id_named(session: Session, name: str | None) -> int | None:
    return next((unit.id for unit in units(session).values() if unit.name == name), None)


def plans_on_board(session: Session) -> tuple[PlanRow, ...]:
    """Return every plan, those put in force first first; nobody may change one."""
    return read_once(session, _plans)


def _plans(session: Session) -> tuple[PlanRow, ...]:
    rows = [PlanRow(**row.model_dump()) for row in session.exec(select(PlanRow))]
    return tuple(sorted(rows, key=lambda row: (row.since is not None, row.since and row.since.timestamp(), row.code)))


def plan_row(session: Session, code: str) -> PlanRow | None:
    """Return the plan of this code, or None."""
    return next((row for row in plans_on_board(session) if row.code == code), None)


def name_in(session: Session, plan: Plan, key: str) -> str:
    """Return how people call a task or measure (by its key) beside a plan: its code, or its address in another plan."""
    if (code := plan.code_of(key)) is not None:
        return code
    own = next(row for row in plans_on_board(session) if row.prefix == key[: key.rfind("/") + 1])
    return address_in(own.code, key.removeprefix(own.prefix))


def plan_at(session: Session, end: datetime, code: str | None = None) -> Plan:
    """Return a plan as it stood just before `end`: the one of this code, else the current one.

    Without a plan an empty one of that year. Raises LookupError for a code that no plan has.
    """
    history = read_once(session, _History)
    plan = current_plan(history.plans, end) if code is None else plan_row(session, code)
    if plan is None and code is not None:
        raise LookupError(code)
    if plan is None:
        return Plan(end.year, (), units(session, end), unit_changes=in_force(history.changes, end))
    return history.plan_at(plan, end)


class _History:
    """All that decides what a plan says at an instant, and the plans made of it: between two of its moments a plan says
    the same, and the same object is given to everybody.
    """

    def __init__(self, session: Session) -> None:
        self.plans, self.changes = plans_on_board(session), unit_changes(session)
        self.units, self.imported, self.rulings = read_once(session, _units), _imported(session), _rulings(session)
        moments = {begins(change.day) for change in self.changes}
        for rows in (self.imported.tasks, self.imported.measures, self.imported.indicators):
            moments |= {moment for row in rows for moment in (row.since, row.until) if moment is not None}
        for rulings in (self.rulings.on_tasks, self.rulings.on_measures, self.rulings.on_targets):
            moments |= {ruling.at for ruling in rulings}
        self._moments = sorted(moments)
        self._plan_after = lru_cache(PLANS_HELD)(self._made)

    def plan_at(self, plan: PlanRow, end: datetime) -> Plan:
        return self._plan_after(plan.code, bisect_left(self._moments, end))

    def _made(self, code: str, place: int) -> Plan:
        """The plan after the first so many moments."""
        plan = next(row for row in self.plans if row.code == code)
        end = self._moments[place] if place < len(self._moments) else EVER
        return _plan(self, plan, end)


PLANS_HELD = 32
"""The board compares days and months, a bulletin some more; of a plan that changed often not all are held."""


def _plan(history: _History, plan: PlanRow, end: datetime) -> Plan:
    changes, known, imported = in_force(history.changes, end), history.units, history.imported
    known = register_at(known, history.changes, end)
    targets = _targets_at(end, imported.indicators, history.rulings)
    rulings = _before(history.rulings, end)
    planned = [row for row in _there(imported.tasks, end) if row.plan == plan.code]
    own = {row.code for row in planned}
    measures: dict[str, list[Measure]] = defaultdict(list)
    for row in _there(imported.measures, end):
        if row.task not in own:
            continue
        words = rulings.of_measures.get(row.code, {})
        measures[row.task].append(
            Measure(
                row.code.removeprefix(plan.prefix),
                row.task.removeprefix(plan.prefix),
                words.get("title", row.title),
                row.milestone,
                words.get("warning_days", row.warning_days),
                words.get("district", row.district),
                tuple(targets[row.code]),
                _month(row.since),
                plan.prefix,
            )
        )
    tasks = tuple(
        _task(
            row,
            plan,
            imported.assigned.get(row.code, []),
            rulings.of_tasks[row.code],
            measures[row.code],
            known,
            changes,
        )
        for row in planned
    )
    return Plan(plan.year, tasks, known, plan.code, plan.title, plan.first_month, plan.prefix, changes)


Row = TypeVar("Row", TaskRow, MeasureRow, MeasureIndicator, TaskRuling, MeasureRuling, TargetRuling)
Planned = TypeVar("Planned", TaskRow, MeasureRow, MeasureIndicator)


def _there(rows: Iterable[Planned], end: datetime) -> list[Planned]:
    """Those of the plans' rows that were imported by then and not ended."""
    return [row for row in rows if (row.since is None or row.since < end) and (row.until is None or row.until >= end)]


def _month(since: datetime | None) -> str:
    return "" if since is None else month_of(day_of(since))


@dataclass(frozen=True)
class _Imported:
    """The rows of all plans as they were imported, of no transaction."""

    tasks: Sequence[TaskRow]
    measures: Sequence[MeasureRow]
    indicators: Sequence[MeasureIndicator]
    assigned: dict[str, list[int]]  # task → unit ids


def _imported(session: Session) -> _Imported:
    assigned: dict[str, list[int]] = defaultdict(list)
    assignments = select(Assignment.task, Assignment.unit_id)
    for task, unit_id in session.connection().execute(assignments).all():  # no objects: there may be 100,000
        assigned[task].append(unit_id)
    return _Imported(
        _tuples(session, TaskRow, TaskRow.position),
        _tuples(session, MeasureRow, MeasureRow.position),
        _tuples(session, MeasureIndicator, MeasureIndicator.position),
        dict(assigned),
    )


def _tuples(session: Session, table: type[Row], *order: Any) -> Sequence[Row]:
    """Return a table's rows as tuples with the names of its columns: of no transaction, and nobody can change them.

    They are made in a fifth of the time of objects.
    """
    columns = (getattr(table, name) for name in table.model_fields)
    return cast(Sequence[Row], session.execute(select(*columns).order_by(*order)).all())


def _targets_at(end: datetime, imported: Iterable[MeasureIndicator], rulings: _RulingsEver) -> dict[str, list[Target]]:
    """Measure → its indicators with what they are held against."""
    ruled: dict[tuple[str, str | None], list[TargetRuling]] = defaultdict(list)
    for ruling in rulings.on_targets:
        if ruling.at < end:
            ruled[ruling.indicator, ruling.measure].append(ruling)
    targets: dict[str, list[Target]] = defaultdict(list)
    for row in _there(imported, end):
        decided = ruled[row.code, row.measure] + ([] if "/" in row.measure else ruled[row.code, None])
        targets[row.measure].append(_target(row, sorted(decided, key=lambda ruling: (ruling.at, ruling.id or 0))))
    return targets


def _target(row: MeasureIndicator, rulings: Iterable[TargetRuling]) -> Target:
    words, baseline = TargetWords(row.target, row.increases, row.at_most, row.change_by), None
    for ruling in rulings:
        baseline = ruling.baseline if ruling.baseline is not None else baseline
        if ruling.target is not None or ruling.increases:
            words = _ruled(ruling, words)
    return Target(
        row.code,
        baseline if words.increases else words.value,
        words.increases,
        _month(row.since),
        words.at_most,
        words.change_by,
    )


def _ruled(ruling: TargetRuling, before: TargetWords) -> TargetWords:
    """What a target is by a ruling: an import says all of it, the bureau's decision the number alone."""
    at_most = before.at_most if ruling.at_most is None else ruling.at_most
    return TargetWords(ruling.target, bool(ruling.increases), at_most, ruling.change_by)


@dataclass(frozen=True)
class _Rulings:
    of_tasks: Mapping[str, list[TaskRuling]]
    of_measures: Mapping[str, dict[str, Any]]


@dataclass(frozen=True)
class _RulingsEver:
    """Every decision of the bureau, oldest first, of no transaction."""

    on_tasks: Sequence[TaskRuling]
    on_measures: Sequence[MeasureRuling]
    on_targets: Sequence[TargetRuling]


def _rulings(session: Session) -> _RulingsEver:
    return _RulingsEver(
        _tuples(session, TaskRuling, TaskRuling.at, TaskRuling.id),
        _tuples(session, MeasureRuling, MeasureRuling.at, MeasureRuling.id),
        _tuples(session, TargetRuling, TargetRuling.at, TargetRuling.id),
    )


def _before(rulings: _RulingsEver, end: datetime) -> _Rulings:
    """Those on tasks oldest first; of measures what all of them together say otherwise."""
    of_tasks: dict[str, list[TaskRuling]] = defaultdict(list)
    for ruling in rulings.on_tasks:
        if ruling.at < end:
            of_tasks[ruling.task].append(ruling)
    of_measures: dict[str, dict[str, Any]] = defaultdict(dict)
    for said in rulings.on_measures:
        if said.at < end:
            of_measures[said.measure] |= said.words
    return _Rulings(of_tasks, of_measures)


def _rulings_before(session: Session, end: datetime) -> _Rulings:
    return _before(read_once(session, _History).rulings, end)


def rulings_on(
    session: Session, task: str, indicators: Iterable[str], end: datetime, measure: str | None = None
) -> tuple[list[TaskRuling], list[TargetRuling]]:
    """Return the bureau's decisions before `end` on a task (by its key) and on these indicators (of a measure, by its
    key), oldest first.
    """
    of_measure = col(TargetRuling.measure) == measure
    if measure is None or "/" not in measure:
        of_measure = or_(col(TargetRuling.measure).is_(None), of_measure)
    on_targets = select(TargetRuling).where(
        col(TargetRuling.indicator).in_(list(indicators)),
        of_measure,
        TargetRuling.at < end,
    )
    return _rulings_before(session, end).of_tasks[task], list(
        session.exec(on_targets.order_by(col(TargetRuling.at), col(TargetRuling.id)))
    )


def _task(
    row: TaskRow,
    plan: PlanRow,
    imported: list[int],
    rulings: list[TaskRuling],
    measures: list[Measure],
    known: Mapping[int, UnitInfo],
    changes: Sequence[UnitChange],
) -> Task:
    words = {name: getattr(row, name) for name in TASK_WORDS}
    deadline = row.deadline
    deadline_ruled = units_ruled = False
    since = {unit: _month(row.since) for unit in imported} if row.since else dict[int, str]()
    answering = TaskUnits(row.code, imported, since, changes)
    for ruling in rulings:
        words |= ruling.words or {}
        if ruling.deadline is not None or "deadline_text" in (ruling.words or {}) or sets_no_deadline(ruling):
            deadline, deadline_ruled = ruling.deadline, "deadline_text" not in (ruling.words or {})
            words["deadline_doubt"] = (ruling.words or {}).get("deadline_doubt")
        if ruling.unit_ids is not None:
            answering.rule(ruling.unit_ids, ruling.at)
            words["units_doubt"] = None
            units_ruled = "units_text" not in (ruling.words or {})
    answering.finish()
    unit_ids = [unit for unit in answering.units if unit in known]
    wanted = set(unit_ids)
    other_reading = words["other_reading"]
    return Task(
        row.code.removeprefix(plan.prefix),
        words["area"],
        words["title"],
        words["requirement"],
        words["units_text"],
        words["deadline_text"],
        deadline,
        tuple(words["notes"]),
        tuple(doubt for doubt in (words["deadline_doubt"], words["units_doubt"]) if doubt),
        date.fromisoformat(other_reading) if isinstance(other_reading, str) else other_reading,
        tuple([unit for unit in known if unit in wanted]),
        answering.since,
        tuple(measures),
        deadline_ruled,
        _units_told(words["units_text"], [known[unit].name for unit in unit_ids], units_ruled, answering.is_handed_on),
        plan.prefix,
        open_ended=deadline is None and words["deadline_doubt"] is None,
    )


def sets_no_deadline(ruling: TaskRuling) -> bool:
    """Return whether by this ruling of the bureau the task goes on (长期坚持)."""
    return ruling.words == NO_DEADLINE


NO_DEADLINE = {"no_deadline": True}
"""The words of a ruling that takes a task's deadline away."""


def _units_told(text: str, answering: list[str], ruled: bool, handed_on: bool) -> str:
    if not ruled and not handed_on:
        return text or "方案未写明"
    why = "、".join([*(["经裁定"] if ruled else []), *(["机构变动后"] if handed_on else [])])
    some = "、".join(answering[:MOST_NAMED]) + (f"等 {len(answering)} 个单位" if len(answering) > MOST_NAMED else "")
    return f"{some}（{why}，方案原文“{text or '未写明'}”）"


MOST_NAMED = 5


TASK_WORDS = (
    "area",
    "title",
    "requirement",
    "units_text",
    "deadline_text",
    "notes",
    "deadline_doubt",
    "other_reading",
    "units_doubt",
)
"""The columns of a task that an import over a plan in use may say otherwise."""


def imported_words(session: Session, plan: PlanRow) -> PlanWords:
    """Return the plan as it was last imported, by its own codes; what the bureau decided beside it is left out."""
    rulings = _rulings_before(session, EVER)
    tasks = {}
    for row in task_rows(session, plan.code):
        if row.until is not None:
            continue
        words = {name: getattr(row, name) for name in TASK_WORDS}
        for ruling in rulings.of_tasks[row.code]:
            words |= ruling.words or {}
        code = row.code.removeprefix(plan.prefix)
        texts_in_force = (words["title"], words["requirement"], words["units_text"], words["deadline_text"])
        tasks[code] = TaskWords(code, words["area"], *texts_in_force)
    targets = _imported_targets(session)
    measures = {}
    for measure in session.exec(select(MeasureRow).order_by(col(MeasureRow.position))):
        task, code = measure.task.removeprefix(plan.prefix), measure.code.removeprefix(plan.prefix)
        if plan.prefix + task != measure.task or task not in tasks or measure.until is not None:
            continue
        ruled_words = rulings.of_measures.get(measure.code, {})
        measures[code] = MeasureWords(
            code,
            task,
            ruled_words.get("title", measure.title),
            measure.milestone,
            ruled_words.get("warning_days", measure.warning_days),
            targets[measure.code],
        )
    return PlanWords(tasks, measures)


def _imported_targets(session: Session) -> dict[str, dict[str, TargetWords]]:
    targets: dict[str, dict[str, TargetWords]] = defaultdict(dict)
    for row in session.exec(
        select(MeasureIndicator).where(col(MeasureIndicator.until).is_(None)).order_by(col(MeasureIndicator.position))
    ):
        targets[row.measure][row.code] = TargetWords(row.target, row.increases, row.at_most, row.change_by)
    for ruling in session.exec(
        select(TargetRuling).where(TargetRuling.imported).order_by(col(TargetRuling.at), col(TargetRuling.id))
    ):
        if ruling.measure is not None and ruling.indicator in targets[ruling.measure]:
            of_measure = targets[ruling.measure]
            of_measure[ruling.indicator] = _ruled(ruling, of_measure[ruling.indicator])
    return targets


def save_units(session: Session, rows: Iterable[UnitRow]) -> None:
    """Add new units and bring known ones up to date, found by name or, after a renaming, by an older name, which stays
    known.

    A unit is never removed, nor is a name by which it was known.
    """
    known = list(session.exec(select(UnitRow)))
    by_any_name = {alias: row for row in known for alias in row.aliases} | {row.name: row for row in known}
    for row in rows:
        row_id = by_any_name.get(row.name)
        if row_id is None:
            session.add(row)
            continue
        row_id.aliases = [name for name in dict.fromkeys([*row.aliases, *row_id.aliases]) if name != row_id.name]
        for field in ("kind", "position", "engineering", "leader", "person", "phone"):
            setattr(row_id, field, getattr(row, field))
        session.add(row_id)
    session.flush()


def save_plan(
    session: Session, tasks: Iterable[TaskRow], measures: Iterable[MeasureRow], indicators: Iterable[MeasureIndicator]
) -> None:
    """Store an imported plan; a task, measure or indicator already there takes the imported words."""
    for rows in (tasks, measures, indicators):
        for row in rows:
            session.merge(row)
        session.flush()


def add_to_plan(
    session: Session, tasks: Iterable[TaskRow], measures: Iterable[MeasureRow], indicators: Iterable[MeasureIndicator]
) -> None:
    """Add what a later import brings; each row knows since when."""
    for rows in (tasks, measures, indicators):
        session.add_all(rows)
        session.flush()


def measure_indicator(session: Session, measure: str, indicator: str) -> MeasureIndicator | None:
    """Return the row by which a measure is, or was once, judged by an indicator."""
    return session.get(MeasureIndicator, (indicator, measure))


def is_untouched(session: Session) -> bool:
    """Return whether nothing has been reported, decided, sent or issued yet."""
    of_plans = (Submission, TaskRuling, MeasureRuling, TargetRuling, Verification, Evidence, DeadlineRequest)
    of_supervision = (Bulletin, NoticeRow, RectificationRow, SpotCheckRow, RoundRow, InstructionRow)
    tables = (*of_plans, *of_supervision)
    return all(session.exec(select(col(table.id)).limit(1)).first() is None for table in tables)


def forget_plan(session: Session, plan: str) -> None:
    """Take away an imported plan, all of it, so that another can be imported. Only while `is_untouched`."""
    tasks = [row.code for row in task_rows(session, plan)]
    measures = list(session.exec(select(MeasureRow.code).where(col(MeasureRow.task).in_(tasks))))
    session.exec(delete(MeasureIndicator).where(col(MeasureIndicator.measure).in_(measures)))
    for table, column in ((Assignment, Assignment.task), (MeasureRow, MeasureRow.task), (TaskRow, TaskRow.code)):
        session.exec(delete(table).where(col(column).in_(tasks)))
    session.exec(delete(PlanVersion).where(col(PlanVersion.plan) == plan))
    session.exec(delete(PlanRow).where(col(PlanRow.code) == plan))


def save_plan_row(session: Session, plan: PlanRow) -> None:
    """Store a plan, or what is known of it now."""
    session.merge(plan)
    session.flush()


def add_version(session: Session, version: PlanVersion) -> None:
    session.add(version)
    session.flush()


def versions_of(session: Session, plan: str) -> list[PlanVersion]:
    """Return the workbooks of a plan, oldest first."""
    query = select(PlanVersion).where(PlanVersion.plan == plan)
    return list(session.exec(query.order_by(col(PlanVersion.at), col(PlanVersion.id))))


def end_task(session: Session, task: str, at: datetime) -> None:
    """Enter that a task (by its key) is no part of the plan from then on; its measures likewise."""
    row = session.get_one(TaskRow, task)
    row.until = row.until or at
    session.add(row)
    for measure in session.exec(
        select(MeasureRow.code).where(MeasureRow.task == task, col(MeasureRow.until).is_(None))
    ):
        end_measure(session, measure, at)


def end_measure(session: Session, measure: str, at: datetime) -> None:
    """Enter that a measure (by its key) is no part of the plan from then on."""
    row = session.get_one(MeasureRow, measure)
    row.until = row.until or at
    session.add(row)
    session.flush()


def save_assignments(session: Session, task_units: dict[str, list[int]]) -> None:
    """Store the units that answer for each task as imported, from the beginning."""
    session.exec(delete(Assignment).where(col(Assignment.task).in_(task_units)))
    rows = [{"task": task, "unit_id": unit} for task, unit_ids in task_units.items() for unit in unit_ids]
    if rows:  # as rows, not objects: a hundred thousand of them
        session.connection().execute(insert(Assignment), rows)


def add_ruling(session: Session, ruling: TaskRuling) -> None:
    session.add(ruling)
    session.flush()


def task_rows(session: Session, plan: str | None = None) -> list[TaskRow]:
    """Return the tasks as imported, of one plan or of all; those ended among them."""
    query = select(TaskRow).order_by(col(TaskRow.position))
    return list(session.exec(query if plan is None else query.where(TaskRow.plan == plan)))
