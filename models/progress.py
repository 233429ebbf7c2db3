"""One row of a unit's progress report, with the report it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A row as reported. `replaced_by`: the newer submission for that month; `withdrawn_at`: when it was taken back.
    `added`: field that a plan added → what was reported in it.
    """

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
    added: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def in_force(self) -> bool:
        return self.withdrawn_at is None and self.replaced_by is None
