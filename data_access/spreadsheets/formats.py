"""The bytes of a file go in; the format they really have comes out, whatever the file is called."""

from __future__ import annotations

import io
import re
import zipfile

from data_access.spreadsheets.compound import compound_format
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import HTML_SENTENCE, Rejected
from data_access.spreadsheets.unpacking import BROKEN, check_members

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_DOCUMENTS = (
    b"%PDF",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
)
HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|style|script|div)\b", re.I)


def detect(content: bytes, limits: ReadLimits) -> str:
    """xlsx, xlsm, xls, xlsb, ods or csv. Raises Rejected for everything else."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Rejected("empty")
    if content.startswith(OLE2):
        return compound_format(content)
    if content.startswith(b"PK"):
        return _zip_format(content, limits)
    if content[:2] == b"\x09\x08" or content[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return "xls"
    return _text_format(content)


def _zip_format(content: bytes, limits: ReadLimits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            check_members(archive, limits)
            return _format_of_members(names, archive)
    except BROKEN as problem:
        raise Rejected("damaged") from problem


def _format_of_members(names: set[str], archive: zipfile.ZipFile) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if "content.xml" in names:
        return _open_document(archive)
    raise Rejected("unsupported-format" if "[content_types].xml" in names else "not-a-spreadsheet")


def _open_document(archive: zipfile.ZipFile) -> str:
    kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in archive.namelist() else "spreadsheet"
    if "spreadsheet" not in kind:
        raise Rejected("unsupported-format")
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Rejected("password")
    return "ods"


def _text_format(content: bytes) -> str:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(OTHER_DOCUMENTS):
        raise Rejected("not-a-spreadsheet")
    if HTML.search(head) or head.lower().startswith(b"mime-version:"):
        raise Rejected("not-a-spreadsheet", HTML_SENTENCE)
    if head.startswith(b"<?xml"):
        raise Rejected("unsupported-format" if b"spreadsheet" in head else "not-a-spreadsheet")
    return "csv"
