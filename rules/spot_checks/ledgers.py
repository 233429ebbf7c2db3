"""How the rows of a reported ledger become elements: from declarations of it, and a frame of records to elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from rules.conditions import Condition, days
from rules.spot_checks.draws import in_order
from rules.working_days import Calendar

BETWEEN = "|"
"""Between the parts of a key."""


@dataclass(frozen=True)
class Evening:
    """The end of the as-of day, from which everything is seen."""

    as_of: date
    calendar: Calendar


RowTest = Callable[[pd.DataFrame, Evening], pd.Series]
"""One bool for each row."""


def always(condition: Condition) -> RowTest:
    """Return a condition that holds whatever the day."""
    return lambda frame, _: condition(frame)


def either(*tests: RowTest) -> RowTest:
    """Return the test of rows for which one of the tests holds."""
    return lambda frame, evening: reduce(or_, (test(frame, evening) for test in tests))


def by_evening(moment: str) -> RowTest:
    """Return the test of rows whose day has come by the end of the as-of day."""
    return lambda frame, evening: days(frame[moment]) <= pd.Timestamp(evening.as_of)


def same_day(moment: str, other: str) -> RowTest:
    """Return the test of rows with both days, on which both fell."""
    return lambda frame, _: days(frame[moment]) == days(frame[other])


def on_day_off(moment: str) -> RowTest:
    """Return the test of rows whose day is off by the official calendar. Raises CalendarMissing."""

    def is_off(frame: pd.DataFrame, evening: Evening) -> pd.Series:
        known = {day: not evening.calendar.is_working(day.date()) for day in days(frame[moment]).dropna().unique()}
        return days(frame[moment]).map(known).fillna(False).astype(bool)

    return is_off


@dataclass(frozen=True)
class Ledger:
    """The rows of one part as elements.

    `rest`: the fields that make the rest of the key. `among`: rows that belong to the population; `leaves_out`: a text
    field and words of it with which a row does not belong, so that such rows need not be read. `claim`: rows whose
    unit says yes of itself, `claims`: rows that say anything (None: all). `conditions`: question → the rows it is asked
    of, where not of all. `signals`: own sign → rows that show it.
    `tells`: fields printed under 内容, `tells_of_people`: those printed only where personal data may be.
    """

    part: str
    rest: tuple[str, ...]
    tells: tuple[str, ...]
    tells_of_people: tuple[str, ...] = ()
    among: RowTest | None = None
    leaves_out: tuple[str, tuple[str, ...]] | None = None
    claim: RowTest | None = None
    claims: RowTest | None = None
    conditions: Mapping[str, RowTest] = field(default_factory=dict)
    signals: Mapping[str, RowTest] = field(default_factory=dict)
    reads: tuple[str, ...] = ()  # further fields that the tests look at
    reads_for_risk: tuple[str, ...] = ()  # further fields that the signs look at

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.rest, *self.reads)))


def elements_of(ledger: Ledger, records: pd.DataFrame, evening: Evening) -> pd.DataFrame:
    """Return the rows that are elements by key, each key once, with the columns `key` and `claim` (True, False or
    None).

    `records` holds the ledger's fields and `unit`, and no row that it leaves out; of one key the last row is taken.
    """
    if ledger.among is not None:
        records = records[ledger.among(records, evening).to_numpy(bool)]
    units, rest = pd.Categorical(records["unit"]), _together(*(_as_text(records[name]) for name in ledger.rest))
    keys = _together(_as_text(records["unit"]), rest)
    places = _by_key(units, rest, keys)
    keys = keys.take(places)
    is_last = np.ones(len(keys), dtype=bool)
    is_last[:-1] = pc.not_equal(keys[:-1], keys[1:])
    if not is_last.all():
        places, keys = places[is_last], keys.filter(is_last)
    elements = records.drop(columns=[*{*ledger.rest} - {*ledger.reads}]).take(places).reset_index(drop=True)
    return elements.assign(key=key_column(keys), claim=lambda frame: _claims(ledger, frame, evening))


def _together(*parts: pa.StringArray) -> pa.StringArray:
    return pc.binary_join_element_wise(*parts, BETWEEN)


def _by_key(units: pd.Categorical, rest: pa.StringArray, keys: pa.StringArray) -> np.ndarray:
    """The places of the keys in order, of equal ones the earlier first: ordered by what is short, and then by unit."""
    if any(BETWEEN in name for name in units.categories):
        return in_order(keys)
    ranks = np.empty(len(units.categories), dtype="int64")
    ranks[sorted(range(len(ranks)), key=lambda place: units.categories[place] + BETWEEN)] = range(len(ranks))
    by_rest = in_order(rest)
    by_key: np.ndarray = by_rest[np.argsort(ranks[units.codes][by_rest], kind="stable")]
    return by_key


def key_column(keys: pa.StringArray) -> pd.api.extensions.ExtensionArray:
    """Return keys as a column of a frame."""
    return pd.arrays.ArrowExtensionArray(keys)


def questions_of(
    ledger: Ledger, codes: tuple[str, ...], elements: pd.DataFrame, evening: Evening
) -> list[tuple[str, ...]]:
    """Return for each element the codes of the questions asked of it."""
    applicable = {
        code: test(elements, evening).tolist() for code in codes if (test := ledger.conditions.get(code)) is not None
    }
    return [
        tuple(code for code in codes if code not in applicable or applicable[code][row]) for row in range(len(elements))
    ]


def _claims(ledger: Ledger, elements: pd.DataFrame, evening: Evening) -> pd.Series:
    answers = pd.Series(True, elements.index, dtype=object)
    if ledger.claim is not None:
        answers = ledger.claim(elements, evening).astype(object)
    if ledger.claims is not None:
        answers = answers.where(ledger.claims(elements, evening), None)
    return answers


def _as_text(values: pd.Series) -> pa.StringArray:
    if isinstance(values.dtype, pd.ArrowDtype):
        return values.array.__arrow_array__().combine_chunks().fill_null("")
    if values.dtype == object or isinstance(values.dtype, pd.CategoricalDtype | pd.Int64Dtype):
        return pa.array(values).cast(pa.string()).fill_null("")
    texts = {value: "" if pd.isna(value) else str(value) for value in values.unique().tolist()}
    return pa.array(values.astype(object).map(texts).fillna(""), pa.string())
