"""From the records of one sheet to the same as plain values under their canonical headings, as `check --json` prints
them.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from models.definitions import Field, Kind, Part
from models.validation import SheetReading


def to_json_records(
    reading: SheetReading, part: Part, wrong: Collection[tuple[int, str]] = ()
) -> list[dict[str, object]]:
    """Return every field of the part in each record, missing as None. `wrong`: (row of the file, heading) of the cells
    with an error; they are None too.
    """
    columns: dict[str, list[object]] = {
        "_sheet": reading.records["_sheet"].tolist(),
        "_row": reading.records["_row"].tolist(),
    }
    for field in part.fields:
        columns[field.label] = _plain(reading.records[field.name], field)
    records = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    by_row = {record["_row"]: record for record in records}
    for row, label in wrong:
        if row in by_row and label in by_row[row]:
            by_row[row][label] = None
    return records


def _plain(values: pd.Series, field: Field) -> list[object]:
    missing = values.isna().to_numpy()
    if field.kind in (Kind.DATE, Kind.DATETIME):
        unit = "D" if field.kind is Kind.DATE else "s"
        plain_values = np.datetime_as_string(values.to_numpy().astype(f"datetime64[{unit}]")).tolist()
    else:
        plain_values = [_number(value) for value in values.tolist()]
    return [None if blank else value for blank, value in zip(missing, plain_values, strict=True)]


def _number(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
