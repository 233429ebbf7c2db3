"""What a checked workbook would replace if it were confirmed now: how many rows stand for the same unit and month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from catalogue.datasets import DATASETS
from data_access.database import reading
from data_access.plan_store import units
from data_access.submissions import ReportInForce, reports_in_force
from models.definitions import Frequency
from models.validation import ValidationReport
from services.access.permission import WHO_REPORTS, requires_role
from services.intake.checking import Request


@dataclass(frozen=True, slots=True)
class Replacing:
    """Of the units whose accepted report has more rows than the new one."""

    units: tuple[str, ...]
    rows: int  # of the new report
    standing: int  # of what it replaces
    submissions: tuple[int, ...]


@requires_role(*WHO_REPORTS)
def replacing_more(report: ValidationReport, request: Request, at: datetime | None = None) -> Replacing | None:
    """None where the new report replaces nothing, or nothing larger."""
    if report.dataset not in DATASETS:
        return None
    with reading() as session:
        names = {number: unit.name for number, unit in units(session).items()}
        standing = _standing(report, reports_in_force(session, at or datetime.now(UTC), dataset=report.dataset))
    rows = _rows_by_unit(report, request)
    larger = {
        unit: report
        for unit, report in ((names[report.unit_id], report) for report in standing)
        if report.records > rows.get(unit, report.records)
    }
    if not larger:
        return None
    return Replacing(
        tuple(larger),
        sum(rows[unit] for unit in larger),
        sum(report.records for report in larger.values()),
        tuple(sorted({report.submission_id for report in larger.values()})),
    )


def _standing(report: ValidationReport, reports: list[ReportInForce]) -> list[ReportInForce]:
    """Of the same month; of snapshots the last of each unit."""
    if DATASETS[str(report.dataset)].frequency is Frequency.MONTHLY:
        return [earlier for earlier in reports if earlier.month == report.month]
    return list(
        {
            report.unit_id: report
            for report in sorted(reports, key=lambda report: (report.accepted_at, report.submission_id))
        }.values()
    )


def _rows_by_unit(report: ValidationReport, request: Request) -> Counter[str]:
    """The submitting unit's rows, or those of each unit that a whole-district ledger speaks for."""
    frame = report.frames.get(DATASETS[str(report.dataset)].main.code)
    if not request.district:
        return Counter({report.unit or "": 0 if frame is None else len(frame)})
    return Counter() if frame is None else Counter(str(unit) for unit in frame["unit"].dropna())
