"""A second, deliberately naive reading of product.md, plan_table.md and datasets.md: from a district as lists of
plain records to every lamp with its figures. It shares no code with the program; working days are chinese_calendar's.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR_START, SNAPSHOTS = "2023-01", ("guides", "catalogue_claims", "assessment_problems")
CASE_KEYS = {
    "reviews": ("办件编号", "评价次数"),
    "bad_reviews": ("差评编号",),
    "hotline_tickets": ("工单编号",),
    "help_cases": ("受理编号",),
    "approvals": ("项目代码", "审批事项"),
}
LEAD = ("6.2.1", "8.2.1", "8.3.1", "8.5.1", "8.6.1")

Row = dict[str, Any]
World = dict[str, list[dict[str, Any]]]
"""units, tasks, measures, submissions, decisions, rulings, targets, exemptions: lists of records."""


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def working_days(after: date, until: date) -> int:
    days = [after + timedelta(days=n) for n in range(1, (until - after).days + 1)]
    return sum(chinese_calendar.is_workday(day) for day in days)


def months_until(first: str, day: date) -> list[str]:
    """Every month from the first to that of the day."""
    every = [f"{year}-{month:02d}" for year in range(2022, 2025) for month in range(1, 13)]
    return [month for month in every if first <= month <= f"{day:%Y-%m}"]


def first_of_next(month: str) -> date:
    return (date.fromisoformat(f"{month}-01") + timedelta(days=32)).replace(day=1)


def due_day(month: str) -> date:
    day = first_of_next(month).replace(day=5)
    while not chinese_calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def later_working_day(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= chinese_calendar.is_workday(day)
    return day


def owner(row: Row, submission: dict[str, Any]) -> str:
    return str(row.get("责任单位") or submission["unit"])


def accepted(world: World, dataset: str, end: datetime) -> list[dict[str, Any]]:
    """Submissions accepted before `end` and not withdrawn by then, oldest first."""
    return sorted(
        (
            s
            for s in world["submissions"]
            if s["dataset"] == dataset and s["at"] < end and (s["withdrawn"] is None or s["withdrawn"] >= end)
        ),
        key=lambda s: (s["at"], s["id"]),
    )


def standing(world: World, dataset: str, end: datetime) -> dict[tuple[str, str], dict[str, Any]]:
    """(unit, month; "" of a snapshot) → the submission that speaks for it."""
    standing = {}
    for submission in accepted(world, dataset, end):
        for unit in submission["units"]:
            standing[unit, "" if dataset in SNAPSHOTS else submission["month"]] = submission
    return standing


def is_whole(month: str, day: date) -> bool:
    return month == "" or month >= YEAR_START and first_of_next(month) <= day + timedelta(days=1)


def records(world: World, dataset: str, day: date) -> dict[str, list[Row] | None]:
    """Unit → its records in force over whole months; None where it never reported one."""
    end = end_of(day)
    reports = {key: s for key, s in standing(world, dataset, end).items() if is_whole(key[1], day)}
    rows = [
        row | {"_unit": unit, "_month": month, "_ledger": submission["unit"] is None}
        for (unit, month), submission in reports.items()
        for row in submission["rows"]
        if owner(row, submission) == unit
    ]
    if dataset in CASE_KEYS:
        rows = [row for row in rows if not any(replaces(other, row, CASE_KEYS[dataset]) for other in rows)]
    reported = {unit for unit, _ in reports}
    return {
        unit["name"]: [row for row in rows if row["_unit"] == unit["name"]] if unit["name"] in reported else None
        for unit in world["units"]
    }


def replaces(later: Row, earlier: Row, keys: Iterable[str]) -> bool:
    """The later month's record of the same case stands. Numbers that two units gave in ledgers of their own are two
    cases.
    """
    same = all(later.get(key) == earlier.get(key) for key in keys)
    return (
        same
        and later["_month"] > earlier["_month"]
        and (later["_unit"] == earlier["_unit"] or later["_ledger"] or earlier["_ledger"])
    )


# ---- indicators: (numerator, denominator); None, None for no figures ----

Figure = tuple[float | None, float | None]
Reported = Callable[[str], list[Row]]


def yes(label: str) -> Callable[[Row], bool]:
    return lambda row: row.get(label) == "是"


def share(rows: list[Row], having: Callable[[Row], bool]) -> Figure:
    return sum(map(having, rows)), len(rows)


def total(rows: list[Row], *labels: str) -> float | None:
    """None where there are rows and not one of them is filled: missing is not zero."""
    filled = [row[label] for row in rows for label in labels if row.get(label) is not None]
    return None if rows and not filled else sum(filled)


def ratio(above: float | None, below: float | None) -> Figure:
    return (None, None) if above is None or below is None else (above, below)


def in_time(rows: list[Row], closed: str, due: Callable[[Row], date | None], day: date) -> Figure:
    """In time ÷ those already due."""
    already = [(row, due(row)) for row in rows]
    dated = [(row, on) for row, on in already if on is not None and on <= day]
    return sum(row.get(closed) is not None and as_day(row[closed]) <= on for row, on in dated), len(dated)


def as_day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def bad_review_due(row: Row) -> date:
    return row.get("整改时限") or later_working_day(as_day(row["差评时间"]), 5)


def keywords(row: Row) -> int:
    return len(set((row.get("检索关键词") or "").split("、")) - {""})


ELEMENTS = (
    "实施编码",
    "事项名称",
    "事项类型",
    "责任单位",
    "办件类型",
    "法定办结时限",
    "承诺办结时限",
    "是否网办",
    "办理地点",
    "办理时间",
    "咨询电话",
    "监督电话",
)


def figure(code: str, of: Reported, day: date, everyones_items: list[Row]) -> Figure:
    """Raises KeyError where a dataset that it counts was never reported."""
    match code:
        case "item_rating_coverage":
            rated = {row["实施编码"] for row in of("reviews") if row["评价渠道"] != "系统默认"}
            return len(rated), len({row["实施编码"] for row in of("monthly_cases") if row["办件量"] >= 1})
        case "active_rating_rate":
            rated = {row["办件编号"] for row in of("reviews") if row["评价渠道"] != "系统默认"}
            return ratio(len(rated), total(of("monthly_cases"), "办结量"))
        case "bad_review_callback_rate":
            named = [row for row in of("bad_reviews") if row["是否实名"] == "是" and row.get("是否误评") != "是"]
            return share(named, yes("是否回访"))
        case "bad_review_on_time_rate":
            true = [row for row in of("bad_reviews") if row.get("是否属实") == "是" and row.get("是否误评") != "是"]
            return in_time(true, "整改完成时间", bad_review_due, day)
        case "keyword_coverage":
            return share(of("guides"), lambda row: keywords(row) >= 3)
        case "promised_time_cut":
            both = [
                row
                for row in of("guides")
                if row.get("承诺办结时限") is not None and (row.get("法定办结时限") or 0) > 0
            ]
            return sum(1 - row["承诺办结时限"] / row["法定办结时限"] for row in both), len(both)
        case "zero_visit_share":
            return share(
                [row for row in of("guides") if row.get("到办事现场次数") is not None],
                lambda row: row["到办事现场次数"] == 0,
            )
        case "on_the_spot_share":
            return share(of("guides"), lambda row: row.get("办件类型") == "即办件")
        case "online_available_rate":
            left = [row for row in of("guides") if not (row.get("是否特殊事项") == "是" and row.get("特殊事项原因"))]
            return share(left, yes("是否网办"))
        case "whole_process_online_rate":
            return share(of("guides"), lambda row: row.get("网上办理深度") == "全程网办")
        case "licence_whole_process_online_rate":
            licences = [row for row in of("guides") if row.get("事项类型") == "行政许可"]
            return share(licences, lambda row: row.get("网上办理深度") == "全程网办")
        case "well_formed_code_rate":
            codes = [row["实施编码"] for row in everyones_items]
            return share(of("guides"), lambda row: len(row["实施编码"]) == 31 and codes.count(row["实施编码"]) == 1)
        case "case_push_rate":
            return ratio(total(of("monthly_cases"), "推送量"), total(of("monthly_cases"), "办件量"))
        case "hall_presence_rate":
            return share(of("guides"), yes("是否进驻大厅"))
        case "same_source_rate":
            return share(of("guides"), yes("与平台是否一致"))
        case "guide_publication_rate":
            claimed = {row["基本编码"] for row in of("catalogue_claims") if row["认领状态"] == "已认领"}
            published = {
                row.get("基本编码") or row["实施编码"][-12:] for row in of("guides") if row.get("指南是否发布") == "是"
            }
            return len(claimed & published), len(claimed)
        case "item_claim_rate":
            return share(of("catalogue_claims"), lambda row: row["认领状态"] in ("已认领", "无需认领"))
        case "case_item_link_rate":
            return ratio(total(of("monthly_cases"), "关联事项办件量"), total(of("monthly_cases"), "办件量"))
        case "element_completeness_rate":
            return share(of("guides"), lambda row: all(row.get(label) is not None for label in ELEMENTS))
        case "assessment_closure_rate":
            return share(of("assessment_problems"), lambda row: row.get("整改完成日期") is not None)
        case "call_answer_rate":
            return ratio(total(of("hotline_calls"), "接通量"), total(of("hotline_calls"), "呼入量"))
        case "ticket_on_time_rate":
            return in_time(of("hotline_tickets"), "办结时间", lambda row: row.get("办理时限"), day)
        case "ticket_solved_rate":
            rows = [
                row for row in of("hotline_tickets") if row.get("是否回访") == "是" and row.get("是否解决") is not None
            ]
            return share(rows, yes("是否解决"))
        case "ticket_satisfied_rate":
            rows = [
                row for row in of("hotline_tickets") if row.get("是否回访") == "是" and row.get("是否满意") is not None
            ]
            return share(rows, lambda row: row["是否满意"] in ("满意", "基本满意"))
        case "help_on_time_rate":
            return in_time(of("help_cases"), "实际办结日期", lambda row: row.get("承诺办结日期"), day)
        case "intermediary_selections":
            return total(of("engineering_monthly"), "中介超市选取次数"), None
        case "utility_cases":
            return total(
                of("engineering_monthly"), "供水办件量", "供热办件量", "供气办件量", "供电办件量", "通信办件量"
            ), None
        case "missing_papers_on_time_rate":
            wanting = [row for row in of("approvals") if row.get("是否容缺受理") != "否"]
            return in_time(wanting, "补正完成时间", lambda row: row.get("补正期限"), day)
        case "result_upload_rate":
            return share([row for row in of("approvals") if row.get("办结时间") is not None], yes("结果是否上传"))
        case "joint_survey_rate":
            ended = [
                row for row in of("approvals") if row.get("审批阶段") == "竣工验收" and row.get("办结时间") is not None
            ]
            need = {row["项目代码"] for row in ended if row.get("需要测绘") == "是"}
            return len(need & {row["项目代码"] for row in ended if row.get("联合测绘") == "是"}), len(need)
    raise LookupError(code)


COUNTS = {
    **dict.fromkeys(("item_rating_coverage", "active_rating_rate"), ("reviews", "monthly_cases")),
    **dict.fromkeys(("bad_review_callback_rate", "bad_review_on_time_rate"), ("bad_reviews",)),
    **dict.fromkeys(
        (
            "keyword_coverage",
            "promised_time_cut",
            "zero_visit_share",
            "on_the_spot_share",
            "online_available_rate",
            "whole_process_online_rate",
            "licence_whole_process_online_rate",
            "well_formed_code_rate",
            "hall_presence_rate",
            "same_source_rate",
            "element_completeness_rate",
        ),
        ("guides",),
    ),
    **dict.fromkeys(("case_push_rate", "case_item_link_rate"), ("monthly_cases",)),
    "guide_publication_rate": ("catalogue_claims", "guides"),
    "item_claim_rate": ("catalogue_claims",),
    "assessment_closure_rate": ("assessment_problems",),
    "call_answer_rate": ("hotline_calls",),
    **dict.fromkeys(("ticket_on_time_rate", "ticket_solved_rate", "ticket_satisfied_rate"), ("hotline_tickets",)),
    "help_on_time_rate": ("help_cases",),
    **dict.fromkeys(("intermediary_selections", "utility_cases"), ("engineering_monthly",)),
    **dict.fromkeys(("missing_papers_on_time_rate", "result_upload_rate", "joint_survey_rate"), ("approvals",)),
}


class Day:
    """The district as it stood at the end of one day."""

    def __init__(self, world: World, day: date) -> None:
        self.world, self.day, self.end = world, day, end_of(day)
        self.held: dict[str, dict[str, list[Row] | None]] = {}
        self.units = [unit["name"] for unit in world["units"]]

    def before(self, kind: str) -> list[dict[str, Any]]:
        return sorted((entry for entry in self.world[kind] if entry["at"] < self.end), key=lambda entry: entry["at"])

    def records(self, dataset: str) -> dict[str, list[Row] | None]:
        if dataset not in self.held:
            self.held[dataset] = records(self.world, dataset, self.day)
        return self.held[dataset]

    def task(self, task: dict[str, Any]) -> dict[str, Any]:
        """The task with the rulings given by then: deadline, units, doubt, and from which month each unit answers for
        it.
        """
        task_at = task | {"since": {}, "units": list(task["units"])}
        for ruling in self.before("rulings"):
            if ruling["task"] == task["task"]:
                if ruling["deadline"]:
                    task_at |= {"deadline": ruling["deadline"], "deadline_doubt": False}
                if ruling["units"]:
                    since = task_at["since"]
                    task_at["since"] = {
                        unit: since.get(unit, f"{ruling['at']:%Y-%m}")
                        for unit in ruling["units"]
                        if unit in since or unit not in task_at["units"]
                    }
                    task_at |= {"units": ruling["units"], "units_doubt": False}
        return task_at

    def target(self, code: str, words: str) -> tuple[float | None, bool]:
        """(target or baseline, whether it must increase)."""
        entries = [entry for entry in self.before("targets") if entry["indicator"] == code]
        values = [entry["value"] for entry in entries if entry["value"] is not None]
        baselines = [entry["baseline"] for entry in entries if entry["baseline"] is not None]
        if words == "增长" and not values:
            return (baselines[-1] if baselines else None), True
        return (values[-1] if values else float(words)), False

    def figure(self, code: str, unit: str | None, district: bool) -> Figure:
        everyone = [row for rows in self.records("guides").values() for row in rows or []]
        if not district:
            return self.unit_figure(code, unit, everyone)
        if code == "joint_survey_rate":
            rows = [row for rows in self.records("approvals").values() for row in rows or []]
            if all(rows is None for rows in self.records("approvals").values()):
                return None, None
            return figure(code, lambda _: rows, self.day, everyone)
        figures = [
            figure
            for figure in (self.unit_figure(code, name, everyone) for name in self.units)
            if figure[0] is not None
        ]
        if not figures:
            return None, None
        return sum(figure[0] or 0 for figure in figures), None if figures[0][1] is None else sum(
            figure[1] or 0 for figure in figures
        )

    def unit_figure(self, code: str, unit: str | None, everyone: list[Row]) -> Figure:
        held = {dataset: self.records(dataset).get(unit or "") for dataset in COUNTS[code]}
        if any(rows is None for rows in held.values()):
            return None, None
        return figure(code, lambda dataset: held[dataset] or [], self.day, everyone)

    def result(self, code: str, words: str, unit: str | None, district: bool) -> dict[str, Any]:
        target, increases = self.target(code, words)
        above, below = self.figure(code, unit, district)
        value = None if above is None or below == 0 else above if below is None else above / below
        met = (
            None if value is None or target is None else value > target + 1e-9 if increases else value >= target - 1e-9
        )
        return {
            "code": code,
            "numerator": above,
            "denominator": below,
            "value": value,
            "target": target,
            "met": met,
            "increases": increases,
        }

    # ---- what is owed ----

    def tasks(self) -> list[dict[str, Any]]:
        return [self.task(task) for task in self.world["tasks"]]

    def measures(self, task: str) -> list[dict[str, Any]]:
        return [measure for measure in self.world["measures"] if measure["task"] == task]

    def owed_from(self, unit: str, dataset: str) -> str | None:
        firsts = [
            max(task["since"].get(unit, YEAR_START), YEAR_START)
            for task in self.tasks()
            if unit in task["units"]
            for measure in self.measures(task["task"])
            if dataset in counted(measure)
        ]
        return min(firsts, default=None)

    def due_months(self, unit: str, dataset: str) -> list[str]:
        first = self.owed_from(unit, dataset)
        return [] if first is None else [month for month in months_until(first, self.day) if due_day(month) < self.day]

    def is_exempt(self, unit: str, dataset: str) -> bool:
        entries = [entry for entry in self.before("exemptions") if (entry["unit"], entry["dataset"]) == (unit, dataset)]
        return bool(entries) and entries[-1]["exempt"]

    def is_missing(self, unit: str, dataset: str) -> bool:
        if self.is_exempt(unit, dataset):
            return False
        due, there = self.due_months(unit, dataset), standing(self.world, dataset, self.end)
        if dataset in SNAPSHOTS:
            return bool(due) and (unit, "") not in there
        return any((unit, month) not in there for month in due)

    # ---- milestones ----

    def progress(self, measure: str, unit: str) -> list[dict[str, Any]]:
        """Rows of reports not withdrawn in the order of their acceptance, each with whether it stands."""
        there = standing(self.world, "progress", self.end)
        return [
            row | {"at": s["at"], "month": s["month"], "stands": there[unit, s["month"]] is s}
            for s in accepted(self.world, "progress", self.end)
            if unit in s["units"]
            for row in s["rows"]
            if row["举措编号"] == measure and row["责任单位"] == unit
        ]

    def completion(self, measure: str, unit: str) -> tuple[date, date] | None:
        """(completion date, day first reported) of what is reported completed and not returned since."""
        decided = [entry for entry in self.before("decisions") if (entry["measure"], entry["unit"]) == (measure, unit)]
        returned = decided[-1]["at"] if decided and not decided[-1]["verified"] else None
        rows = [row for row in self.progress(measure, unit) if returned is None or row["at"] > returned]
        standing_rows = [row for row in rows if row["stands"]]
        if not standing_rows:
            return None
        last = max(standing_rows, key=lambda row: row["month"])
        if last["进展状态"] != "已完成":
            return None
        first = next(row["at"].date() for row in rows if row["进展状态"] == "已完成")
        return last.get("完成日期") or first, first

    def milestone_lamp(self, measure: str, unit: str | None, deadline: date) -> str | None:
        if unit is None:
            return "overdue" if self.day > deadline else None
        decided = [entry for entry in self.before("decisions") if (entry["measure"], entry["unit"]) == (measure, unit)]
        if decided and decided[-1]["verified"]:
            return "done" if decided[-1]["completed"] <= deadline else "done_late"
        reported = self.completion(measure, unit)
        if reported is not None and max(reported) <= deadline:
            return "to_verify"
        if self.day > deadline:
            return "overdue"
        due = self.due_months(unit, "progress")
        if not due or self.is_exempt(unit, "progress"):
            return None
        there = any(row["month"] == due[-1] and row["stands"] for row in self.progress(measure, unit))
        return None if there else "not_reported"

    # ---- the rule ----

    def indicator_lamp(self, results: list[dict[str, Any]], missing: bool, deadline: date) -> str | None:
        if self.day <= deadline and missing:
            return "not_reported"
        applying = [
            result for result in results if not (result["numerator"] is not None and result["denominator"] == 0)
        ]
        if not applying and not missing:
            return "not_applicable"
        if applying and all(result["met"] for result in applying):
            return "done"
        return "overdue" if self.day > deadline else None

    def lamp(self, task: dict[str, Any], measure: dict[str, Any], unit: str | None) -> dict[str, Any]:
        results = [self.result(code, words, unit, measure["measure"] in LEAD) for code, words in measure["indicators"]]
        return {
            "task": task["task"],
            "measure": measure["measure"],
            "unit": unit,
            "deadline": task["deadline"],
            "lamp": self.judged(task, measure, unit, results),
            "indicators": results,
        }

    def judged(
        self, task: dict[str, Any], measure: dict[str, Any], unit: str | None, results: list[dict[str, Any]]
    ) -> str:
        if (
            task["deadline_doubt"]
            or task["units_doubt"]
            or any(result["increases"] and result["target"] is None for result in results)
        ):
            return "doubt"
        owed = counted(measure)
        if unit and not measure["milestone"] and all(self.is_exempt(unit, dataset) for dataset in owed):
            return "not_applicable"
        missing = unit is not None and any(self.is_missing(unit, dataset) for dataset in owed)
        judged = (
            self.milestone_lamp(measure["measure"], unit, task["deadline"])
            if measure["milestone"]
            else self.indicator_lamp(results, missing, task["deadline"])
        )
        near = working_days(self.day, task["deadline"]) <= (measure["warning"] or 10)
        return judged or ("due_soon" if near else "on_track")

    def lamps(self) -> list[dict[str, Any]]:
        return [
            self.lamp(task, measure, unit)
            for task in self.tasks()
            for measure in self.measures(task["task"])
            for unit in task["units"] or [None]
        ]


def counted(measure: dict[str, Any]) -> tuple[str, ...]:
    """The datasets that a measure counts."""
    if measure["milestone"]:
        return ("progress",)
    return tuple(dataset for code, _ in measure["indicators"] for dataset in COUNTS[code])
