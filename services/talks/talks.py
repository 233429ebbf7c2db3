"""Talks with units: recorded once held, with what the unit takes on; or why none is held.

Source: supervision.md 5.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access.database import Session, reading, writing
from data_access.notices import add as add_declined
from data_access.notices import declined_suggestions
from data_access.numbered_rows import add_row, numbered_rows
from data_access.numbering import next_serial
from models.meetings import TALK, Promise, Talk, TalkRow
from models.notices import Suggestion, SuggestionDeclined
from rules.as_of import day_of, end_of_day
from rules.numbering import number_of
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import EVERYONE, WHO_SUPERVISES, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest, refuse_longer_than, refuse_without_reason
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named
from services.rectifications.commitments import by_source, open_commitments, source_of

LONGEST = 4000
"""Characters of a text."""


@dataclass(frozen=True)
class TalkNotes:
    """What is entered of a talk. `promises`: what the unit takes on and by when."""

    unit: str
    held_on: date
    attendees: str
    reason: str
    text: str
    promises: Sequence[tuple[str, date]] = ()


@requires_role(*WHO_SUPERVISES)
def record_talk(notes: TalkNotes, *, at: datetime | None = None) -> Talk:
    """Return the talk as recorded, with its commitments as rectifications. Raises RefusedRequest."""
    at = at or present()
    _refuse(notes, day_of(at))
    with writing() as session:
        state = district_state(session, at + timedelta(microseconds=1))
        unit_id = unit_id_named(state, notes.unit)
        unit = state.plan.units[unit_id].name
        row = TalkRow(
            plan=state.plan.code,
            year=day_of(at).year,
            serial=next_serial(session, TalkRow, day_of(at).year),
            unit_id=unit_id,
            held_on=notes.held_on,
            attendees=notes.attendees.strip(),
            reason=notes.reason.strip(),
            text=notes.text.strip(),
            at=at,
            by=current_user().name,
            account=current_user().login,
        )
        add_row(session, row)
        number = number_of(row.year, row.serial)
        promises = [Promise(unit, text, due) for text, due in notes.promises]
        opened = open_commitments(session, promises, source_of(TALK, number), at)
        log(
            session,
            "record talk",
            f"{number} {unit}",
            after={"held_on": row.held_on, "commitments": [status.number for status in opened]},
            detail={"attendees": row.attendees, "reason": row.reason, "text": row.text, "at": at.isoformat()},
        )
        return next(talk for talk in talks_in(session, day_of(at), state, unit_id) if talk.number == number)


def _refuse(notes: TalkNotes, on: date) -> None:
    if notes.held_on > on:
        raise RefusedRequest(f"约谈日期（{notes.held_on}）不能晚于登记当天（{on}）。")
    for text, what in ((notes.attendees, "约谈人和被约谈人"), (notes.reason, "约谈事由"), (notes.text, "约谈内容")):
        if not text.strip():
            raise RefusedRequest(f"请写明{what}。")
        refuse_longer_than(LONGEST, text, what=what)


@requires_role(*EVERYONE, own="unit")
def talks_as_of(as_of: date, unit: str | None = None) -> tuple[Talk, ...]:
    """Return those recorded by the end of the day, by number; of one unit or of all, of a unit's person the own.

    Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        return talks_in(session, as_of, state, None if unit is None else unit_id_named(state, unit))


def talks_in(session: Session, as_of: date, state: DistrictState, unit_id: int | None = None) -> tuple[Talk, ...]:
    """Return what `talks_as_of` does, within a transaction and without asking who asks."""
    commitments = by_source(session, as_of, state, unit_id)
    return tuple(
        _talk(row, state, commitments)
        for row in numbered_rows(session, TalkRow, end_of_day(as_of))
        if unit_id in (None, row.unit_id)
    )


def _talk(row: TalkRow, state: DistrictState, commitments: dict) -> Talk:
    number, unit = number_of(row.year, row.serial), state.plan.units[row.unit_id].name
    return Talk(
        number,
        unit,
        row.held_on,
        masked_words(row.attendees, unit),
        masked_words(row.reason, unit),
        masked_words(row.text, unit),
        row.at,
        row.by,
        tuple(commitments.get(source_of(TALK, number), ())),
    )


@requires_role(*WHO_SUPERVISES)
def decline_talk(unit: str, *, reason: str, at: datetime | None = None) -> None:
    """Say why a unit is not talked to although it is suggested. Raises RefusedRequest."""
    at = at or present()
    refuse_without_reason(reason, "请写明不约谈的理由。")
    with writing() as session:
        state = district_state(session, at + timedelta(microseconds=1))
        unit_id = unit_id_named(state, unit)
        row = SuggestionDeclined(
            plan=state.plan.code,
            unit_id=unit_id,
            matter="",  # of the unit as a whole
            suggestion=Suggestion.TALK.value,
            reason=reason.strip(),
            at=at,
            by=current_user().name,
            account=current_user().login,
        )
        add_declined(session, row)
        log(
            session,
            "decline talk",
            state.plan.units[unit_id].name,
            detail={"reason": row.reason, "at": at.isoformat()},
        )


@dataclass(frozen=True, slots=True)
class TalkAnswer:
    """What was done about the suggestion to talk to a unit: the day on which it was, or why not."""

    on: date
    declined: str = ""  # the reason

    @property
    def words(self) -> str:
        return f"{self.on} 记录不约谈：{self.declined}" if self.declined else f"{self.on} 已约谈"


def talk_answers(session: Session, end: datetime) -> dict[int, TalkAnswer]:
    """Return the id of a unit → the last talk with it, or the last reason for none, entered before `end`."""
    answers = {
        row.unit_id: (row.at, TalkAnswer(day_of(row.at), row.reason))
        for row in declined_suggestions(session, end)
        if not row.matter and row.suggestion == Suggestion.TALK
    }
    for row in numbered_rows(session, TalkRow, end):
        if row.unit_id not in answers or answers[row.unit_id][0] <= row.at:
            answers[row.unit_id] = row.at, TalkAnswer(row.held_on)
    return {unit_id: answer for unit_id, (_, answer) in answers.items()}
