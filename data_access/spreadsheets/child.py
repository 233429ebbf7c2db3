"""The child process: a file on standard input becomes cells on standard output, within the limits of the first
argument.

Exit status 0: cells were written; 3: standard output ends with a refusal as JSON; anything else: the file killed the
process.
"""

from __future__ import annotations

import gc
import json
import os
import sys

from data_access.sandbox import confine
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected

REJECTED = 3


def main(arguments: list[str]) -> int:
    """Run the child; arguments: the limits as JSON, the file's name, and the word “careful” for the slow and sturdy
    way.
    """
    limits = ReadLimits(**json.loads(arguments[0]))
    confine(limits)
    gc.disable()  # millions of cells and no cycles
    try:
        _read(sys.stdin.buffer.read(), arguments[1], limits, careful="careful" in arguments)
    except Rejected as refusal:
        return _refuse(refusal)
    except (MemoryError, ImportError):  # a library that finds no room
        return _refuse(Rejected("unsafe"))
    return 0


def _read(content: bytes, file_name: str, limits: ReadLimits, careful: bool) -> None:
    from data_access.spreadsheets.encryption import unlocked
    from data_access.spreadsheets.formats import detect

    content = unlocked(content)
    format = detect(content, limits)
    from data_access.spreadsheets.books import open_book
    from data_access.spreadsheets.hand_over import hand_over
    from data_access.spreadsheets.scan import NeedsCare

    try:
        hand_over(open_book(content, format, file_name, limits, careful), limits, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except NeedsCare:
        _start_again_with_care()


def _start_again_with_care() -> None:
    """The same process from the beginning: what the bulk reader still holds or does is gone with it."""
    sys.stdout.buffer.flush()
    _empty_output()
    os.lseek(0, 0, os.SEEK_SET)
    os.execv(sys.executable, [sys.executable, "-m", __spec__.name, *sys.argv[1:], "careful"])


def _refuse(refusal: Rejected) -> int:
    sys.stdout.buffer.flush()
    _empty_output()
    os.write(1, json.dumps({"code": refusal.code, "message": refusal.sentence}).encode())
    return REJECTED


def _empty_output() -> None:
    os.ftruncate(1, 0)
    os.lseek(1, 0, os.SEEK_SET)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.buffer.flush()
    os._exit(status)  # no time spent on freeing millions of cells
