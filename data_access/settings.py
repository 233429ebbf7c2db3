"""Settings with their history: what was in force at an instant, and new entries with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from data_access.read_once import read_once
from models.tables import SettingEntry


def settings_at(session: Session, end: datetime, plan: str = "") -> dict[str, Any]:
    """Name → value of every setting in force just before `end`: the board's, and those that a plan has otherwise."""
    return _of(session, "", end) | plan_settings_at(session, end, plan)


def plan_settings_at(session: Session, end: datetime, plan: str) -> dict[str, Any]:
    """Name → value of the settings that a plan has otherwise than the board just before `end`."""
    own = _of(session, plan, end) if plan else {}
    return {name: value for name, value in own.items() if value is not None}


def _of(session: Session, plan: str, end: datetime) -> dict[str, Any]:
    return {
        name: value
        for name, value, since, whose in read_once(session, _entries)
        if whose == plan and (since is None or since < end)
    }


def _entries(session: Session) -> list[tuple[str, Any, datetime | None, str]]:
    """(name, value, since, plan), in the order in which they come into force."""
    return [(entry.name, entry.value, entry.since, entry.plan) for entry in setting_entries(session)]


def set_setting(
    session: Session, name: str, value: Any, *, since: datetime | None, reason: str, by: str, plan: str = ""
) -> None:
    """Store a new entry, of a plan or of the board; `since` None makes it hold from the beginning."""
    session.add(SettingEntry(name=name, value=value, since=since, reason=reason, by=by, plan=plan))


def setting_entries(session: Session) -> list[SettingEntry]:
    """Return every entry ever made, in the order in which they come into force."""
    return list(
        session.exec(
            select(SettingEntry).order_by(
                col(SettingEntry.since).is_not(None), col(SettingEntry.since), col(SettingEntry.id)
            )
        )
    )


def settings_changed(session: Session, names: Iterable[str], after: datetime) -> list[datetime]:
    """Return the instants later than `after` at which one of these settings takes another value, in order."""
    wanted = set(names)
    return sorted(
        {since for name, _, since, _ in read_once(session, _entries) if name in wanted and since and since > after}
    )
