"""From the cases of a ledger and what stands under the same numbers in other months to the numbers that were given to
two different cases.

A case keeps its number until it is closed, so that the later month's record replaces the earlier one. A ledger that
numbers anew each month would make the cases of earlier months vanish.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from models.definitions import Dataset, Field

LIKE = 60  # per cent; a subject that was only worded anew is more alike than that
NUMBERED_ANEW = 0.5  # of the numbers that another month has too


@dataclass(frozen=True, slots=True)
class OtherCase:
    """A record whose number stands for another case in another month: its place and that one's in the frames, and the
    field that tells them apart.
    """

    record: int
    accepted: int
    field: Field


def other_cases(dataset: Dataset, records: pd.DataFrame, accepted: pd.DataFrame) -> list[OtherCase]:
    """Return the records, in order, whose key stands for a case of another day or of another subject.

    Both frames have the key fields, the time field and the fields of `dataset.subject`. Of several accepted records of
    one key the first that differs is named.
    """
    part, keys = dataset.main, [field.name for field in dataset.main.keys]
    apart = [dataset.time_field, *dataset.subject] if dataset.time_field else list(dataset.subject)
    pairs = _side_by_side(records, accepted, keys, apart)
    differing: dict[int, OtherCase] = {}
    for name in apart:
        differs = _another_day if name == dataset.time_field else _another_subject
        wrong = pairs.loc[differs(pairs[f"{name}_new"], pairs[f"{name}_old"]), ["record", "accepted"]]
        for record, place in wrong.to_numpy().tolist():
            differing.setdefault(record, OtherCase(record, place, part.field(name)))
    return [differing[record] for record in sorted(differing)]


def _side_by_side(records: pd.DataFrame, accepted: pd.DataFrame, keys: list[str], apart: list[str]) -> pd.DataFrame:
    """One row for each record and each accepted record of the same key, with their places `record` and `accepted`."""
    new = records[[*keys, *apart]].assign(record=range(len(records))).dropna(subset=keys)
    old = accepted[[*keys, *apart]].assign(accepted=range(len(accepted))).dropna(subset=keys)
    return new.merge(old, on=keys, suffixes=("_new", "_old")).sort_values(["record", "accepted"])


def _another_day(new: pd.Series, old: pd.Series) -> pd.Series:
    """A cell left blank tells nothing; a time of day may be left out in a later month."""
    return new.notna() & old.notna() & (new.dt.normalize() != old.dt.normalize())


def _another_subject(new: pd.Series, old: pd.Series) -> pd.Series:
    return pd.Series([_differ(first, second) for first, second in zip(new, old, strict=True)], new.index, dtype=bool)


def _differ(first: object, second: object) -> bool:
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    first, second = ("".join(text.split()) for text in (first, second))
    return first not in second and second not in first and fuzz.ratio(first, second) < LIKE


def is_numbered_anew(dataset: Dataset, records: pd.DataFrame, accepted: pd.DataFrame, others: int) -> bool:
    """Return whether the ledger's numbers begin again each month: most of those met in another month
    are other cases.
    """
    keys = [field.name for field in dataset.main.keys]
    met = records[keys].dropna().merge(accepted[keys].drop_duplicates(), on=keys)
    return others >= 2 and others > NUMBERED_ANEW * len(met)
