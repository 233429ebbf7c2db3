"""How far the intake of a large file is: the stages that services.intake.checking and services.intake.upload tell, as
one bar that goes when the work is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rules.file_sizes import MEGABYTE, size_in_words
from services.intake.checked_workbook import Progress

SHARES = {
    "排队": (0.0, 0.0),
    "等候": (0.0, 0.0),
    "读取": (0.0, 0.6),
    "检查": (0.6, 1.0),
    "存储": (0.0, 0.6),
}  # of the bar; what follows storing is the lamps
WORDS = {"读取": "正在读取", "检查": "正在检查", "存储": "正在入库"}


@contextmanager
def shown_progress(first: str = "读取") -> Iterator[Progress]:
    """Yield what shows the progress. `first`: the stage that the work begins with."""
    with st.spinner("已用时", show_time=True):  # the browser counts: no part has to tell that it is still at work
        bar = st.progress(0.0, text=f"{WORDS[first]}…")

        def tell(stage: str, done: int, total: int) -> None:
            begins, ends = SHARES[stage]
            share = begins + (ends - begins) * (done / total if total else 1.0)
            bar.progress(share, text=in_words(stage, done, total))

        try:
            yield tell
        finally:
            bar.empty()


def in_words(stage: str, done: int, total: int) -> str:
    """Return “正在入库（15,000 / 60,000 行）…”; once all are in, what follows."""
    if stage == "排队":
        return f"前面还有 {total} 件正在入库，请稍候…"
    if stage == "等候":
        return f"前面还有 {total} 份文件正在读取，请稍候…"
    if stage == "存储" and done == total:
        return f"{total:,} 行均已写入，正在重新计算红绿灯，请勿关闭页面…"
    if stage == "读取":
        return f"{WORDS[stage]}（{size_in_words(total)}）…" if total > MEGABYTE else f"{WORDS[stage]}…"
    stay = "，请勿关闭页面" if stage == "存储" else ""
    return f"{WORDS[stage]}（{f'{done:,} / ' if done else ''}{total:,} 行）{stay}…"
