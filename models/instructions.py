"""Instructions (批示): a leader's written words on a lamp, a unit or a bulletin, each with a due day. Source:
supervision.md 6.

For each unit that has to act it becomes a rectification, and so a matter like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.rectifications import Rectification


class Subject(StrEnum):
    """What the words are about."""

    LAMP = "lamp"
    UNIT = "unit"
    BULLETIN = "bulletin"

    @property
    def word(self) -> str:
        return {"lamp": "举措", "unit": "单位", "bulletin": "通报"}[self.value]


class InstructionRow(SQLModel, table=True):
    """Words as they were entered. `about`: the measure of a lamp, the number of a bulletin, "" of a unit."""

    __tablename__ = "instruction"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    leader: str
    written_on: date
    text: str
    subject: str
    about: str = ""
    unit_ids: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    due: date
    at: datetime = Field(index=True)
    by: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One as it stood at the end of a day, with the rectifications that it became."""

    number: str
    leader: str
    written_on: date
    text: str
    subject: Subject
    about: str
    units: tuple[str, ...]
    due: date
    at: datetime
    by: str
    rectifications: tuple[Rectification, ...] = ()
