"""From one found table to its records, how it was understood, and the mistake of every wrong cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind, column_letter
from models.definitions import Field, Kind, Part
from models.validation import DroppedRow, Problem, SheetReading
from rules.intake import messages
from rules.intake.assignment import FoundTable
from rules.intake.body import Body
from rules.intake.codes import WRAPPED
from rules.intake.column_values import MISTAKES, ColumnValues, missing_column, read_column
from rules.intake.columns import Columns, map_columns
from rules.intake.dates import TENFOLD
from rules.intake.problem_limits import MOST_OF_A_KIND
from rules.intake.repeated import with_repetitions
from rules.intake.rows import Rows, judge_rows
from rules.intake.second_table import row_of_table_above
from rules.intake.singly import ReadingTerms
from rules.intake.totals import compare_totals
from rules.intake.unique_cells import ColumnCells, holds

BROKEN = "\ufffd"
_MISSING = MISTAKES.index("missing-value")  # every mistake after it is of a cell that says something


@dataclass(frozen=True)
class ReadTable:
    """`records` keeps a cell that is readable but wrong in its place (a duplicate, another unit's); `mistakes`: field
    name → the place in MISTAKES of each record."""

    found_table: FoundTable
    body: Body
    columns: Columns
    rows: Rows
    records: pd.DataFrame
    mistakes: Mapping[str, np.ndarray]

    @property
    def part(self) -> Part:
        return self.found_table.part

    @property
    def name(self) -> str:
        return self.found_table.sheet.cells.name

    @cached_property
    def above(self) -> tuple[str, ...]:
        return text_above(self.found_table)

    def typed(self, record: int, field: Field) -> str:
        """Return the cell as it is in the file, a merged one as its merge."""
        return str(self.body.column(self.columns.places[field.name]).text[int(self.rows.records[record])].as_py())

    def problem(self, record: int, field: Field, code: str, message: str, severity: str = "error") -> Problem:
        column = column_letter(self.body.sheet.first_column + self.columns.places[field.name])
        row = self.body.first_row + int(self.rows.records[record])
        return Problem(self.name, row, column, field.label, code, severity, self.typed(record, field), message)

    def reading(self) -> SheetReading:
        header, first_row = self.found_table.header, self.body.sheet.first_row
        dropped = tuple(DroppedRow(self.body.first_row + row, why) for row, why in self.rows.dropped.items())
        return SheetReading(
            self.name,
            self.part.code,
            tuple(first_row + row for row in header.rows),
            self.columns.mapped,
            self.columns.unmapped,
            self.columns.missing,
            dropped,
            self.body.sheet.hidden_rows,
            self.records,
            self.above,
        )


def text_above(found_table: FoundTable) -> tuple[str, ...]:
    """Return the rows above the header, the cells of each joined with two spaces."""
    rows = (
        [text.strip() for text in row if text.strip()] for row in found_table.sheet.top.raw[: found_table.header.top]
    )
    return tuple("  ".join(texts) for texts in rows if texts)


def read_table(found_table: FoundTable, terms: ReadingTerms) -> ReadTable:
    sheet = found_table.sheet.cells
    body = Body(sheet, found_table.header.top + found_table.header.depth)
    columns = map_columns(found_table.header, found_table.headings, sheet.name, sheet.first_column, _given(terms))
    rows = judge_rows(body, columns, found_table)
    values = {field.name: _values(body, field, columns, rows, terms) for field in found_table.part.fields}
    records = pd.DataFrame({name: column.values for name, column in values.items()}, copy=False)
    records["_sheet"] = pd.Series(np.full(len(records), sheet.name, dtype=object), dtype=object)
    records["_row"] = rows.records + body.first_row
    return ReadTable(
        found_table, body, columns, rows, records, {name: column.mistakes for name, column in values.items()}
    )


def _given(terms: ReadingTerms) -> frozenset[Kind]:
    """A unit's own workbook need not name it."""
    return frozenset({Kind.UNIT}) if terms.unit else frozenset()


def _values(body: Body, field: Field, columns: Columns, rows: Rows, terms: ReadingTerms) -> ColumnValues:
    place = columns.places.get(field.name)
    if place is None:
        return missing_column(len(rows.records), field, terms.unit)
    return read_column(with_repetitions(_kept(body.column(place), rows.records)), field, terms)


def _kept(cells: ColumnCells, rows: np.ndarray) -> ColumnCells:
    """A table without gaps is cut out, not gathered."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return ColumnCells(cells.text.slice(rows[0], len(rows)), cells.kind[rows[0] : rows[-1] + 1])
    return ColumnCells(cells.text.take(pa.array(rows)), cells.kind[rows])


def table_problems(table: ReadTable, terms: ReadingTerms) -> Iterator[Problem]:
    """Yield the problems of a table: columns first, then cells and totals."""
    yield from table.columns.problems
    yield from _other_tables(table)
    for field in table.part.fields:
        if field.name in table.columns.places:
            yield from _cell_problems(table, field, terms)
            if field.kind is Kind.CODE:
                yield from _unwrapped_codes(table, field)
            elif field.kind in (Kind.DATE, Kind.DATETIME):
                yield from _tenfold_days(table, field)
            yield from _broken_characters(table, field)
    unread = {name: mistakes > _MISSING for name, mistakes in table.mistakes.items()}
    yield from compare_totals(table.body, table.part, table.columns, table.rows, table.records, unread)


def _other_tables(table: ReadTable) -> Iterator[Problem]:
    """A sheet holds one table: what stands above or below is told, and never left out in silence."""
    of = table.found_table
    above = row_of_table_above(of.sheet.top, of.header, of.headings, of.foreign)
    rows = [] if above is None else [(above + table.body.sheet.first_row, of.sheet.top.raw[above].tolist())]
    if (below := table.rows.second_table) is not None:
        rows.append((below + table.body.first_row, list(table.body.row_texts(below).values())))
    for row, texts in rows:
        message = messages.second_table(row, [text.strip() for text in texts if text.strip()])
        yield Problem(table.name, row, None, None, "second-table", "error", None, message)


def _cell_problems(table: ReadTable, field: Field, terms: ReadingTerms) -> Iterator[Problem]:
    mistakes = table.mistakes[field.name]
    for number in np.flatnonzero(np.bincount(mistakes)[1:]) + 1:
        wrong = np.flatnonzero(mistakes == number)
        for problem in _of_one_mistake(table, field, MISTAKES[number], wrong[:MOST_OF_A_KIND], terms):
            yield problem
        yield from repeat(
            problem, max(0, len(wrong) - MOST_OF_A_KIND)
        )  # counted alone: no sentence is made for what nobody lists


def _unwrapped_codes(table: ReadTable, field: Field) -> Iterator[Problem]:
    """What was read otherwise than it was typed is told."""
    cells = table.body.column(table.columns.places[field.name])
    written = cells.where(lambda words: pc.match_substring_regex(pc.utf8_trim_whitespace(words), WRAPPED))
    for record in np.flatnonzero(written[table.rows.records] & (table.mistakes[field.name] == 0)).tolist():
        message = messages.unwrapped_code(
            field.label, table.typed(record, field), str(table.records[field.name].iloc[record])
        )
        yield table.problem(record, field, "wrapped-code", message, "warning")


def _tenfold_days(table: ReadTable, field: Field) -> Iterator[Problem]:
    """8.1, kept as a number, is read as the first and told: it may have been typed as 8.10."""
    cells = table.body.column(table.columns.places[field.name])
    numbers = (cells.kind == CellKind.NUMBER) & cells.where(lambda words: pc.match_substring_regex(words, TENFOLD))
    for record in np.flatnonzero(numbers[table.rows.records] & (table.mistakes[field.name] == 0)).tolist():
        message = messages.tenfold_day(field.label, table.typed(record, field))
        yield table.problem(record, field, "ambiguous-date", message, "warning")


def _broken_characters(table: ReadTable, field: Field) -> Iterator[Problem]:
    """Characters that the file's own export cut in half."""
    cells = table.body.column(table.columns.places[field.name])
    if holds(cells.text.dictionary, BROKEN):
        broken = cells.where(lambda words: pc.match_substring(words, BROKEN))
        for record in np.flatnonzero(broken[table.rows.records] & (table.mistakes[field.name] == 0)).tolist():
            message = messages.broken_character(field.label)
            yield table.problem(record, field, "broken-character", message, "warning")


def _of_one_mistake(
    table: ReadTable, field: Field, code: str, wrong: np.ndarray, terms: ReadingTerms
) -> Iterator[Problem]:
    place = table.columns.places[field.name]
    column, cells = column_letter(table.body.sheet.first_column + place), table.body.column(place)
    rows = table.rows.records[wrong]
    texts, kinds = cells.text.take(pa.array(rows)).to_pylist(), cells.kind[rows].tolist()
    answers: dict[tuple[str, int], tuple[str, str, str | None, str]] = {}
    for row, text, kind in zip((rows + table.body.first_row).tolist(), texts, kinds, strict=True):
        answer = answers.get((text, kind)) or answers.setdefault((text, kind), _answer(field, text, kind, code, terms))
        yield Problem(table.name, row, column, field.label, *answer)


def _answer(field: Field, text: str, kind: int, code: str, terms: ReadingTerms) -> tuple[str, str, str | None, str]:
    """Code, severity, the value as typed, the message."""
    severity = "warning" if code == "missing-value" and not field.required else "error"
    value = text + "%" if kind == CellKind.PERCENT else text
    return code, severity, value or None, _message(field, code, text, CellKind(kind), terms)


def _message(field: Field, code: str, text: str, kind: CellKind, terms: ReadingTerms) -> str:
    if code == "unknown-unit":
        return messages.unknown_unit(text, terms.units.suggest(text))
    return messages.of_cell(code, field, text, kind)
