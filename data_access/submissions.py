"""Files, submissions and the reports that a submission makes for units; who reported what by an instant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from data_access.plan_store import units
from models.lamps import SubmissionSummary
from models.tables import Report, StoredFile, Submission, Withdrawal


@dataclass(frozen=True, slots=True)
class ReportInForce:
    """The report that stands for one unit, dataset and month at an instant."""

    unit_id: int
    dataset: str
    month: str
    submission_id: int
    accepted_at: datetime
    records: int
    whole_district: bool


_IN_FORCE: tuple[Any, ...] = (
    Report.unit_id,
    Report.dataset,
    Report.month,
    Report.submission_id,
    Report.accepted_at,
    Report.records,
)

_SUMMARY: tuple[Any, ...] = (
    Submission.id,
    Submission.dataset,
    Submission.month,
    Submission.file_name,
    Submission.sha256,
    Submission.accepted_at,
    Submission.by,
)
"""Not the columns read and the warnings: these are long, and a list of submissions needs none of them."""


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep_file(session: Session, content: bytes, sha256: str | None = None) -> str:
    """Store a file once by its hash, taken here where it is not known yet; returns the hash."""
    sha256 = sha256 or hash_of(content)
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=len(content), content=content))
        session.flush()
    return sha256


def file_content(session: Session, sha256: str) -> bytes | None:
    stored = session.get(StoredFile, sha256)
    return stored.content if stored else None


def submissions_of_file(
    session: Session, sha256: str, dataset: str, unit_id: int | None, month: str | None
) -> list[Submission]:
    """Return the submissions of that very file for the same unit, dataset and (where given) month that were not
    withdrawn, oldest first.
    """
    query = (
        select(Submission)
        .outerjoin(Withdrawal, col(Withdrawal.submission_id) == col(Submission.id))
        .where(Submission.sha256 == sha256, Submission.dataset == dataset, col(Withdrawal.submission_id).is_(None))
        .where(Submission.unit_id == unit_id)
        .order_by(col(Submission.id))
    )
    if month is not None:
        query = query.where(Submission.month == month)
    return list(session.exec(query))


def add_reports(
    session: Session, submission: Submission, records_by_unit: Iterable[tuple[int, int]], *, adds: bool = False
) -> list[Report]:
    """Return one report for each unit the submission speaks for; each a new revision of its month. `adds`: it only adds
    to rows that the bureau reported.
    """
    assert submission.id is not None
    spoken_for = dict(records_by_unit)
    revisions = _last_revisions(session, submission.dataset, spoken_for, submission.month)
    reports = [
        Report(
            submission_id=submission.id,
            dataset=submission.dataset,
            unit_id=unit_id,
            month=submission.month,
            revision=revisions.get(unit_id, 0) + 1,
            records=records,
            adds=adds,
            accepted_at=submission.accepted_at,
        )
        for unit_id, records in spoken_for.items()
    ]
    session.add_all(reports)
    session.flush()
    return reports


def _last_revisions(session: Session, dataset: str, unit_ids: Iterable[int], month: str) -> dict[int, int]:
    """Unit id → its highest revision of the month."""
    query = select(Report.unit_id, func.max(Report.revision)).where(
        Report.dataset == dataset, col(Report.unit_id).in_(list(unit_ids)), Report.month == month
    )
    return dict(session.exec(query.group_by(col(Report.unit_id))).all())


def _in_force(end: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of reports of units' own, or by the bureau: accepted, and not withdrawn, before `end`."""
    return (
        col(Report.accepted_at) < end,
        or_(col(Report.until).is_(None), col(Report.until) >= end),
        col(Report.adds).is_(False),
    )


def reports_in_force(
    session: Session, end: datetime, *, dataset: str | None = None, unit_ids: Iterable[int] | None = None
) -> list[ReportInForce]:
    """Return for each unit, dataset and month the latest report accepted, and not withdrawn, before `end`; in month
    order.
    """
    query = (
        select_columns(
            *(col(column) for column in _IN_FORCE), col(Submission.unit_id).is_(None).label("whole_district")
        )
        .join(Submission, col(Submission.id) == col(Report.submission_id))
        .where(*_in_force(end))
        .order_by(col(Report.month), col(Report.accepted_at), col(Report.id))
    )
    if dataset is not None:
        query = query.where(col(Report.dataset) == dataset)
    if unit_ids is not None:
        query = query.where(col(Report.unit_id).in_(list(unit_ids)))
    rows: Sequence[Any] = session.connection().execute(query).all()
    latest = {row[:3]: row for row in rows}
    return [ReportInForce(*row) for row in latest.values()]


