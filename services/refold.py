"""Figures and breakdowns made again from the records: on request, and where a database from an earlier version has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from data_access.breakdowns import breakdowns_kept
from data_access.database import Session, reading, writing
from data_access.figures import figures_kept
from data_access.submissions import any_submission
from services.audit_log import log
from services.figures import keep_all
from services.in_force import in_force
from services.permission import BUREAU_ALONE, open_to


@dataclass(frozen=True)
class Refolded:
    """How many rows are kept now, and whether any of them is other than before."""

    figures: int
    breakdowns: int
    changed: bool


@open_to(*BUREAU_ALONE)
def refold() -> Refolded:
    """In one transaction; where they were right, the same stand as before."""
    with writing() as session:
        before = _kept(session)
        keep_all(session, in_force(session, datetime.now(UTC)))
        figures, breakdowns = after = _kept(session)
        log(session, "refold", "figures", detail={"changed": after != before})
        return Refolded(len(figures), len(breakdowns), after != before)


def _kept(session: Session) -> tuple[list[str], list[str]]:
    return figures_kept(session), breakdowns_kept(session)


def is_to_be_refolded() -> bool:
    """Whether reports were accepted before breakdowns were kept, and none has come in since."""
    with reading() as session:
        return any_submission(session) and not breakdowns_kept(session)
