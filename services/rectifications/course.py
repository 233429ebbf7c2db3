"""One rectification with everything that was said and decided on it by the end of a day, and its evidence files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from data_access.database import Session, noting, reading
from data_access.plan_store import units
from data_access.rectifications import entries_of, file_row, files_of, rectification_row
from data_access.submissions import file_content
from models.rectifications import Act, Rectification
from rules.as_of import end_of_day
from rules.numbering import number_of
from rules.units.changes import heir, names_answering
from services.access.audit_log import log
from services.access.numbers import row_numbered
from services.access.permission import (
    EVERYONE,
    WHO_READS_FILES,
    WHO_SUPERVISES,
    is_own,
    refuse_unless_own,
    requires_role,
)
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.rectifications.ledger import rectifications_in


@dataclass(frozen=True, slots=True)
class AttachedFile:
    number: int
    file_name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """`due`: the day decided or asked for; `day`: completed on, or applied on."""

    act: Act
    text: str
    cause: str | None
    due: date | None
    day: date | None
    at: datetime
    by: str
    files: tuple[AttachedFile, ...]


@dataclass(frozen=True)
class RectificationCourse:
    rectification: Rectification
    opened_by: str
    entries: tuple[CourseEntry, ...]

    def latest(self, *acts: Act) -> CourseEntry | None:
        return next((entry for entry in reversed(self.entries) if entry.act in acts), None)


@requires_role(*EVERYONE)
def rectification_course(number: str, as_of: date) -> RectificationCourse:
    """Return one as it stood at the end of the day, with its entries in their order.

    Raises RefusedRequest for an unknown number, another unit's, or one that was opened later.
    """
    with reading() as session:
        row = opened_row(session, number)
        state = district_state(session, end_of_day(as_of))
        unit = names_answering(state.plan)[row.unit_id]
        refuse_unless_own(unit)
        items = rectifications_in(session, as_of, state, heir(row.unit_id, state.plan.unit_changes))
        item = next((item for item in items if item.number == number_of(row.year, row.serial)), None)
        if item is None:
            raise RefusedRequest(f"整改事项 {number} 在 {as_of} 尚未立项，请换一个截至日期。")
        return RectificationCourse(item, row.by, _entries(session, row.id, as_of, unit))


def opened_row(session: Session, number: str) -> Any:
    """Return the row as opened. Raises RefusedRequest for what is no number, or nobody's."""
    return row_numbered(number, "整改", "整改事项", partial(rectification_row, session))


def _entries(session: Session, rectification_id: int, as_of: date, unit: str) -> tuple[CourseEntry, ...]:
    rows = entries_of(session, rectification_id, end_of_day(as_of))
    files = files_of(session, [row.id for row in rows])
    return tuple(
        CourseEntry(
            Act(row.act),
            masked_words(row.text, unit),
            row.cause,
            row.due,
            row.day,
            row.at,
            row.by,
            tuple(AttachedFile(file.id, file.file_name, file.size, file.sha256) for file in files.get(row.id, ())),
        )
        for row in rows
    )


@requires_role(*WHO_SUPERVISES)
def unit_of(number: str) -> str:
    """Return the name of the unit that has to put it right. Raises RefusedRequest."""
    with reading() as session:
        return units(session)[opened_row(session, number).unit_id].name


@requires_role(*WHO_READS_FILES)
def answer_file(number: int) -> tuple[str, bytes]:
    """Return name and bytes of a file that came with an answer. Raises RefusedRequest for an unknown number."""
    with noting() as session:
        row = file_row(session, number)
        content = file_content(session, row.sha256) if row and is_own(units(session)[row.unit_id].name) else None
        if row is None or content is None:
            raise RefusedRequest(f"没有编号为 {number} 的附件。")
        log(
            session,
            "download evidence",
            f"rectification {number_of(row.year, row.serial)}",
            detail={"file": row.file_name, "sha256": row.sha256},
        )
        return row.file_name, content
