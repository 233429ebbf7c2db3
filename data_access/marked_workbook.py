"""The uploader's workbook and its problems go in; the same workbook with wrong cells coloured, noted and listed comes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from data_access.marking.fresh import rewritten
from data_access.marking.in_place import marked_in_place
from models.cells import WorkbookCells
from models.validation import Problem

IN_PLACE_BYTES = 64 * 1024 * 1024  # unpacked; larger workbooks are written anew


def mark(content: bytes, problems: Sequence[Problem], cells: WorkbookCells | None) -> bytes:
    """An .xlsx (.xlsm where it was one). Raises ValueError where the file is no .xlsx and `cells` is None."""
    if _can_be_patched(content):
        return marked_in_place(content, problems)
    if cells is None:
        raise ValueError("only an .xlsx can be marked without its cells")
    return rewritten(problems, cells)


def _can_be_patched(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        return False
    small = sum(member.file_size for member in members) <= IN_PLACE_BYTES
    return small and any(member.filename.lower() == "xl/workbook.xml" for member in members)
