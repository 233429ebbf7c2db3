"""The corrections that stand with submissions: submissions in, cell by cell what the file says and what stands instead
out.
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
    """In the order of their cells. `units`: id → name; personal values are in full for the unit that sent them
    alone.
    """
    by_number = {one.id: one for one in sent if one.id is not None}
    return tuple(_as_seen(one, by_number[one.submission_id], units) for one in corrections_of(session, by_number))


def _as_seen(one: Correction, sent: Submission, units: Mapping[int, str]) -> KeptCorrection:
    field, sheet = DATASETS[sent.dataset].part(one.part).field(one.field), sent.sheets[one.sheet]
    hidden = field.personal and not sees_in_full(units.get(sent.unit_id or 0))
    typed, value = (
        mask(said, field.personal) if said and hidden and field.personal else said for said in (one.typed, one.value)
    )
    return KeptCorrection(
        one.submission_id,
        one.part,
        sheet["name"],
        one.row,
        sheet["columns"].get(one.field, ""),
        field.label,
        typed,
        value,
        one.at,
        one.by,
    )
