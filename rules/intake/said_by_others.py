"""From what the bureau's ledger says of a unit and what the unit reports of itself to what others said and the report
takes away, or says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from models.definitions import Dataset, Field


@dataclass(frozen=True, slots=True)
class SaidOtherwise:
    """A record by its place, and the field in which it departs from the `ledger`'s row by its place."""

    record: int
    field: Field
    ledger: int


def left_out(dataset: Dataset, records: pd.DataFrame, ledger: pd.DataFrame) -> list[str]:
    """Return the numbers of the ledger's rows that the report does not have, in the ledger's order."""
    keys = [field.name for field in dataset.main.keys]
    reported = set(records[keys].itertuples(index=False, name=None))
    rows = ledger[keys].drop_duplicates().itertuples(index=False, name=None)
    return [str(row[0]) for row in rows if row not in reported]


def said_otherwise(dataset: Dataset, records: pd.DataFrame, ledger: pd.DataFrame) -> Iterator[SaidOtherwise]:
    """Yield the fields that others filled in and the report changes, or leaves blank; what the ledger leaves blank is
    free.
    """
    part, keys = dataset.main, [field.name for field in dataset.main.keys]
    rows = ledger[keys].itertuples(index=False, name=None)
    places = {row: place for place, row in enumerate(rows)}
    for record, key in enumerate(records[keys].itertuples(index=False, name=None)):
        place = places.get(key)
        if place is None:
            continue
        for name in dataset.said_by_others:
            in_ledger, value = ledger[name].iloc[place], records[name].iloc[record]
            if not pd.isna(in_ledger) and (pd.isna(value) or value != in_ledger):
                yield SaidOtherwise(record, part.field(name), place)
