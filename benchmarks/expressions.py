"""Ten declared indicators over a million rows of one unit: plans.md, section 7 (under 5 s)."""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from catalogue.datasets import DATASETS
from models.definitions import Indicator
from rules.expressions.formula import read_formula
from rules.expressions.vocabulary import Vocabulary
from rules.indicators import fold

DECLARED = (
    ("行数(12345工单台账: 按期(办结时间, 办理时限))", "行数(12345工单台账)", "办理时限"),
    ("行数(12345工单台账: 是否回访=是 且 是否解决=是)", "行数(12345工单台账: 是否回访=是 且 是否解决 已填)", None),
    ("行数(12345工单台账: 是否满意 属于 (满意、基本满意))", "行数(12345工单台账: 是否满意 已填)", None),
    ("行数(12345工单台账: 是否重办=是)", "行数(12345工单台账: 办结时间 已填)", None),
    ("去重(12345工单台账: 工单编号, 工单类型=投诉)", "去重(12345工单台账: 工单编号)", None),
    ("行数(12345工单台账: 工单类型 属于 (投诉、举报) 且 非 是否延期=是)", "行数(12345工单台账)", None),
    ("平均(12345工单台账: 天数(受理时间, 办结时间), 办结时间 已填)", None, None),
    ("最大(12345工单台账: 天数(受理时间, 办结时间))", None, None),
    ("合计(12345工单台账: 天数(受理时间, 签收时间), 签收时间≥受理时间)", "行数(12345工单台账: 签收时间 已填)", None),
    ("行数(12345工单台账: 受理时间≥2023-03-01 且 受理时间<2023-06-01)", None, None),
)


def rows(number: int) -> pd.DataFrame:
    random = np.random.default_rng(1)
    begun = pd.Series(pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 200 * 86400, number), unit="s"))
    answers = [True, False, None]
    return pd.DataFrame(
        {
            "ticket_code": pd.Series([f"T{n:08d}" for n in range(number)], dtype=object),
            "received_at": begun.astype("datetime64[us]"),
            "signed_at": (begun + pd.Timedelta(hours=3)).astype("datetime64[us]"),
            "due_on": (begun.dt.normalize() + pd.Timedelta(days=5)).astype("datetime64[us]"),
            "closed_at": (begun + pd.to_timedelta(random.integers(0, 8, number), unit="D")).astype("datetime64[us]"),
            "ticket_type": random.choice(np.array(["咨询", "求助", "投诉", "举报"], dtype=object), number),
            "satisfied": random.choice(np.array(["满意", "基本满意", "不满意", None], dtype=object), number),
            **{
                name: pd.Series(random.choice(np.array(answers, dtype=object), number), dtype="boolean")
                for name in ("extended", "called_back", "solved", "redone")
            },
        }
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    number = parser.parse_args().rows
    vocabulary, frames = Vocabulary(DATASETS.values()), {"hotline_tickets": rows(number)}
    started = time.perf_counter()
    for above, below, due in DECLARED:
        begun = time.perf_counter()
        formula = read_formula(above, below, due, vocabulary)
        figure = fold(
            Indicator("benchmark", "", "", below, formula.parts, formula.contributions()),
            frames,
        )
        print(f"{time.perf_counter() - begun:6.2f} s  {above}  {figure.numerator}")
    print(f"{number:,} rows × {len(DECLARED)} indicators: {time.perf_counter() - started:.2f} s (target < 5 s)")


if __name__ == "__main__":
    main()
