"""The audit log in the database: acts go in at the end of the chain, in the transaction of the change; read and
searched here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, or_, select
from sqlmodel import Session

from models.audit import AuditQuestion, LoggedAct
from models.tables import AuditEntry, AuditHead
from rules.audit_chain import digest_of, plain

TABLE = AuditEntry.__table__  # type: ignore[attr-defined]
WHO = (TABLE.c.by, TABLE.c.account, TABLE.c.unit)
AT_ONCE = 1000
UNREADABLE = "（内容不能读出）"


def last_instant(session: Session) -> datetime | None:
    """Return the latest instant at which anything was entered, or None."""
    return session.execute(select(func.max(TABLE.c.at))).scalar_one()


def after_the_last(session: Session) -> datetime:
    """Return the present or, where the clock was set back, the instant after the last entry."""
    now, last = datetime.now(UTC), last_instant(session)
    return now if last is None or last < now else last + timedelta(microseconds=1)


def record(
    session: Session,
    *,
    by: str,
    action: str,
    subject: str,
    account: str = "",
    unit: str = "",
    address: str = "",
    detail: dict[str, Any] | None = None,
    before: Any = None,
    after: Any = None,
) -> None:
    """Add an entry stamped with the time at which it was really made, chained to the last one and never before it,
    however the clock was set.

    The head is locked until the transaction ends, so that two writers never chain to the same entry.
    """
    head = session.get(AuditHead, 1, with_for_update=True, populate_existing=True) or AuditHead(entries=0)
    act = LoggedAct(
        after_the_last(session),
        by,
        address,
        action,
        subject,
        plain(detail or {}),
        plain(before),
        plain(after),
        head.digest,
        account=account,
        unit=unit,
    )
    digest = digest_of(act)
    session.add(
        AuditEntry(
            at=act.at,
            by=by,
            account=account,
            unit=unit,
            address=address,
            action=action,
            subject=subject,
            detail=act.detail,
            before=act.before,
            after=act.after,
            previous=act.previous,
            digest=digest,
        )
    )
    head.entries, head.digest = head.entries + 1, digest
    session.add(head)
    session.flush()


def acts(session: Session) -> Iterator[LoggedAct]:
    """Yield every entry in the order of the table, a few at a time."""
    last = -1
    while entries := _read_whatever_is_there(
        session, select(TABLE).where(TABLE.c.id > last).order_by(TABLE.c.id).limit(AT_ONCE)
    ):
        yield from entries
        last = entries[-1].number


def _read_whatever_is_there(session: Session, query: Select[Any]) -> list[LoggedAct]:
    """An entry that was tampered with until nobody can read it is an entry without content: its digest does not fit."""
    try:
        return _read(session, query)
    except (ValueError, TypeError):
        plain_columns = query.with_only_columns(TABLE.c.id, TABLE.c.previous)
        return [
            _read_one(session, number, previous)
            for number, previous in session.connection().execute(plain_columns).all()
        ]


def _read_one(session: Session, number: int, previous: str) -> LoggedAct:
    try:
        return _read(session, select(TABLE).where(TABLE.c.id == number))[0]
    except (ValueError, TypeError):
        return LoggedAct(datetime.fromtimestamp(0, UTC), "", "", "", UNREADABLE, {}, previous=previous, number=number)


def head(session: Session) -> tuple[int, str] | None:
    """Return how many entries there must be, and the digest of the last."""
    head = session.get(AuditHead, 1)
    return (head.entries, head.digest) if head else None


def ends_as_it_says(session: Session) -> bool:
    """Return whether the last entry is the one that the head of the log names; `manage.py audit verify` looks at the
    whole chain.
    """
    recorded = head(session)
    last = session.connection().execute(select(TABLE.c.digest).order_by(TABLE.c.id.desc()).limit(1)).scalar()
    return (recorded[1] if recorded and recorded[0] else None) == last


def find(session: Session, question: AuditQuestion, limit: int) -> list[LoggedAct]:
    """Return the acts that answer the question, the newest first, at most `limit`, those numbered below
    `asked.before`.
    """
    query = select(TABLE).order_by(TABLE.c.id.desc()).limit(limit)
    if question.before is not None:
        query = query.where(TABLE.c.id < question.before)
    if question.person:
        query = query.where(or_(*(column.contains(question.person, autoescape=True) for column in WHO)))
    if question.action:
        query = query.where(TABLE.c.action == question.action)
    if question.since is not None:
        query = query.where(TABLE.c.at >= question.since)
    if question.until is not None:
        query = query.where(TABLE.c.at < question.until)
    for word in question.words.split():
        query = query.where(_holds(word))
    return _read(session, query)


def _holds(word: str) -> ColumnElement[bool]:
    """In plain columns as it is; within JSON as it is written there."""
    written = json.dumps(word)[1:-1]
    plainly = [column.contains(word, autoescape=True) for column in (TABLE.c.subject, *WHO, TABLE.c.address)]
    within = [
        cast(column, Text).contains(written, autoescape=True)
        for column in (TABLE.c.detail, TABLE.c.before, TABLE.c.after)
    ]
    return or_(*plainly, *within)


def _read(session: Session, query: Select[Any]) -> list[LoggedAct]:
    return [
        LoggedAct(
            row.at,
            row.by,
            row.address,
            row.action,
            row.subject,
            row.detail,
            row.before,
            row.after,
            row.previous,
            row.digest,
            row.id,
            row.account,
            row.unit,
        )
        for row in session.connection().execute(query)
    ]
