"""How far the intake of a large file is: the stages that services.checking and services.upload tell, as one bar that goes when the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from services.checking import Progress

SHARES = {"读取": (0.0, 0.6), "检查": (0.6, 1.0), "存储": (0.0, 0.6)}  # of the bar; what follows storing is the lamps
WORDS = {"读取": "正在读取", "检查": "正在检查", "存储": "正在入库并重新计算红绿灯"}
COUNTED = {"检查", "存储"}  # in rows


@contextmanager
def shown_progress() -> Iterator[Progress]:
    bar = st.progress(0.0, text=f"{WORDS['读取']}…")

    def tell(stage: str, done: int, total: int) -> None:
        first, last = SHARES[stage]
        share = first + (last - first) * (done / total if total else 1.0)
        bar.progress(share, text=f"{WORDS[stage]}{f'（{total:,} 行）' if stage in COUNTED else ''}…")

    try:
        yield tell
    finally:
        bar.empty()
