"""What happens to units (机构改革): entered from a day on with its reason, shown before it is stored, and never
overwritten.

Source: plans.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from data_access.database import Session, reading, writing
from data_access.plan_store import plan_at, plans_on_board, units
from data_access.unit_changes import add_unit_change, unit_changes
from data_access.unit_register import accounts_of_units, add_unit_row, change_unit_row
from models.plan import Plan, Task, UnitInfo
from models.units import UNIT_KINDS, UnitChange, UnitChangeKind, UnitEntry
from rules.as_of import end_of_day
from rules.measure_addresses import address_in
from rules.units.changes import TaskUnits, begins, ending, history_of
from services.access.audit_log import log, who_was_first
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.personal_data import logged_unit
from services.access.refusal import RefusedRequest, refuse_without_reason
from services.plan.unit_words import expand_units, split_words
from services.units.register import REGISTER_ACTS, checked, entry_of

LONGEST = 200
ACTS_THAT_COUNT = (*REGISTER_ACTS, "add unit", "import plan", "settle", "add account", "change account")
"""The acts of the log by which what follows from a change becomes another."""


@dataclass(frozen=True)
class UnitChangeForm:
    """A change as it is asked for. `units` by any of their names; `into`: the names of those that answer from the day
    on, registered or new (of a renaming the new name); `unit_kind`: of a founded unit.
    """

    kind: UnitChangeKind
    units: tuple[str, ...]
    into: tuple[str, ...]
    day: date
    reason: str
    document: str = ""
    unit_kind: str = ""


@dataclass(frozen=True)
class TaskChange:
    """A task with the units, by name, that answer for it from the day on, and no longer."""

    task: str
    title: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class AccountsChange:
    """The accounts of a unit that is no more. `acting_for`: the unit for which they act from the day on, None where
    they may only look.
    """

    unit: str
    accounts: int
    acting_for: str | None


@dataclass(frozen=True)
class UnitChangeEffects:
    """What follows from a change. `in_words`: one sentence for the log and the history."""

    in_words: str
    units: tuple[str, ...]
    successors: tuple[str, ...]
    tasks: tuple[TaskChange, ...]
    accounts: tuple[AccountsChange, ...]
    number: int | None = None  # None while it is only tried

    @property
    def duties_in_words(self) -> list[str]:
        """Return a line for each unit that takes on tasks or bears them no longer."""
        lines = []
        for unit in dict.fromkeys(name for row in self.tasks for name in (*row.removed, *row.added)):
            lost = "、".join(row.task for row in self.tasks if unit in row.removed)
            gained = "、".join(row.task for row in self.tasks if unit in row.added)
            lines += [f"{unit}不再承担任务 {lost}。"] if lost else []
            lines += [f"{unit}承担任务 {gained}。"] if gained else []
        return lines


@dataclass(frozen=True)
class UnitHistoryEntry:
    """An entry of the history, by the names that the units had. `is_to_come`: its day is after the day asked for."""

    number: int
    day: date
    kind: UnitChangeKind
    units: tuple[str, ...]
    successors: tuple[str, ...]
    in_words: str
    reason: str
    document: str
    at: datetime
    by: str
    is_to_come: bool


@requires_role(*BUREAU_ALONE)
def preview_unit_change(form: UnitChangeForm, *, at: datetime | None = None) -> UnitChangeEffects:
    """Return what would follow; nothing is stored. Raises RefusedRequest."""
    with reading() as session:
        prepared = _prepare(session, form, at or present())
        return _effects(session, prepared)


@requires_role(*BUREAU_ALONE)
def enter_unit_change(
    form: UnitChangeForm, *, at: datetime | None = None, seen: UnitChangeEffects | None = None
) -> UnitChangeEffects:
    """Return what follows from the entry, which holds from the beginning of its day. `seen`: the effects that whoever
    enters it was shown; None where they were shown none. Raises RefusedRequest, naming who was first where others
    follow now.
    """
    with writing() as session:
        prepared = _prepare(session, form, at or present())
        effects = _effects(session, prepared)
        if seen is not None and seen != effects:
            raise RefusedRequest(
                f"名册、任务分工或账号刚才已由{who_was_first(session, ACTS_THAT_COUNT)}更改，这次变动的影响与您看到的"
                "不同，您的录入没有保存；请重新查看影响。"
            )
        change = add_unit_change(session, _stored(session, prepared))
        log(
            session,
            f"{form.kind.value} unit",
            "、".join(prepared.names[number] for number in prepared.change.units),
            before={row.task: list(row.removed) for row in effects.tasks if row.removed},
            after={row.task: list(row.added) for row in effects.tasks if row.added},
            detail={
                "day": form.day.isoformat(),
                "reason": change.reason,
                "document": change.document,
                "change": effects.in_words,
                "units": {entry.name: logged_unit(asdict(entry)) for entry in prepared.new.values()},
            },
        )
    return replace(effects, number=change.number)


@requires_role(*EVERYONE)
def unit_history(as_of: date, unit: str | None = None) -> tuple[UnitHistoryEntry, ...]:
    """Return what happened to the units by the end of the day, or to one and those that it came from, and what was
    entered by then for later, by day. Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        every = unit_changes(session)
        number = _number(session, unit) if unit is not None else None
        end = end_of_day(as_of)
        known = units(session)
        return tuple(
            _told(session, change, known, begins(change.day) >= end)
            for change in (every if number is None else history_of(number, every))
            if begins(change.day) < end or change.at < end
        )


