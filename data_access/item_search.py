"""Words in; guide items and case numbers that hold them out, never more than asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from data_access.submissions import ReportInForce
from models.definitions import Part
from models.records import RECORD_TABLES, GuideItem

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


def find_items(session: Session, words: str, standing: Sequence[ReportInForce], limit: int) -> list[FoundItem]:
    """Guides in force whose code begins with, or whose name holds, the words; a code that is the words itself first."""
    pairs = {(one.submission_id, one.unit_id) for one in standing}
    held = f"%{_plain(words)}%"
    query = (
        select(
            col(GuideItem.item_code),
            col(GuideItem.item_name),
            col(GuideItem.unit_id),
            col(GuideItem.month),
            col(GuideItem.submission_id),
            col(GuideItem.sheet),
            col(GuideItem.row),
        )
        .where(col(GuideItem.submission_id).in_({submission for submission, _ in pairs}))
        .where(
            or_(
                col(GuideItem.item_name).like(held, escape=ESCAPE),
                col(GuideItem.item_code).like(held[1:], escape=ESCAPE),
            )
        )
        .order_by(
            col(GuideItem.item_code) != words,
            func.length(GuideItem.item_name),
            col(GuideItem.item_code),
            col(GuideItem.id),
        )
        .limit(2 * limit)
    )
    rows = session.connection().execute(query)
    found = [
        FoundItem(code or "", name or "", unit, month, sent, sheet, row)
        for code, name, unit, month, sent, sheet, row in rows
    ]
    return [one for one in found if (one.submission, one.unit_id) in pairs][:limit]


def find_cases(session: Session, number: str, part: Part, limit: int) -> list[FoundItem]:
    """Rows whose number is exactly this one, by the index on it, the latest first."""
    table = RECORD_TABLES[part.code].__table__  # type: ignore[attr-defined]
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
