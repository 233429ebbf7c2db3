"""The parent's half: a file's bytes go to a child process within limits; its cells, or the reason why not, come
back.
"""

from __future__ import annotations

import json
import mmap
import signal
import struct
import tempfile
from typing import IO, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from data_access.queue import Tell
from data_access.sandbox import run_in_sandbox
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import SENTENCES
from models.cells import Refusal, Refused, SheetCells, WorkbookCells

REJECTED = 3


def read_in_child(content: bytes, file_name: str, limits: ReadLimits, tell: Tell) -> WorkbookCells:
    """Raises Refused. The files between the two processes have no name, so nothing stays behind even if both are
    killed.
    """
    if not content:
        raise refused("empty")
    if len(content) > limits.file_bytes:
        raise refused("too-large")
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        source.write(content)
        source.flush()
        status = _run(source, answer, file_name, limits, tell)
        if status == -signal.SIGABRT:  # the bulk reader wanted more memory than there is
            status = _run(source, answer, file_name, limits, tell, "careful")
        if status == REJECTED:
            raise Refused(Refusal(**_json(answer)))
        if status:
            raise refused(_verdict(status))
        return _cells(answer)


def refused(code: str) -> Refused:
    return Refused(Refusal(code, SENTENCES[code]))


def _run(source: IO[bytes], answer: IO[bytes], file_name: str, limits: ReadLimits, tell: Tell, *more: str) -> int:
    return run_in_sandbox("data_access.spreadsheets.child", [file_name, *more], source, answer, limits, tell)


def _verdict(status: int) -> str:
    """Killed by a signal is a limit (or an abort for want of memory); an exception of Python's is a broken file."""
    return "unsafe" if status < 0 else "damaged"


def _json(answer: IO[bytes]) -> dict[str, str]:
    answer.seek(0)
    return json.loads(answer.read())


def _cells(answer: IO[bytes]) -> WorkbookCells:
    """The cells stay in the answer's pages, which go when the cells go."""
    data = pa.py_buffer(mmap.mmap(answer.fileno(), 0, prot=mmap.PROT_READ))
    (length,) = struct.unpack("<Q", data[-8:].to_pybytes())
    note = json.loads(data[-8 - length : -8].to_pybytes())
    stream = pa.BufferReader(data)
    sheets = tuple(_sheet(pa.ipc.open_stream(stream).read_all(), entry) for entry in note["sheets"])
    return WorkbookCells(note["format"], sheets, tuple(note["hidden_sheets"]), note["epoch_1904"])


def _sheet(table: pa.Table, entry: dict[str, Any]) -> SheetCells:
    width = table.num_columns // 2
    text = pd.DataFrame({n: pd.arrays.ArrowExtensionArray(table[f"t{n}"]) for n in range(width)})
    kind = np.empty((table.num_rows, width), np.uint8, order="F")
    for n in range(width):
        kind[:, n] = table[f"k{n}"].to_numpy()
    return SheetCells(
        entry["name"],
        text,
        kind,
        entry["first_row"],
        entry["first_column"],
        tuple(entry["hidden_rows"]),
        tuple(tuple(box) for box in entry["merged"]),
    )
