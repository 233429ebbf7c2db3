"""One submission by its number: what was sent, how it was read, for whom it speaks, and which lamps it turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.database import Session, reading
from data_access.plan_store import plan_at, units
from data_access.submissions import file_content, later_reports, list_submissions, reports_of, submission, withdrawal_of
from models.corrections import KeptCorrection
from models.lamps import Lamp, SubmissionSummary
from models.plan import UnitInfo
from models.tables import Report, Submission
from rules.as_of import end_of_day
from rules.units.changes import family
from services.access.permission import EVERYONE, is_own, refuse_unless_own, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.access.shown_corrections import kept_corrections
from services.board.lamp_changes import LampChange


@dataclass(frozen=True)
class SpokenFor:
    """The report that a submission makes for one unit. `replaced_by`: the newer submission that stands in its place."""

    unit: str
    month: str
    revision: int
    records: int
    replaced_by: int | None


@dataclass(frozen=True)
class TakenBack:
    at: datetime
    reason: str
    by: str


@dataclass(frozen=True)
class SubmissionDetails:
    """`sheets` and `warnings` as models.tables.Submission keeps them; `turned` None where it was not recorded."""

    number: int
    dataset: str
    unit: str | None  # None: a whole-district ledger
    month: str
    file_name: str
    sha256: str
    size: int
    accepted_at: datetime
    by: str
    records: int
    sheets: Sequence[Any]
    warnings: Sequence[Any]
    turned: tuple[LampChange, ...] | None
    reports: tuple[SpokenFor, ...]
    taken_back: TakenBack | None
    corrections: tuple[KeptCorrection, ...] = ()  # made on screen; of the sender's alone
    explanation: str = ""  # of figures beyond the unit's own history; to whoever may see what the sender sent


@requires_role(*EVERYONE)
def submission_details(number: int, as_of: date) -> SubmissionDetails:
    """Return a submission as known at the end of the day. Raises RefusedRequest for an unknown number.

    A unit's person may see what was sent for that unit, and of a whole-district ledger what it says of that unit alone.
    """
    with reading() as session:
        row = submission(session, number)
        end = end_of_day(as_of)
        if row is None or row.accepted_at >= end:
            raise RefusedRequest(f"截至该日没有编号为 {number} 的报送。")
        known = units(session, end)
        sender = known[row.unit_id].name if row.unit_id else None
        reports = tuple(
            _spoken_for(session, report, known, end)
            for report in reports_of(session, number)
            if is_own(known[report.unit_id].name)
        )
        if not reports:
            refuse_unless_own(sender)
        return SubmissionDetails(
            number,
            row.dataset,
            sender,
            row.month,
            row.file_name,
            row.sha256,
            len(file_content(session, row.sha256) or b""),
            row.accepted_at,
            row.by,
            row.records,
            row.sheets,
            _warnings(row, sender) if is_own(sender) else (),
            _turned(row, known),
            reports,
            _taken_back(session, number, end),
            kept_corrections(session, [row], {unit.id: unit.name for unit in known.values()}) if is_own(sender) else (),
            masked_words(row.explanation or "", sender) if is_own(sender) else "",
        )


def _warnings(row: Submission, sender: str | None) -> list[Any]:
    """What was said of single cells may repeat what stands in them."""
    return [{**warning, "message": masked_words(warning["message"], sender)} for warning in row.warnings]


def _spoken_for(session: Session, report: Report, known: dict[int, UnitInfo], end: datetime) -> SpokenFor:
    later = later_reports(session, report, end)
    return SpokenFor(
        known[report.unit_id].name,
        report.month,
        report.revision,
        report.records,
        later[-1].submission_id if later else None,
    )


def _turned(row: Submission, known: dict[int, UnitInfo]) -> tuple[LampChange, ...] | None:
    """By the units' present names."""
    if row.lamps_changed is None:
        return None
    names = {alias: unit.name for unit in known.values() for alias in unit.aliases}
    return tuple(
        LampChange(
            change["measure"], names.get(change["unit"], change["unit"]), Lamp(change["before"]), Lamp(change["after"])
        )
        for change in row.lamps_changed
    )


def _taken_back(session: Session, number: int, end: datetime) -> TakenBack | None:
    withdrawal = withdrawal_of(session, number)
    return TakenBack(withdrawal.at, withdrawal.reason, withdrawal.by) if withdrawal and withdrawal.at < end else None


@requires_role(*EVERYONE, own="unit")
def recent_submissions(as_of: date, unit: str | None = None, limit: int = 200) -> tuple[SubmissionSummary, ...]:
    """Return the submissions accepted by the end of the day, the newest first; of a unit with its part of the
    whole-district ledgers that speak for it, and those of the units that it came from.
    """
    with reading() as session:
        end = end_of_day(as_of)
        if unit is None:
            return tuple(list_submissions(session, end, limit=limit))
        plan = plan_at(session, end)
        sent = {
            submission.id: submission
            for number in family(plan, plan.unit_id(unit) or 0)
            for submission in list_submissions(session, end, unit_id=number, limit=limit)
        }
    newest_first = sorted(sent.values(), key=lambda submission: (submission.accepted_at, submission.id), reverse=True)
    return tuple(newest_first[:limit])
