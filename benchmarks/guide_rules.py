"""Every guide rule on 100,000 items with 300,000 materials and 400,000 steps, a third of the judgements failing.

Prints seconds and peak memory, once with texts as units repeat them and once with every text distinct, each beside a
plain copy of the same frames in the same run. Seconds are of the processor: the work is one thread, and another job on
the machine does not change them. Target: under 10 s and 2 GB.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from catalogue.guide_rules import GUIDE_RULES
from rules.guides.engine import apply_rules

SECONDS, GIGABYTES = 10.0, 2.0
MATERIALS, STEPS = 3, 4  # of each item
Frames = dict[str, pd.DataFrame]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=100_000)
    count = parser.parse_args().items
    slowest = max(
        measured(name, frames(count, distinct))
        for name, distinct in (("texts repeated", 500), ("every text distinct", count))
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"peak memory of the process: {peak:.2f} GB (target < {GIGABYTES:g} GB); slowest {slowest:.2f} s (target < {SECONDS:g} s)"  # noqa: E501
    )
    sys.exit(slowest >= SECONDS or peak >= GIGABYTES)


def measured(name: str, tables: Frames) -> float:
    copied, _ = timed(lambda: {part: frame.copy(deep=True) for part, frame in tables.items()})
    scanned, _ = timed(lambda: [frame.count().sum() for frame in tables.values()])
    seconds, judged = timed(lambda: apply_rules(GUIDE_RULES, tables))
    applied = int(judged.totals["applies"].sum())
    print(
        f"{name}: {seconds:.2f} s, {applied:,} judgements, {len(judged.findings):,} findings; "
        f"{seconds / copied:.0f} × a plain copy ({copied:.3f} s), {seconds / scanned:.0f} × a count of the cells ({scanned:.3f} s)"  # noqa: E501
    )
    return seconds


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def frames(count: int, distinct: int) -> Frames:
    """Return items with their materials and steps; `distinct` texts of each kind."""
    random = np.random.default_rng(20230822)
    codes = [f"11620111MB{number % 60:08d}3{number:012d}" for number in range(count)]
    return {
        "事项": items(codes, distinct, random),
        "材料": materials(codes, distinct, random),
        "流程": steps(codes, distinct, random),
    }


def items(codes: list[str], distinct: int, random: np.random.Generator) -> pd.DataFrame:
    rows = len(codes)
    pick = chooser(rows, random)
    number = random.permutation(rows) % distinct
    texts = {
        "address": [
            f"平安路{n}号政务服务大厅二楼{n % 60 + 1}号窗口" if n % 10 else f"某街道{n}便民服务中心" for n in number
        ],
        "office_hours": [
            f"周一至周五9:{n % 60:02d}-12:00，13:00-17:00（{n}）" if n % 10 else f"工作日{n}" for n in number
        ],
        "phone": [f"0931-6{n:06d}转{n % 90}" if n % 10 else f"6{n:06d}" for n in number],
        "complaint_phone": [f"0931-7{n:06d}、12345" if n % 10 else f"0931-6{n:06d}" for n in number],
        "flow_chart": [f"流程图{n}.png" if n % 10 else f"流程图{n}.doc" for n in number],
    }
    return frame(
        "事项",
        rows,
        codes,
        texts
        | {
            "unit": [f"单位{n % 60}" for n in range(rows)],
            "statutory_days": pick([20.0, 15.0, None], "Float64"),
            "promised_days": pick([0.0, 5.0, 7.0, 30.0, None], "Float64"),
            "case_type": pick(["即办件", "承诺件"]),
            "visits": pick([0, 1, None], "Int64"),
            "online_depth": pick(["全程网办", "网上预审"]),
            "result_name": pick(["许可证", None]),
            "special_reason": pick(["涉密", None]),
        }
        | {
            name: pick([True, False, None], "boolean")
            for name in (
                "statutory_by_law",
                "has_intermediary",
                "has_special_step",
                "chart_shows_times",
                "charged",
                "result_sample",
                "special",
            )
        },
    )


def materials(codes: list[str], distinct: int, random: np.random.Generator) -> pd.DataFrame:
    rows = len(codes) * MATERIALS
    pick = chooser(rows, random)
    number = random.permutation(rows) % distinct
    return frame(
        "材料",
        rows,
        np.repeat(codes, MATERIALS).tolist(),
        {
            "material_type": pick(["原件", "复印件", "原件和复印件", "电子件", None]),
            "originals": pick([0, 1, None], "Int64"),
            "copies": pick([0, 1, None], "Int64"),
            "source": pick(["申请人自备", "政府部门核发", "其他", None]),
            "issuer": pick(["公安机关", None]),
            "basis": [f"《某管理条例（{n}）》" if n % 10 else f"相关规定{n}" for n in number],
            "clause": [f"第{n + 1}条" if n % 10 else f"第{n}款" for n in number],
            "filled_by_applicant": pick([True, False, None], "boolean"),
            "blank_form": pick(["是", "否", "空表.docx", None]),
            "sample_form": pick(["是", "否", "样表.docx", None]),
        },
    )


def steps(codes: list[str], distinct: int, random: np.random.Generator) -> pd.DataFrame:
    rows = len(codes) * STEPS
    pick = chooser(rows, random)
    number = random.permutation(rows) % distinct
    return frame(
        "流程",
        rows,
        np.repeat(codes, STEPS).tolist(),
        {
            "step_number": pd.array(np.tile(range(1, STEPS + 1), len(codes)), dtype="Int64"),
            "step_name": pick(["受理", "审查", "决定", "送达"]),
            "step_content": [f"核对第{n}类申请材料是否齐全" if n % 10 else "受理" for n in number],
            "step_staff": pick(["窗口工作人员", "科室负责人", "分管领导", None]),
            "step_days": pick([0.0, 1.0, 2.0, None], "Float64"),
            "step_standard": pick(["材料齐全", "符合法定形式", "符合条件", None]),
            "step_result": pick(["受理通知书", "审查意见", "许可证", None]),
        },
    )


def chooser(rows: int, random: np.random.Generator) -> Callable[..., Any]:
    """Return values drawn for a column, evenly."""

    def pick(values: list[Any], dtype: str = "object") -> Any:
        drawn = np.array(values, dtype=object)[random.integers(0, len(values), rows)]
        return pd.Series(drawn, dtype=dtype)

    return pick


def frame(sheet: str, rows: int, codes: list[str], columns: dict[str, Any]) -> pd.DataFrame:
    texts = {
        name: pd.Series(values, dtype=object) if isinstance(values, list) else values
        for name, values in columns.items()
    }
    return pd.DataFrame(
        {
            "_sheet": pd.Series([sheet] * rows, dtype=object),
            "_row": np.arange(3, rows + 3),
            "item_code": pd.Series(codes, dtype=object),
            **texts,
        }
    )


if __name__ == "__main__":
    main()
