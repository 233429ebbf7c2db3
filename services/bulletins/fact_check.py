"""The lines about one unit in the bulletins that are in their fact check, and what it may still say to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data_access.bulletins import acts_of, bulletins_until
from data_access.database import Session, reading
from models.bulletins import BulletinState
from models.people import Role
from rules.as_of import end_of_day
from rules.bulletins.particulars import Particulars
from rules.bulletins.unit_lines import lines_about
from services.access.permission import WHO_SUPERVISES, requires_role
from services.bulletins.register import BulletinSummary, Objection, summary_of
from services.figures.acting_for import acting_for


@dataclass(frozen=True)
class LinesToCheck:
    """What a bulletin is going to say of the unit. `since`: the day on which it was submitted for that; `objection`:
    what the unit already has against it.
    """

    bulletin: int
    as_of: date
    since: date | None
    until: date | None
    lines: tuple[str, ...]
    objection: Objection | None
    is_open: bool


@requires_role(*WHO_SUPERVISES, Role.UNIT, own="unit")
def lines_to_check(day: date, unit: str) -> list[LinesToCheck]:
    """Return, for each bulletin in its fact check at the end of that day that names the unit, the lines about it."""
    with reading() as session:
        return lines_to_check_in(session, day, unit)


def lines_to_check_in(session: Session, day: date, unit: str) -> list[LinesToCheck]:
    """Return what `lines_to_check` does, within a transaction and without asking who asks."""
    rows = bulletins_until(session, end_of_day(day))
    acts = acts_of(session, [row.id or 0 for row in rows], end_of_day(day))
    names = (unit, *acting_for(session, unit, end_of_day(day))[1])  # it may have been another one's name then
    checks = []
    for row in rows:
        summary = summary_of(session, row, acts[row.id or 0], end_of_day(day))
        particulars = Particulars.of_json(row.particulars)
        lines = [line for name in names for line in lines_about(row.figures, particulars, name)]
        if lines and summary.state in (BulletinState.FACT_CHECK, BulletinState.CO_SIGNED):
            checks.append(_to_check(summary, lines, names, day))
    return checks


def _to_check(summary: BulletinSummary, lines: list[str], names: tuple[str, ...], day: date) -> LinesToCheck:
    objection = next((objection for objection in summary.objections if objection.unit in names), None)
    is_open = summary.check_until is not None and day <= summary.check_until
    return LinesToCheck(
        summary.id, summary.as_of, summary.submitted_on, summary.check_until, tuple(lines), objection, is_open
    )
