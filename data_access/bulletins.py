"""Bulletins in the database: drafts, the acts on their way, their issue with number and files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from data_access.submissions import file_content, hash_of, keep_file
from models.bulletins import Act, Bulletin, BulletinAct, BulletinFile, BulletinIssue


def add_bulletin(session: Session, bulletin: Bulletin) -> int:
    session.add(bulletin)
    session.flush()
    assert bulletin.id is not None
    return bulletin.id


def bulletin_of(session: Session, bulletin_id: int) -> Bulletin | None:
    return session.get(Bulletin, bulletin_id)


def bulletins_until(session: Session, end: datetime) -> list[Bulletin]:
    """Return every bulletin drafted before `end`, oldest first."""
    return list(
        session.exec(select(Bulletin).where(col(Bulletin.at) < end).order_by(col(Bulletin.at), col(Bulletin.id)))
    )


def add_act(
    session: Session, bulletin_id: int, act: Act, *, at: datetime, by: str, unit_id: int | None = None, reason: str = ""
) -> None:
    session.add(BulletinAct(bulletin_id=bulletin_id, act=act, unit_id=unit_id, reason=reason, at=at, by=by))
    session.flush()


def acts_of(session: Session, bulletin_ids: Iterable[int], end: datetime | None = None) -> dict[int, list[BulletinAct]]:
    """Return bulletin → its acts before `end`, oldest first."""
    ids = list(bulletin_ids)
    query = select(BulletinAct).where(col(BulletinAct.bulletin_id).in_(ids))
    if end is not None:
        query = query.where(col(BulletinAct.at) < end)
    acts: dict[int, list[BulletinAct]] = {bulletin_id: [] for bulletin_id in ids}
    for act in session.exec(query.order_by(col(BulletinAct.at), col(BulletinAct.id))):
        acts[act.bulletin_id].append(act)
    return acts


def issues_until(session: Session, end: datetime) -> list[tuple[Bulletin, BulletinIssue]]:
    """Return every bulletin issued before `end` with its issue, in the order of issue."""
    query = (
        select(Bulletin, BulletinIssue)
        .join(BulletinIssue, col(BulletinIssue.bulletin_id) == col(Bulletin.id))
        .where(col(BulletinIssue.at) < end)
        .order_by(col(BulletinIssue.at), col(BulletinIssue.year), col(BulletinIssue.serial))
    )
    return [(bulletin, issue) for bulletin, issue in session.exec(query)]


def issue_of(session: Session, bulletin_id: int) -> BulletinIssue | None:
    return session.get(BulletinIssue, bulletin_id)


def issue_numbered(session: Session, year: int, serial: int) -> BulletinIssue | None:
    query = select(BulletinIssue).where(BulletinIssue.year == year, BulletinIssue.serial == serial)
    return session.exec(query).first()


def add_issue(session: Session, issue: BulletinIssue, files: Iterable[tuple[str, bytes]]) -> None:
    """Store an issue with its files, in their order."""
    session.add(issue)
    session.flush()
    for position, (name, content) in enumerate(files):
        sha256 = keep_file(session, content)
        session.add(
            BulletinFile(bulletin_id=issue.bulletin_id, position=position, name=name, sha256=sha256, size=len(content))
        )
    session.flush()


def issued_files(session: Session, bulletin_id: int) -> list[tuple[BulletinFile, bytes | None]]:
    """Return the files of an issue in their order; the content None where it is not there any more."""
    query = select(BulletinFile).where(BulletinFile.bulletin_id == bulletin_id).order_by(col(BulletinFile.position))
    return [(file, file_content(session, file.sha256)) for file in session.exec(query)]


def is_intact(file: BulletinFile, content: Any) -> bool:
    """Return whether a stored file still has the hash that was noted at issue."""
    return content is not None and hash_of(content) == file.sha256
