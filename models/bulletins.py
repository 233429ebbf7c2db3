"""通报: what a bulletin is computed from, its way, and its tables. Nothing issued is ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.lamps import MeasureLamp

Figures = dict[str, Any]
"""The figures of a bulletin as supervision_cli.md writes them: text, tables and charts print nothing else."""


class ReportState(StrEnum):
    """How a report that is owed stands: received on time, received late, or missing."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class OwedReport:
    """A report that a unit owed by a date. `month` is "" for a snapshot; `zero`: the one in force has no rows."""

    unit: str
    dataset: str
    month: str
    state: ReportState
    zero: bool = False


@dataclass(frozen=True)
class BoardAt:
    """The board as it stood at the end of a day. Everything is in the order of the plan, then of the register.

    `whole`: indicator of which units' figures do not add up (a mean, a largest value) → numerator and denominator of
    the district, from its rows.
    """

    as_of: date
    lamps: Sequence[MeasureLamp]
    reports: Sequence[OwedReport]
    register: Sequence[str]  # units
    minimum: int  # counted measures that a unit needs for a place
    whole: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What rectifications and spot checks say at A, as figures; empty until there are any."""

    rectifications: Mapping[str, Any] = field(
        default_factory=lambda: {"counts": {}, "opened": 0, "closed": 0, "overdue": []}
    )
    spot_checks: Sequence[Mapping[str, Any]] = ()


class BulletinState(StrEnum):
    """Where a bulletin stands on its way."""

    DRAFT = "draft"
    FACT_CHECK = "fact_check"
    CO_SIGNED = "co_signed"
    RETURNED = "returned"
    ISSUED = "issued"

    @property
    def word(self) -> str:
        return STATE_WORDS[self]


STATE_WORDS = {
    BulletinState.DRAFT: "草稿",
    BulletinState.FACT_CHECK: "事实核对",
    BulletinState.CO_SIGNED: "已会签",
    BulletinState.RETURNED: "退回修改",
    BulletinState.ISSUED: "已印发",
}


class Act(StrEnum):
    """What people do with a bulletin. Each is an entry with time and author."""

    SUBMIT = "submit"
    OBJECT = "object"
    SETTLE = "settle"  # an objection is answered and no longer printed
    CO_SIGN = "co_sign"
    RETURN = "return"
    ISSUE = "issue"


class Bulletin(SQLModel, table=True):
    """A draft with its figures. A change of facts makes another draft."""

    id: int | None = Field(default=None, primary_key=True)
    plan: str = Field(index=True)
    as_of: date
    compared: date | None = None
    corrects: str | None = None  # the number of the issued bulletin that this one puts right
    figures: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # of the draft
    digest: str
    at: datetime
    by: str


class BulletinAct(SQLModel, table=True):
    """One act on the way of a bulletin. `unit_id`: whose objection it is."""

    __tablename__ = "bulletin_act"

    id: int | None = Field(default=None, primary_key=True)
    bulletin_id: int = Field(foreign_key="bulletin.id", index=True)
    act: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    reason: str = ""
    at: datetime
    by: str


class BulletinIssue(SQLModel, table=True):
    """The issue of a bulletin: its number (`year` and `serial`: 2023-1) and what was printed beside the figures."""

    __tablename__ = "bulletin_issue"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    bulletin_id: int = Field(primary_key=True, foreign_key="bulletin.id")
    year: int
    serial: int
    document_number: str
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    skipped: str = ""  # why the fact check was not waited for
    at: datetime
    by: str


class BulletinFile(SQLModel, table=True):
    """A file of an issued bulletin; its content is kept by its hash. The files of a draft are made when asked for."""

    __tablename__ = "bulletin_file"

    bulletin_id: int = Field(primary_key=True, foreign_key="bulletin.id")
    position: int = Field(primary_key=True)
    name: str
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    size: int