def _number(session: Session, unit: str) -> int:
    number = next((row.id for row in units(session).values() if unit in (row.name, *row.aliases)), None)
    if number is None:
        raise RefusedRequest(f"单位名册中没有“{unit}”。")
    return number


@dataclass(frozen=True)
class _Prepared:
    """A change that may be entered; new units have numbers below 0 until they are stored. `names`: of every unit that
    it speaks of.
    """

    change: UnitChange
    new: dict[int, UnitEntry]
    names: dict[int, str]
    plans: tuple[Plan, ...]  # as the day begins, with what is entered for it already; the current one first


def _prepare(session: Session, form: UnitChangeForm, at: datetime) -> _Prepared:
    """Raises RefusedRequest for what cannot be."""
    refuse_without_reason(form.reason, "请写明理由。")
    if max(len(form.reason), len(form.document)) > LONGEST:
        raise RefusedRequest(f"理由和文件各最多 {LONGEST} 个字。")
    moment = begins(form.day) + timedelta(microseconds=1)  # with what is entered for the day already
    plan = plan_at(session, moment)
    others = (row.code for row in plans_on_board(session) if row.code != plan.code)
    plans = (plan, *(plan_at(session, moment, code) for code in others))
    numbers = tuple(dict.fromkeys(_existing(session, plan, name, form.day) for name in form.units))
    names = {number: unit.name for number, unit in plan.units.items()}
    new: dict[int, UnitEntry] = {}
    successors: tuple[int, ...] = ()
    if form.kind is UnitChangeKind.RENAME:
        _refuse_taken(session, form.into[0], plan.units[numbers[0]])
    elif form.kind is UnitChangeKind.FOUND:
        new = {-1: _new_entry(session, form.into[0], form.unit_kind, plan, ())}
        numbers = (-1,)
    else:
        successors, new = _successors(session, plan, form, numbers)
    names |= {number: entry.name for number, entry in new.items()}
    change = UnitChange(
        0,
        form.day,
        form.kind,
        numbers,
        successors,
        tuple(new),
        names[numbers[0]] if form.kind is UnitChangeKind.RENAME else "",
        form.into[0].strip() if form.kind is UnitChangeKind.RENAME else "",
        (),
        form.reason.strip(),
        form.document.strip(),
        at,
        current_user().name,
    )
    _refuse_unsound(session, plans, change, names)
    return _Prepared(replace(change, tasks=_tasks_of_new(plans, new, change)), new, names, plans)


