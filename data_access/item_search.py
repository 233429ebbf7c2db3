"""Search guide items by code, name or telephone number, and cases by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session

from data_access.record_tables import record_table
from data_access.submissions import ReportInForce
from models.definitions import Part
from rules.search_words import digits_of

ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A guide item or a case as a unit reported it, with its place in the file."""

    code: str
    name: str
    unit_id: int
    month: str
    submission: int
    sheet: int
    row: int
    phone: str = ""


def find_items(
    session: Session, items: Part, terms: Sequence[str], reports: Sequence[ReportInForce], limit: int
) -> list[FoundItem]:
    """Return the guides in force that answer to every term: by the beginning of the code, by the name or by a telephone
    number; an equal code comes first.
    """
    pairs = {(report.submission_id, report.unit_id) for report in reports}
    item = record_table(items).c
    place = (item.unit_id, item.month, item.submission_id, item.sheet, item.row)
    query = (
        select(item.item_code, item.item_name, *place, item.phone)
        .where(item.submission_id.in_({submission for submission, _ in pairs}))
        .where(and_(*(_answers(item, term) for term in terms)))
        .order_by(item.item_code.not_in(terms), func.length(item.item_name), item.item_code, item.id)
        .limit(2 * limit)
    )
    matches = [
        FoundItem(code or "", name or "", unit, month, submission, sheet, row, phone or "")
        for code, name, unit, month, submission, sheet, row, phone in session.connection().execute(query)
    ]
    return [match for match in matches if (match.submission, match.unit_id) in pairs][:limit]


def _answers(item: Any, term: str) -> ColumnElement[bool]:
    pattern, digits = f"%{_plain(term)}%", digits_of(term)
    conditions = [item.item_name.like(pattern, escape=ESCAPE), item.item_code.like(pattern[1:], escape=ESCAPE)]
    if digits:
        for phone in (item.phone, item.complaint_phone):
            bare = func.replace(func.replace(phone, "-", ""), " ", "")
            conditions.append(bare.like(f"%{digits}%"))
    return or_(*conditions)


def find_cases(session: Session, numbers: Sequence[str], part: Part, limit: int) -> list[FoundItem]:
    """Return rows whose number is exactly one of these, by the index on it, the latest first."""
    table = record_table(part)
    number = table.c[part.keys[0].name]
    columns = (number, table.c.unit_id, table.c.month, table.c.submission_id, table.c.sheet, table.c.row)
    query = select(*columns).where(number.in_(numbers)).order_by(table.c.month.desc(), table.c.id.desc()).limit(limit)
    return [FoundItem(code, "", *where) for code, *where in session.connection().execute(query)]


def _plain(words: str) -> str:
    """So that % and _ mean themselves."""
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    return words
