"""Rounds of supervision (督查轮次): their words, the tables of their entries, one as it stood on a day. Source:
supervision.md 6.

Nothing is overwritten: the row is the round as it was set, everything later is an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel


class RoundKind(StrEnum):
    REGULAR = "regular"
    IRREGULAR = "irregular"
    SPECIAL = "special"
    LOOK_BACK = "look-back"

    @property
    def word(self) -> str:
        return {"regular": "定期", "irregular": "不定期", "special": "专项", "look-back": "回头看"}[self.value]


class RoundState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under-way"
    CONCLUDED = "concluded"
    DROPPED = "dropped"

    @property
    def word(self) -> str:
        return {"planned": "计划中", "under-way": "进行中", "concluded": "已结束", "dropped": "已取消"}[self.value]


class RoundStep(StrEnum):
    """What can happen to a round after it was set."""

    CHANGE = "change"
    START = "start"
    CONCLUDE = "conclude"
    DROP = "drop"
    ATTACH = "attach"
    DETACH = "detach"

    @property
    def word(self) -> str:
        return STEP_WORDS[self]


STEP_WORDS = {
    RoundStep.CHANGE: "调整",
    RoundStep.START: "开始",
    RoundStep.CONCLUDE: "结束",
    RoundStep.DROP: "取消",
    RoundStep.ATTACH: "关联",
    RoundStep.DETACH: "取消关联",
}


class AttachedKind(StrEnum):
    """What hangs on a round."""

    SPOT_CHECK = "spot-check"
    RECTIFICATION = "rectification"
    BULLETIN = "bulletin"
    MEETING = "meeting"

    @property
    def word(self) -> str:
        return {"spot-check": "抽查", "rectification": "整改", "bulletin": "通报", "meeting": "督查会议"}[self.value]


class RoundRow(SQLModel, table=True):
    """A round as it was set. `year` and `serial` are its number."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    year: int
    serial: int
    name: str
    kind: str
    starts_on: date
    ends_on: date
    areas: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    tasks: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    unit_ids: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    leader: str
    members: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    scheme: str = ""  # 方案
    legal_basis: str = ""
    sealed: bool = False  # 四不两直
    at: datetime = Field(index=True)
    by: str
    account: str = ""


class RoundEntry(SQLModel, table=True):
    """A step of a round. `detail`: of a change what is set otherwise, by the columns of RoundRow, of a conclusion the
    words for each unit by its id, of an attachment what it is.
    """

    __tablename__ = "round_entry"

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    step: str
    text: str = ""
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime
    by: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    kind: AttachedKind
    number: str


@dataclass(frozen=True, slots=True)
class PastStep:
    step: RoundStep
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Round:
    """One as it stood at the end of a day, as far as whoever asks may see it."""

    number: str
    name: str
    kind: RoundKind
    state: RoundState
    starts_on: date
    ends_on: date
    areas: tuple[str, ...]
    tasks: tuple[str, ...]
    units: tuple[str, ...]
    leader: str
    members: tuple[str, ...]
    scheme: str
    legal_basis: str
    sealed: bool
    conclusions: Mapping[str, str]  # unit → what it was told at the end
    attached: tuple[Attached, ...]
    steps: tuple[PastStep, ...]
    at: datetime
    by: str

    @property
    def is_hidden(self) -> bool:
        """Sealed and not over: units do not see it, leaders only that it runs."""
        return self.sealed and self.state in (RoundState.PLANNED, RoundState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Excess:
    """A unit that a round would visit too often in a month. `rounds`: numbers of those that visit it already."""

    unit: str
    month: str
    rounds: tuple[str, ...]
    same_kind: bool
