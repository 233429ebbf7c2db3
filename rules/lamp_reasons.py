"""Why a lamp stands as it does: from the judged case to one Chinese sentence with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from models.lamps import IndicatorResult, Lamp, MeasureCase, MilestoneState
from rules.milestones import DONE
from rules.months import month_label


@dataclass(frozen=True, slots=True)
class Because:
    """The reason of one judgement. Words are made by str(), since a board judges thousands and shows a few."""

    case: MeasureCase
    lamp: Lamp
    days_left: int | None = None  # working days to the deadline, where they decided
    not_entered: tuple[int, ...] = ()  # years among them whose calendar is not entered yet

    def __str__(self) -> str:
        if self.lamp is Lamp.DOUBT:
            return _doubt(self.case)
        if self.lamp is Lamp.NOT_APPLICABLE:
            return _not_applicable(self.case)
        parts = [_missing(self.case)] if self.lamp is Lamp.NOT_REPORTED else self._findings()
        return "；".join([*parts, self._deadline()]) + "。"

    def _findings(self) -> list[str]:
        if self.case.milestone is not None:
            is_gap = self.case.open_ended and not self.case.milestone.latest_month_reported
            gaps = [_missing(self.case)] if is_gap and self.lamp is not Lamp.DONE else []
            return [_milestone(self.case.milestone, self.case.deadline), *gaps]
        gaps = [_missing(self.case)] if self.case.missing else []
        return [*(_indicator(self.case, i) for i in self.case.indicators), *gaps]

    def _deadline(self) -> str:
        named = _deadline(self.case)
        if self.lamp is Lamp.OVERDUE and self.case.deadline is not None:
            return f"{named}已过 {(self.case.as_of - self.case.deadline).days} 天"
        if self.days_left is None:
            return named
        about = "、".join(f"{year}年" for year in self.not_entered)
        estimated = f"（未录入{about}工作日历，该年按周一至周五计）" if about else ""
        return f"距{named}还有 {self.days_left} 个工作日{estimated}"


def share(value: float, decimals: int = 1) -> str:
    """Return a share in hundredths: 0.3 → 30.0%."""
    return f"{value * 100:.{decimals}f}%"


def number(value: float) -> str:
    """Return a number: 12.0 → 12, 26.6666 → 26.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _doubt(case: MeasureCase) -> str:
    if case.doubt:
        return case.doubt
    if case.deadline is None:
        return "期限存疑：方案未写明完成时限。"
    without = [indicator for indicator in case.indicators if indicator.increases and indicator.target is None]
    way = "下降" if all(indicator.at_most for indicator in without) else "增长"
    return f"目标存疑：{'、'.join(_title(case, i) for i in without)}要求比上年同期{way}，基数尚未录入。"


def _not_applicable(case: MeasureCase) -> str:
    if case.exemption is not None:
        return f"不适用：管理局已免除报送{'，理由：' + case.exemption if case.exemption else ''}。"
    return f"不适用：已报数据中没有应计算的对象（{'、'.join(_title(case, i) for i in case.indicators)}的分母为 0）。"


def _missing(case: MeasureCase) -> str:
    if not case.missing:
        return "缺报：最近应报月份的进展月报未含本举措"
    months: dict[str, list[str]] = {}
    for title, month in case.missing:
        months.setdefault(title, []).append(month)
    return "缺报：" + "；".join(f"{title} {_months(named)}".rstrip() for title, named in months.items())


def _months(months: list[str]) -> str:
    """2023年6月、7月; nothing of a snapshot, which has no month."""
    years = groupby(sorted(filter(None, months)), key=lambda month: month[:4])
    return "、".join(f"{year}年" + "、".join(month_label(month) for month in named) for year, named in years)


def _indicator(case: MeasureCase, indicator: IndicatorResult) -> str:
    title = _title(case, indicator)
    if indicator.numerator is None:
        return f"{title}尚无数据，{_target(case, indicator)}"
    if indicator.value is None:
        return f"{title}分母为 0，不计"
    figures = number(indicator.numerator)
    if indicator.denominator is not None:
        value = number(indicator.value) if indicator.code in case.no_shares else _told_apart(indicator.value, indicator)
        figures += f"/{number(indicator.denominator)}＝{value}"
    return f"{title} {figures}，{_target(case, indicator)}，{'已达标' if indicator.met else '未达标'}"


def _told_apart(value: float, indicator: IndicatorResult) -> str:
    """With as many decimals as it takes for a missed 99.96 % not to read as 100 %."""
    fit = (
        share(value, decimals)
        for decimals in range(1, 7)
        if indicator.met or indicator.target is None or share(value, decimals) != share(indicator.target, decimals)
    )
    return next(fit, share(value, 6))


def _target(case: MeasureCase, indicator: IndicatorResult) -> str:
    if indicator.target is None:
        return "目标尚未录入"
    is_count = indicator.code in case.no_shares or (indicator.reported and indicator.denominator is None)
    amount = number(indicator.target) if is_count else number(indicator.target * 100) + "%"
    if not indicator.increases:
        sign = "≤" if indicator.at_most else "≥"
        return f"目标 {sign}{amount}"
    if not indicator.reported:  # whether it is a count is seen only from its figures
        return f"目标比上年同期{'下降' if indicator.at_most else '增长'}"
    return f"目标{'小于' if indicator.at_most else '大于'}上年同期 {amount}"


def _milestone(state: MilestoneState, deadline: date | None) -> str:
    completed = state.completion
    if completed is None:
        return _not_completed(state.state, (state.returned_reason or "").strip().rstrip("。；;."))
    late = f"，晚于期限 {(completed - deadline).days} 天" if deadline is not None and completed > deadline else ""
    if state.verified_on is not None:
        return f"{completed.isoformat()} 完成{late}，{state.verified_on.isoformat()} 核验通过"
    reported = f"（{state.first_reported_at.isoformat()} 首次报送）" if state.first_reported_at else ""
    return f"报告 {completed.isoformat()} 完成{late}{reported}，待管理局核验"


def _not_completed(state: str | None, returned: str) -> str:
    """`returned`: why, without its full stop."""
    if state == DONE and returned:
        return f"已报完成，被退回：{returned}，待重新报送"
    return f"尚未报告完成{f'（上报状态：{state}）' if state else ''}{f'，曾被退回：{returned}' if returned else ''}"


def _deadline(case: MeasureCase) -> str:
    if case.open_ended and case.deadline_ruled:
        return f"经裁定不设期限（方案原文“{case.deadline_text or '未写明'}”）"
    if case.open_ended:
        return f"方案写作“{case.deadline_text}”，不设期限"
    if case.deadline_ruled:
        return f"期限 {case.deadline}（经裁定，方案原文“{case.deadline_text or '未写明'}”）"
    words = f" {case.deadline_text}" if case.deadline_text else ""
    return f"期限{words}（{case.deadline}）"


def _title(case: MeasureCase, indicator: IndicatorResult) -> str:
    return case.titles.get(indicator.code, indicator.code)
