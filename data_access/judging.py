"""The parent's half of judging a workbook: its cells go to a child process within limits, and how it is understood,
or the reason why not, comes back.

A file that was read within limits may still hold what takes minutes to judge: the server and everybody else on it
never waits for that.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import replace

from data_access.queue import Tell, nobody_told
from data_access.sandbox import run_in_sandbox
from data_access.spreadsheets.limits import DEFAULT, ReadLimits
from models.cells import Refusal, Refused, WorkbookCells
from models.definitions import Dataset
from rules.intake.context import IntakeContext, Understanding

FAILED = 4
TOO_INTRICATE = (
    "文件结构过于复杂（如大量合并单元格），检查超过了时限，没有接收，请取消合并、将数据复制到新的工作簿后重新上传。"
)
LEAST_SECONDS, CELLS_A_SECOND = 20, 100_000
"""Of the processor: many times what the slowest known workbook of so many cells takes."""


class JudgingFailed(Exception):
    """A mistake of ours: str() is the traceback of the child."""


def understand_apart(
    cells: WorkbookCells,
    candidates: Sequence[Dataset],
    context: IntakeContext,
    *,
    limits: ReadLimits = DEFAULT,
    tell: Tell = nobody_told,
) -> Understanding:
    """Return what rules.intake.understand says of the cells. Raises Refused where it takes more time or memory than a
    workbook of that size may; `tell` is told how many files have to be done before.
    """
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        pickle.dump((cells, candidates, context), source, pickle.HIGHEST_PROTOCOL)
        source.flush()
        status = run_in_sandbox("data_access.judging_child", [], source, answer, _limits(cells, limits), tell)
        answer.seek(0)
        if status == FAILED:
            raise JudgingFailed(answer.read().decode())
        if status:
            raise Refused(Refusal("unsafe", TOO_INTRICATE))
        place, understanding = pickle.load(
            answer
        )  # written by a process of this program, which never saw the file itself
        return replace(understanding, dataset=None if place is None else candidates[place])


def _limits(cells: WorkbookCells, limits: ReadLimits) -> ReadLimits:
    filled = sum(sheet.kind.size for sheet in cells.sheets)
    seconds = LEAST_SECONDS + filled // CELLS_A_SECOND
    return replace(
        limits, cpu_seconds=min(seconds, limits.cpu_seconds), wall_seconds=min(4 * seconds, limits.wall_seconds)
    )
