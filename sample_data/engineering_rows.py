"""From a month to the district's 工程建设项目审批台账 and the 工改月报."""

from __future__ import annotations

from datetime import date
from random import Random

from sample_data.district_items import ITEMS
from sample_data.district_units import ENGINEERING, UNIT
from sample_data.help_rows import COMPANIES, PROJECTS
from sample_data.layout import Record
from sample_data.story import Quality, after_working_days, dice, quality, working_days_of

KINDS = ("社会投资工业", "社会投资其他", "政府投资")
STAGES = ("立项用地规划许可", "工程建设许可", "施工许可", "竣工验收")
LAND_BRANCH = "市自然资源局分局"
LAND_MATTERS = {
    "立项用地规划许可": ("建设项目用地预审与选址意见书核发", "建设用地规划许可证核发"),
    "工程建设许可": ("建设工程规划许可证核发",),
    "施工许可": ("不动产首次登记指导",),
    "竣工验收": ("建设工程规划条件核实", "竣工联合验收（规划土地）"),
}
PARTS = ("一标段", "二标段", "配套管网", "办公楼", "厂房", "停车场", "绿化工程", "道路工程")
BUSY = {"区住建局": 16, "区发改局": 12, LAND_BRANCH: 14}
FORGETS_RESULTS = ("区林草局", "区水务局", "区城管局")


def approvals(month: str) -> list[Record]:
    return [row for unit in (*ENGINEERING, LAND_BRANCH) for row in _approvals_of(unit, month)]


def _approvals_of(unit: str, month: str) -> list[Record]:
    roll = dice("approvals", unit, month)
    return [_approval(unit, month, number, roll) for number in range(BUSY.get(unit, 6))]


def _approval(unit: str, month: str, number: int, roll: Random) -> Record:
    stage = "竣工验收" if unit == LAND_BRANCH and number % 2 else roll.choice(STAGES)
    received, promised = roll.choice(working_days_of(month)), roll.choice((3, 5, 7, 10, 15))
    closed = _closed_on(unit, received, promised, roll)
    return {
        "project_code": f"2306-990106-04-{roll.choice(('01', '02', '05'))}-{UNIT[unit].number:02d}{month[-1]}{number:03d}",  # noqa: E501
        "matter": _matter(unit, stage, roll),
        "project_name": f"{roll.choice(PROJECTS)}{PARTS[number % len(PARTS)]}",
        "builder": roll.choice(COMPANIES),
        "project_kind": roll.choice(KINDS),
        "stage": stage,
        "unit": unit,
        "received_on": received,
        "promised_days": promised,
        "closed_on": closed,
        **_missing_papers(received, roll),
        "notified_promise": roll.random() < 0.2,
        **_sharing(stage, roll),
        "result_uploaded": closed is not None and not (unit in FORGETS_RESULTS and roll.random() < 0.4),
    }


def _matter(unit: str, stage: str, roll: Random) -> str:
    if unit == LAND_BRANCH:
        return roll.choice(LAND_MATTERS[stage])
    return roll.choice([item.name for item in ITEMS[unit] if item.kind == "行政许可"])


def _closed_on(unit: str, received: date, promised: int, roll: Random) -> date | None:
    fate = roll.random()
    careful = unit == LAND_BRANCH or quality(UNIT[unit]) in (Quality.PERFECT, Quality.GOOD)
    if fate < 0.06:
        return None
    late = fate > (0.98 if careful else 0.85)
    return after_working_days(received, promised + roll.randint(1, 5) if late else roll.randint(1, promised))


def _missing_papers(received: date, roll: Random) -> Record:
    if roll.random() > 0.2:
        return {"papers_missing": False}
    fate = roll.random()
    supplied = (
        None
        if fate < 0.1
        else after_working_days(received, roll.randint(3, 10) if fate < 0.85 else roll.randint(12, 18))
    )
    return {"papers_missing": True, "papers_due_on": after_working_days(received, 10), "papers_supplied_on": supplied}


def _sharing(stage: str, roll: Random) -> Record:
    possible, needed = roll.random() < 0.4, stage == "竣工验收" or roll.random() < 0.1
    return {
        "regional_possible": possible,
        "regional_used": possible and roll.random() < 0.6,
        "survey_needed": needed,
        "survey_joint": needed and roll.random() < 0.65,
    }


def market_figures(month: str) -> list[Record]:
    """Return selections in the intermediary market, by 区发改局."""
    return [{"of_month": month, "unit": "区发改局", "selections": {"2023-06": 37, "2023-07": 45}[month]}]


def utility_figures(month: str) -> list[Record]:
    """Return cases of the utilities, by 区工改办; no heating in summer."""
    roll = dice("utilities", month)
    return [
        {
            "of_month": month,
            "unit": "区工改办",
            "water": roll.randint(40, 70),
            "heat": roll.randint(0, 4),
            "gas": roll.randint(25, 50),
            "power": roll.randint(60, 110),
            "telecom": roll.randint(10, 30),
        }
    ]
