"""From the figures of a bulletin to the .xlsx annex, one sheet for each subject, every row of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from data_access.table_workbook import SheetTable, Value, table_workbook
from models.bulletins import Figures
from models.lamps import FACES, Lamp
from models.spot_checks import Method
from rules.bulletins.annexes import LAMPS_IN_ORDER, lamp_in_words
from rules.bulletins.particulars import Particulars


def annex_workbook(figures: Figures, particulars: Particulars, made: datetime) -> bytes:
    """Return the workbook; `made` (naive) is the only time in it."""
    return table_workbook(
        [
            SheetTable("总体", ("项目", "本期", "上期"), tuple(_overall(figures))),
            _indicators(figures, particulars),
            _ranking(figures),
            _tasks(figures, particulars),
            _overdue(figures, particulars),
            _missing(figures, particulars),
            SheetTable("整改", ("项目", "数量"), tuple(_rectifications(figures))),
            _spot_checks(figures, particulars),
            _changes(figures, particulars),
            *_lists(particulars),
            *_assessment(figures),
        ],
        made,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _word(lamp: str) -> str:
    return FACES[Lamp(lamp)].word


def _overall(figures: Figures) -> Iterator[tuple[Value, ...]]:
    lamps, reports = figures["lamps"], figures["reports"]
    before = lamps["before"] or {}
    yield "截至日期", _day(figures["as_of"]), _day(figures["compared"])
    yield "应计责任项", lamps["counted"], None
    for lamp in LAMPS_IN_ORDER:
        yield (
            FACES[lamp].word,
            lamps["now"].get(lamp.value, 0),
            None if lamps["before"] is None else before.get(lamp.value, 0),
        )
    yield "不适用", lamps["not_applicable"], None
    names = {"owed": "应报月度数据", "on_time": "按时", "late": "迟报", "missing": "缺报", "zero": "零报告"}
    yield from ((title, reports[name], None) for name, title in names.items())
    names = {"owed": "应报一次性数据", "received": "收到一次性数据", "missing": "缺报一次性数据"}
    yield from ((title, reports["snapshots"][name], None) for name, title in names.items())
    yield from (("未报送任何数据的单位", unit, None) for unit in reports["silent"])


def _indicators(figures: Figures, particulars: Particulars) -> SheetTable:
    headings = (
        "举措",
        "指标",
        "分子",
        "分母",
        "实际值",
        "目标值",
        "是否达标",
        "有数据的单位",
        "达标单位",
        "上期分子",
        "上期分母",
        "上期值",
    )
    rows = []
    for row in figures["indicators"]:
        before: dict[str, Any] = row["before"] or {}
        met = None if row["met"] is None else "是" if row["met"] else "否"
        rows.append(
            (
                row["measure"],
                particulars.indicators[row["code"]],
                *(row[name] for name in ("numerator", "denominator", "value", "target")),
                met,
                row["units"],
                row["units_met"],
                *(before.get(name) for name in ("numerator", "denominator", "value")),
            )
        )
    return SheetTable("指标", headings, tuple(rows))


def _ranking(figures: Figures) -> SheetTable:
    headings = ("名次", "责任单位", "应计举措", "已完成", "逾期", "完成率", "上期名次")
    names = ("place", "unit", "counted", "finished", "overdue", "share", "before")
    rows = [tuple(row[name] for name in names) for row in figures["ranking"]]
    rows += [("不参加排名", row["unit"], row["counted"], None, None, None, None) for row in figures["unranked"]]
    rows += [("未报送", unit, None, None, None, None, None) for unit in figures["reports"]["silent"]]
    return SheetTable("排名", headings, tuple(rows), shares=(5,))


def _tasks(figures: Figures, particulars: Particulars) -> SheetTable:
    headings = ("任务", "任务名称", "领域", "状态", "合计", *(FACES[lamp].word for lamp in LAMPS_IN_ORDER))
    rows = tuple(
        (
            row["task"],
            particulars.tasks[row["task"]],
            particulars.areas[row["area"]],
            _word(row["lamp"]),
            sum(row["counts"].values()),
            *(row["counts"].get(lamp.value, 0) for lamp in LAMPS_IN_ORDER),
        )
        for row in figures["tasks"]
    )
    return SheetTable("任务", headings, rows)


def _overdue(figures: Figures, particulars: Particulars) -> SheetTable:
    rows = tuple(
        (row["measure"], particulars.measures[row["measure"]], row["unit"], _day(row["deadline"]), row["days"])
        for row in figures["overdue"]
    )
    return SheetTable("逾期", ("举措", "举措名称", "责任单位", "完成时限", "逾期工作日"), rows)


def _missing(figures: Figures, particulars: Particulars) -> SheetTable:
    rows = tuple(
        (row["unit"], particulars.datasets[row["dataset"]], "、".join(row["months"]), max(len(row["months"]), 1))
        for row in figures["missing"]
    )
    return SheetTable("缺报", ("责任单位", "数据", "缺报月份", "份数"), rows)


def _rectifications(figures: Figures) -> Iterator[tuple[Value, ...]]:
    known = figures["rectifications"]
    yield from ((_word(lamp), number) for lamp, number in known["counts"].items())
    yield "本期立项", known["opened"]
    yield "本期销号", known["closed"]
    yield from (("逾期的整改编号", number) for number in known["overdue"])


def _spot_checks(figures: Figures, particulars: Particulars) -> SheetTable:
    headings = (
        "抽查编号",
        "类别",
        "方法",
        "第几次抽取",
        "总体",
        "样本",
        "核查",
        "相符",
        "不符",
        "无法核查",
        "推断相符率",
        "区间下限",
        "区间上限",
        "自报完成",
        "其中不实",
    )
    numbers = ("attempt", "population", "sample", "checked", "pass", "fail", "unable", "rate", "low", "high")
    rows = []
    for row in figures["spot_checks"]:
        report: dict[str, Any] = row.get("self_report") or {}
        rows.append(
            (
                row["number"],
                particulars.kinds[row["kind"]],
                Method(row["method"]).word,
                *(row[name] for name in numbers),
                report.get("claimed"),
                report.get("false"),
            )
        )
    return SheetTable("抽查", headings, tuple(rows), shares=(10, 11, 12))


def _changes(figures: Figures, particulars: Particulars) -> SheetTable:
    rows = tuple(
        (
            row["measure"],
            particulars.measures[row["measure"]],
            row["unit"],
            _word(row["before"]),
            _word(row["after"]),
        )
        for row in figures["changes"]
    )
    return SheetTable("变化", ("举措", "举措名称", "责任单位", "上期状态", "本期状态"), rows)


def _lists(particulars: Particulars) -> Iterator[SheetTable]:
    """Single reports, elements and rectifications; no sheet where there is none."""
    if particulars.late:
        late = tuple(
            (row["unit"], particulars.datasets[row["dataset"]], "、".join(row["months"]), len(row["months"]))
            for row in particulars.late
        )
        yield SheetTable("迟报", ("责任单位", "数据", "迟报月份", "份数"), late)
    if particulars.failed:
        failed = tuple(
            (
                *(row[name] for name in ("check", "unit", "key", "content")),
                "；".join(row["questions"]),
                "是" if row["confirmed"] else "否",
                row["rectification"],
            )
            for row in particulars.failed
        )
        titles = ("抽查编号", "责任单位", "对象编号", "内容", "不符的核查项", "是否认定", "整改编号")
        yield SheetTable("问题清单", titles, failed)
    if particulars.ledger:
        headings = ("整改编号", "责任单位", "问题", "来源", "立项日期", "时限", "答复日期", "销号日期", "灯")
        ledger = tuple(
            (
                *(row[name] for name in ("number", "unit", "issue", "source")),
                *(_day(row[name]) for name in ("opened_on", "due", "answered_on", "closed_on")),
                lamp_in_words(row),
            )
            for row in particulars.ledger
        )
        yield SheetTable("整改台账", headings, ledger)


def _assessment(figures: Figures) -> Iterator[SheetTable]:
    """Never the points without their rules."""
    assessment = figures.get("assessment")
    if not assessment:
        return
    rules = tuple((rule["name"], rule["subject"], rule["full"], rule["words"]) for rule in assessment["rules"])
    yield SheetTable("考核规则", ("规则名称", "考核对象", "满分", "赋分办法"), rules)
    headings = ("责任单位", "得分", "满分", "得分率", "名次")
    points = tuple(
        tuple(unit[name] for name in ("unit", "points", "full", "share", "place")) for unit in assessment["units"]
    )
    yield SheetTable("考核得分", headings, points, shares=(3,))
    deductions = tuple(
        (unit["unit"], rule["rule"], deduction["words"], deduction["proof"], deduction["points"])
        for unit in assessment["units"]
        for rule in unit["rules"]
        for deduction in rule["deductions"]
    )
    yield SheetTable("考核扣分", ("责任单位", "规则名称", "扣分依据", "对应事项", "扣分"), deductions)
