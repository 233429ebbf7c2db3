"""When what is entered now takes effect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data_access.audit import last_instant
from data_access.database import reading


def present() -> datetime:
    """Return the present, and never before what was entered last: where the clock was set back, a correction still
    comes after what it corrects.
    """
    now = datetime.now(UTC)
    with reading() as session:
        last = last_instant(session)
    return now if last is None or last < now else last + timedelta(microseconds=1)
