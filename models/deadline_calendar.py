"""A unit's deadlines as calendar events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    TASK = "task"
    REPORT = "report"
    RECTIFICATION = "rectification"


@dataclass(frozen=True, slots=True)
class DeadlineEvent:
    """An all-day event. `sequence`: how often its day was decided anew; `is_open`: it still asks for something."""

    kind: EventKind
    code: str
    unit_number: int  # in the register; 0: of all units
    day: date
    sequence: int
    summary: str
    description: str
    is_open: bool
    is_cancelled: bool = False
    prefix: str = ""  # of a task that of its plan: another plan's task may have the same code

    @property
    def uid(self) -> str:
        """The same for ever: kind, code and the unit's number, never a name, a date or a host."""
        return f"{self.kind}-{self.prefix}{self.code}-{self.unit_number}"

    @property
    def status(self) -> str:
        return "CANCELLED" if self.is_cancelled else "CONFIRMED"
