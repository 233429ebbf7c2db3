"""Rectifications (整改): their words, the tables of their entries, one as it stood on a day. Source: supervision.md 3.

Nothing is overwritten: the row of a rectification is what it was opened with, everything later is an entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.lamps import Lamp


class RectificationState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        return STATE_WORDS[self]


STATE_WORDS = {
    RectificationState.OPEN: "待整改",
    RectificationState.ANSWERED: "待复核",
    RectificationState.CLOSED: "已销号",
    RectificationState.WITHDRAWN: "已终止",
}


class Act(StrEnum):
    """What can happen to a rectification after its opening."""

    ANSWER = "answer"
    ACCEPT = "accept"
    RETURN = "return"
    APPLY = "apply"  # for a later due day
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse extension"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"

    @property
    def word(self) -> str:
        return ACT_WORDS[self]


ACT_WORDS = {
    Act.ANSWER: "答复",
    Act.ACCEPT: "复核通过，销号",
    Act.RETURN: "复核退回",
    Act.APPLY: "申请延期",
    Act.EXTEND: "同意延期",
    Act.REFUSE_EXTENSION: "不同意延期",
    Act.REOPEN: "重新整改",
    Act.WITHDRAW: "终止",
}

CAUSES = ("人员", "流程", "系统", "数据", "资源", "其他")


class Source(StrEnum):
    """Where a rectification comes from; with a colon and what is meant it is a reference: measure:1.3.2."""

    SPOT_CHECK = "spot-check"
    MEASURE = "measure"
    CASE = "case"
    BULLETIN = "bulletin"
    NOTICE = "notice"
    LEAD = "lead"
    INSTRUCTION = "instruction"
    OTHER = "other"

    @property
    def word(self) -> str:
        return SOURCE_WORDS[self]


SOURCE_WORDS = {
    Source.SPOT_CHECK: "抽查",
    Source.MEASURE: "红绿灯",
    Source.CASE: "案件",
    Source.BULLETIN: "通报",
    Source.NOTICE: "催办督办",
    Source.LEAD: "问题线索",
    Source.INSTRUCTION: "批示交办",
    Source.OTHER: "其他",
}


class RectificationRow(SQLModel, table=True):
    """A rectification as it was opened. `year` and `serial` are its number: 2023-1."""

    __tablename__ = "rectification"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    unit_id: int = Field(foreign_key="unit.id", index=True)
    issue: str
    requirement: str = ""
    source: str = Source.OTHER.value
    measure: str | None = None  # which it is about, where it is about one
    rule: str | None = None  # guide rule or question that was not met
    due: date
    at: datetime = Field(index=True)
    by: str
    account: str = ""  # login name; "": the command line


class RectificationEntry(SQLModel, table=True):
    """An act on a rectification. `due`: the day that it decides or, of an application, asks for; `day`: completed on,
    or applied on.
    """

    __tablename__ = "rectification_entry"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    rectification_id: int = Field(foreign_key="rectification.id", index=True)
    act: str
    text: str = ""  # of an answer what was done; else the reason
    cause: str | None = None
    due: date | None = None
    day: date | None = None
    at: datetime
    by: str
    account: str = ""


class RectificationFile(SQLModel, table=True):
    """A file that an answer brought as evidence, kept by its hash."""

    __tablename__ = "rectification_file"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    entry_id: int = Field(foreign_key="rectification_entry.id", index=True)
    sha256: str = Field(foreign_key="stored_file.sha256")
    file_name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class DatedAct:
    """An act as the rules see it: on which Shanghai day, and which due day it decides."""

    act: Act
    on: date
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Where a rectification stands after some acts."""

    state: RectificationState
    opened_on: date
    due_first: date
    due: date  # in force
    answered_on: date | None = None  # first answer since the opening, the last return or reopening
    closed_on: date | None = None
    withdrawn_on: date | None = None
    applied_until: date | None = None  # a later due day was asked for and is not decided
    applied_on: date | None = None  # when
    returns: int = 0
    extensions: int = 0
    reopenings: int = 0
    due_days_given: int = 0  # how often the due day was decided anew

    @property
    def is_over(self) -> bool:
        return self.state in (RectificationState.CLOSED, RectificationState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Rectification:
    """One as it stood at the end of a day. `days`: working days to the due day, minus those since; None when over."""

    number: str
    unit: str
    issue: str
    requirement: str
    source: str
    area: str | None
    measure: str | None
    opened_at: datetime
    course: Course
    lamp: Lamp
    days: int | None
    age: int | None  # working days from the opening to the day, or to the close
    cause: str | None = None
    repeats: str | None = None  # number of an earlier one of the unit about the same thing, closed when this was opened

    @property
    def source_kind(self) -> Source:
        return Source(self.source.partition(":")[0])