def parts_in_force(
    session: Session, end: datetime, dataset: str, unit_id: int | None = None
) -> dict[int, frozenset[str]]:
    """Return unit id → the parts that the unit's last report of a dataset had a sheet of, be it with no row in it. Of
    all units or of one.
    """
    unit_ids = None if unit_id is None else [unit_id]
    newest = last_of_each_unit(reports_in_force(session, end, dataset=dataset, unit_ids=unit_ids))
    query = select(Submission.id, Submission.sheets).where(
        col(Submission.id).in_({report.submission_id for report in newest.values()})
    )
    parts = {number: frozenset(sheet["part"] for sheet in sheets) for number, sheets in session.exec(query)}
    return {unit_id: parts[report.submission_id] for unit_id, report in newest.items()}


def last_of_each_unit(reports: Iterable[ReportInForce]) -> dict[int, ReportInForce]:
    """Return unit id → the last report accepted, whatever its month: of lists as they now stand it replaces all before
    it.
    """
    by_age = sorted(reports, key=lambda report: (report.accepted_at, report.submission_id))
    return {report.unit_id: report for report in by_age}


def additions_in_force(session: Session, end: datetime, dataset: str) -> list[tuple[int, int]]:
    """Return (submission id, unit id) of what units added to the bureau's rows and did not withdraw before `end`, in
    the order of acceptance.
    """
    query = (
        select(Report.submission_id, Report.unit_id)
        .where(
            Report.dataset == dataset,
            Report.adds,
            Report.accepted_at < end,
            or_(col(Report.until).is_(None), col(Report.until) >= end),
        )
        .order_by(col(Report.accepted_at), col(Report.id))
    )
    return [(submission_id, unit_id) for submission_id, unit_id in session.exec(query)]


def reported_months(session: Session, end: datetime, unit_id: int | None = None) -> set[tuple[int, str, str]]:
    """Return (unit id, dataset, month) of every report in force before `end`, of all units or one."""
    query = select(Report.unit_id, Report.dataset, Report.month).where(*_in_force(end))
    if unit_id is not None:
        query = query.where(Report.unit_id == unit_id)
    rows: Sequence[Any] = session.connection().execute(query).all()
    return set(map(tuple, rows))


def events_since(
    session: Session, datasets: Iterable[str], unit_ids: Iterable[int] | None, since: datetime
) -> list[datetime]:
    """Return the instants from `since` on at which a report of these was accepted or withdrawn, in order."""
    conditions = [col(Report.dataset).in_(list(datasets))]
    if unit_ids is not None:
        conditions.append(col(Report.unit_id).in_(list(unit_ids)))
    accepted = session.exec(select(Report.accepted_at).distinct().where(Report.accepted_at >= since, *conditions)).all()
    withdrawn = session.exec(select(Report.until).distinct().where(col(Report.until) >= since, *conditions)).all()
    return sorted({*accepted, *(instant for instant in withdrawn if instant is not None)})


def last_event(session: Session, dataset: str) -> datetime | None:
    """Return when a report of the dataset was last accepted or withdrawn; None where none was."""
    accepted, withdrawn = session.exec(
        select(func.max(Report.accepted_at), func.max(Report.until)).where(Report.dataset == dataset)
    ).one()
    return max((instant for instant in (accepted, withdrawn) if instant is not None), default=None)


def first_events(session: Session, datasets: Iterable[str]) -> dict[int, datetime]:
    """Return unit id → when its first report of any of these datasets was accepted, withdrawn ones too."""
    query = (
        select(Report.unit_id, func.min(Report.accepted_at))
        .where(col(Report.dataset).in_(list(datasets)))
        .group_by(col(Report.unit_id))
        .order_by(col(Report.unit_id))
    )
    return dict(session.exec(query).all())


def withdraw(session: Session, submission_id: int, *, at: datetime, reason: str, by: str) -> list[Report]:
    """Enter that a submission is taken back; its reports stand no longer from `at` on."""
    session.add(Withdrawal(submission_id=submission_id, at=at, reason=reason, by=by))
    reports = list(session.exec(select(Report).where(Report.submission_id == submission_id)))
    for report in reports:
        report.until = at
        session.add(report)
    session.flush()
    return reports


def submission(session: Session, submission_id: int) -> Submission | None:
    return session.get(Submission, submission_id)


def reports_of(session: Session, submission_id: int) -> list[Report]:
    return list(session.exec(select(Report).where(Report.submission_id == submission_id).order_by(col(Report.unit_id))))


def withdrawal_of(session: Session, submission_id: int) -> Withdrawal | None:
    return session.get(Withdrawal, submission_id)


