"""Rounds, meetings, talks and instructions of the sample district: from an entry of its manifest to the act of whoever
does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from models.instructions import Subject
from models.meetings import Promise
from models.people import Person, Role
from models.rounds import AttachedKind, RoundKind
from rules.as_of import parse_instant
from services.access.current_user import acting_as, current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.instructions.instructions import InstructionNotes, enter_instruction
from services.meetings.meetings import call_meeting, commit_at_meeting, enter_questions
from services.rounds.acts import RoundPlan, attach_to_round, conclude_round, plan_round, start_round
from services.talks.talks import TalkNotes, record_talk

INSPECTOR = Person("督查室", Role.INSPECTOR)
KINDS = ("round", "meeting", "talk", "instruct")
Entry = Mapping[str, Any]


@requires_role(*BUREAU_ALONE)
def go_round(entry: Entry) -> None:
    """Carry out one step by the inspectors. Raises RefusedRequest."""
    at, who = parse_instant(entry["at"]), current_user()
    with acting_as(replace(INSPECTOR, login=who.login, address=who.address)):
        match entry["kind"]:
            case "round":
                _round(entry, at)
            case "meeting":
                _meeting(entry, at)
            case "talk":
                promises = [(text, date.fromisoformat(due)) for text, due in entry["promises"]]
                notes = TalkNotes(
                    entry["unit"], _day(entry), entry["attendees"], entry["reason"], entry["text"], promises
                )
                record_talk(notes, at=at)
            case "instruct":
                due, subject = date.fromisoformat(entry["due"]), Subject(entry["subject"])
                words = entry["leader"], _day(entry), entry["text"]
                enter_instruction(InstructionNotes(*words, subject, entry["units"], due, entry["about"]), at=at)


def _day(entry: Entry) -> date:
    return date.fromisoformat(entry["day"])


def _round(entry: Entry, at: datetime) -> None:
    match entry["act"]:
        case "plan":
            days = date.fromisoformat(entry["first"]), date.fromisoformat(entry["last"])
            plan = RoundPlan(
                entry["name"],
                RoundKind(entry["of"]),
                *days,
                entry["units"],
                entry["leader"],
                entry.get("members", ()),
                entry.get("areas", ()),
                entry.get("tasks", ()),
                entry["scheme"],
                "《政府督查工作条例》",
                entry.get("sealed", False),
            )
            plan_round(plan, at=at)
        case "start":
            start_round(entry["number"], at=at)
        case "attach":
            attach_to_round(entry["number"], AttachedKind(entry["of"]), entry["other"], at=at)
        case "conclude":
            conclude_round(entry["number"], entry["conclusions"], at=at)


def _meeting(entry: Entry, at: datetime) -> None:
    match entry["act"]:
        case "call":
            call_meeting(entry["name"], _day(entry), entry["units"], at=at)
        case "ask":
            enter_questions(entry["number"], entry["unit"], entry["questions"], at=at)
        case "commit":
            promises = [Promise(unit, text, date.fromisoformat(due)) for unit, text, due in entry["promises"]]
            commit_at_meeting(entry["number"], promises, at=at)
