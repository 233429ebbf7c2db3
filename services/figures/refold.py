"""Figures and breakdowns made again from the records: on request, and where an earlier version of the program made
them.
"""

from __future__ import annotations

from dataclasses import dataclass

from data_access.breakdowns import breakdowns_kept
from data_access.database import Session, noting, reading, writing
from data_access.figures import figures_kept, folding_of, note_folding
from data_access.submissions import any_submission
from services.access.audit_log import log
from services.access.clock import present
from services.access.permission import BUREAU_ALONE, requires_role
from services.figures.district_state import district_state
from services.figures.fold import keep_all

FOLDING = 4
"""Raised with every change of what indicators or breakdowns keep of the same records."""


@dataclass(frozen=True)
class Refolded:
    """How many rows are kept now, and whether any of them is other than before."""

    figures: int
    breakdowns: int
    changed: bool


@requires_role(*BUREAU_ALONE)
def refold() -> Refolded:
    """Fold every figure and breakdown again in one transaction; where they were right, the same are in
    force as before.
    """
    with writing() as session:
        before = _kept(session)
        keep_all(session, district_state(session, present()))
        note_folding(session, FOLDING)
        figures, breakdowns = after = _kept(session)
        log(session, "refold", "figures", detail={"changed": after != before})
        return Refolded(len(figures), len(breakdowns), after != before)


def _kept(session: Session) -> tuple[list[str], list[str]]:
    return figures_kept(session), breakdowns_kept(session)


@requires_role(*BUREAU_ALONE)
def refold_where_needed() -> Refolded | None:
    """Return what was folded again, or None where this version of the program folded what is there, and where nothing
    is.
    """
    with reading() as session:
        if folding_of(session) == FOLDING:
            return None
        is_empty = not any_submission(session)
    if not is_empty:
        return refold()
    with noting() as session:
        note_folding(session, FOLDING)
    return None
