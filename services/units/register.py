"""The register of units: who they are and what they answer for out; a new unit, or a change of one with its reason, in.

A unit is its number: it may be renamed, its older names stay known, and whatever was reported, decided or judged stays
its own. It is never deleted: one that answers for no task owes nothing and has no lamp. What happens to units from a
day on is entered in changes.py; a name changed here is one that was wrong all along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from data_access.database import Session, reading, writing
from data_access.plan_store import plan_at, units
from data_access.unit_register import accounts_of_units, add_unit_row, change_unit_row
from models.people import Role
from models.plan import UnitInfo
from models.units import UNIT_KINDS, UNIT_LABELS, UnitChangeKind, UnitEntry
from rules.as_of import end_of_day
from rules.units.changes import ending
from rules.units.entries import changes_in_words
from services.access.audit_log import last_act, log, who_was_first
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import requires_role
from services.access.personal_data import logged_unit, masked_unit
from services.access.refusal import RefusedRequest
from services.figures.district_state import settings_in_force
from services.figures.unit_names import unit_names
from services.plan.unit_words import is_group
from services.units.duties import follow, in_words

LONGEST = 40
REGISTER_ACTS = ("change unit", "import units", *(f"{kind.value} unit" for kind in UnitChangeKind))
"""The acts of the log by which a unit that is registered becomes another."""
SEPARATORS = frozenset("、,，;；\"'<>") | frozenset(" \t\u3000")


@dataclass(frozen=True)
class RegisteredUnit:
    """`tasks`: the codes of those it answers for; `accounts`: how many may sign in for it; `ended`: since when and how
    it is no more, "" while it exists.
    """

    entry: UnitEntry
    accounts: int
    tasks: tuple[str, ...]
    ended: str = ""


@requires_role(Role.BUREAU, Role.INSPECTOR)
def register_as_of(as_of: date) -> tuple[RegisteredUnit, ...]:
    """Return every unit as the register has it now, with its tasks as of the end of the day; its people in full for the
    bureau, which maintains them.
    """
    as_allowed = (lambda unit: unit) if current_user().role is Role.BUREAU else masked_unit
    with reading() as session:
        plan, accounts = plan_at(session, end_of_day(as_of)), accounts_of_units(session)
    return tuple(
        RegisteredUnit(
            entry_of(as_allowed(unit)),
            accounts.get(unit.id, 0),
            tuple(task.code for task in plan.tasks if unit.id in task.units),
            f"{change.day} {change.kind.word}" if (change := ending(unit.id, plan.unit_changes)) else "",
        )
        for unit in plan.units.values()
    )


def entry_of(unit: UnitInfo) -> UnitEntry:
    return UnitEntry(unit.name, unit.kind, unit.aliases, unit.engineering, unit.leader, unit.person, unit.phone)


@requires_role(Role.BUREAU)
def add_unit(entry: UnitEntry, *, reason: str, at: datetime | None = None) -> str:
    """Return in words what follows from a new unit, which from `at` on answers for the tasks that name it or its group.
    Raises RefusedRequest, naming who was first where another added it meanwhile.
    """
    _need_reason(reason)
    with writing() as session:
        before = units(session)
        _refuse_added(session, entry.name.strip(), before)
        entry = checked(session, entry, before)
        number = add_unit_row(session, entry)
        changes = follow(session, before, units(session), at or present(), reason.strip())
        log(
            session,
            "add unit",
            entry.name,
            after=logged_unit(asdict(entry)),
            detail={"reason": reason.strip(), "duties": in_words(changes, number)},
        )
    return in_words(changes, number)


@requires_role(Role.BUREAU)
def change_unit(
    name: str, entry: UnitEntry, *, reason: str, at: datetime | None = None, seen: UnitEntry | None = None
) -> str:
    """Return in words what follows from a change of a unit from now on; a new name leaves the old one as an alias.
    `seen`: what whoever changes it had before them; None where they had nothing. Raises RefusedRequest, naming who was
    first where another changed it meanwhile.

    Tasks follow the plan's words from `at` on; what the unit answered for before stays.
    """
    _need_reason(reason)
    with writing() as session:
        before = units(session)
        unit = next((unit for unit in before.values() if name in (unit.name, *unit.aliases)), None)
        if unit is None:
            raise RefusedRequest(f"单位名册中没有“{name}”。")
        if unit.name != name:
            raise RefusedRequest(f"“{name}”已录入更名为“{unit.name}”，请在更名之日以后修改。")
        if seen is not None and seen != entry_of(unit):
            raise RefusedRequest(_overtaken(session, seen, entry_of(unit)))
        if entry.name.strip() != name:
            entry = replace(entry, aliases=(*entry.aliases, name))
        entry = checked(session, entry, {number: other for number, other in before.items() if number != unit.id})
        if entry == entry_of(unit):
            raise RefusedRequest("没有更改任何内容。")
        change_unit_row(session, unit.id, entry)
        changes = follow(session, before, units(session), at or present(), reason.strip())
        log(
            session,
            "change unit",
            entry.name,
            before=logged_unit(asdict(entry_of(unit))),
            after=logged_unit(asdict(entry)),
            detail={
                "reason": reason.strip(),
                "duties": in_words(changes, unit.id),
                "contact": _contact_changed(entry_of(unit), entry),
            },
        )
    return in_words(changes, unit.id)


def _refuse_added(session: Session, name: str, before: Mapping[int, UnitInfo]) -> None:
    """Raises RefusedRequest where somebody has added a unit of that name on the board."""
    added = last_act(session, ("add unit",), name)
    if added is not None and added.subject == name and any(unit.name == name for unit in before.values()):
        raise RefusedRequest(f"“{name}”已由{added.by}列入名册（理由：{added.detail['reason']}），不必再新增。")


def _overtaken(session: Session, seen: UnitEntry, standing: UnitEntry) -> str:
    """Return who changed the unit meanwhile, and what."""
    first = who_was_first(session, REGISTER_ACTS, standing.name)
    return (
        f"“{standing.name}”刚才已由{first}修改：{changes_in_words(seen, standing)}。"
        "您的修改没有保存；请看过后再决定是否修改。"
    )


def _contact_changed(before: UnitEntry, after: UnitEntry) -> list[str]:
    """Which of its people changed: masked, two of them may look the same in the log."""
    return [
        UNIT_LABELS[name] for name in ("leader", "person", "phone") if getattr(before, name) != getattr(after, name)
    ]


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise RefusedRequest("请写明理由。")


def checked(session: Session, entry: UnitEntry, others: Mapping[int, UnitInfo]) -> UnitEntry:
    """Return the entry tidied. Raises RefusedRequest where a name cannot be one or is known already as
    another unit's.
    """
    name = entry.name.strip()
    aliases = tuple(alias for alias in dict.fromkeys(map(str.strip, entry.aliases)) if alias and alias != name)
    if entry.kind not in UNIT_KINDS:
        raise RefusedRequest(f"单位类别应为{'、'.join(UNIT_KINDS)}之一。")
    known = unit_names(others, settings_in_force(session, present())["district"])
    for label, words in (("单位名称", name), *(("别名", alias) for alias in aliases)):
        _refuse_no_name(label, words)
        taken = known.resolve(words)
        if taken is not None:
            raise RefusedRequest(f"{label}“{words}”已经是“{taken}”的名称或别名，请核对。")
    people = {field: _tidied(field, getattr(entry, field)) for field in ("leader", "person", "phone")}
    return UnitEntry(name, entry.kind, aliases, entry.engineering, people["leader"], people["person"], people["phone"])


def _refuse_no_name(label: str, words: str) -> None:
    if not words:
        raise RefusedRequest(f"请填写{label}。")
    if len(words) > LONGEST or not words.isprintable() or SEPARATORS & set(words):
        raise RefusedRequest(f"{label}“{words[:LONGEST]}”最多 {LONGEST} 个字，不能有空格、顿号、逗号、分号、引号。")
    if is_group(words):
        raise RefusedRequest(f"“{words}”是方案中的一组单位，不能用作{label}。")


def _tidied(field: str, words: str | None) -> str | None:
    text = (words or "").strip()
    if len(text) > LONGEST or not text.isprintable():
        raise RefusedRequest(f"{UNIT_LABELS[field]}最多 {LONGEST} 个字，不能换行。")
    return text or None
