"""From the bytes of a file to the format they really have, whatever the file is called."""

from __future__ import annotations

import io
import re
import zipfile

from data_access.spreadsheets.compound import OLE2, compound_format
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.package import main_part
from data_access.spreadsheets.refusals import (
    FLAT_SENTENCE,
    HTML_SENTENCE,
    NUMBERS_SENTENCE,
    UOF_SENTENCE,
    XML_2003_SENTENCE,
    XML_SENTENCE,
    Rejected,
)
from data_access.spreadsheets.unpacking import BROKEN, Archive, check_members

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
HTML = re.compile(rb"<\s*(?:!doctype\s+html|(?:html|head|body|table|meta|style|script|div)(?=[\s>/]))", re.I)
ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
UTF_16 = {b"<\0": "utf-16-le", b"\0<": "utf-16-be", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def detect(content: bytes, limits: ReadLimits) -> str:
    """Return xlsx, xlsm, xls, xlsb, ods or csv. Raises Rejected for everything else."""
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
            return _format_of_members(names, archive, main_part(Archive(content, limits)))
    except BROKEN as problem:
        raise Rejected("damaged") from problem


def _format_of_members(names: set[str], archive: zipfile.ZipFile, main: str | None) -> str:
    """`main`: the path of the document as the package's own relations say; where they are missing, by its name."""
    workbook = next((name for name in sorted(names) if re.fullmatch(r"(?:xl/)?workbook\d*\.(?:xml|bin)", name)), None)
    document = main.lower() if main and main.lower() in names else workbook
    if document and document.endswith(".bin"):
        return "xlsb"
    if document and (document == workbook or _root(archive, document) == b"workbook"):
        return "xlsm" if any(name.endswith("vbaproject.bin") for name in names) else "xlsx"
    if "content.xml" in names:
        return _open_document(archive)
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        raise Rejected("unsupported-format", NUMBERS_SENTENCE)
    raise Rejected("unsupported-format" if names & {"[content_types].xml", "_rels/.rels"} else "not-a-spreadsheet")


def _root(archive: zipfile.ZipFile, path: str) -> bytes:
    """The name of the root element of a part."""
    name = next(name for name in archive.namelist() if name.replace("\\", "/").lstrip("/").lower() == path)
    with archive.open(name) as part:
        return root_name(part.read(4096))


def _open_document(archive: zipfile.ZipFile) -> str:
    kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in archive.namelist() else "spreadsheet"
    if "spreadsheet" not in kind:
        raise Rejected("unsupported-format")
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Rejected("password")
    return "ods"


def root_name(head: bytes) -> bytes:
    """Return the name of the first element of an XML part, without its prefix; empty where none begins."""
    match = ROOT.search(head)
    return match[1] if match else b""


def _text_format(content: bytes) -> str:
    head = _readable(content[:8192]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(OTHER_DOCUMENTS):
        raise Rejected("not-a-spreadsheet")
    if head.startswith(b"<"):
        _refuse_xml(head)
    if HTML.search(head) or re.match(rb"mime-version:|from:.{0,200}\n(?:.*\n){0,5}mime-version:", head, re.I):
        raise Rejected("not-a-spreadsheet", HTML_SENTENCE)
    return "csv"


def _readable(head: bytes) -> bytes:
    """UTF-16, told by its mark or by how “<” is written in it, as UTF-8."""
    encoding = UTF_16.get(head[:2])
    return head.decode(encoding, "ignore").encode() if encoding else head


def _refuse_xml(head: bytes) -> None:
    """Spreadsheets kept as one XML file are told from web pages and from any other XML."""
    root = root_name(head).lower()
    if root == b"workbook" and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise Rejected("unsupported-format", XML_2003_SENTENCE)
    if root == b"document" and b"opendocument" in head:
        raise Rejected(
            "unsupported-format" if b"opendocument.spreadsheet" in head else "not-a-spreadsheet", FLAT_SENTENCE
        )
    if root.startswith(b"uof") or "电子表格".encode() in head:
        raise Rejected("unsupported-format", UOF_SENTENCE)
    if head.startswith(b"<?xml") and not HTML.search(head):
        raise Rejected("not-a-spreadsheet", XML_SENTENCE)
