"""Requests for a later deadline in the database, with what was decided by an instant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_
from sqlmodel import Session, col, select

from models.deadline_requests import DeadlineDecision, DeadlineRequest


def add_request(session: Session, request: DeadlineRequest) -> int:
    session.add(request)
    session.flush()
    assert request.id is not None
    return request.id


def add_decision(session: Session, decision: DeadlineDecision) -> None:
    session.add(decision)
    session.flush()


def request_numbered(session: Session, number: int) -> DeadlineRequest | None:
    return session.get(DeadlineRequest, number)


def decision_on(session: Session, number: int) -> DeadlineDecision | None:
    return session.get(DeadlineDecision, number)


def requests_until(
    session: Session, end: datetime, unit_id: int | None = None
) -> list[tuple[DeadlineRequest, DeadlineDecision | None]]:
    """Return those asked before `end`, newest first, each with what was decided before `end`; of one unit or of all."""
    decided = and_(col(DeadlineDecision.request_id) == col(DeadlineRequest.id), col(DeadlineDecision.at) < end)
    query = (
        select(DeadlineRequest, DeadlineDecision)
        .outerjoin(DeadlineDecision, decided)
        .where(col(DeadlineRequest.at) < end)
        .order_by(col(DeadlineRequest.at).desc(), col(DeadlineRequest.id).desc())
    )
    if unit_id is not None:
        query = query.where(DeadlineRequest.unit_id == unit_id)
    return [(request, decision) for request, decision in session.exec(query)]
