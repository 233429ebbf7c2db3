"""What issued bulletins said of units, as far as the next step for a matter depends on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data_access.bulletins import issues_until
from data_access.database import Session
from data_access.rectifications import rectification_rows
from models.bulletins import Figures
from rules.as_of import day_of
from rules.numbering import number_of
from rules.units.changes import names_answering
from services.figures.district_state import district_state


@dataclass(frozen=True, slots=True)
class IssuedBulletin:
    """`named`: (unit, matter) of what it tells as overdue or missing; `ranked`: units from the first place down;
    `is_corrected`: another one, issued later, has taken its place.
    """

    issued_on: date
    named: frozenset[tuple[str, str]]
    ranked: tuple[str, ...]
    is_corrected: bool = False


def bulletins_issued(session: Session, end: datetime) -> Sequence[IssuedBulletin]:
    """Return those issued before `end`, the oldest first."""
    issues = issues_until(session, end)
    if not issues:
        return ()
    plan = district_state(session, end).plan
    names = names_answering(plan)

    def now(unit: str) -> str:
        """The name of who answers now for the unit that the bulletin named."""
        number = plan.unit_id(unit)
        return unit if number is None else names[number]

    owners = {number_of(row.year, row.serial): names[row.unit_id] for row in rectification_rows(session, end)}
    corrected = {bulletin.corrects for bulletin, _ in issues}
    return tuple(
        IssuedBulletin(
            day_of(issue.at),
            frozenset((now(unit), matter) for unit, matter in _named(bulletin.figures, owners)),
            tuple(now(row["unit"]) for row in bulletin.figures["ranking"]),
            number_of(issue.year, issue.serial) in corrected,
        )
        for bulletin, issue in issues
    )


def _named(figures: Figures, owners: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`owners`: number of a rectification → its unit."""
    for row in figures["overdue"]:
        yield row["unit"], f"measure:{row['measure']}"
    for row in figures["missing"]:
        for month in row["months"] or [""]:
            yield row["unit"], f"report:{row['dataset']}:{month}"
    for number in figures["rectifications"]["overdue"]:
        if number in owners:
            yield owners[number], f"rectification:{number}"
