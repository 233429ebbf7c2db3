"""From the bytes of an .xlsx or .xlsm to its visible sheets, small ones by our own XML pass, large ones by places or
in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.package import Package
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.safe_xml import parse
from data_access.spreadsheets.sheet_xml import CellReader, SheetHandler
from data_access.spreadsheets.sheets import Book, Scatter, Sheet


def open_xlsx(content: bytes, format: str, limits: ReadLimits, careful: bool = False) -> Book:
    """Return the book. `careful` reads everything by our own pass: slower, but no far-off cell can hurt it."""
    package = Package(content, limits)
    entries = package.sheets()
    if not entries:
        raise Rejected("damaged")
    hidden = [entry.name for entry in entries if not entry.visible]
    visible = [entry for entry in entries if entry.visible]
    placed = [(entry.name, entry.path) for entry in visible]
    weight = sum(package.size(entry.path) for entry in visible) + package.size(package.strings_path() or "")
    if careful or weight < limits.bulk_bytes:
        return Book(format, _own_pass(package, placed, limits), hidden, package.workbook.date1904)
    return Book(format, _large(package, content, placed, limits), hidden, package.workbook.date1904)


def _large(package: Package, content: bytes, sheets: list[tuple[str, str]], limits: ReadLimits) -> Iterable[Sheet]:
    from data_access.spreadsheets.plain import NotPlain, plain_sheets

    try:
        return plain_sheets(package, sheets, limits)
    except NotPlain:
        from data_access.spreadsheets.bulk import bulk_sheets

        return bulk_sheets(Package(content, limits), content, sheets, limits)


def _own_pass(package: Package, sheets: list[tuple[str, str]], limits: ReadLimits) -> Iterator[Sheet]:
    cells = CellReader(package.shown(), package.strings(), package.workbook.date1904)
    for name, path in sheets:
        scatter = Scatter()
        handler = SheetHandler(cells, scatter.add)
        parse(package.chunks(path), handler)
        sheet = scatter.sheet(name, limits)
        sheet.hidden_rows, sheet.merged = handler.hidden_rows, handler.merged
        yield sheet
