"""Wrong cells mended on screen, kept beside what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from models.corrections import CorrectedCell
from models.tables import Correction, Submission


def add_corrections(
    session: Session,
    submission_id: int,
    cells: Iterable[CorrectedCell],
    sheets: Mapping[str, int],
    *,
    at: datetime,
    by: str,
) -> None:
    """Store the corrections of a submission. `sheets`: name → position in Submission.sheets."""
    session.add_all(
        Correction(
            submission_id=submission_id,
            part=cell.part,
            sheet=sheets[cell.sheet],
            row=cell.row,
            field=cell.name,
            typed=cell.typed,
            value=cell.value,
            at=at,
            by=by,
        )
        for cell in cells
    )
    session.flush()


def corrections_of(session: Session, submission_ids: Iterable[int]) -> list[Correction]:
    """Return the corrections of these submissions, in the order of their cells."""
    query = select(Correction).where(col(Correction.submission_id).in_(set(submission_ids)))
    return list(
        session.exec(
            query.order_by(
                col(Correction.submission_id), col(Correction.sheet), col(Correction.row), col(Correction.id)
            )
        )
    )


def has_corrections(session: Session, submission: Submission, cells: Iterable[CorrectedCell]) -> bool:
    """Return whether a submission has exactly these corrections."""
    names = [sheet["name"] for sheet in submission.sheets]
    stored = {
        (names[correction.sheet], correction.row, correction.field, correction.value)
        for correction in corrections_of(session, [submission.id or 0])
    }
    return stored == {(cell.sheet, cell.row, cell.name, cell.value) for cell in cells}
