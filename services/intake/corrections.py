"""Wrong cells mended on screen: the cells as read, what they were found to be and corrections in; the whole file judged
again out.

A correction is another typed value in that cell and nothing else: the same rules judge the file with it, from the first
to the last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from models.cells import WorkbookCells
from models.corrections import CellCorrection, CorrectedCell, Place
from models.validation import SheetReading, ValidationReport
from rules.intake.corrected import Cells, cells_to_correct, corrected
from services.access.permission import WHO_REPORTS, requires_role
from services.access.refusal import RefusedRequest
from services.intake.checking import Request, judged

MOST = 200  # of one submission
LONGEST = 2000  # characters of a value
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@requires_role(*WHO_REPORTS)
def correct(
    cells: WorkbookCells, as_read: ValidationReport, request: Request, corrections: Sequence[CellCorrection]
) -> ValidationReport:
    """The report of the file as if those cells had been typed so. Only wrong cells can be corrected, those as read and
    those that another correction makes wrong. Raises RefusedRequest for any other, and says why."""
    report, left = _corrected(cells, as_read, request, _accepted(corrections))
    if left:
        raise RefusedRequest(
            f"工作表“{left[0].sheet}”的 {left[0].cell} 没有检查出问题，不能在此改动；如需改动，请在原工作簿中修改后重新上传。"  # noqa: E501
        )
    return report


@requires_role(*WHO_REPORTS)
def correct_again(
    cells: WorkbookCells, as_read: ValidationReport, request: Request, corrections: Sequence[CellCorrection]
) -> ValidationReport:
    """As `correct`, of a file that was judged anew meanwhile: what nothing is wrong with any more is left as the file
    says.
    """
    return _corrected(cells, as_read, request, _accepted(corrections))[0]


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
    cells: WorkbookCells, as_read: ValidationReport, request: Request, wanted: Sequence[CellCorrection]
) -> tuple[ValidationReport, list[CellCorrection]]:
    """The report, and the corrections of cells that are not wrong. Several rounds where one correction shows another
    mistake; each asks `judged`, which lets a unit's person speak for the own unit alone.
    """
    places = cells_to_correct(cells, as_read.sheets)
    left, done, report = _at_anchors(places, wanted), dict[Place, CellCorrection](), as_read
    while left and (now := _of_wrong_cells(left, wrong_cells(places, report))):
        done |= now
        left = {place: correction for place, correction in left.items() if place not in now}
        report = judged(corrected(cells, done.values()), as_read.file, as_read.sha256, request)
        _refuse_another_table(as_read, report)
    changed = tuple(cell for correction in done.values() for cell in places[correction.sheet].changed(correction))
    return replace(report, corrected=_in_order(changed, as_read.sheets)), list(left.values())


def _of_wrong_cells(left: Mapping[Place, CellCorrection], wrong: Collection[Place]) -> dict[Place, CellCorrection]:
    return {place: correction for place, correction in left.items() if place in wrong}


def _at_anchors(places: Mapping[str, Cells], wanted: Iterable[CellCorrection]) -> dict[Place, CellCorrection]:
    """Without those that say what the file says; raises RefusedRequest for a cell of no record."""
    cell_corrections: dict[Place, CellCorrection] = {}
    for cell_correction in wanted:
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
    """The cells of records at which something is wrong, a merged one by its first."""
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
    order = {sheet.name: place for place, sheet in enumerate(sheets)}
    return tuple(sorted(cells, key=lambda cell: (order[cell.sheet], cell.row, len(cell.column), cell.column)))
