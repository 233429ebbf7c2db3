"""The child process: a workbook and what is wrong in it on standard input become the marked workbook on standard
output.

Standard input: the length of the marks in 8 bytes, the marks as JSON, the workbook. Exit status 0: written; anything
else: it cannot be marked.
"""

from __future__ import annotations

import gc
import json
import os
import struct
import sys
from typing import Any

from data_access.marking.in_place import mark_in_place
from data_access.marking.problem_list import with_sheet_names
from data_access.marking.xml_text import Unpatchable
from data_access.sandbox import confine
from data_access.spreadsheets.encryption import unlocked
from data_access.spreadsheets.formats import detect
from data_access.spreadsheets.limits import ReadLimits


def main(arguments: list[str]) -> int:
    """Run the child; arguments: the limits as JSON, the file's name and a folder for what has to wait on the disk."""
    limits = ReadLimits(**json.loads(arguments[0]))
    confine(limits)
    gc.disable()
    (length,) = struct.unpack("<Q", sys.stdin.buffer.read(8))
    marks, content = json.loads(sys.stdin.buffer.read(length)), unlocked(sys.stdin.buffer.read())
    format = detect(content, limits)
    if format not in ("xlsx", "xlsm") or not _marked(content, marks, limits):
        _mark_plain(content, format, marks, limits, *arguments[1:])
    sys.stdout.buffer.flush()
    return 0


def _marked(content: bytes, marks: dict[str, Any], limits: ReadLimits) -> bool:
    try:
        mark_in_place(content, marks, limits, sys.stdout.buffer)
    except (Unpatchable, ValueError, IndexError):
        sys.stdout.buffer.flush()
        os.ftruncate(1, 0)
        os.lseek(1, 0, os.SEEK_SET)
        return False
    return True


def _mark_plain(
    content: bytes, format: str, marks: dict[str, Any], limits: ReadLimits, file_name: str, folder: str
) -> None:
    from data_access.marking.plain import plain_xlsx
    from data_access.spreadsheets.books import open_book

    plain = plain_xlsx(open_book(content, format, file_name, limits, careful=True), folder)
    mark_in_place(plain.content, with_sheet_names(marks, plain.sheet_names), limits, sys.stdout.buffer)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    os._exit(status)  # no time spent on freeing memory
