"""From the uploader's workbook and its problems to the same workbook with wrong cells coloured, noted and listed."""

from __future__ import annotations

import json
import struct
import tempfile
from collections.abc import Sequence

from data_access.marking.problem_list import marks_of
from data_access.sandbox import run_in_sandbox
from data_access.spreadsheets.limits import DEFAULT, ReadLimits
from models.cells import LIST_MARK, WorkbookCells
from models.validation import Problem


class NotMarkable(Exception):
    """No marked workbook can be made of this file."""


def mark(
    content: bytes,
    problems: Sequence[Problem],
    cells: WorkbookCells | None = None,
    file_name: str = "",
    limits: ReadLimits = DEFAULT,
) -> bytes:
    """Return an .xlsx (.xlsm where it was one), made in a process of its own. `cells`, where known, says which cells
    are merged.

    Raises NotMarkable for what cannot be read, or not within the limits.
    """
    sheets = (
        [sheet for sheet in cells.sheets if sheet.text.size and not str(sheet.text.iat[0, 0]).startswith(LIST_MARK)]
        if cells
        else []
    )
    marks = json.dumps(marks_of(problems, sheets), ensure_ascii=False).encode("utf-8", "replace")
    with (
        tempfile.TemporaryFile() as source,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryDirectory() as folder,
    ):
        source.write(struct.pack("<Q", len(marks)) + marks)
        source.write(content)
        source.flush()
        if run_in_sandbox("data_access.marking.child", [file_name, folder], source, answer, limits):
            raise NotMarkable
        answer.seek(0)
        return answer.read()
