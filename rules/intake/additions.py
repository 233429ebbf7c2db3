"""From a list that the bureau keeps and what a unit adds to its own rows of it to what may not be added, and the list
with the additions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from models.definitions import Dataset, Field


@dataclass(frozen=True, slots=True)
class Unaddable:
    """A record by its place, and the field at which it cannot be taken over.

    The key: no such row stands in the bureau's list. Any other: the unit says something else than the list, and the
    list stands.
    """

    record: int
    field: Field
    listed: str | None  # what the list says; None where it has no such row


def unaddable(dataset: Dataset, records: pd.DataFrame, listed: pd.DataFrame) -> Iterator[Unaddable]:
    """Yield, in the order of the records, the keys not listed and the fields in which a row says something else."""
    part, keys = dataset.main, [field.name for field in dataset.main.keys]
    by_key = {tuple(row[:-1]): row[-1] for row in listed[keys].assign(place=range(len(listed))).itertuples(index=False)}
    for record, key in enumerate(records[keys].itertuples(index=False)):
        place = by_key.get(tuple(key))
        if place is None:
            yield Unaddable(record, part.keys[0], None)
            continue
        for field in part.fields:
            if field.name in listed and field.name in records and field.name not in (*keys, *dataset.unit_adds):
                reported, in_list = records[field.name].iloc[record], listed[field.name].iloc[place]
                if not pd.isna(reported) and reported != in_list:
                    yield Unaddable(record, field, _in_words(in_list))


def _in_words(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "空白"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def with_additions(dataset: Dataset, listed: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the list with what units added: where the bureau's own cell is blank, and of the last addition alone.

    `added` is in the order of acceptance. Both have `unit_id` beside the key fields and the fields of
    `dataset.unit_adds`.
    """
    if listed.empty or added.empty:
        return listed
    keys = ["unit_id", *(field.name for field in dataset.main.keys)]
    last = added.drop_duplicates(keys, keep="last").set_index(keys)
    places = pd.MultiIndex.from_frame(listed[keys])
    filled = {
        name: _filled(listed[name], last[name].reindex(places))
        for name in dataset.unit_adds
        if name in listed and name in last
    }
    return listed.assign(**filled)


def _filled(listed: pd.Series, added: pd.Series) -> pd.Series:
    both = listed.where(listed.notna(), added.set_axis(listed.index))
    return both.where(both.notna(), None) if listed.dtype == object else both.astype(listed.dtype)
