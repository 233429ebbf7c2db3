"""The pack of a meeting: of the units that come, with the questions that somebody entered instead of those by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.meetings import Meeting
from rules.notices.questions import Question, QuestionRule
from services.access.permission import WHO_SEES_ALL, requires_role
from services.access.refusal import RefusedRequest
from services.meetings.meetings import meetings_as_of
from services.notices.meeting_pack import MeetingPack, UnitPage, meeting_pack


@dataclass(frozen=True)
class PackOfMeeting:
    meeting: Meeting
    pack: MeetingPack


@requires_role(*WHO_SEES_ALL)
def pack_of_meeting(number: str, as_of: date) -> PackOfMeeting:
    """Return a meeting with its pack, by the figures of the day before it or, earlier than that, of the day asked for.

    Raises RefusedRequest for an unknown number or one called later, CalendarMissing.
    """
    meeting = next((meeting for meeting in meetings_as_of(as_of) if meeting.number == number), None)
    if meeting is None:
        raise RefusedRequest(f"截至 {as_of} 没有编号为 {number} 的督查会议。")
    one_day = timedelta(days=1)
    day = min(as_of, max(meeting.held_on - one_day, meeting.since + one_day))
    if day <= meeting.since:
        return PackOfMeeting(meeting, MeetingPack(day, meeting.since, ()))
    pack = meeting_pack(day, meeting.since)
    pages = tuple(_asked(page, meeting) for page in pack.units if page.unit in meeting.units)
    return PackOfMeeting(meeting, replace(pack, units=pages))


def _asked(page: UnitPage, meeting: Meeting) -> UnitPage:
    texts = meeting.questions.get(page.unit)
    return page if texts is None else replace(page, questions=_questions(texts, page.questions))


def _questions(texts: Sequence[str], by_rule: Sequence[Question]) -> tuple[Question, ...]:
    """One found by rule that was left as it was keeps its link."""
    known = {question.text: question for question in by_rule}
    return tuple(known.get(text) or Question(QuestionRule.ENTERED, "", text) for text in texts)