def _existing(session: Session, plan: Plan, name: str, day: date) -> int:
    number = plan.unit_id(name.strip())
    if number is None:
        later = next((row for row in units(session).values() if name.strip() in (row.name, *row.aliases)), None)
        raise RefusedRequest(
            f"“{name}”在 {day} 尚未设立，请改日期。" if later else f"单位名册中没有“{name}”，请按名册填写。"
        )
    if (ended := ending(number, plan.unit_changes)) is not None:
        raise RefusedRequest(f"“{name}”已于 {ended.day} {ended.kind.word}（{ended.by}录入），不能再变动。")
    return number


def _successors(
    session: Session, plan: Plan, form: UnitChangeForm, numbers: tuple[int, ...]
) -> tuple[tuple[int, ...], dict[int, UnitEntry]]:
    successors, new = list[int](), dict[int, UnitEntry]()
    for name in dict.fromkeys(name.strip() for name in form.into):
        number = plan.unit_id(name)
        if number is None:
            number = -1 - len(new)
            kind = plan.units[numbers[0]].kind
            new[number] = _new_entry(session, name, kind, plan, numbers)
        else:
            _existing(session, plan, name, form.day)
        successors.append(number)
    return tuple(dict.fromkeys(successors)), new


def _new_entry(session: Session, name: str, kind: str, plan: Plan, came_from: Sequence[int]) -> UnitEntry:
    if kind not in UNIT_KINDS:
        raise RefusedRequest(f"单位类别应为{'、'.join(UNIT_KINDS)}之一。")
    engineering = any(plan.units[number].engineering for number in came_from)
    return checked(session, UnitEntry(name, kind, engineering=engineering), units(session))


def _refuse_taken(session: Session, name: str, unit: UnitInfo) -> None:
    """A name that the unit itself had before may come back."""
    if name.strip() == unit.name:
        raise RefusedRequest("新名称与原名称相同。")
    others = {number: other for number, other in units(session).items() if number != unit.id}
    checked(session, replace(entry_of(unit), name=name.strip(), aliases=()), others)


def _refuse_unsound(session: Session, plans: Sequence[Plan], change: UnitChange, names: dict[int, str]) -> None:
    concerned = {*change.units, *change.successors}
    for other in unit_changes(session):
        if other.day > change.day and not concerned.isdisjoint((*other.units, *other.successors)):
            raise RefusedRequest(f"该单位已录入 {other.day} 起的{other.kind.word}，新的变动不能早于该日。")
    if change.kind is UnitChangeKind.MERGE and not change.ended:
        raise RefusedRequest("合并至少须有一个并入其他单位的单位。")
    if change.kind is UnitChangeKind.SPLIT and len(change.successors) < 2:
        raise RefusedRequest("拆分须写明至少两个承接单位。")
    if change.kind is UnitChangeKind.ABOLISH and not change.ended:
        raise RefusedRequest("承接单位不能是被撤销的单位自己。")
    for plan, task in _tasks(plans):
        if task.units and not _units_after(task, change):
            unit, code = "、".join(names[number] for number in change.ended), _told_as(plans, plan, task)
            raise RefusedRequest(f"{unit}撤销后任务 {code} 没有责任单位，请写明承接单位，或者先核定该任务的责任单位。")


def _tasks(plans: Sequence[Plan]) -> Iterator[tuple[Plan, Task]]:
    for plan in plans:
        yield from ((plan, task) for task in plan.tasks)


def _told_as(plans: Sequence[Plan], plan: Plan, task: Task) -> str:
    """The code of a task of the current plan, the address of another plan's."""
    return task.code if plan is plans[0] else address_in(plan.code, task.code)


