"""Which act is open to a bulletin: from what was done with it so far to the sentence that refuses the next
(supervision.md 4.1, 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.bulletins import Act, BulletinState
from rules.bulletins.words import day_in_words
from rules.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Way:
    """How far a bulletin has come. `submitted_on`: the last time, since a return."""

    state: BulletinState
    submitted_on: date | None = None
    co_signed_on: date | None = None

    @property
    def co_signed(self) -> bool:
        return self.co_signed_on is not None


def way_of(acts: Sequence[tuple[Act, date]]) -> Way:
    """Return where a bulletin stands after these acts, oldest first."""
    way = Way(BulletinState.DRAFT)
    for act, day in acts:
        match act:
            case Act.SUBMIT:
                way = Way(BulletinState.FACT_CHECK, day)
            case Act.CO_SIGN:
                way = Way(BulletinState.CO_SIGNED, way.submitted_on, day)
            case Act.RETURN:
                way = Way(BulletinState.RETURNED)
            case Act.ISSUE:
                way = Way(BulletinState.ISSUED, way.submitted_on, way.co_signed_on)
    return way


def last_day_to_object(submitted_on: date, days: int, calendar: Calendar) -> date | None:
    """Return the last day of the fact check, or None where there is none (0 days). Raises CalendarMissing."""
    return calendar.add_working_days(submitted_on, days) if days else None


def draft_refused(as_of: date, compared: date | None, today: date, plan_year: int) -> str | None:
    """Return why no bulletin can be drafted, or None."""
    if as_of >= today:
        return f"截至日期{as_of}还没有过完，最早可在{as_of + timedelta(days=1)}起草。"
    if as_of.year < plan_year:
        return f"截至日期{as_of}早于方案年度，最早为{plan_year}-01-01。"
    if compared is not None and compared.year < plan_year:
        return f"对比日期{compared}早于方案年度，最早为{plan_year}-01-01，或写 none 不作对比。"
    if compared is not None and compared >= as_of:
        return f"对比日期{compared}应早于截至日期{as_of}，请改为更早的一天，或写 none 不作对比。"
    return None


def submit_refused(way: Way) -> str | None:
    if way.state in (BulletinState.DRAFT, BulletinState.RETURNED):
        return None
    return f"该通报已经{_done_word(way)}，不能再提交。"


def sign_refused(way: Way) -> str | None:
    """Return why it can be neither co-signed nor returned now."""
    if way.state in (BulletinState.FACT_CHECK, BulletinState.CO_SIGNED) and not way.co_signed:
        return None
    if way.state in (BulletinState.DRAFT, BulletinState.RETURNED):
        return "该通报尚未提交，请先由管理局提交事实核对。"
    return f"该通报已经{_done_word(way)}，不能再会签或退回。"


def object_refused(way: Way, last_day: date | None, today: date) -> str | None:
    if way.submitted_on is None or way.state is BulletinState.ISSUED:
        return "该通报不在事实核对中，不能提出意见。"
    if last_day is None or today > last_day:
        return f"事实核对已于{last_day or way.submitted_on}截止，不能再提出意见。"
    return None


def issue_refused(way: Way, last_day: date | None, today: date, *, needs_co_sign: bool, skips: bool) -> str | None:
    """Return what is missing for the issue, or None. The issue is open from the day after the last of the check."""
    if way.state is BulletinState.ISSUED:
        return "该通报已经印发，不能再次印发；有误的，另行起草更正通报。"
    if way.submitted_on is None:
        return "该通报尚未提交事实核对，请先提交。"
    if needs_co_sign and not way.co_signed:
        return "该通报尚未经督查室会签，会签后才能印发。"
    if not skips and last_day is not None and today <= last_day:
        first = last_day + timedelta(days=1)
        return f"事实核对到{day_in_words(last_day)}截止，{first}起才能印发；确需提前印发的，写明不再等待的理由。"
    return None


def _done_word(way: Way) -> str:
    return {
        BulletinState.FACT_CHECK: "提交事实核对",
        BulletinState.CO_SIGNED: "会签",
        BulletinState.ISSUED: "印发",
    }.get(way.state, "办理")
