"""A unit's own guides workbook as uploaded, with the cells marked that fail a rule and the list of them by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from catalogue.datasets.guides import GUIDES
from data_access.database import Session, noting, reading
from data_access.marked_workbook import NotMarkable, mark
from data_access.plain_workbook import plain_workbook
from data_access.records import load_records
from data_access.spreadsheets import read
from data_access.submissions import file_content, reports_of, submission
from models.cells import CellKind, Refused, SheetCells, WorkbookCells
from models.guides import ERROR
from models.validation import Problem
from rules.guides.reading import as_written
from services.access.audit_log import log
from services.access.permission import WHO_READS_FILES, requires_role
from services.access.refusal import RefusedRequest
from services.figures.guide_rule_settings import RuleBook
from services.guides.unit_guides import UnitGuides, unit_guides


@requires_role(*WHO_READS_FILES, own="unit")
def todo_workbook(unit: str, as_of: date) -> tuple[str, bytes]:
    """Return file name and content, ready to mend and upload. Raises RefusedRequest where the unit never reported
    guides.

    Of a whole-district ledger only the unit's own rows are left, at their places.
    """
    guides = unit_guides(unit, as_of)
    if guides is None:
        raise RefusedRequest(f"{unit}截至该日没有报送办事指南。")
    with reading() as session:
        sent = submission(session, guides.report.submission_id)
        content = file_content(session, sent.sha256) if sent else None
        firsts = _first_rows(session, guides.report.submission_id) if guides.report.whole_district else {}
    if sent is None or content is None:
        raise RefusedRequest("没有这份报送的原文件。")
    if guides.report.whole_district:
        content = plain_workbook(_own_rows(_cells(content, sent.file_name), guides, firsts))
    suffix = ".xlsm" if sent.file_name.lower().endswith(".xlsm") and not guides.report.whole_district else ".xlsx"
    try:
        marked = mark(content, problems_by_rule(guides), None, sent.file_name)
    except NotMarkable:
        raise RefusedRequest("这份文件无法生成标注后的工作簿，请按页面列出的单元格改正原文件。") from None
    except Refused as refused:
        raise RefusedRequest(refused.refusal.message) from refused
    name = f"{PurePath(sent.file_name).stem}（{unit}待整改）{suffix}"
    with noting() as session:
        log(
            session,
            "download todo",
            f"submission {sent.id}",
            detail={"file": name, "unit": unit, "records": sum(map(len, guides.frames.values()))},
        )
    return name, marked


def _cells(content: bytes, file_name: str) -> WorkbookCells:
    try:
        return read(content, file_name)
    except Refused as refused:
        raise RefusedRequest(refused.refusal.message) from refused


def problems_by_rule(guides: UnitGuides) -> list[Problem]:
    """Return the problems sorted by rule, then as they come in the file."""
    values = _values(guides)
    rows = guides.findings.sort_values("rule", kind="stable")
    return [_problem(row, guides.sheets[row["_sheet"]], guides.book, values) for row in rows.to_dict("records")]


def _problem(
    row: dict[Any, Any], sheet: dict[str, Any], book: RuleBook, values: Mapping[tuple[str, int, int, str], str]
) -> Problem:
    rule, column = book.rule(row["rule"]), sheet["columns"].get(row["field"])
    clause = rule.clause if rule else ""
    absent = "" if column else f"（第 {row['_row']} 行；表中没有“{row['label']}”列，请增加）"
    return Problem(
        sheet["name"],
        row["_row"],
        column,
        row["label"],
        row["rule"],
        "error" if row["severity"] == ERROR else "warning",
        values.get((row["part"], row["_sheet"], row["_row"], row["field"])),
        f"{row['rule']}（{clause}）{row['message']}{absent}",
    )


def _values(guides: UnitGuides) -> dict[tuple[str, int, int, str], str]:
    """What stands in each wrong cell, as it was understood."""
    values: dict[tuple[str, int, int, str], str] = {}
    for (part, field), rows in guides.findings.groupby(["part", "field"], sort=False):
        frame = guides.frames[str(part)].drop_duplicates(["sheet", "row"]).set_index(["sheet", "row"])[str(field)]
        for place in zip(rows["_sheet"], rows["_row"], strict=True):
            if not pd.isna(frame[place]):
                values[str(part), *place, str(field)] = as_written(frame[place])
    return values


def _first_rows(session: Session, submission_id: int) -> dict[int, int]:
    """Number of the sheet → the row of its first record, whosever it is."""
    pairs = [(submission_id, report.unit_id) for report in reports_of(session, submission_id)]
    frames = [load_records(session, part, pairs, ("item_code",))[["sheet", "row"]] for part in GUIDES.parts]
    return {int(str(sheet)): int(row) for sheet, row in pd.concat(frames).groupby("sheet")["row"].min().items()}


def _own_rows(cells: WorkbookCells, guides: UnitGuides, firsts: Mapping[int, int]) -> WorkbookCells:
    """Rows of other units blanked; headings and what stands above them stay."""
    sheets = guides.sheets
    numbers = {sheet["name"]: number for number, sheet in enumerate(sheets)}
    guide_sheets = [sheet for sheet in cells.sheets if sheet.name in numbers]
    return replace(
        cells,
        sheets=tuple(
            _own_rows_of(
                sheet,
                _rows_of(guides, sheets[numbers[sheet.name]]["part"], numbers[sheet.name]),
                firsts.get(numbers[sheet.name], sheet.first_row + len(sheet.text)),
            )
            for sheet in guide_sheets
        ),
    )


def _rows_of(guides: UnitGuides, part: str, sheet: int) -> list[int]:
    frame = guides.frames.get(part)
    return [] if frame is None else frame.loc[frame["sheet"] == sheet, "row"].tolist()


def _own_rows_of(sheet: SheetCells, own: list[int], first: int) -> SheetCells:
    rows = np.arange(sheet.first_row, sheet.first_row + len(sheet.text))
    foreign = (rows >= first) & ~np.isin(rows, own)
    text, kind = sheet.text.astype("str"), sheet.kind.copy()
    text.loc[foreign, :] = ""
    kind[foreign, :] = CellKind.BLANK
    return replace(sheet, text=text, kind=kind)
