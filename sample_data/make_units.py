"""From the invented district to 责任单位.xlsx."""

from __future__ import annotations

from pathlib import Path

from catalogue.datasets.plan import UNITS as UNITS_DATASET
from sample_data.district_units import UNITS, Unit
from sample_data.workbook import Heading, Row, Sheet, save_xlsx

FILE_NAME = "责任单位.xlsx"


def make(folder: Path) -> Path:
    path = folder / FILE_NAME
    headings = [Heading(field.label) for field in UNITS_DATASET.main.fields]
    save_xlsx(path, [Sheet("责任单位", [headings, *map(_row, UNITS)])])
    return path


def _row(unit: Unit) -> Row:
    return [
        unit.name,
        unit.kind,
        "、".join(unit.aliases),
        "是" if unit.engineering else "否",
        unit.leader,
        unit.person,
        unit.phone,
    ]


if __name__ == "__main__":
    print(make(Path(__file__).parent))
