"""The corrections that stand with submissions: from submissions to cell by cell what the file says and what stands
instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalogue.datasets import DATASETS
from data_access.corrections import corrections_of
from data_access.database import Session
from models.corrections import KeptCorrection
from models.tables import Correction, Submission
from rules.personal import mask
from services.access.personal_data import sees_in_full


def kept_corrections(
    session: Session, sent: Iterable[Submission], units: Mapping[int, str]
) -> tuple[KeptCorrection, ...]:
    """Return the corrections in the order of their cells. `units`: id → name; personal values are in full for the unit
    that sent them alone.
    """
    by_number = {submission.id: submission for submission in sent if submission.id is not None}
    return tuple(
        _as_seen(correction, by_number[correction.submission_id], units)
        for correction in corrections_of(session, by_number)
    )


def _as_seen(correction: Correction, sent: Submission, units: Mapping[int, str]) -> KeptCorrection:
    field, sheet = DATASETS[sent.dataset].part(correction.part).field(correction.field), sent.sheets[correction.sheet]
    hidden = field.personal and not sees_in_full(units.get(sent.unit_id or 0))
    typed, value = (
        mask(text, field.personal) if text and hidden and field.personal else text
        for text in (correction.typed, correction.value)
    )
    return KeptCorrection(
        correction.submission_id,
        correction.part,
        sheet["name"],
        correction.row,
        sheet["columns"].get(correction.field, ""),
        field.label,
        typed,
        value,
        correction.at,
        correction.by,
    )
