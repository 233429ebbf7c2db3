"""From the plan's own words to 2023年任务分解表.xlsx (sheets 任务 and 举措). Source: 2023年政务服务能力提升工作方案."""

from __future__ import annotations

from pathlib import Path

from catalogue.datasets.plan import MEASURES, TASKS
from models.definitions import Part
from sample_data.plan_text import PLAN_MEASURES, PLAN_TASKS
from sample_data.workbook import Heading, Row, Sheet, save_xlsx

FILE_NAME = "2023年任务分解表.xlsx"


def make(folder: Path) -> Path:
    path = folder / FILE_NAME
    save_xlsx(path, [_sheet(TASKS, PLAN_TASKS), _sheet(MEASURES, PLAN_MEASURES)])
    return path


def _sheet(part: Part, rows: list[Row]) -> Sheet:
    return Sheet(part.code, [[Heading(field.label) for field in part.fields], *rows])


if __name__ == "__main__":
    print(make(Path(__file__).parent))
