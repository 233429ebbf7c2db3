"""From a ledger's rows and the day it was sent to the rows as they stood on that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sample_data.layout import Record


@dataclass(frozen=True)
class Ending:
    """The field that closes a case, and what is known only then."""

    closed: str
    known_then: tuple[str, ...] = ()


ENDINGS = {
    "bad_reviews": Ending("rectified_at", ("measures_taken", "outcome")),
    "hotline_tickets": Ending("closed_at", ("called_back", "solved", "satisfied")),
    "help_cases": Ending("closed_on", ("satisfaction",)),
    "approvals": Ending("closed_on", ("result_uploaded",)),
}


def as_known(dataset: str, rows: Sequence[Record], sent: date) -> list[Record]:
    ending = ENDINGS[dataset]
    return [
        row if _is_closed(row, ending, sent) else row | dict.fromkeys((ending.closed, *ending.known_then))
        for row in rows
    ]


def still_open(dataset: str, rows: Sequence[Record], sent: date) -> list[Record]:
    """Return what the next month's ledger carries on."""
    return [row for row in rows if not _is_closed(row, ENDINGS[dataset], sent)]


def _is_closed(row: Record, ending: Ending, sent: date) -> bool:
    closed = row.get(ending.closed)
    day = closed.date() if isinstance(closed, datetime) else closed
    return isinstance(day, date) and day <= sent
