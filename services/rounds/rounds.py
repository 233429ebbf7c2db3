"""Rounds as they stood at the end of a day, as far as whoever asks may see them.

A unit sees the rounds that name it, of these itself alone; a sealed one only once it is concluded. Leaders see of a
sealed one that runs no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from data_access.database import Session, reading
from data_access.numbered_rows import entries_by_round, numbered_row, numbered_rows
from models.people import Role
from models.rounds import (
    Attached,
    AttachedKind,
    PastStep,
    Round,
    RoundEntry,
    RoundKind,
    RoundRow,
    RoundState,
    RoundStep,
)
from rules.as_of import end_of_day
from rules.numbering import number_of
from rules.rounds.course import state_after
from services.access.current_user import current_user
from services.access.numbers import row_numbered
from services.access.permission import EVERYONE, OWN_ONLY, Forbidden, is_own, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state

SEALED_NAME = "四不两直督查（保密）"
ATTACHMENTS = (RoundStep.ATTACH, RoundStep.DETACH)
ABOUT_OTHERS = (RoundStep.CHANGE, *ATTACHMENTS)
"""Steps that may name what is no business of a unit."""
DAYS = ("starts_on", "ends_on")


@requires_role(*EVERYONE)
def rounds_as_of(as_of: date) -> tuple[Round, ...]:
    """Return those set by the end of the day that whoever asks may see, by number."""
    with reading() as session:
        return tuple(_seen(rounds_in(session, end_of_day(as_of))))


@requires_role(*EVERYONE)
def round_as_of(number: str, as_of: date) -> Round:
    """Return one as it stood at the end of the day. Raises RefusedRequest for an unknown number or one set later,
    Forbidden for one that whoever asks does not see.
    """
    with reading() as session:
        round_row(session, number)
        rounds = rounds_in(session, end_of_day(as_of))
    item = next((item for item in rounds if item.number == number), None)
    if item is None:
        raise RefusedRequest(f"督查轮次 {number} 在 {as_of} 尚未安排，请换一个截至日期。")
    seen = next(_seen([item]), None)
    if seen is None:
        raise Forbidden(OWN_ONLY)
    return seen


def _seen(rounds: Sequence[Round]) -> Iterator[Round]:
    for item in rounds:
        if current_user().role is Role.UNIT:
            own = tuple(filter(is_own, item.units))
            if own and not (item.sealed and item.state is not RoundState.CONCLUDED):
                conclusions = {unit: text for unit, text in item.conclusions.items() if is_own(unit)}
                steps = tuple(step for step in item.steps if step.step not in ABOUT_OTHERS)
                yield replace(item, units=own, conclusions=conclusions, attached=(), members=(), steps=steps)
        elif current_user().role is Role.LEADER and item.is_hidden:
            if item.state is RoundState.UNDER_WAY:
                yield _that_it_runs(item)
        else:
            yield item


def _that_it_runs(item: Round) -> Round:
    hidden: dict[str, Any] = dict.fromkeys(("areas", "tasks", "units", "members", "attached", "steps"), ())
    return replace(item, name=SEALED_NAME, leader="", scheme="", legal_basis="", conclusions={}, by="", **hidden)


def rounds_in(session: Session, end: datetime) -> tuple[Round, ...]:
    """Return every round set before `end`, within a transaction and without asking who asks."""
    state = district_state(session, end)
    entries = entries_by_round(session, end)
    return tuple(as_read(row, entries.get(row.id or 0, ()), state) for row in numbered_rows(session, RoundRow, end))


def as_read(row: RoundRow, entries: Sequence[RoundEntry], state: DistrictState) -> Round:
    names = {unit.id: unit.name for unit in state.plan.units.values()}
    stored = stored_of(row, entries)
    attached: dict[Attached, None] = {}
    conclusions: dict[str, str] = {}
    for entry in entries:
        match entry.step:
            case RoundStep.ATTACH:
                attached[_attached(entry)] = None
            case RoundStep.DETACH:
                attached.pop(_attached(entry), None)
            case RoundStep.CONCLUDE:
                conclusions = {names[int(unit_id)]: text for unit_id, text in entry.detail.items()}
    return Round(
        number_of(row.year, row.serial),
        stored["name"],
        RoundKind(stored["kind"]),
        state_after(RoundStep(entry.step) for entry in entries),
        stored["starts_on"],
        stored["ends_on"],
        tuple(stored["areas"]),
        tuple(stored["tasks"]),
        tuple(names[unit_id] for unit_id in stored["unit_ids"]),
        stored["leader"],
        tuple(stored["members"]),
        stored["scheme"],
        stored["legal_basis"],
        stored["sealed"],
        conclusions,
        tuple(attached),
        tuple(PastStep(RoundStep(entry.step), _words(entry), entry.at, entry.by) for entry in entries),
        row.at,
        row.by,
    )


def stored_of(row: RoundRow, entries: Iterable[RoundEntry]) -> dict[str, Any]:
    """Return the columns of the row as they were set last."""
    stored = row.model_dump()
    for entry in entries:
        if entry.step == RoundStep.CHANGE:
            days = {name: date.fromisoformat(entry.detail[name]) for name in DAYS if name in entry.detail}
            stored |= entry.detail | days
    return stored


def _attached(entry: RoundEntry) -> Attached:
    return Attached(AttachedKind(entry.detail["kind"]), entry.detail["number"])


def _words(entry: RoundEntry) -> str:
    if entry.step in ATTACHMENTS:
        return f"{_attached(entry).kind.word} {entry.detail['number']}"
    return entry.text


def round_row(session: Session, number: str) -> RoundRow:
    """Return the row as set. Raises RefusedRequest for what is no number, or nobody's."""
    return row_numbered(number, "督查轮次", "督查轮次", partial(numbered_row, session, RoundRow))
