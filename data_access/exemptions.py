"""Which units need not report which datasets, as decided by an instant."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models.tables import Exemption


def exemptions_at(session: Session, end: datetime) -> dict[tuple[int, str], str]:
    """Return (unit id, dataset) → why, for every exemption in force just before `end`."""
    return {key: entry.reason for key, entry in exempting(session, end).items()}


def exempting(session: Session, end: datetime) -> dict[tuple[int, str], Exemption]:
    """Return (unit id, dataset) → the decision, for every exemption in force just before `end`."""
    entries = session.exec(select(Exemption).where(Exemption.at < end).order_by(col(Exemption.at), col(Exemption.id)))
    latest = {(entry.unit_id, entry.dataset): entry for entry in entries}
    return {key: entry for key, entry in latest.items() if entry.exempt}


def add_exemption(
    session: Session, unit_id: int, dataset: str, *, exempt: bool, reason: str, at: datetime, by: str
) -> None:
    session.add(Exemption(unit_id=unit_id, dataset=dataset, exempt=exempt, reason=reason, at=at, by=by))
