"""For each dataset a clean workbook (as the template has it) and a messy one (as some offices send it), both
acceptable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from catalogue.datasets import DATASETS
from sample_data.district_units import DISTRICT, UNIT
from sample_data.engineering_rows import approvals, market_figures
from sample_data.guide_rows import guide
from sample_data.help_rows import help_rows
from sample_data.hotline_rows import CENTRE, calls, tickets
from sample_data.layout import Layout, Record
from sample_data.list_rows import claims, problems
from sample_data.own_workbooks import BRACES, MIXED_DATES, NOTES_SHEET, OLD_SHEET
from sample_data.post import sheets_of
from sample_data.progress_rows import progress_rows
from sample_data.rating_rows import month_of_cases
from sample_data.story import Quality
from sample_data.workbook import save_xlsx

MONTH = "2023-06"
UNIT_NAME = "区住建局"
REPORTERS = {"hotline_calls": CENTRE, "engineering_monthly": "区发改局", "bad_reviews": "区城管局"}
"""Who sends the example, where it is not 区住建局."""
MESSY = Layout(
    serial=True,
    groups=3,
    aliases=True,
    decorated=True,
    merge_units=True,
    dates=MIXED_DATES,
    durations=("{}个工作日", "{}日", "number"),
    numbers=("text", "number", "wide"),
    yes_no=("√", "×"),
    missing="/",
    below=("填表人：许样二　审核人：蒋样五", "注：数据以系统导出为准。"),
)


def make(folder: Path) -> list[Path]:
    return [path for dataset in DATASETS for path in make_pair(folder, dataset)]


def make_pair(folder: Path, dataset: str) -> Iterator[Path]:
    parts, unit = example(dataset), REPORTERS.get(dataset, UNIT_NAME)
    path = folder / "clean" / f"{dataset}.xlsx"
    save_xlsx(path, sheets_of(dataset, parts))
    yield path
    path = folder / "messy" / f"{dataset}.xlsx"
    save_xlsx(path, [*sheets_of(dataset, parts, messy_layout(dataset, unit)), NOTES_SHEET, OLD_SHEET])
    yield path


def messy_layout(dataset: str, unit: str) -> Layout:
    figures = dataset in ("monthly_cases", "hotline_calls", "engineering_monthly")
    title = f"{DISTRICT}2023年6月{DATASETS[dataset].title}"
    names = {unit: f"{DISTRICT}{UNIT[unit].aliases[0].removeprefix(DISTRICT).removeprefix('区')}"}
    return replace(
        MESSY,
        above=(title, f"填报单位（公章）：{unit}　　　　　　2023年6月", BRACES),
        unit_names=names,
        total=3 if figures else None,
        numbers=MESSY.numbers if figures else ("number",),
    )


def example(dataset: str) -> dict[str, list[Record]]:
    unit = UNIT[UNIT_NAME]
    if dataset == "guides":
        return _first_items(guide(unit, Quality.FAIR), 6)
    month = month_of_cases(unit, MONTH)
    rows = {
        "monthly_cases": month.monthly_cases,
        "reviews": month.reviews[:30],
        "bad_reviews": month_of_cases(UNIT[REPORTERS["bad_reviews"]], MONTH).bad_reviews,
        "hotline_tickets": _own(tickets(MONTH, [unit]))[:20],
        "hotline_calls": calls(MONTH),
        "help_cases": help_rows(unit, MONTH),
        "approvals": _own(approvals(MONTH)),
        "engineering_monthly": market_figures(MONTH),
        "catalogue_claims": claims(unit),
        "assessment_problems": problems(unit, date(2023, 8, 18)),
        "progress": progress_rows(unit, MONTH),
    }
    return {dataset: rows[dataset]}


def _own(rows: list[Record]) -> list[Record]:
    return [row for row in rows if row["unit"] == UNIT_NAME]


def _first_items(parts: dict[str, list[Record]], count: int) -> dict[str, list[Record]]:
    codes = {row["item_code"] for row in parts["事项"][:count]}
    return {part: [row for row in rows if row["item_code"] in codes] for part, rows in parts.items()}


if __name__ == "__main__":
    for made in make(Path(__file__).parent):
        print(made)
