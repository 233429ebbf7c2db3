"""From the bytes and the format of a workbook to its book, by the reader for that format, which is loaded for it."""

from __future__ import annotations

from pathlib import PurePath

from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.sheets import Book


def open_book(content: bytes, format: str, file_name: str, limits: ReadLimits, careful: bool) -> Book:
    """Loads only what this format needs: the child must start quickly."""
    if format == "csv":
        from data_access.spreadsheets.csv_book import open_csv

        return open_csv(content, PurePath(file_name).stem or "CSV", limits)
    if format in ("xlsx", "xlsm"):
        from data_access.spreadsheets.xlsx_book import open_xlsx

        return open_xlsx(content, format, limits, careful)
    if format == "xls":
        from data_access.spreadsheets.xls_book import open_xls

        return open_xls(content, limits)
    if format == "ods":
        from data_access.spreadsheets.ods_book import open_ods

        return open_ods(content, limits)
    from data_access.spreadsheets.xlsb_book import open_xlsb

    return open_xlsb(content, limits)
