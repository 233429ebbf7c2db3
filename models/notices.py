"""Notices (催办, 督办): what they are about, their tables, and one as it stood on a day. Source: supervision.md 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.lamps import Lamp


class Level(StrEnum):
    REMIND = "remind"
    SUPERVISE = "supervise"

    @property
    def word(self) -> str:
        return LEVEL_WORDS[self]


LEVEL_WORDS = {Level.REMIND: "催办", Level.SUPERVISE: "督办"}


class Suggestion(StrEnum):
    """The next step for a matter; a person takes it or says why not."""

    REMIND = "remind"
    WAIT = "wait"
    SUPERVISE = "supervise"
    BULLETIN = "bulletin"
    TALK = "talk"

    @property
    def word(self) -> str:
        return SUGGESTION_WORDS[self]


SUGGESTION_WORDS = {
    Suggestion.REMIND: "催办",
    Suggestion.WAIT: "等待",
    Suggestion.SUPERVISE: "督办",
    Suggestion.BULLETIN: "通报",
    Suggestion.TALK: "约谈",
}


class MatterKind(StrEnum):
    MEASURE = "measure"
    REPORT = "report"
    RECTIFICATION = "rectification"


class NoticeRow(SQLModel, table=True):
    """A notice as it was sent to one unit. `year` and `serial` are its number."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    unit_id: int = Field(foreign_key="unit.id", index=True)
    level: str
    matters: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    text: str = ""  # what is asked
    reply_by: date
    at: datetime = Field(index=True)
    by: str
    account: str = ""


class NoticeReceipt(SQLModel, table=True):
    """Somebody of the unit opened a notice for the first time, or received it (签收)."""

    __tablename__ = "notice_receipt"
    __table_args__ = (UniqueConstraint("notice_id", "received"),)

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", index=True)
    received: bool
    at: datetime
    by: str
    account: str = ""


class SuggestionDeclined(SQLModel, table=True):
    """Why a suggested step was not taken."""

    __tablename__ = "suggestion_declined"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    matter: str
    suggestion: str
    reason: str
    at: datetime
    by: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What stands against a unit on a day. `days`: working days to the due day, minus those since; None where no
    entered calendar tells them.
    """

    code: str  # measure:1.2.1, report:reviews:2023-07, report:guides:, rectification:2023-1
    due: date
    lamp: Lamp
    days: int | None
    title: str = ""

    @property
    def kind(self) -> MatterKind:
        return MatterKind(self.code.partition(":")[0])

    @property
    def about(self) -> str:
        """Without the kind: 1.2.1, reviews:2023-07, 2023-1."""
        return self.code.partition(":")[2]


@dataclass(frozen=True, slots=True)
class SentNotice:
    """As far as the next step depends on it."""

    level: Level
    reply_by: date


@dataclass(frozen=True, slots=True)
class Advice:
    """The next step for a matter with the reason in words."""

    suggestion: Suggestion
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stood at the end of a day."""

    number: str
    unit: str
    level: Level
    matters: tuple[str, ...]
    text: str
    reply_by: date
    sent_at: datetime
    sent_by: str
    opened_at: datetime | None
    opened_by: str
    received_at: datetime | None
    received_by: str
    settled: bool
