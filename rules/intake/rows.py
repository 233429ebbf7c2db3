"""From the cells below a header to which rows are records and why each other one is not: total, note or instruction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind
from rules.intake.assignment import FoundTable
from rules.intake.body import Body
from rules.intake.columns import Columns
from rules.intake.row_judge import RowJudge
from rules.intake.second_table import HeadingRows

_FEW = 200  # rows whose first cell lies in an unusual column: looked at one by one


@dataclass(frozen=True)
class Rows:
    """`records`: the body's rows that are records, ascending; `dropped`: body row → total, note or instruction;
    `second_table`: the body's row from which on another table stands, none of which is a record.
    """

    records: np.ndarray
    dropped: dict[int, str]
    second_table: int | None = None


def judge_rows(body: Body, columns: Columns, found_table: FoundTable) -> Rows:
    """Return which rows are records; only rows that are out of the ordinary are looked at one by one."""
    part, header, top = found_table.part, found_table.header, found_table.sheet.top
    judge = RowJudge(body, part, columns, header, top)
    heading_rows = HeadingRows(body, part, columns, found_table.headings, found_table.foreign)
    dropped: dict[int, str] = {}
    second_table = None
    for row in np.flatnonzero(_out_of_the_ordinary(body, judge, found_table)).tolist():
        if heading_rows.repeats_the_columns(row):
            dropped |= dict.fromkeys(range(row - _is_title(body, row - 1), row + 1), "instruction")
        elif why := judge.why(row):
            dropped[row] = why
        elif heading_rows.begins_a_table(row):
            second_table = row
            dropped |= dict.fromkeys(range(row - _is_title(body, row - 1), body.rows), "note")
            break
    for row in range(body.rows - 1, -1, -1):
        if row not in dropped:
            if not judge.is_note(row):
                break
            dropped[row] = "note"
    is_record = np.ones(body.rows, dtype=bool)
    is_record[list(dropped)] = False
    return Rows(
        np.flatnonzero(is_record), {row: why for row, why in sorted(dropped.items()) if why != "blank"}, second_table
    )


def _is_title(body: Body, row: int) -> bool:
    """One cell alone, above a row of headings."""
    return row >= 0 and len(body.row_texts(row)) == 1


def _out_of_the_ordinary(body: Body, judge: RowJudge, found_table: FoundTable) -> np.ndarray:
    """No key, or a first or key cell that may be a total, an instruction or a heading."""
    header, top = found_table.header, found_table.sheet.top
    headings = found_table.headings.labels | found_table.foreign
    odd = np.zeros(body.rows, dtype=bool)
    odd[:2] = True
    if not body.rows:
        return odd
    key_places = [judge.places[field.name] for field in judge.keys]
    for place in key_places:
        odd |= ~_has_text(body, place)
    odd |= _few_cells(body)
    first = np.argmax(body.kind != CellKind.BLANK, axis=1)
    counts = np.bincount(first, minlength=body.kind.shape[1])
    odd |= counts[first] <= _FEW
    leading = set(np.flatnonzero(counts > _FEW).tolist()) or {int(counts.argmax())}
    for place in leading | set(key_places):
        odd |= _odd_words(body, place, headings | {str(text).strip() for text in top.raw[: header.rows.stop, place]})
    return odd


def _few_cells(body: Body) -> np.ndarray:
    """Rows that are all but empty, a title printed again among them."""
    return np.count_nonzero(body.kind, axis=1) <= 2


def _has_text(body: Body, place: int) -> np.ndarray:
    cells = body.column(place)
    return (cells.kind != CellKind.BLANK) & cells.where(lambda words: pc.not_equal(pc.utf8_trim_whitespace(words), ""))


def _odd_words(body: Body, place: int, headings: frozenset[str]) -> np.ndarray:
    known = pa.array(sorted(headings - {""}), pa.large_string())
    return body.column(place).where(lambda words: _are_odd(words, known))


def _are_odd(words: pa.Array, headings: pa.Array) -> pa.Array:
    odd = pc.or_(pc.starts_with(words, "{"), pc.starts_with(words, "｛"))
    odd = pc.or_(odd, pc.is_in(pc.utf8_trim_whitespace(words), value_set=headings))
    for part in ("计", "例", "汇总", "总数", "总和"):
        odd = pc.or_(odd, pc.match_substring(words, part))
    return odd
