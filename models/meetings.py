"""Meetings of supervision (督查会议) and talks (约谈): their tables, and one as it stood on a day.

Source: supervision.md 5.3 and 6.

What was promised there are rectifications, which name the meeting or the talk as their source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.rectifications import Rectification

MEETING, TALK, INSTRUCTION = "会议", "约谈", "批示"
"""How the source of a rectification names what it comes from: instruction:会议 2023-1."""


class MeetingRow(SQLModel, table=True):
    """A meeting as it was called. `since`: the day of the one before, with which the pack compares."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    name: str
    held_on: date
    since: date
    unit_ids: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(index=True)
    by: str
    account: str = ""


class MeetingEntry(SQLModel, table=True):
    """What was entered later: the questions for a unit (instead of those found by rule), or that it was called off."""

    __tablename__ = "meeting_entry"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    act: str  # questions, cancel
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    questions: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    text: str = ""
    at: datetime
    by: str
    account: str = ""


class TalkRow(SQLModel, table=True):
    """A talk with a unit, entered once it was held."""

    __tablename__ = "talk"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    unit_id: int = Field(foreign_key="unit.id", index=True)
    held_on: date
    attendees: str
    reason: str
    text: str  # what was said
    at: datetime = Field(index=True)
    by: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a unit takes on, at a meeting or in a talk, by when."""

    unit: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """One as it stood at the end of a day. `questions`: unit → those that somebody entered for it."""

    number: str
    name: str
    held_on: date
    since: date
    units: tuple[str, ...]
    questions: Mapping[str, tuple[str, ...]]
    cancelled: str | None  # why
    at: datetime
    by: str
    commitments: tuple[Rectification, ...] = ()

    def state_on(self, as_of: date) -> str:
        if self.cancelled is not None:
            return "已取消"
        return "已召开" if self.held_on <= as_of else "待召开"


@dataclass(frozen=True, slots=True)
class Talk:
    number: str
    unit: str
    held_on: date
    attendees: str
    reason: str
    text: str
    at: datetime
    by: str
    commitments: tuple[Rectification, ...] = ()
