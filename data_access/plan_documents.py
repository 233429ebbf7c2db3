"""The texts of plans in the database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models.tables import PlanDocument


def add_document(session: Session, document: PlanDocument) -> int:
    session.add(document)
    session.flush()
    assert document.id is not None
    return document.id


def document_numbered(session: Session, number: int) -> PlanDocument | None:
    return session.get(PlanDocument, number)


def documents_until(session: Session, plan: str, end: datetime) -> list[PlanDocument]:
    """Return what was attached to a plan before `end`, oldest first."""
    query = select(PlanDocument).where(PlanDocument.plan == plan, PlanDocument.at < end)
    return list(session.exec(query.order_by(col(PlanDocument.at), col(PlanDocument.id))))
