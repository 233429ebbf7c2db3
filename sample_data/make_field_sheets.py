"""The field sheet of a check of eight telephone numbers, filled in: clean (goes in whole) and messy (comes back).

The check: `spot-check draw phones --method simple --seed 云岭2023现场表 --units` 区人社局 区医保局 区税务局 云台街道
on 2023-08-22 in the sample district, all of them. Which number stands where follows from the seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from catalogue.spot_checks import KINDS
from models.spot_checks import DrawnElement
from rules.spot_checks.draws import draw_simple
from rules.spot_checks.field_sheet import PART, field_sheet
from sample_data.district_units import UNIT
from sample_data.guide_rows import phones
from sample_data.story import PERFECT
from sample_data.workbook import CellValue, Heading, Row, Sheet, save_xlsx

FILE_NAME = "spot_check.xlsx"
SEED = "云岭2023现场表"
CHECKER = "许样二"
KIND = KINDS["phones"]
FIELDS = field_sheet(KIND).main.fields
SILENT = {"q1": "否", "q2": None, "q3": None}
USES = {"phone": "咨询", "complaint_phone": "监督"}
ABOVE = (
    "电话抽查现场表",
    "抽查对象：区人社局、区医保局、区税务局、云台街道办事指南中的电话；截至 2023-08-21",
    f"方法：简单随机；种子：{SEED}；总体 8 个，抽取 8 个（普查）",
    "填写：问题填“是”或“否”；有“否”或无法核查的写明情况；填写核查人和核查时间。",
)

CLEAN: Mapping[int, Mapping[str, CellValue]] = {
    3: SILENT
    | {
        "note": "两次拨打均无人接听",
        "first_call": datetime(2023, 8, 22, 9, 10),  # noqa: DTZ001
        "second_call": datetime(2023, 8, 22, 9, 45),  # noqa: DTZ001
    },
    5: {"q2": "否", "note": "接听的是物业，称窗口已搬走"},
    7: {"q1": None, "q2": None, "q3": None, "unable": "是", "note": "当日停电，全楼电话不通"},
}
"""Position → what was found of it; of the others 是 to every question."""

MESSY: Mapping[int, Mapping[str, CellValue]] = {
    1: {"q1": "√", "q2": "√", "q3": "×", "note": "只告知了一部分材料", "checked_at": "2023年8月22日 9:20"},
    2: {"q2": None},
    3: SILENT
    | {
        "note": "两次拨打均无人接听",
        "first_call": datetime(2023, 8, 22, 9, 10),  # noqa: DTZ001
        "second_call": datetime(2023, 8, 22, 9, 25),  # noqa: DTZ001
    },
    4: SILENT | {"note": "无人接听", "first_call": datetime(2023, 8, 22, 12, 30)},  # noqa: DTZ001
    5: {"q2": "否"},
    6: {"checker": None, "checked_at": datetime(2023, 8, 21, 15, 0)},  # noqa: DTZ001
    7: {"q1": "接了"},
    8: {"key": "区医保局|03605559999"},
}
"""As CLEAN: one row as some write it, and seven with what is wrong."""


def make(folder: Path) -> list[Path]:
    made = []
    for kind, entered in (("clean", CLEAN), ("messy", MESSY)):
        path = folder / kind / FILE_NAME
        save_xlsx(path, [Sheet(PART, rows(entered))])
        made.append(path)
    return made


def rows(entered: Mapping[int, Mapping[str, CellValue]]) -> list[Row]:
    """Return the head lines, the headings, and the eight numbers in the order of the draw."""
    heads: Row = [Heading("序号"), *(Heading(field.label) for field in FIELDS)]
    elements = draw_simple(list(numbers()), len(numbers()), SEED).sample
    return [
        *([line] for line in ABOVE),
        heads,
        *(_row(element, entered.get(element.position, {})) for element in elements),
    ]


def numbers() -> dict[str, str]:
    """Return key of a number → what it is for."""
    return {
        f"{unit}|{str(phones(UNIT[unit])[field]).replace('-', '')}": f"{use}电话"
        for unit in PERFECT
        for field, use in USES.items()
    }


def _row(element: DrawnElement, entered: Mapping[str, CellValue]) -> Row:
    printed: dict[str, CellValue] = {
        "key": element.key,
        "of_unit": element.key.partition("|")[0],
        "content": numbers()[element.key],
        **dict.fromkeys((question.code for question in KIND.questions), "是"),
        "checker": CHECKER,
        "checked_at": datetime(2023, 8, 22, 9, 50),  # noqa: DTZ001
    }
    row = printed | dict(entered)
    return [element.position, *(row.get(field.name) for field in FIELDS)]


if __name__ == "__main__":
    for path in make(Path(__file__).parent):
        print(path)
