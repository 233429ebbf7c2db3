"""Settings with their history: what was in force at an instant, and new entries with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from models.tables import SettingEntry


def settings_at(session: Session, end: datetime) -> dict[str, Any]:
    """Name → value of every setting in force just before `end`."""
    entries = session.exec(
        select(SettingEntry)
        .where(or_(col(SettingEntry.since).is_(None), col(SettingEntry.since) < end))
        .order_by(col(SettingEntry.since).is_not(None), col(SettingEntry.since), col(SettingEntry.id))
    )
    return {entry.name: entry.value for entry in entries}


def set_setting(session: Session, name: str, value: Any, *, since: datetime | None, reason: str, by: str) -> None:
    """A new entry; `since` None makes it hold from the beginning."""
    session.add(SettingEntry(name=name, value=value, since=since, reason=reason, by=by))
