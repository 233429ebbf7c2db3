"""What a bulletin says of one unit, for its fact check: from figures to the units named and the lines about each."""

from __future__ import annotations

from models.bulletins import Figures
from rules.bulletins.assessment import assessment_line
from rules.bulletins.particulars import Particulars
from rules.bulletins.words import day_in_words, months_in_words


def lines_about(figures: Figures, particulars: Particulars, unit: str) -> list[str]:
    """Return what a bulletin says of one unit, line by line; empty where it is not named."""
    lines = [
        f"举措{row['measure']}　{particulars.measures[row['measure']]}："
        f"时限{day_in_words(row['deadline'])}，逾期{row['days']}个工作日"
        for row in figures["overdue"]
        if row["unit"] == unit
    ]
    lines += [
        f"缺报{particulars.datasets[row['dataset']]}：{months_in_words(row['months'])}"
        for row in figures["missing"]
        if row["unit"] == unit
    ]
    lines += [
        f"排名第{row['place']}：已完成{row['finished']}项，应计{row['counted']}项，逾期{row['overdue']}项"
        for row in figures["ranking"]
        if row["unit"] == unit
    ]
    if unit in figures["reports"]["silent"]:
        lines.append("未报送任何数据，不计完成率")
    points = assessment_line(figures, unit)
    return [*lines, points] if points else lines


def units_named(figures: Figures) -> list[str]:
    """Return every unit of which a bulletin says something."""
    return list(
        dict.fromkeys(
            [
                *(row["unit"] for name in ("overdue", "missing", "ranking") for row in figures[name]),
                *figures["reports"]["silent"],
                *(row["unit"] for row in figures.get("assessment", {}).get("units", ())),
            ]
        )
    )
