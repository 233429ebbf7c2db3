"""The log of who did what when: append-only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from models.tables import AuditEntry


def record(session: Session, *, by: str, action: str, subject: str, detail: dict[str, Any] | None = None) -> None:
    """Add an entry stamped with the time at which it was really made."""
    session.add(AuditEntry(at=datetime.now(UTC), by=by, action=action, subject=subject, detail=detail or {}))
