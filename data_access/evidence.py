"""Evidence files: what kind a file is by its content, and the entries that tie kept files to a unit's measure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session, col, select

from models.tables import Evidence

SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NEW_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ofd.xml": "ofd"}
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")  # photographs of telephones
SUFFIXES = {
    "pdf": (".pdf",),
    "png": (".png",),
    "jpg": (".jpg", ".jpeg"),
    "docx": (".docx",),
    "xlsx": (".xlsx",),
    "doc": (".doc", ".wps"),
    "xls": (".xls", ".et"),
    "ofd": (".ofd",),
    "heic": (".heic", ".heif"),
}
"""Kind → the endings that its files may have."""

RECORDINGS = {"mp3": (".mp3",), "m4a": (".m4a",), "wav": (".wav",)}
"""The same of recordings of calls."""


def kind_of(content: bytes, file_name: str) -> str | None:
    """Return a key of SUFFIXES by content, or None for anything else (archives, programs, workbooks with macros)."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return "heic"
    if content.startswith(OLD_OFFICE):  # the two share one container; the ending tells them apart
        suffix = PurePath(file_name).suffix.lower()
        return next((kind for kind in ("doc", "xls") if suffix in SUFFIXES[kind]), None)
    return _new_office(content) if content.startswith(b"PK\x03\x04") else None


def recording_kind_of(content: bytes) -> str | None:
    """Return a key of RECORDINGS by content, or None for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav"
    if content[4:8] == b"ftyp" and content[8:12] in (b"M4A ", b"mp42", b"isom", b"M4B "):
        return "m4a"
    is_frame = len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2  # MPEG audio, layer III
    return "mp3" if content[:3] == b"ID3" or is_frame else None


def _new_office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if any(name.endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for name, kind in NEW_OFFICE.items() if name in names), None)


def add_evidence(session: Session, entry: Evidence) -> int:
    session.add(entry)
    session.flush()
    return entry.id or 0


def evidence_of(
    session: Session, end: datetime, unit_ids: Iterable[int] | None = None, measure: str | None = None
) -> list[Evidence]:
    """Return every file attached before `end`, oldest first, those taken back among them."""
    query = select(Evidence).where(Evidence.at < end).order_by(col(Evidence.at), col(Evidence.id))
    if unit_ids is not None:
        query = query.where(col(Evidence.unit_id).in_(list(unit_ids)))
    if measure is not None:
        query = query.where(Evidence.measure == measure)
    return list(session.exec(query))


def evidence_entry(session: Session, number: int) -> Evidence | None:
    return session.get(Evidence, number)
