"""From the zip of an .xlsb to its sheets, styles, date system and shared strings. Clauses are those of [MS-XLSB]."""

from __future__ import annotations

import numpy as np

from data_access.spreadsheets.biff12 import Fields, windows
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.number_formats import Shown, shown_by, shown_cells
from data_access.spreadsheets.package import RelatedParts, SheetEntry

STRING, FORMAT, CELL_STYLE, WORKBOOK, SHEET = 19, 44, 47, 153, 156  # BrtSSTItem, BrtFmt, BrtXF, BrtWbProp, BrtBundleSh
CELL_STYLES_BEGIN, CELL_STYLES_END = 617, 618  # BrtBeginCellXFs, BrtEndCellXFs


class BinaryPackage(RelatedParts):
    """An .xlsb: its relations are XML, its other parts records."""

    def __init__(self, content: bytes, limits: ReadLimits) -> None:
        super().__init__(content, limits, "xl/workbook.bin")
        self.date1904 = False
        self._sheets: list[tuple[str, bool, str]] = []
        for records in windows(self.chunks(self.workbook_path)):
            for kind, fields in records.fields(WORKBOOK, SHEET):
                if kind == WORKBOOK:
                    self.date1904 = bool(fields.number(4) & 1)  # BrtWbProp: f1904 is its first bit
                else:
                    self._sheets.append(_sheet(fields))

    def sheets(self) -> list[SheetEntry]:
        return self.entries(self._sheets)

    def shown(self) -> list[Shown]:
        """Return how each cell style shows a number (2.1.7.50 Styles)."""
        own: dict[int, Shown] = {}
        numbers: list[int] = []
        in_cells = False
        for records in windows(self.chunks(path)) if (path := self.path_of("styles")) else ():
            for kind, fields in records.fields(FORMAT, CELL_STYLES_BEGIN, CELL_STYLE, CELL_STYLES_END):
                if kind == FORMAT:
                    number = fields.number(2)
                    own[number] = shown_by(fields.text())
                elif kind != CELL_STYLE:
                    in_cells = kind == CELL_STYLES_BEGIN
                elif in_cells:
                    fields.skip(2)  # ixfeParent
                    numbers.append(fields.number(2))
        return shown_cells(numbers, own)

    def strings(self) -> list[str]:
        """Return the text of every item (2.5.122 RichStr) without its runs and phonetic guides, which come
        behind it.
        """
        strings: list[str] = []
        for records in windows(self.chunks(path)) if (path := self.strings_path()) else ():
            number = np.flatnonzero(records.kinds == STRING)
            strings += records.texts(number, np.ones_like(number))
        return strings


def _sheet(fields: Fields) -> tuple[str, bool, str]:
    """BrtBundleSh: name, whether it is visible, relation."""
    state = fields.number(4)
    fields.skip(4)  # iTabID
    relation = fields.text()
    return fields.text(), state == 0, relation
