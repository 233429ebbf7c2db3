"""Wrong cells mended on screen: from a checked workbook and corrections to the whole file judged again.

A correction is another typed value in that cell and nothing else: the same rules judge the file with it, from the first
to the last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from models.corrections import CellCorrection, CorrectedCell, Place
from models.validation import SheetReading, ValidationReport
from rules.intake.corrected import Cells, cells_to_correct, corrected
from services.access.permission import WHO_REPORTS, requires_role
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import judge

MOST = 5_000  # of one submission: a whole column mended at once
LONGEST = 2000  # characters of a value
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@requires_role(*WHO_REPORTS)
def correct(workbook: CheckedWorkbook, corrections: Sequence[CellCorrection]) -> CheckedWorkbook:
    """Return the workbook judged as if those cells of its file, and no others, had been typed so. Only wrong cells can
    be corrected, those as read and those that another correction makes wrong. Raises RefusedRequest for any other, and
    says why.
    """
    corrected_workbook, left = _corrected(workbook, _accepted(corrections))
    if left:
        raise RefusedRequest(
            f"工作表“{left[0].sheet}”的 {left[0].cell} 没有检查出问题，不能在此改动；如需改动，请在原工作簿中修改后重新上传。"  # noqa: E501
        )
    return corrected_workbook


@requires_role(*WHO_REPORTS)
def check_again(workbook: CheckedWorkbook, request: Request) -> CheckedWorkbook:
    """Return the workbook judged anew, by what the board knows now and for this request, its corrections kept as far as
    something still is wrong there. The file is not read again.
    """
    workbook = replace(workbook, request=request)
    if workbook.cells is None:
        return workbook
    as_read = judge(workbook.cells, workbook)
    anew = replace(workbook, as_read=as_read, report=as_read)
    return _corrected(anew, _accepted(workbook.corrections))[0]


def _accepted(corrections: Sequence[CellCorrection]) -> list[CellCorrection]:
    by_place = {correction.place: replace(correction, value=correction.value.strip()) for correction in corrections}
    if len(by_place) > MOST:
        raise RefusedRequest(f"在屏幕上改正以 {MOST} 处为限，现有 {len(by_place):,} 处，请在原工作簿中改正后重新上传。")
    for correction in by_place.values():
        if len(correction.value) > LONGEST or NOT_TEXT.search(correction.value):
            raise RefusedRequest(
                f"{correction.cell} 的改正内容过长（以 {LONGEST:,} 字为限）或含有不能保存的字符，请重新填写。"
            )
    return list(by_place.values())


def _corrected(
    workbook: CheckedWorkbook, new_corrections: Sequence[CellCorrection]
) -> tuple[CheckedWorkbook, list[CellCorrection]]:
    """The workbook, and the corrections of cells that are not wrong. Several rounds where one correction shows another
    mistake; each asks `judge`, which lets a unit's person speak for the own unit alone.
    """
    as_read = report = workbook.as_read
    if workbook.cells is None:
        return workbook, list(new_corrections)
    places = cells_to_correct(workbook.cells, as_read.sheets)
    left, done = _at_anchors(places, new_corrections), dict[Place, CellCorrection]()
    while left and (now := _of_wrong_cells(left, wrong_cells(places, report))):
        done |= now
        left = {place: correction for place, correction in left.items() if place not in now}
        report = judge(corrected(workbook.cells, done.values()), workbook)
        _refuse_another_table(as_read, report)
    changed = tuple(cell for correction in done.values() for cell in places[correction.sheet].changed(correction))
    report = replace(report, corrected=_in_order(changed, as_read.sheets))
    return replace(workbook, report=report), list(left.values())


def _of_wrong_cells(left: Mapping[Place, CellCorrection], wrong: Collection[Place]) -> dict[Place, CellCorrection]:
    return {place: correction for place, correction in left.items() if place in wrong}


def _at_anchors(places: Mapping[str, Cells], new_corrections: Iterable[CellCorrection]) -> dict[Place, CellCorrection]:
    """Without those that say what the file says; raises RefusedRequest for a cell of no record."""
    cell_corrections: dict[Place, CellCorrection] = {}
    for cell_correction in new_corrections:
        anchor = (
            places[cell_correction.sheet].anchor(cell_correction.row, cell_correction.column)
            if cell_correction.sheet in places
            else None
        )
        if anchor is None:
            raise RefusedRequest(
                f"工作表“{cell_correction.sheet}”的 {cell_correction.cell} 不是数据行中已识别的列，不能在此改动。"
            )
        moved = replace(cell_correction, row=anchor[1], column=anchor[2])
        if not places[cell_correction.sheet].says(moved):
            cell_corrections[anchor] = moved
    return cell_corrections


def wrong_cells(places: Mapping[str, Cells], report: ValidationReport) -> set[Place]:
    """Return the cells of records at which something is wrong, a merged one by its first."""
    anchors = {
        places[problem.sheet].anchor(problem.row, problem.column)
        for problem in report.problems
        if problem.sheet is not None
        and problem.row is not None
        and problem.column is not None
        and problem.sheet in places
    }
    return {place for place in anchors if place is not None}


def _refuse_another_table(as_read: ValidationReport, report: ValidationReport) -> None:
    """A correction never makes a row or a heading something else than it is in the file."""
    before, after = _tables(as_read), _tables(report)
    if before == after:
        return
    rows = [row for name, (_, dropped) in after.items() for row in sorted(dropped - before.get(name, ((), dropped))[1])]
    which = f"第 {rows[0]} 行会被当作合计行或说明行，不再作为记录" if rows else "表头会读成另外的样子"
    raise RefusedRequest(f"照此改正，{which}，请填写该单元格应有的内容。")


def _tables(report: ValidationReport) -> dict[str, tuple[object, frozenset[int]]]:
    return {
        sheet.name: ((sheet.part, sheet.header_rows, sheet.columns), frozenset(row.row for row in sheet.dropped_rows))
        for sheet in report.sheets
    }


def _in_order(cells: Iterable[CorrectedCell], sheets: Sequence[SheetReading]) -> tuple[CorrectedCell, ...]:
    order = {sheet.name: index for index, sheet in enumerate(sheets)}
    return tuple(sorted(cells, key=lambda cell: (order[cell.sheet], cell.row, len(cell.column), cell.column)))
