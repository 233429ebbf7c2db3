"""From the bytes of an .xlsb to its visible sheets, formats, merges and hidden rows and all ([MS-XLSB]).

Our own reading of the records: calamine tells neither merges nor hidden rows, per cents nor errors of this format, and
pyxlsb and pyxlsb2 rest since 2022 (docs/decisions/0010-xlsb.md).
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from data_access.spreadsheets.biff12 import windows
from data_access.spreadsheets.columns import text_column
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.package import SheetEntry
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.sheets import Book, Sheet
from data_access.spreadsheets.xlsb_cells import BinarySheet
from data_access.spreadsheets.xlsb_package import BinaryPackage


def open_xlsb(content: bytes, limits: ReadLimits) -> Book:
    """Raises Rejected: damaged where a record lies about its length or names what is not there."""
    package = BinaryPackage(content, limits)
    entries = package.sheets()
    if not entries:
        raise Rejected("damaged")
    hidden = [entry.name for entry in entries if not entry.visible]
    return Book(
        "xlsb", _sheets(package, [entry for entry in entries if entry.visible], limits), hidden, package.date1904
    )


def _sheets(package: BinaryPackage, entries: list[SheetEntry], limits: ReadLimits) -> Iterator[Sheet]:
    strings, shown = text_column(pa.array(package.strings(), pa.large_string())), package.shown()
    for entry in entries:
        sheet = BinarySheet(strings, shown, package.date1904)
        for records in windows(package.chunks(entry.path)):
            sheet.add(records)
        yield sheet.sheet(entry.name, limits)