def _tasks_of_new(plans: Sequence[Plan], new: dict[int, UnitEntry], change: UnitChange) -> tuple[str, ...]:
    """The tasks whose words name a founded unit or its group."""
    if change.kind is not UnitChangeKind.FOUND:
        return ()
    founded = {number: UnitInfo(id=number, **asdict(entry)) for number, entry in new.items()}
    return tuple(task.key for _, task in _tasks(plans) if expand_units(split_words(task.units_text), founded)[0])


def _units_after(task: Task, change: UnitChange) -> list[int]:
    answering = TaskUnits(task.key, task.units, task.since, [change])
    answering.finish()
    return answering.units


def _effects(session: Session, prepared: _Prepared) -> UnitChangeEffects:
    change, names = prepared.change, prepared.names
    tasks = []
    for plan, task in _tasks(prepared.plans):
        after = _units_after(task, change)
        if set(after) != set(task.units):
            added, removed = set(after) - set(task.units), set(task.units) - set(after)
            tasks.append(
                TaskChange(
                    _told_as(prepared.plans, plan, task),
                    task.title,
                    _names(names, (number for number in after if number in added)),
                    _names(names, (number for number in task.units if number in removed)),
                )
            )
    accounts = accounts_of_units(session)
    acting = names[change.successors[0]] if len(change.successors) == 1 else None
    return UnitChangeEffects(
        _sentence(change, names),
        _names(names, change.units),
        _successor_names(change, names),
        tuple(tasks),
        tuple(AccountsChange(names[number], accounts.get(number, 0), acting) for number in change.ended),
    )


def _names(names: dict[int, str], numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(names[number] for number in numbers)


def _successor_names(change: UnitChange, names: dict[int, str]) -> tuple[str, ...]:
    return (change.name_after,) if change.kind is UnitChangeKind.RENAME else _names(names, change.successors)


def _sentence(change: UnitChange, names: dict[int, str]) -> str:
    units = "、".join(_names(names, change.units))
    into = "、".join(_names(names, change.successors))
    match change.kind:
        case UnitChangeKind.RENAME:
            return f"{change.name_before}更名为{change.name_after}"
        case UnitChangeKind.MERGE:
            return f"{'、'.join(_names(names, change.ended))}并入{into}"
        case UnitChangeKind.SPLIT:
            return f"{units}分为{into}"
        case UnitChangeKind.FOUND:
            return f"设立{units}"
        case UnitChangeKind.ABOLISH:
            return f"撤销{units}，" + (f"由{into}承接" if into else "没有承接单位")


def _stored(session: Session, prepared: _Prepared) -> UnitChange:
    """The change with the numbers of its new units, once they and a new name stand in the register."""
    numbers = {number: add_unit_row(session, entry) for number, entry in prepared.new.items()}
    change = prepared.change
    if change.kind is UnitChangeKind.RENAME:
        unit = units(session)[change.units[0]]
        aliases = (name for name in (*unit.aliases, unit.name) if name != change.name_after)
        change_unit_row(
            session,
            unit.id,
            replace(entry_of(unit), name=change.name_after, aliases=tuple(dict.fromkeys(aliases))),
        )

    def stored(given: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(numbers.get(number, number) for number in given)

    return replace(change, units=stored(change.units), successors=stored(change.successors), new=stored(change.new))


def _told(session: Session, change: UnitChange, known: dict[int, UnitInfo], is_to_come: bool) -> UnitHistoryEntry:
    """By the names of the day on which it happened."""
    names = {number: unit.name for number, unit in known.items()}
    names |= {number: unit.name for number, unit in units(session, begins(change.day)).items()}
    return UnitHistoryEntry(
        change.number,
        change.day,
        change.kind,
        _names(names, change.units),
        _successor_names(change, names),
        _sentence(change, names),
        change.reason,
        change.document,
        change.at,
        change.by,
        is_to_come,
    )
