"""What issued bulletins said of units, as far as the next step for a matter depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data_access.database import Session


@dataclass(frozen=True, slots=True)
class IssuedBulletin:
    """`named`: (unit, matter) of what it tells as overdue or missing; `ranked`: units from the first place down."""

    issued_on: date
    named: frozenset[tuple[str, str]]
    ranked: tuple[str, ...]


def bulletins_issued(session: Session, end: datetime) -> Sequence[IssuedBulletin]:
    """Return those issued before `end`, the oldest first."""
    return ()
