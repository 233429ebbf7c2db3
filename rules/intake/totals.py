"""From the total rows of a table and its records to a warning at every total that is not the computed sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from models.cells import CellKind, column_letter
from models.definitions import Field, Kind, Part
from models.validation import Problem
from rules.intake import messages
from rules.intake.body import Body
from rules.intake.columns import Columns
from rules.intake.numbers import read_int
from rules.intake.rows import Rows
from rules.intake.words import squeezed


def compare_totals(
    body: Body, part: Part, columns: Columns, rows: Rows, records: pd.DataFrame, unread: Mapping[str, np.ndarray]
) -> Iterator[Problem]:
    """Yield the totals that are wrong. `unread`: field name → where a record's cell says something that could not be
    read; a total of such cells is not judged.

    A subtotal sums the rows since the last total; a total all rows above it, or since the total before it; one that
    stands on top sums the rows below.
    """
    totals = {row: _word(body, row) for row, why in rows.dropped.items() if why == "total"}
    summed = [row for row, word in totals.items() if "累计" not in word]
    if not summed:
        return
    spans = {row: list(_spans(row, totals, rows.records, body.rows)) for row in summed}
    for field in part.fields:
        if field.kind is Kind.INT and not field.key and field.maximum is None and field.name in columns.places:
            yield from _compare(body, field, columns.places[field.name], rows, records, unread[field.name], spans)


def _word(body: Body, row: int) -> str:
    return next((text for text in map(squeezed, body.row_texts(row).values()) if "计" in text), "")


def _spans(row: int, totals: dict[int, str], records: np.ndarray, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of body rows, first and one past the last, whose sum the total may be."""
    before = [other for other in totals if other < row]
    if _is_subtotal(totals[row]):
        start = max(before, default=-1) + 1
        later = min((other for other in totals if other > row), default=end)
        yield (start, row) if _any_between(records, start, row) else (row + 1, later)
        return
    if not _any_between(records, 0, row):
        yield row + 1, end
        return
    yield 0, row
    whole = [other for other in before if not _is_subtotal(totals[other])]
    if whole:
        yield max(whole) + 1, row


def _is_subtotal(word: str) -> bool:
    return "小计" in word or "本页" in word


def _any_between(records: np.ndarray, start: int, end: int) -> bool:
    return bool(np.searchsorted(records, end) > np.searchsorted(records, start))


def _compare(
    body: Body,
    field: Field,
    place: int,
    rows: Rows,
    records: pd.DataFrame,
    unread: np.ndarray,
    spans: dict[int, list[tuple[int, int]]],
) -> Iterator[Problem]:
    sums = np.concatenate([[0], np.cumsum(records[field.name].fillna(0).to_numpy(dtype=np.int64))])
    for row, stretches in spans.items():
        if any(unread[slice(*np.searchsorted(rows.records, span))].any() for span in stretches):
            continue
        typed = body.text_at(row, place)
        stated, mistake = read_int(typed, CellKind(body.kind[row, place]), field)
        computed = [int(np.diff(sums[np.searchsorted(rows.records, list(span))])[0]) for span in stretches]
        if typed.strip() and mistake is None and stated not in computed:
            column = column_letter(body.sheet.first_column + place)
            yield Problem(
                body.sheet.name,
                body.first_row + row,
                column,
                field.label,
                "total-mismatch",
                "warning",
                typed,
                messages.total_mismatch(field.label, typed, computed[0]),
            )
