"""The ledger as the offices know it: an .xlsx with the columns of supervision.md 3.3."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from data_access.database import reading
from data_access.rectifications import entries_by_rectification, rectification_rows
from data_access.table_workbook import SheetTable, Value, table_workbook
from models.lamps import FACES
from models.rectifications import Act, Rectification
from rules.as_of import end_of_day
from rules.numbering import number_of
from rules.rectifications.sources import read_reference
from services.access.permission import EVERYONE, requires_role
from services.access.personal_data import masked_words
from services.rectifications.ledger import rectifications_as_of

HEADINGS = (
    "序号",
    "整改编号",
    "责任单位",
    "问题",
    "来源",
    "要求",
    "立项日期",
    "时限",
    "延期",
    "答复日期",
    "整改措施",
    "复核意见",
    "销号日期",
    "灯",
)
PASSED = "整改属实，予以销号"


@requires_role(*EVERYONE, own="unit")
def ledger_workbook(as_of: date, unit: str | None = None) -> bytes:
    """Return the ledger at the end of the day, of all units or of one. Raises RefusedRequest for an unknown unit."""
    items = rectifications_as_of(as_of, unit).rectifications
    with reading() as session:
        entries = entries_by_rectification(session, end_of_day(as_of))
        ids = {number_of(row.year, row.serial): row.id for row in rectification_rows(session, end_of_day(as_of))}
    rows = [_row(index, item, entries.get(ids[item.number], ())) for index, item in enumerate(items, 1)]
    return table_workbook([SheetTable("整改台账", HEADINGS, rows, note=f"整改台账，截至 {as_of}，共 {len(rows)} 件")])


def _row(place: int, item: Rectification, entries: Sequence[Any]) -> tuple[Value, ...]:
    course, reference = item.course, read_reference(item.source)
    answer = _latest(entries, Act.ANSWER)
    review = _latest(entries, Act.ACCEPT, Act.RETURN)
    opinion = None if review is None else review.text or (PASSED if review.act == Act.ACCEPT else None)
    return (
        place,
        item.number,
        item.unit,
        item.issue,
        reference.words if reference else item.source,
        item.requirement or None,
        course.opened_on,
        course.due,
        course.extensions,
        course.answered_on,
        masked_words(answer.text, item.unit) if answer else None,
        opinion and masked_words(opinion, item.unit),
        course.closed_on,
        FACES[item.lamp].word,
    )


def _latest(entries: Sequence[Any], *acts: Act) -> Any | None:
    return next((entry for entry in reversed(entries) if entry.act in acts), None)
