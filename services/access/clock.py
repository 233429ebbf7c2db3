"""When what is entered now takes effect."""

from __future__ import annotations

from datetime import UTC, datetime

from data_access.audit import after_the_last
from data_access.database import reading


def clock() -> datetime:
    """Return what the clock of the machine says."""
    return datetime.now(UTC)


def present() -> datetime:
    """Return the present, and never before what was entered last: where the clock was set back, a correction still
    comes after what it corrects.
    """
    with reading() as session:
        return after_the_last(session)
