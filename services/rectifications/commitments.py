"""What units take on at a meeting, in a talk or by a leader's words: rectifications that name it as their source.

Source: supervision.md 5.3 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from data_access.database import Session
from models.meetings import Promise
from models.rectifications import Rectification, Source
from rules.rectifications.sources import Reference
from services.figures.district_state import DistrictState
from services.rectifications.acts import Opening, RectificationStatus, open_in
from services.rectifications.ledger import rectifications_in


def source_of(what: str, number: str) -> str:
    """Return how a rectification names its source: “会议”, 2023-1 → 会议 2023-1."""
    return str(Reference(Source.INSTRUCTION, f"{what} {number}"))


def open_commitments(
    session: Session, promises: Iterable[Promise], source: str, at: datetime, measure: str | None = None
) -> tuple[RectificationStatus, ...]:
    """Open a rectification for each, within a transaction. Raises RefusedRequest."""
    return tuple(
        open_in(session, Opening(promise.unit, promise.text, source=source, due=promise.due, measure=measure), at)
        for promise in promises
    )


def by_source(
    session: Session, as_of: date, state: DistrictState, unit_id: int | None = None
) -> dict[str, Sequence[Rectification]]:
    """Return the source → its rectifications at the end of the day, of all units or of one."""
    sources: dict[str, list[Rectification]] = {}
    for item in rectifications_in(session, as_of, state, unit_id):
        if item.source_kind is Source.INSTRUCTION:
            sources.setdefault(item.source, []).append(item)
    return dict(sources)