def later_reports(session: Session, report: Report, end: datetime) -> list[Report]:
    """Return the newer reports of the same unit, dataset and month in force just before `end`, oldest first."""
    return list(
        session.exec(
            select(Report)
            .where(
                Report.unit_id == report.unit_id,
                Report.dataset == report.dataset,
                Report.month == report.month,
                col(Report.id) > report.id,
                Report.accepted_at < end,
                or_(col(Report.until).is_(None), col(Report.until) >= end),
            )
            .order_by(col(Report.id))
        )
    )


def list_submissions(
    session: Session, end: datetime, *, unit_id: int | None = None, dataset: str | None = None, limit: int | None = 200
) -> list[SubmissionSummary]:
    """Return submissions accepted before `end`, the newest first; for a unit also the whole-district ledgers that speak
    for it, each with the rows and the revision of that unit's part.

    `limit` None: all of them.
    """
    newest = (
        select(func.max(Report.revision))
        .where(Report.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
    records, revision = (
        (col(Submission.records), newest) if unit_id is None else (col(Report.records), col(Report.revision))
    )
    query = (
        select_columns(
            *(col(column) for column in _SUMMARY), records, col(Submission.unit_id), col(Withdrawal.at), revision
        )
        .outerjoin(Withdrawal, col(Withdrawal.submission_id) == col(Submission.id))
        .where(col(Submission.accepted_at) < end)
        .order_by(col(Submission.accepted_at).desc(), col(Submission.id).desc())
        .limit(limit)
    )
    if unit_id is not None:
        query = query.join(Report, (col(Report.submission_id) == col(Submission.id)) & (col(Report.unit_id) == unit_id))
    if dataset is not None:
        query = query.where(col(Submission.dataset) == dataset)
    known = units(session, end)
    return [
        SubmissionSummary(
            submission_id,
            kind,
            known[sender].name if sender else None,
            month,
            number or 1,
            file_name,
            sha256,
            accepted_at,
            by,
            rows,
            withdrawn,
            unit_id is not None,
        )
        for submission_id, kind, month, file_name, sha256, accepted_at, by, rows, sender, withdrawn, number in session.connection().execute(  # noqa: E501
            query
        )
    ]


def places_in(session: Session, submission_ids: Iterable[int]) -> dict[int, tuple[str, list[Any]]]:
    """Return submission → its file's name and sheets, to say where a record is."""
    query = select(Submission.id, Submission.file_name, Submission.sheets).where(
        col(Submission.id).in_(set(submission_ids))
    )
    return {number: (name, list(sheets)) for number, name, sheets in session.exec(query) if number is not None}


def lamps_turned_by(
    session: Session, datasets: Iterable[str], unit_id: int | None, end: datetime
) -> list[tuple[int, datetime, str, list[dict[str, str]]]]:
    """Return (submission, when, by, lamps before → after) of those accepted before `end` that turned any; `unit_id`
    None: of all units.
    """
    query = (
        select(Submission.id, Submission.accepted_at, Submission.by, Submission.lamps_changed)
        .where(
            col(Submission.dataset).in_(list(datasets)),
            Submission.accepted_at < end,
            col(Submission.lamps_changed).is_not(None),
        )
        .order_by(col(Submission.accepted_at), col(Submission.id))
    )
    if unit_id is not None:
        query = query.where(col(Submission.id).in_(select(Report.submission_id).where(Report.unit_id == unit_id)))
    return [(number or 0, at, by, list(turned)) for number, at, by, turned in session.exec(query) if turned]


def any_submission(session: Session) -> bool:
    return session.exec(select(Submission.id).limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class FirstReport:
    """A month's report: when it first came, and how its newest revision stands."""

    accepted_at: datetime
    last_accepted_at: datetime
    records: int
    revisions: int
    submission_id: int


def first_reports(
    session: Session, end: datetime, unit_id: int | None = None
) -> dict[tuple[int, str, str], FirstReport]:
    """Return (unit id, dataset, month) → the report received and not withdrawn before `end`, of all units or one."""
    query = (
        select_columns(*(col(column) for column in _IN_FORCE))
        .where(*_in_force(end))
        .order_by(col(Report.accepted_at), col(Report.id))
    )
    if unit_id is not None:
        query = query.where(col(Report.unit_id) == unit_id)
    firsts: dict[tuple[int, str, str], FirstReport] = {}
    for unit, dataset, month, submission_id, accepted_at, records in session.connection().execute(query):
        earlier = firsts.get((unit, dataset, month))
        firsts[unit, dataset, month] = FirstReport(
            earlier.accepted_at if earlier else accepted_at,
            accepted_at,
            records,
            earlier.revisions + 1 if earlier else 1,
            submission_id,
        )
    return firsts
