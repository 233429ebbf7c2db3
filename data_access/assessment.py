"""Versions of the assessment's rules in the database, by an instant."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models.assessment import AssessmentVersion


def add_version(session: Session, version: AssessmentVersion) -> int:
    session.add(version)
    session.flush()
    assert version.id is not None
    return version.id


def versions_until(session: Session, end: datetime) -> list[AssessmentVersion]:
    """Return those entered before `end`, the one in force first."""
    query = select(AssessmentVersion).where(col(AssessmentVersion.at) < end)
    return list(session.exec(query.order_by(col(AssessmentVersion.at).desc(), col(AssessmentVersion.id).desc())))


def version_numbered(session: Session, number: int) -> AssessmentVersion | None:
    return session.get(AssessmentVersion, number)
