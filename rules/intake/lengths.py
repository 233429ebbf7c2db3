"""From a field to how many characters its cells may have, and which of a column's have more.

Nothing that is accepted is longer, so that no rule ever looks at text without end.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.definitions import Field, Kind, PersonalData

CODE, SHORT, TEXT, FREE_TEXT = 64, 200, 2_000, 10_000
_KINDS = {Kind.CODE: CODE, Kind.TEXT: TEXT}
_PERSONAL = {PersonalData.NAME: SHORT, PersonalData.PHONE: SHORT, PersonalData.IDENTITY: SHORT}


def most_characters(field: Field) -> int:
    """Return as many as the field says; else by what it says of a person, else by its kind: a date or a choice is never
    long.
    """
    if field.longest is not None:
        return field.longest
    if field.personal is PersonalData.FREE_TEXT:
        return FREE_TEXT
    return (
        _PERSONAL.get(field.personal, _KINDS.get(field.kind, SHORT))
        if field.personal
        else _KINDS.get(field.kind, SHORT)
    )


def too_long(words: pa.Array, field: Field) -> np.ndarray:
    """Return which texts are too long. Bytes are counted faster than characters, and are never fewer."""
    if (pc.max(pc.binary_length(words)).as_py() or 0) <= most_characters(field):
        return np.zeros(len(words), dtype=bool)
    return pc.greater(pc.utf8_length(words), most_characters(field)).to_numpy(zero_copy_only=False)
