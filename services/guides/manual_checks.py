"""Rules that no sheet can decide (G111, G312): they wait as questions for a spot check; what was found shows on the
guide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from catalogue.datasets.guides import GUIDES
from data_access.database import Session, reading, writing
from data_access.guide_rule_entries import add_hand_finding, hand_findings
from models.guides import GuideRule
from models.people import Role
from models.tables import HandFinding
from rules.as_of import end_of_day
from rules.guides.sources import given
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import EVERYONE, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state
from services.figures.guide_rule_settings import RuleBook, rule_book_at
from services.figures.records_in_force import RecordsInForce
from services.figures.unit_names import unit_id_named
from services.guides.unit_guides import ITEMS

NEEDS = {"G312": "flow_chart"}
"""Rule by hand → the field without which there is nothing to look at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person found; citizens in the note are hidden from whoever is not to see them."""

    passed: bool
    note: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Question:
    """One rule by hand for one guide. `findings`: every finding so far, the last holds; empty: it waits."""

    rule: GuideRule
    unit: str
    item_code: str
    item_name: str
    findings: tuple[Finding, ...]

    @property
    def waits(self) -> bool:
        return not self.findings


@requires_role(*EVERYONE, own="unit")
def questions(unit: str, as_of: date, item: str | None = None) -> tuple[Question, ...]:
    """Return the questions for a unit's guides, or for one of them. Raises RefusedRequest for an unknown unit."""
    with reading() as session:
        end = end_of_day(as_of)
        state = district_state(session, end)
        unit_id = unit_id_named(state, unit)
        items = _items(session, unit_id, end, state)
        chosen = items if item is None else items[items["item_code"] == item]
        return tuple(_questions(unit, chosen, rule_book_at(session, end), hand_findings(session, end, unit_id, item)))


@requires_role(Role.BUREAU, Role.INSPECTOR)
def record(rule: str, unit: str, item: str, *, passed: bool, note: str, at: datetime) -> None:
    """Enter what was found on a guide. Raises RefusedRequest where there is no such question at that time."""
    end = at + timedelta(microseconds=1)
    with writing() as session:
        state = district_state(session, end)
        unit_id = unit_id_named(state, unit)
        items = _items(session, unit_id, end, state)
        book = rule_book_at(session, end)
        questions = _questions(unit, items[items["item_code"] == item], book, [])
        if rule not in {question.rule.code for question in questions}:
            raise RefusedRequest(f"{unit}的事项“{item}”没有待人工核查的规则 {rule}。")
        if not passed and not note.strip():
            raise RefusedRequest("不符合的，请写明情况。")
        earlier = [finding for finding in hand_findings(session, end, unit_id, item) if finding.rule == rule]
        add_hand_finding(session, rule, unit_id, item, passed=passed, note=note.strip(), at=at, by=current_user().name)
        log(
            session,
            "hand finding",
            f"{rule} {unit} {item}",
            detail={"at": at.isoformat()},
            after={"passed": passed, "note": note.strip()},
            before={"passed": earlier[-1].passed, "note": earlier[-1].note} if earlier else None,
        )


def _items(session: Session, unit_id: int, end: datetime, state: DistrictState) -> pd.DataFrame:
    only = {ITEMS: ("item_code", "item_name", *NEEDS.values())}
    items = RecordsInForce(session, [GUIDES.code], [unit_id], end, state, only).frames(unit_id, "")[ITEMS]
    return pd.DataFrame(columns=list(only[ITEMS])) if items is None else items


def _questions(unit: str, items: pd.DataFrame, book: RuleBook, findings: Iterable[HandFinding]) -> list[Question]:
    known: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        known.setdefault((finding.rule, finding.item_code), []).append(
            Finding(finding.passed, masked_words(finding.note, unit), finding.at, finding.by)
        )
    return [
        Question(rule, unit, row["item_code"], row["item_name"], tuple(known.get((rule.code, row["item_code"]), ())))
        for row in items.to_dict("records")
        for rule in book.by_hand
        if _can_be_asked(rule.code, row)
    ]


def _can_be_asked(rule: str, row: dict[Any, Any]) -> bool:
    field = NEEDS.get(rule)
    value = row[field] if field else None
    return field is None or (isinstance(value, str) and given(value))
