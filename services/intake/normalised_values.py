"""What was read otherwise than typed, for whoever wants to see it: of a workbook just checked, and of a submission by
its number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from data_access.corrections import corrections_of
from data_access.database import Session, reading
from data_access.plan_store import units
from data_access.records import load_records
from data_access.spreadsheets import read
from data_access.submissions import file_content, reports_of, submission
from models.cells import Refused
from models.definitions import Kind, Part
from models.tables import Submission
from rules.intake.normalised_values import NormalisedColumn, normalised_columns
from rules.personal import mask
from services.access.permission import WHO_READS_FILES, refuse_unless_own, requires_role
from services.access.personal_data import sees_in_full
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook


@dataclass(frozen=True)
class _Stored:
    """One sheet of a submission as it was stored: its records, and the cells mended on screen (row, letter)."""

    name: str
    part: Part
    columns: dict[str, str]
    records: pd.DataFrame
    mended: frozenset[tuple[int, str]]


def normalised_columns_in(workbook: CheckedWorkbook) -> tuple[NormalisedColumn, ...]:
    """Return the normalised values of a workbook just checked, sheet by sheet."""
    report = workbook.report
    if workbook.cells is None or not report.sheets:
        return ()
    sheets = {sheet.name: sheet for sheet in workbook.cells.sheets}
    dataset = (DATASETS | BUREAU_DATASETS)[report.dataset or ""]
    return tuple(
        column
        for sheet in report.sheets
        for column in normalised_columns(
            sheets[sheet.name],
            dataset.part(sheet.part),
            {column.name: column.column for column in sheet.columns},
            sheet.records,
            max(sheet.header_rows),
            {(cell.row, cell.column) for cell in report.corrected if cell.sheet == sheet.name},
        )
    )


@requires_role(*WHO_READS_FILES)
def normalised_columns_of(number: int) -> tuple[NormalisedColumn, ...]:
    """Return the normalised values of a submission: its file read once more beside the records that were stored from
    it. Raises RefusedRequest.

    What is personal is masked for everyone but the unit that sent it.
    """
    with reading() as session:
        row = submission(session, number)
        content = file_content(session, row.sha256) if row else None
        if row is None or content is None:
            raise RefusedRequest(f"没有编号为 {number} 的报送。")
        names = {unit.id: unit.name for unit in units(session).values()}
        sender = names.get(row.unit_id or 0)
        refuse_unless_own(sender)
        stored = _stored(session, row, names)
    try:
        sheets = {sheet.name: sheet for sheet in read(content, row.file_name).sheets}
    except Refused as refused:
        raise RefusedRequest(refused.refusal.message) from refused
    columns = tuple(
        column
        for sheet in stored
        for column in normalised_columns(
            sheets[sheet.name],
            sheet.part,
            sheet.columns,
            sheet.records,
            int(sheet.records["_row"].min()) - 1,
            sheet.mended,
        )
    )
    return columns if sees_in_full(sender) else tuple(map(_masked, columns))


def _stored(session: Session, row: Submission, names: dict[int, str]) -> list[_Stored]:
    dataset, number = DATASETS[row.dataset], row.id or 0
    reports = [(number, report.unit_id) for report in reports_of(session, number)]
    mended = corrections_of(session, [number])
    frames = {part.code: _as_read(load_records(session, part, reports), part, names) for part in dataset.parts}
    sheets = []
    for index, sheet in enumerate(row.sheets):
        records = frames[sheet["part"]]
        records = records[records["sheet"] == index]
        cells = frozenset(
            (correction.row, sheet["columns"].get(correction.field, ""))
            for correction in mended
            if correction.sheet == index
        )
        if len(records):
            sheets.append(_Stored(sheet["name"], dataset.part(sheet["part"]), sheet["columns"], records, cells))
    return sheets


def _as_read(records: pd.DataFrame, part: Part, names: dict[int, str]) -> pd.DataFrame:
    """With the columns that a check gives them: a unit is kept by its number."""
    named = {field.name: records["unit_id"].map(names) for field in part.fields if field.kind is Kind.UNIT}
    return records.assign(_row=records["row"], **named)


def _masked(column: NormalisedColumn) -> NormalisedColumn:
    kind = column.field.personal
    if kind is None:
        return column
    return replace(
        column,
        most=tuple(replace(pair, typed=mask(pair.typed, kind), read=mask(pair.read, kind)) for pair in column.most),
    )
