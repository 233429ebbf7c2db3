"""What rectifications and spot checks say at a date, as a bulletin prints it."""

from __future__ import annotations

from datetime import date
from typing import Any

from data_access.database import Session
from models.bulletins import Checked
from models.lamps import Lamp
from rules.as_of import end_of_day
from rules.numbering import in_order
from services.figures.district_state import district_state
from services.rectifications.ledger import counts_of, rectifications_in


def checked_at(session: Session, as_of: date, compared: date | None) -> Checked:
    """Return both as of A; opened, closed and completed count after C."""
    return Checked(rectification_figures(session, as_of, compared), spot_check_figures(session, as_of, compared))


def rectification_figures(session: Session, as_of: date, compared: date | None) -> dict[str, Any]:
    """Return the ledger's counts by lamp, how many were opened and closed, and the numbers of those overdue."""
    items = rectifications_in(session, as_of, district_state(session, end_of_day(as_of)))
    after = compared or date.min
    return {
        "counts": {lamp.value: number for lamp, number in counts_of(items).items()},
        "opened": sum(item.course.opened_on > after for item in items),
        "closed": sum(item.course.closed_on is not None and item.course.closed_on > after for item in items),
        "overdue": sorted((item.number for item in items if item.lamp is Lamp.OVERDUE), key=in_order),
    }


def spot_check_figures(session: Session, as_of: date, compared: date | None) -> list[dict[str, Any]]:
    """Return nothing while there are no spot checks."""
    return []
