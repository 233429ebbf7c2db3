"""A board of two units and two tasks at two dates, small enough to count by hand."""

from collections.abc import Iterable
from datetime import date

import pytest

from models.bulletins import BoardAt, Checked, Figures, OwedReport, ReportState
from models.lamps import Grounds, IndicatorResult, JudgedMeasure, Lamp, MeasureLamp
from rules.bulletins.figures import bulletin_figures
from rules.bulletins.particulars import Particulars
from rules.lamp import result
from rules.working_days import Calendar

DEADLINE = date(2023, 7, 30)
A, C = date(2023, 9, 13), date(2023, 8, 15)
CALENDAR = Calendar({2023: frozenset()})  # every day is worked: days late are days


def row(
    measure: str,
    unit: str | None,
    lamp: Lamp,
    *indicators: IndicatorResult,
    area: str = "experience",
    deadline: date | None = DEADLINE,
) -> MeasureLamp:
    judged = JudgedMeasure(area, measure[:3], measure, deadline, "7月30日前")
    return MeasureLamp(judged, unit, lamp).resting_on(Grounds(indicators))


def share(numerator: float | None, denominator: float | None, target: float = 0.5) -> IndicatorResult:
    return result("zero_visit_share", numerator, denominator, target)


def board(as_of: date, rows: Iterable[MeasureLamp], *reports: OwedReport, minimum: int = 1) -> BoardAt:
    return BoardAt(as_of, list(rows), list(reports), ("区人社局", "区住建局", "区商务局"), minimum)


def owed(unit: str, dataset: str, month: str, state: str, zero: bool = False) -> OwedReport:
    return OwedReport(unit, dataset, month, ReportState(state), zero)


NOW = board(
    A,
    [
        row("1.2.1", "区人社局", Lamp.DONE),
        row("1.2.1", "区住建局", Lamp.NOT_APPLICABLE),
        row("1.3.2", "区人社局", Lamp.OVERDUE, share(12, 40)),
        row("1.3.2", "区住建局", Lamp.DONE, share(30, 40)),
        row("5.1.1", None, Lamp.DOUBT, area="guide_accuracy", deadline=None),
    ],
    owed("区人社局", "guides", "", "on_time"),
    owed("区人社局", "reviews", "2023-07", "on_time", zero=True),
    owed("区人社局", "reviews", "2023-08", "late"),
    owed("区住建局", "reviews", "2023-07", "missing"),
    owed("区住建局", "reviews", "2023-08", "on_time"),
    owed("区商务局", "guides", "", "missing"),
    owed("区商务局", "reviews", "2023-07", "missing"),
    owed("区商务局", "reviews", "2023-08", "missing"),
)
BEFORE = board(
    C,
    [
        row("1.2.1", "区人社局", Lamp.OVERDUE),
        row("1.2.1", "区住建局", Lamp.NOT_APPLICABLE),
        row("1.3.2", "区人社局", Lamp.DUE_SOON, share(10, 40)),
        row("1.3.2", "区住建局", Lamp.DONE, share(30, 40)),
        row("5.1.1", None, Lamp.DOUBT, area="guide_accuracy", deadline=None),
    ],
)


@pytest.fixture
def figures() -> Figures:
    return bulletin_figures(NOW, BEFORE, Checked(), CALENDAR)


@pytest.fixture
def particulars() -> Particulars:
    return Particulars(
        year=2023,
        masthead="区政务服务管理局",
        recipients="各镇街，区政府各相关部门",
        copies="区委办公室，区政府办公室",
        issuer="区政务服务管理局",
        document_number="区政服督〔2023〕3号",
        day="2023-09-15",
        made="2023-09-15T09:00:00",
        corrects="",
        objections=(),
        minimum=1,
        days_to_mend=10,
        areas={"experience": "用户体验", "guide_accuracy": "指南精准度"},
        tasks={"1.2": "提升用户体验度", "1.3": "增强服务满意度", "5.1": "完善各类基本信息"},
        measures={"1.2.1": "优化检索", "1.3.2": "减少跑动", "5.1.1": "规范基本信息"},
        indicators={"zero_visit_share": "零跑动事项比例"},
        counts=(),
        increases=(),
        datasets={"guides": "办事指南", "reviews": "好差评评价明细"},
        kinds={"guides": "指南核查"},
    )
