"""What the bureau entered on guide rules and what people found on guides by hand: from entries to those before an
instant.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models.tables import GuideRuleEntry, HandFinding


def rule_entries(session: Session, end: datetime) -> list[GuideRuleEntry]:
    """Return every entry made before `end`, oldest first."""
    query = select(GuideRuleEntry).where(GuideRuleEntry.at < end)
    return list(session.exec(query.order_by(col(GuideRuleEntry.at), col(GuideRuleEntry.id))))


def add_rule_entry(
    session: Session, rule: str, *, enabled: bool, severity: str, reason: str, at: datetime, by: str
) -> None:
    session.add(GuideRuleEntry(rule=rule, enabled=enabled, severity=severity, reason=reason, at=at, by=by))
    session.flush()


def hand_findings(
    session: Session, end: datetime, unit_id: int | None = None, item_code: str | None = None
) -> list[HandFinding]:
    """Return every finding made before `end`, oldest first; of one unit or one of its items where given."""
    query = select(HandFinding).where(HandFinding.at < end)
    if unit_id is not None:
        query = query.where(HandFinding.unit_id == unit_id)
    if item_code is not None:
        query = query.where(HandFinding.item_code == item_code)
    return list(session.exec(query.order_by(col(HandFinding.at), col(HandFinding.id))))


def add_hand_finding(
    session: Session, rule: str, unit_id: int, item_code: str, *, passed: bool, note: str, at: datetime, by: str
) -> None:
    session.add(HandFinding(rule=rule, unit_id=unit_id, item_code=item_code, passed=passed, note=note, at=at, by=by))
    session.flush()
