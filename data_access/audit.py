"""The audit log in the database: acts go in at the end of the chain, in the transaction of the change; read and searched here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.audit import LoggedAct
from models.tables import AuditEntry, AuditHead
from rules.audit_chain import digest_of, plain

AT_ONCE = 500


def record(session: Session, *, by: str, action: str, subject: str, address: str = "",
           detail: dict[str, Any] | None = None, before: Any = None, after: Any = None) -> None:
    """Add an entry stamped with the time at which it was really made, chained to the last one.

    The head is locked until the transaction ends, so that two writers never chain to the same entry.
    """
    head = session.get(AuditHead, 1, with_for_update=True, populate_existing=True) or AuditHead(entries=0)
    act = LoggedAct(datetime.now(UTC), by, address, action, subject, plain(detail or {}), plain(before), plain(after), head.digest)
    digest = digest_of(act)
    session.add(AuditEntry(at=act.at, by=by, address=address, action=action, subject=subject, detail=act.detail,
                           before=act.before, after=act.after, previous=act.previous, digest=digest))
    head.entries, head.digest = head.entries + 1, digest
    session.add(head)
    session.flush()


def acts(session: Session) -> Iterator[LoggedAct]:
    """Every entry in the order of the table, a few at a time."""
    last = -1
    while found := session.exec(select(AuditEntry).where(col(AuditEntry.id) > last).order_by(col(AuditEntry.id)).limit(AT_ONCE)).all():
        for row in found:
            yield act_of(row)
        last = found[-1].id or 0
        session.expunge_all()


def act_of(row: AuditEntry) -> LoggedAct:
    return LoggedAct(row.at, row.by, row.address, row.action, row.subject, row.detail, row.before, row.after,
                     row.previous, row.digest, row.id or 0)


def head(session: Session) -> tuple[int, str] | None:
    """How many entries there must be, and the digest of the last."""
    found = session.get(AuditHead, 1)
    return (found.entries, found.digest) if found else None
