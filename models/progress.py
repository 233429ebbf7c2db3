"""One row of a unit's progress report, with the report it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A row as reported. `replaced_by`: the newer submission for that month; `withdrawn_at`: when it was taken back."""

    unit_id: int
    measure: str
    month: str
    state: str | None
    percent: int | None
    completed_on: date | None
    account: str | None
    difficulty: str | None
    next_step: str | None
    leader: str | None
    person: str | None
    phone: str | None
    submission: int
    row: int
    revision: int
    accepted_at: datetime
    by: str
    withdrawn_at: datetime | None
    replaced_by: int | None = None

    @property
    def in_force(self) -> bool:
        return self.withdrawn_at is None and self.replaced_by is None
