"""What a bulletin says of one unit, for its fact check: from figures to the units named and the lines about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.bulletins import Figures
from models.lamps import Lamp
from rules.bulletins.annexes import lamp_in_words
from rules.bulletins.assessment import assessment_line
from rules.bulletins.particulars import Particulars
from rules.bulletins.words import day_in_words, months_in_words, shortened


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
        f"迟报{particulars.datasets[row['dataset']]}：{months_in_words(row['months'])}"
        for row in particulars.late
        if row["unit"] == unit
    ]
    lines += [
        f"排名第{row['place']}：已完成{row['finished']}项，应计{row['counted']}项，逾期{row['overdue']}项"
        for row in figures["ranking"]
        if row["unit"] == unit
    ]
    if unit in figures["reports"]["silent"]:
        lines.append("未报送任何数据，不计完成率")
    lines += [_failed(row) for row in particulars.failed if row["unit"] == unit]
    lines += [_rectification(row) for row in particulars.ledger if row["unit"] == unit]
    points = assessment_line(figures, unit)
    return [*lines, points] if points else lines


def _failed(row: Mapping[str, Any]) -> str:
    decided = "已认定" if row["confirmed"] else "待认定"
    questions = "；".join(row["questions"])
    return f"抽查{row['check']}号不符：{row['key']}　{shortened(row['content'])}（{questions}），{decided}"


def _rectification(row: Mapping[str, Any]) -> str:
    days = f"{-row['days']}个工作日" if row["lamp"] == Lamp.OVERDUE.value and row["days"] else ""
    return f"整改{row['number']}号{lamp_in_words(row)}{days}：时限{day_in_words(row['due'])}，{shortened(row['issue'])}"


def units_named(figures: Figures, particulars: Particulars) -> list[str]:
    """Return every unit of which a bulletin says something."""
    return list(
        dict.fromkeys(
            [
                *(row["unit"] for name in ("overdue", "missing", "ranking") for row in figures[name]),
                *figures["reports"]["silent"],
                *(row["unit"] for rows in (particulars.late, particulars.failed, particulars.ledger) for row in rows),
                *(row["unit"] for row in figures.get("assessment", {}).get("units", ())),
            ]
        )
    )
