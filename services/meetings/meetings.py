"""Meetings: called for a day with the units that come, questions entered for each, what they take on, called off.

Source: supervision.md 6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from data_access.database import Session, reading, writing
from data_access.numbered_rows import add_row, entries_by_meeting, numbered_row, numbered_rows
from data_access.numbering import next_serial
from models.meetings import MEETING, Meeting, MeetingEntry, MeetingRow, Promise
from models.rectifications import Rectification
from rules.as_of import EVER, day_of, end_of_day
from rules.numbering import number_of
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.numbers import row_numbered
from services.access.permission import EVERYONE, WHO_SEES_ALL, WHO_SUPERVISES, is_own, own_unit, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest, refuse_longer_than, refuse_without_reason
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named, unit_ids_named
from services.rectifications.acts import RectificationStatus
from services.rectifications.commitments import by_source, open_commitments, source_of

QUESTIONS, CANCEL = "questions", "cancel"
LONGEST = 500
"""Characters of a question or a name."""
USUAL_INTERVAL = timedelta(days=30)
"""Between two meetings, where none is known before."""


@requires_role(*WHO_SUPERVISES)
def call_meeting(
    name: str, held_on: date, units: Sequence[str], *, since: date | None = None, at: datetime | None = None
) -> Meeting:
    """Return the meeting as called. `since`: with which day its pack compares; left out, the meeting before.

    Raises RefusedRequest.
    """
    at = at or present()
    if not name.strip():
        raise RefusedRequest("请写明会议名称。")
    refuse_longer_than(LONGEST, name, what="每项")
    if not units:
        raise RefusedRequest("请至少选择一个参会单位。")
    with writing() as session:
        state = district_state(session, at + timedelta(microseconds=1))
        since = since or _day_before(_all(session, day_of(at), state), held_on)
        if since >= held_on:
            raise RefusedRequest(f"对比日期（{since}）应早于会议日期（{held_on}）。")
        row = MeetingRow(
            plan=state.plan.code,
            year=day_of(at).year,
            serial=next_serial(session, MeetingRow, day_of(at).year),
            name=name.strip(),
            held_on=held_on,
            since=since,
            unit_ids=unit_ids_named(state, units),
            at=at,
            by=current_user().name,
            account=current_user().login,
        )
        add_row(session, row)
        meeting = _meeting(row, (), state, {})
        log(
            session,
            "call meeting",
            f"{meeting.number} {meeting.name}",
            after={"held_on": held_on, "since": since, "units": list(meeting.units)},
            detail={"at": at.isoformat()},
        )
        return meeting


@requires_role(*WHO_SUPERVISES)
def enter_questions(number: str, unit: str, questions: Sequence[str], *, at: datetime | None = None) -> Meeting:
    """Put these questions to a unit, instead of those found by rule; none: the unit is asked nothing.

    Raises RefusedRequest.
    """
    texts = [text.strip() for text in questions if text.strip()]
    refuse_longer_than(LONGEST, *texts, what="每项")
    with writing() as session:
        entered = _Meeting(session, number, at)
        name = entered.unit_named(unit)
        if entered.on > entered.meeting.held_on:
            raise RefusedRequest(f"会议已于 {entered.meeting.held_on} 召开，材料中的问题不能再改。")
        return entered.enter(
            QUESTIONS,
            "edit questions",
            name,
            questions=texts,
            before={"questions": list(entered.meeting.questions.get(name, ()))},
            after={"questions": texts},
        )


@requires_role(*WHO_SUPERVISES)
def cancel_meeting(number: str, *, reason: str, at: datetime | None = None) -> Meeting:
    """Call a meeting off. Raises RefusedRequest."""
    refuse_without_reason(reason, "请写明取消会议的理由。")
    with writing() as session:
        entered = _Meeting(session, number, at)
        if entered.meeting.commitments:
            raise RefusedRequest("会议已有交办事项，不能取消。")
        return entered.enter(
            CANCEL, "cancel meeting", text=reason, before={"cancelled": False}, after={"cancelled": True}
        )


@requires_role(*WHO_SUPERVISES)
def commit_at_meeting(
    number: str, promises: Sequence[Promise], *, at: datetime | None = None
) -> tuple[RectificationStatus, ...]:
    """Open what units took on at a meeting, once it is held; they become rectifications. Raises RefusedRequest."""
    if not promises:
        raise RefusedRequest("请至少写明一项交办事项。")
    with writing() as session:
        entered = _Meeting(session, number, at)
        if entered.on < entered.meeting.held_on:
            raise RefusedRequest(f"会议于 {entered.meeting.held_on} 召开，当天及以后才能登记交办事项。")
        named = [replace(promise, unit=entered.unit_named(promise.unit)) for promise in promises]
        opened = open_commitments(session, named, source_of(MEETING, entered.meeting.number), entered.at)
        log(
            session,
            "commit at meeting",
            f"{entered.meeting.number} {entered.meeting.name}",
            after={"commitments": [status.number for status in opened]},
            detail={"at": entered.at.isoformat()},
        )
        return opened


class _Meeting:
    """A meeting at the instant of an act on it. Raises RefusedRequest for an unknown number or one called off."""

    def __init__(self, session: Session, number: str, at: datetime | None) -> None:
        self.session, self.at = session, at or present()
        self.on = day_of(self.at)
        self.row = _meeting_row(session, number)
        if self.at < self.row.at:
            raise RefusedRequest("补录的时间不能早于会议登记的时间。")
        self.state = district_state(session, self.at + timedelta(microseconds=1))
        self.entries = entries_by_meeting(session, EVER).get(self.row.id or 0, [])
        opened = by_source(session, self.on, self.state)
        self.meeting = _meeting(self.row, self.entries, self.state, opened)
        if self.meeting.cancelled is not None:
            raise RefusedRequest(f"会议 {self.meeting.number} 已取消。")

    def unit_named(self, unit: str) -> str:
        """Return the name in the register of a unit that comes. Raises RefusedRequest."""
        name = self.state.plan.units[unit_id_named(self.state, unit)].name
        if name not in self.meeting.units:
            raise RefusedRequest(f"{name}不在会议 {self.meeting.number} 的参会单位中。")
        return name

    def enter(
        self,
        act: str,
        action: str,
        unit: str | None = None,
        *,
        questions: Sequence[str] = (),
        text: str = "",
        before: Mapping[str, object],
        after: Mapping[str, object],
    ) -> Meeting:
        """Store the entry and log it; return the meeting after it."""
        entry = MeetingEntry(
            meeting_id=self.row.id or 0,
            act=act,
            unit_id=None if unit is None else self.state.plan.unit_id(unit),
            questions=list(questions),
            text=text.strip(),
            at=self.at,
            by=current_user().name,
            account=current_user().login,
        )
        add_row(self.session, entry)
        log(
            self.session,
            action,
            f"{self.meeting.number} {unit or self.meeting.name}",
            before=before,
            after=after,
            detail={"text": entry.text, "at": self.at.isoformat()},
        )
        return _meeting(self.row, [*self.entries, entry], self.state, {})


@requires_role(*EVERYONE)
def meetings_as_of(as_of: date) -> tuple[Meeting, ...]:
    """Return those called by the end of the day, by number; a unit sees those it comes to, of these itself alone and no
    question.
    """
    with reading() as session:
        meetings = _all(session, as_of, district_state(session, end_of_day(as_of)))
    if own_unit() is None:
        return meetings
    return tuple(_of_own(meeting) for meeting in meetings if any(map(is_own, meeting.units)))


def _of_own(meeting: Meeting) -> Meeting:
    units, own = tuple(filter(is_own, meeting.units)), tuple(item for item in meeting.commitments if is_own(item.unit))
    return replace(meeting, units=units, questions={}, commitments=own)


@requires_role(*WHO_SEES_ALL)
def last_meeting_day(as_of: date) -> date:
    """Return the day of the last meeting held before that day, else thirty days before it."""
    with reading() as session:
        return _day_before(_all(session, as_of, district_state(session, end_of_day(as_of))), as_of)


def _day_before(meetings: Sequence[Meeting], day: date) -> date:
    days = [meeting.held_on for meeting in meetings if meeting.cancelled is None and meeting.held_on < day]
    return max(days, default=day - USUAL_INTERVAL)


def _all(session: Session, as_of: date, state: DistrictState) -> tuple[Meeting, ...]:
    end = end_of_day(as_of)
    entries, opened = entries_by_meeting(session, end), by_source(session, as_of, state)
    return tuple(
        _meeting(row, entries.get(row.id or 0, ()), state, opened) for row in numbered_rows(session, MeetingRow, end)
    )


def _meeting(
    row: MeetingRow,
    entries: Sequence[MeetingEntry],
    state: DistrictState,
    opened: Mapping[str, Sequence[Rectification]],
) -> Meeting:
    names = {unit.id: unit.name for unit in state.plan.units.values()}
    number = number_of(row.year, row.serial)
    questions = {
        names[entry.unit_id]: tuple(masked_words(text, names[entry.unit_id]) for text in entry.questions)
        for entry in entries
        if entry.act == QUESTIONS and entry.unit_id is not None
    }
    return Meeting(
        number,
        row.name,
        row.held_on,
        row.since,
        tuple(names[unit_id] for unit_id in row.unit_ids),
        questions,
        next((entry.text for entry in entries if entry.act == CANCEL), None),
        row.at,
        row.by,
        tuple(opened.get(source_of(MEETING, number), ())),
    )


def _meeting_row(session: Session, number: str) -> MeetingRow:
    return row_numbered(number, "会议", "督查会议", partial(numbered_row, session, MeetingRow))
