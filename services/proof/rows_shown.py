"""The rows of a proof that are looked at: from so many of one standing to each with its cell in the file as uploaded
and its fields, people masked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from catalogue.datasets import DATASET_OF_PART, DATASETS
from data_access.database import reading
from data_access.plan_store import units
from data_access.records import records_by_id
from data_access.submissions import submission
from models.corrections import KeptCorrection
from models.definitions import Kind, Part
from models.tables import Submission
from services.access.permission import EVERYONE, own_units, requires_role
from services.access.personal_data import PlaceInFile, masked_rows
from services.access.shown_corrections import kept_corrections
from services.proof.proof_rows import PartProof, RowEffect

MOST = 100
"""Rows at a time: a page of them."""


@dataclass(frozen=True)
class RowsShown:
    """Some rows of a part.

    `rows` has submission, file, sheet, row, cell (of the first key field), unit, numerator, denominator, counted, due,
    and the part's fields under their Chinese labels. `mended`: submission, sheet and row → label → the correction made
    on screen there. `letters`: submission and sheet → label → the letter of its column.
    """

    rows: pd.DataFrame
    mended: Mapping[PlaceInFile, Mapping[str, KeptCorrection]] = field(default_factory=dict)
    letters: Mapping[tuple[int, str], Mapping[str, str]] = field(default_factory=dict)


@requires_role(*EVERYONE)
def rows_shown(proof: PartProof, effect: RowEffect | None, offset: int, number: int) -> RowsShown:
    """Return at most MOST rows that count so, in the order of the proof; never another unit's to a unit's person.
    Masked for whoever asks now.
    """
    part = DATASETS[DATASET_OF_PART[proof.part]].part(proof.part)
    chosen = proof.rows_with(effect).iloc[offset : offset + min(number, MOST)].reset_index(drop=True)
    if (own := own_units()) is not None:
        chosen = chosen[chosen["unit"].isin(own)].reset_index(drop=True)
    with reading() as session:
        frame = records_by_id(session, part, chosen["id"].tolist())
        sent = {
            int(number): submitted
            for number in frame["submission_id"].unique()
            if (submitted := submission(session, int(number)))
        }
        mended = kept_corrections(session, sent.values(), {unit.id: unit.name for unit in units(session).values()})
    fields = masked_rows(
        frame[[field.name for field in part.fields if field.kind is not Kind.UNIT]], part, chosen["unit"]
    )
    labelled = fields.rename(columns={field.name: field.label for field in part.fields})
    rows = pd.concat(
        [pd.DataFrame(_places(frame, part, sent)), chosen.drop(columns=["id", "submission"]), labelled], axis=1
    )
    return RowsShown(rows, _mended(mended, part.code), _letters(part, frame, sent))


def _mended(corrections: Sequence[KeptCorrection], part: str) -> dict[PlaceInFile, dict[str, KeptCorrection]]:
    places: dict[PlaceInFile, dict[str, KeptCorrection]] = {}
    for correction in corrections:
        if correction.part == part:
            places.setdefault((correction.submission, correction.sheet, correction.row), {})[correction.label] = (
                correction
            )
    return places


def _letters(part: Part, frame: pd.DataFrame, sent: Mapping[int, Submission]) -> dict[tuple[int, str], dict[str, str]]:
    """Submission and sheet → label → the letter of the column that it was read from."""
    labels = {field.name: field.label for field in part.fields}
    places = frame.groupby(["submission_id", "sheet"]).size().index
    sheets = [(int(number), sent[int(number)].sheets[int(index)]) for number, index in places]
    return {
        (number, sheet["name"]): {labels[name]: letter for name, letter in sheet["columns"].items() if name in labels}
        for number, sheet in sheets
    }


def _places(frame: pd.DataFrame, part: Part, sent: Mapping[int, Submission]) -> dict[str, Sequence[object]]:
    """Where each row stands in the file as uploaded."""
    sheets = [sent[number].sheets[index] for number, index in zip(frame["submission_id"], frame["sheet"], strict=True)]
    key = part.keys[0].name
    return {
        "submission": frame["submission_id"].tolist(),
        "file": [sent[number].file_name for number in frame["submission_id"]],
        "sheet": [sheet["name"] for sheet in sheets],
        "row": frame["row"].tolist(),
        "cell": [f"{sheet['columns'].get(key, '')}{row}" for sheet, row in zip(sheets, frame["row"], strict=True)],
    }
