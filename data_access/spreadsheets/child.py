"""The child process: a file on standard input becomes cells on standard output, within the limits of the first argument.

Exit status 0: cells were written; 3: standard output ends with a refusal as JSON; anything else: the file killed the process.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import PurePath

from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected

REJECTED = 3


def main(arguments: list[str]) -> int:
    limits = ReadLimits(**json.loads(arguments[0]))
    confine(limits)
    content = sys.stdin.buffer.read()
    try:
        _read(content, arguments[1], limits)
    except Rejected as refusal:
        return _refuse(refusal)
    except MemoryError:
        return _refuse(Rejected("unsafe"))
    return 0


def confine(limits: ReadLimits) -> None:
    """Memory, processor time, time on the clock and output; no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.alarm(limits.wall_seconds)


def _read(content: bytes, file_name: str, limits: ReadLimits) -> None:
    from data_access.spreadsheets.formats import detect

    format = detect(content, limits)
    from data_access.spreadsheets.hand_over import hand_over

    if format == "csv":
        from data_access.spreadsheets.csv_book import open_csv

        book = open_csv(content, PurePath(file_name).stem or "CSV")
    else:
        from data_access.spreadsheets.calamine_book import open_book

        book = open_book(content, format, limits)
    hand_over(book, limits, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _refuse(refusal: Rejected) -> int:
    sys.stdout.buffer.flush()
    os.ftruncate(1, 0)
    os.lseek(1, 0, os.SEEK_SET)
    os.write(1, json.dumps({"code": refusal.code, "message": refusal.sentence}).encode())
    return REJECTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
