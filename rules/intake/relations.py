"""From the read tables of one workbook to what is wrong between cells, rows and sheets: other units and months,
duplicates, parents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from models.definitions import Dataset, Field, Kind, Part
from models.validation import Problem
from rules.intake import messages
from rules.intake.context import IntakeContext
from rules.intake.tables import ReadTable
from rules.intake.workbook_months import later_rows


def relation_problems(
    dataset: Dataset, tables: Sequence[ReadTable], context: IntakeContext, month: str | None
) -> Iterator[Problem]:
    """Yield the problems between fields, in the order in which they take precedence at one cell."""
    for table in tables:
        yield from _other_units(table, context.unit)
        yield from _other_months(dataset, table, month)
    for part in dataset.parts:
        of_part = [table for table in tables if table.part is part]
        yield from _duplicates(part, of_part)
        yield from _without_parent(part, of_part, tables, context)


def _mapped(table: ReadTable, name: str | None) -> Field | None:
    return table.part.field(name) if name in table.columns.places and name else None


def _other_units(table: ReadTable, unit: str | None) -> Iterator[Problem]:
    for field in table.part.fields if unit else ():
        if field.kind is Kind.UNIT and field.name in table.columns.places:
            names = table.records[field.name]
            for record in np.flatnonzero(names.notna() & (names != unit)).tolist():
                message = messages.other_unit(table.typed(record, field), unit or "")
                yield table.problem(record, field, "other-unit", message)


def _other_months(dataset: Dataset, table: ReadTable, month: str | None) -> Iterator[Problem]:
    for name, severity in ((dataset.month_field, "error"), (dataset.time_field, "warning")):
        field = _mapped(table, name) if table.part is dataset.main else None
        if field and month:
            times = table.records[field.name]
            later = later_rows(times, month) if times.dtype != object else np.zeros(len(times), dtype=bool)
            for record in np.flatnonzero(outside(times, month, dataset.first_month_of(month))).tolist():
                gravity = "error" if later[record] else severity
                message = messages.other_month(field.label, table.typed(record, field), month, gravity)
                yield table.problem(record, field, "other-month", message, gravity)


def outside(values: pd.Series, month: str, first: str = "") -> np.ndarray:
    """Return which values are there and not in the month, or in none from `first` to it."""
    if values.dtype == object:
        return (values.notna() & ~values.between(first or month, month)).to_numpy()
    months = values.to_numpy().astype("datetime64[M]")
    within = (months >= np.datetime64(first or month, "M")) & (months <= np.datetime64(month, "M"))
    return ~np.isnat(months) & ~within


def _duplicates(part: Part, tables: list[ReadTable]) -> Iterator[Problem]:
    """The key of a record that another one above it, or in a sheet before, has already."""
    names = [field.name for field in part.keys]
    tables = [table for table in tables if names and _mapped(table, names[0])]
    if not tables:
        return
    keys = pd.concat([table.records[names] for table in tables], ignore_index=True)
    again = np.flatnonzero(keys.duplicated(keep=False) & keys.notna().all(axis=1))
    ends = np.cumsum([len(table.records) for table in tables])
    first: dict[tuple[object, ...], tuple[ReadTable, int]] = {}
    for place, holder in zip(again.tolist(), np.searchsorted(ends, again, side="right").tolist(), strict=True):
        table, record = tables[holder], place - int(ends[holder]) + len(tables[holder].records)
        earlier = first.setdefault(tuple(keys.iloc[place]), (table, record))
        if earlier[0] is not table or earlier[1] != record:
            yield _duplicate(table, record, earlier, part)


def _duplicate(table: ReadTable, record: int, earlier: tuple[ReadTable, int], part: Part) -> Problem:
    first, row = earlier[0], int(earlier[0].records["_row"].iloc[earlier[1]])
    labels = "、".join(field.label for field in part.keys if field.name in table.columns.places)
    message = messages.duplicate_key(labels, None if first is table else first.name, row)
    return table.problem(record, part.keys[0], "duplicate-key", message)


def _without_parent(
    part: Part, tables: list[ReadTable], all_tables: Sequence[ReadTable], context: IntakeContext
) -> Iterator[Problem]:
    parents = _parents(part, all_tables, context)
    if parents is None:
        return
    field = part.keys[0]
    for table in tables:
        values = table.records[field.name]
        for record in np.flatnonzero(values.notna() & ~values.isin(parents)).tolist():
            typed = table.typed(record, field)
            message = (
                messages.unknown_measure(typed, _plan_named(table, record))
                if part.parent == "plan"
                else messages.unknown_item(typed, part.parent or "")
            )
            yield table.problem(record, field, "unknown-parent", message)


def _plan_named(table: ReadTable, record: int) -> str:
    """What a row says of whose measure it is, "" where it says nothing."""
    said = (table.records[field.name].iloc[record] for field in table.part.fields if field.names_plan)
    return str(next((plan for plan in said if pd.notna(plan)), ""))


def _parents(part: Part, tables: Sequence[ReadTable], context: IntakeContext) -> frozenset[str] | None:
    """The keys that a record's parent may have; None where that cannot be told."""
    if part.parent == "plan":
        return context.measures or None
    holders = [table for table in tables if table.part.code == part.parent]
    if not holders or not all(_mapped(table, table.part.keys[0].name) for table in holders):
        return None
    return frozenset().union(*(table.records[table.part.keys[0].name].dropna() for table in holders))


def only_month(dataset: Dataset, frames: Mapping[str, pd.DataFrame]) -> str | None:
    """Return the month of every record, where it is one and the same."""
    name, records = dataset.month_field or dataset.time_field, frames.get(dataset.main.code)
    if records is None or not name:
        return None
    values = records[name].dropna()
    months = values.unique() if values.dtype == object else np.unique(values.to_numpy().astype("datetime64[M]"))
    return str(months[0]) if len(months) == 1 else None


def only_units(dataset: Dataset, frames: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return the units that the records of the first part speak for."""
    records = frames.get(dataset.main.code)
    if records is None or not dataset.unit_field:
        return frozenset()
    return frozenset(records[dataset.unit_field].dropna().unique())
