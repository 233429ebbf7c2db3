"""Make everything in this folder anew: the plan, the units, the district's workbooks, the examples, the field sheets,
the second sample. The same bytes every time.
"""

from __future__ import annotations

from pathlib import Path

from sample_data import make_district, make_examples, make_field_sheets, make_plan, make_units
from sample_data.business import make as make_business


def make(folder: Path) -> None:
    make_plan.make(folder)
    make_units.make(folder)
    make_district.make(folder)
    make_examples.make(folder)
    make_field_sheets.make(folder)
    make_business.make(folder)


if __name__ == "__main__":
    make(Path(__file__).parent)
    print("样例数据已生成。")
