"""A leader's written words on a lamp, a unit or a bulletin: entered, opened as a rectification for each unit that has
to act, listed as of any day. Source: supervision.md 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access.bulletins import issues_until
from data_access.database import Session, reading, writing
from data_access.numbered_rows import add_row, numbered_rows
from data_access.numbering import next_serial
from models.instructions import Instruction, InstructionRow, Subject
from models.meetings import INSTRUCTION, Promise
from models.rectifications import Rectification
from rules.as_of import day_of, end_of_day
from rules.numbering import number_of
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import EVERYONE, WHO_SEES_ALL, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest, refuse_longer_than
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named, unit_ids_named
from services.rectifications.commitments import by_source, open_commitments, source_of

LONGEST = 1900
"""Characters of the words: the issue of a rectification takes no more."""


@dataclass(frozen=True)
class InstructionNotes:
    """What is entered. `about`: the measure of a lamp, the number of a bulletin, "" of a unit; `units`: who has to
    act.
    """

    leader: str
    written_on: date
    text: str
    subject: Subject
    units: Sequence[str]
    due: date
    about: str = ""


@requires_role(*WHO_SEES_ALL)
def enter_instruction(notes: InstructionNotes, *, at: datetime | None = None) -> Instruction:
    """Return the instruction as entered, with the rectifications that it became. Raises RefusedRequest."""
    at = at or present()
    _refuse(notes, day_of(at))
    with writing() as session:
        state = district_state(session, at + timedelta(microseconds=1))
        unit_ids = unit_ids_named(state, notes.units)
        _refuse_unknown_subject(session, notes, state, unit_ids, at)
        row = InstructionRow(
            plan=state.plan.code,
            year=day_of(at).year,
            serial=next_serial(session, InstructionRow, day_of(at).year),
            leader=notes.leader.strip(),
            written_on=notes.written_on,
            text=notes.text.strip(),
            subject=notes.subject.value,
            about=notes.about,
            unit_ids=unit_ids,
            due=notes.due,
            at=at,
            by=current_user().name,
            account=current_user().login,
        )
        add_row(session, row)
        number = number_of(row.year, row.serial)
        promises = [
            Promise(state.plan.units[unit_id].name, f"{row.leader}批示：{row.text}", row.due) for unit_id in unit_ids
        ]
        measure = notes.about if notes.subject is Subject.LAMP else None
        opened = open_commitments(session, promises, source_of(INSTRUCTION, number), at, measure)
        log(
            session,
            "enter instruction",
            f"{number} {notes.subject.word} {notes.about}".strip(),
            after={"due": row.due, "rectifications": [status.number for status in opened]},
            detail={
                "leader": row.leader,
                "written_on": row.written_on,
                "text": row.text,
                "units": [promise.unit for promise in promises],
                "at": at.isoformat(),
            },
        )
        return next(item for item in _all(session, day_of(at), state) if item.number == number)


def _refuse(notes: InstructionNotes, on: date) -> None:
    if not notes.leader.strip():
        raise RefusedRequest("请写明批示领导。")
    if not notes.text.strip():
        raise RefusedRequest("请写明批示内容。")
    refuse_longer_than(LONGEST, notes.text, what="批示内容")
    if notes.written_on > on:
        raise RefusedRequest(f"批示日期（{notes.written_on}）不能晚于登记当天（{on}）。")
    if not notes.units:
        raise RefusedRequest("请至少选择一个办理单位。")


def _refuse_unknown_subject(
    session: Session, notes: InstructionNotes, state: DistrictState, unit_ids: Sequence[int], at: datetime
) -> None:
    match notes.subject:
        case Subject.LAMP:
            _refuse_without_lamp(state, notes.about, unit_ids)
        case Subject.BULLETIN:
            issues = issues_until(session, at + timedelta(microseconds=1))
            if notes.about not in {number_of(issue.year, issue.serial) for _, issue in issues}:
                raise RefusedRequest(f"没有编号为 {notes.about} 的已印发通报。")


def _refuse_without_lamp(state: DistrictState, code: str, unit_ids: Sequence[int]) -> None:
    """A measure of which the plan names no units has one lamp, and anybody may have to act on it."""
    measure = state.plan.measure(code)
    if measure is None:
        raise RefusedRequest(f"方案中没有举措“{code}”，举措编号形如 1.2.2。")
    task = state.plan.task(measure.task)
    others = [
        state.plan.units[unit_id].name for unit_id in unit_ids if task and task.units and unit_id not in task.units
    ]
    if others:
        raise RefusedRequest(
            f"{'、'.join(others)}不承担举措 {code}，没有这盏灯，请改选承担该举措的单位，或改为对单位批示。"
        )


@requires_role(*EVERYONE, own="unit")
def instructions_as_of(as_of: date, unit: str | None = None) -> tuple[Instruction, ...]:
    """Return those entered by the end of the day, by number; those that bind one unit or all, and of a unit's person
    the own, of which it sees no other unit.

    Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        unit_id = None if unit is None else unit_id_named(state, unit)
        return _all(session, as_of, state, unit_id)


def _all(session: Session, as_of: date, state: DistrictState, unit_id: int | None = None) -> tuple[Instruction, ...]:
    opened = by_source(session, as_of, state, unit_id)
    return tuple(
        _instruction(row, state, opened, unit_id)
        for row in numbered_rows(session, InstructionRow, end_of_day(as_of))
        if unit_id is None or unit_id in row.unit_ids
    )


def _instruction(
    row: InstructionRow, state: DistrictState, opened: dict[str, Sequence[Rectification]], unit_id: int | None
) -> Instruction:
    number = number_of(row.year, row.serial)
    names = [state.plan.units[owner].name for owner in row.unit_ids if unit_id in (None, owner)]
    return Instruction(
        number,
        row.leader,
        row.written_on,
        masked_words(row.text, names[0]),
        Subject(row.subject),
        row.about,
        tuple(names),
        row.due,
        row.at,
        row.by,
        tuple(opened.get(source_of(INSTRUCTION, number), ())),
    )
