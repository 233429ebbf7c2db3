"""From a unit and a month to its 任务进展 of every milestone that it answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sample_data.district_units import UNITS, Unit
from sample_data.layout import Record
from sample_data.plan_text import BOTH, DEPARTMENTS, PLAN_MEASURES, PLAN_TASKS
from sample_data.story import ZERO, Quality, dice, quality, reports

TASK_UNITS = {str(task[0]): task[4] for task in PLAN_TASKS}
MILESTONES = {str(row[0]): str(row[2]) for row in PLAN_MEASURES if row[3] == "节点"}
EARLY = ("1.2.2", "1.3.3")
"""Milestones due on 30 July; the others are due on 30 or 31 August."""
UNFINISHED = ("7.2.1", "7.2.2")
"""Building work: nobody is done with it before the end of August."""
ACCOUNTS = {
    "已完成": "已完成{}各项工作，相关佐证材料已归档备查。",
    "推进中": "正在推进{}，已召开专题会议部署，明确专人负责。",
    "未启动": "{}尚未启动，正在制定方案。",
}
FORGOTTEN = {("区财政局", "3.1.2"), ("区民宗局", "2.2.2"), ("北苑街道", "7.1.3"), ("区应急局", "7.2.2")}
"""Left out of the July report."""


@dataclass(frozen=True)
class Completion:
    """When a unit was done with a milestone; the bureau's answer, if any, is a day in August or July."""

    day: date
    verified: date | None = None
    returned: tuple[date, str] | None = None

    @property
    def first_month(self) -> str:
        return f"{self.day:%Y-%m}"


def milestones_of(unit: Unit) -> list[str]:
    return [measure for measure in MILESTONES if _answers(unit, measure)]


def _answers(unit: Unit, measure: str) -> bool:
    who_answers = TASK_UNITS[measure.rpartition(".")[0]]
    return (
        (who_answers == BOTH and unit.kind in ("镇街", "部门"))
        or (who_answers == DEPARTMENTS and unit.kind == "部门")
        or who_answers == unit.name
    )


def completion(unit: Unit, measure: str) -> Completion | None:
    """Return the story of one milestone of one unit, or None while it is still under way."""
    if measure in UNFINISHED and unit.name not in ("区医保局", "云台街道"):
        return None
    return _early(unit, measure) if measure in EARLY else _later(unit, measure)


def _early(unit: Unit, measure: str) -> Completion | None:
    roll, q = dice("early", unit.name, measure), quality(unit)
    fate = roll.random() - {Quality.PERFECT: 1, Quality.GOOD: 0.25, Quality.FAIR: 0, Quality.POOR: -0.3}[q]
    in_june = date(2023, 6, roll.randint(12, 29))
    if fate < 0.25:
        return Completion(in_june, verified=date(2023, 7, roll.randint(18, 27)))
    if fate < 0.4:
        return Completion(in_june)
    if fate < 0.55:
        return Completion(date(2023, 7, 31), verified=date(2023, 8, roll.randint(16, 21)))
    if fate < 0.65:
        return Completion(
            in_june,
            returned=(date(2023, 7, roll.randint(18, 20)), "佐证材料只有会议记录，未见实际成效，请补充后重报。"),
        )
    return None


def _later(unit: Unit, measure: str) -> Completion | None:
    roll, q = dice("later", unit.name, measure), quality(unit)
    fate = roll.random() - {Quality.PERFECT: 1, Quality.GOOD: 0.1, Quality.FAIR: 0, Quality.POOR: -0.3}[q]
    in_july = date(2023, 7, roll.randint(5, 28))
    if fate < 0.25:
        return Completion(in_july, verified=date(2023, 8, roll.randint(16, 21)))
    if fate < 0.45:
        return Completion(in_july)
    if fate < 0.5:
        return Completion(
            in_july, returned=(date(2023, 8, roll.randint(16, 18)), "网页截图未显示发布日期，请重新上传。")
        )
    return None


def progress_rows(unit: Unit, month: str) -> list[Record]:
    return [
        _row(unit, measure, month)
        for measure in milestones_of(unit)
        if not (month == "2023-07" and (unit.name, measure) in FORGOTTEN)
    ]


def _row(unit: Unit, measure: str, month: str) -> Record:
    roll, done = dice("progress", unit.name, measure, month), completion(unit, measure)
    finished = done is not None and done.first_month <= month and not (done.returned and month > done.first_month)
    state = "已完成" if finished else roll.choices(("推进中", "未启动"), (9, 1 if month == "2023-06" else 0))[0]
    return {
        "measure": measure,
        "unit": unit.name,
        "state": state,
        "percent": {"已完成": 100, "未启动": 0}.get(state, roll.randrange(20, 90, 5)),
        "completed_on": done.day if done and finished else None,
        "account": ACCOUNTS[state].format(MILESTONES[measure]),
        "difficulty": None if finished else roll.choice(("系统接口尚未开放", "资金尚未到位", "人员不足", None, None)),
        "next_step": None if finished else "倒排工期，每周调度。",
        "leader": unit.leader,
        "person": unit.person,
        "phone": unit.phone,
    }


def decisions() -> list[dict[str, str]]:
    """Return what the bureau verified or returned, for the manifest; only what was reported."""
    decided = []
    for unit in UNITS:
        for measure in milestones_of(unit):
            done = completion(unit, measure)
            if done and _was_reported(unit, measure, done):
                decided += _decision(unit, measure, done)
    return decided


def _was_reported(unit: Unit, measure: str, done: Completion) -> bool:
    return reports_progress(unit, done.first_month) and any(
        row["measure"] == measure for row in progress_rows(unit, done.first_month)
    )


def _decision(unit: Unit, measure: str, done: Completion) -> list[dict[str, str]]:
    about = {"measure": measure, "unit": unit.name}
    if done.verified:
        return [{"kind": "verify", **about, "at": f"{done.verified}T16:00:00+08:00"}]
    if done.returned:
        day, reason = done.returned
        return [{"kind": "verify", **about, "return": reason, "at": f"{day}T16:00:00+08:00"}]
    return []


def reports_progress(unit: Unit, month: str) -> bool:
    """Return whether the unit reports progress; a unit without windows still has milestones."""
    return reports(unit, month) or unit.name in ZERO
