"""Search guide items by code or name, and cases by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlmodel import Session

from data_access.record_tables import record_table
from data_access.submissions import ReportInForce
from models.definitions import Part

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


def find_items(
    session: Session, items: Part, words: str, reports: Sequence[ReportInForce], limit: int
) -> list[FoundItem]:
    """Return the guides in force whose code begins with, or whose name holds, the words; an equal code comes first."""
    pairs = {(report.submission_id, report.unit_id) for report in reports}
    pattern = f"%{_plain(words)}%"
    item = record_table(items).c
    query = (
        select(item.item_code, item.item_name, item.unit_id, item.month, item.submission_id, item.sheet, item.row)
        .where(item.submission_id.in_({submission for submission, _ in pairs}))
        .where(
            or_(
                item.item_name.like(pattern, escape=ESCAPE),
                item.item_code.like(pattern[1:], escape=ESCAPE),
            )
        )
        .order_by(item.item_code != words, func.length(item.item_name), item.item_code, item.id)
        .limit(2 * limit)
    )
    matches = [
        FoundItem(code or "", name or "", unit, month, submission, sheet, row)
        for code, name, unit, month, submission, sheet, row in session.connection().execute(query)
    ]
    return [match for match in matches if (match.submission, match.unit_id) in pairs][:limit]


def find_cases(session: Session, number: str, part: Part, limit: int) -> list[FoundItem]:
    """Return rows whose number is exactly this one, by the index on it, the latest first."""
    table = record_table(part)
    columns = (table.c.unit_id, table.c.month, table.c.submission_id, table.c.sheet, table.c.row)
    query = (
        select(*columns)
        .where(table.c[part.keys[0].name] == number)
        .order_by(table.c.month.desc(), table.c.id.desc())
        .limit(limit)
    )
    return [FoundItem(number, "", *row) for row in session.connection().execute(query)]


def _plain(words: str) -> str:
    """So that % and _ mean themselves."""
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    return words
