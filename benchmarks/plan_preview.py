"""A large plan tried: 200 tasks, 600 measures, 40 datasets, 300 indicators. Target: under 10 s (plans.md, 7)."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from benchmarks.at_work import at_work
from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from data_access.table_workbook import SheetTable, table_workbook

AREAS, TASKS, MEASURES, DATASETS, INDICATORS = 10, 200, 600, 40, 300
FIELDS = (
    ("编号", "编码", "必填", "是", ""),
    ("单位", "单位", "必填", "", ""),
    ("受理日期", "日期", "必填", "", ""),
    ("办结日期", "日期", "可空", "", ""),
    ("期限", "日期", "可空", "", ""),
    ("金额", "整数", "可空", "", ""),
    ("类别", "选项", "必填", "", "甲、乙、丙"),
)


def sheet(part: str, rows: list[dict[str, object]]) -> SheetTable:
    """Return a sheet of the plan workbook."""
    labels = [field.label for field in PLAN_WORKBOOK.part(part).fields]
    return SheetTable(part, labels, [[row.get(label) for label in labels] for row in rows])  # type: ignore[misc]


def plan() -> bytes:
    """Return the workbook."""
    areas = [f"领域{number}" for number in range(AREAS)]
    datasets = [f"台账{number}" for number in range(DATASETS)]
    indicators = [f"指标{number}" for number in range(INDICATORS)]
    return table_workbook(
        [
            sheet("方案", [{"方案编号": "2024-X", "方案名称": "大方案", "年度": 2024}]),
            sheet(
                "任务",
                [
                    {
                        "任务编号": f"{number}.1",
                        "领域": areas[number % AREAS],
                        "任务名称": "任务",
                        "责任单位": "部门",
                        "完成时限": "10月底前",
                        "年度": 2024,
                    }
                    for number in range(TASKS)
                ],
            ),
            sheet(
                "举措",
                [
                    {
                        "举措编号": f"{number % TASKS}.1.{number // TASKS}",
                        "任务编号": f"{number % TASKS}.1",
                        "举措名称": "举措",
                        "评价方式": "指标",
                        "指标编码": indicators[number % INDICATORS],
                        "目标值": "95%",
                    }
                    for number in range(MEASURES)
                ],
            ),
            sheet("数据", [{"数据": name, "频次": "每月", "责任单位列": "单位"} for name in datasets]),
            sheet(
                "字段",
                [
                    {"数据": name, "字段": label, "类型": kind, "必填": need, "关键": key, "选项": options}
                    for name in datasets
                    for label, kind, need, key, options in FIELDS
                ],
            ),
            sheet(
                "指标",
                [
                    {
                        "指标": name,
                        "分子": f"行数({datasets[number % DATASETS]}: 按期(办结日期, 期限) 且 类别 属于 (甲、乙))",
                        "分母": f"行数({datasets[number % DATASETS]}: 期限 已填 且 非 金额=0)",
                        "期限字段": "期限",
                        "单位": "占比",
                    }
                    for number, name in enumerate(indicators)
                ],
            ),
        ]
    )


def main() -> None:
    at_work()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'board.sqlite3'}"
        from services.operations.set_up import UNITS_FILE, set_up
        from services.plan.preview import preview_plan

        set_up(units_file=UNITS_FILE)
        content = plan()
        started = time.perf_counter()
        preview = preview_plan(content, "大方案.xlsx")
        taken = time.perf_counter() - started
    print(
        f"{taken:.1f} s (target < 10 s): {len(preview.errors)} errors, "
        f"{ {kind: len(names) for kind, names in preview.added.items()} }"
    )


if __name__ == "__main__":
    main()
