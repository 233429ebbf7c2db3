"""The working-day calendar: years entered and their days out; a day changed or a year entered, with a reason, in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, datasets_of
from data_access.calendar_days import calendar_days, enter_days
from data_access.database import Session, reading, writing
from data_access.submissions import events_since, reports_in_force
from rules.day_lists import UnreadableDays, read_days
from services.access.audit_log import last_act, log
from services.access.clock import present
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.declared import learn_anew
from services.figures.district_state import district_state
from services.figures.fold import keep_figures

ALWAYS, FAR = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=36500)


@dataclass(frozen=True)
class CalendarYear:
    """`days`: every day of the year → whether it is worked; empty for a year that is not entered."""

    year: int
    years_entered: tuple[int, ...]
    days: Mapping[date, bool]

    @property
    def working(self) -> int:
        return sum(self.days.values())


@requires_role(*EVERYONE)
def calendar_year(year: int) -> CalendarYear:
    with reading() as session:
        rows = calendar_days(session)
    days = {day: worked for day, worked in rows if day.year == year}
    return CalendarYear(year, tuple(sorted({day.year for day, _ in rows})), dict(sorted(days.items())))


@requires_role(*BUREAU_ALONE)
def change_day(day: date, *, working: bool, reason: str) -> None:
    """Change one day of a year that is entered. Raises RefusedRequest, naming who was first where another did."""
    _need_reason(reason)
    with writing() as session:
        known = dict(calendar_days(session))
        if day not in known:
            raise RefusedRequest(f"未录入{day.year}年工作日历，请先录入全年安排。")
        if known[day] == working:
            raise RefusedRequest(_changed_already(session, day, working))
        enter_days(session, {day: working})
        _fold_again(session)
        log(
            session,
            "calendar day",
            day.isoformat(),
            before={"working": known[day]},
            after={"working": working},
            detail={"reason": reason.strip()},
        )


@requires_role(*BUREAU_ALONE)
def enter_year(year: int, *, days_off: str, make_up_days: str, reason: str) -> int:
    """Enter a year from the published arrangement: holidays, and weekend days that are worked; gives its working days.

    Nothing is assumed: the holidays must be given. Raises RefusedRequest, naming who was first where another did.
    """
    _need_reason(reason)
    off, worked = _read("放假日期", days_off, year), _read("调休上班日期", make_up_days, year)
    _refuse_what_cannot_be(off, worked, year)
    days = {day: (day in worked) or (day.weekday() < 5 and day not in off) for day in _every_day(year)}
    with writing() as session:
        if any(day.year == year for day, _ in calendar_days(session)):
            raise RefusedRequest(_entered_already(session, year))
        enter_days(session, days)
        _fold_again(session)
        log(
            session,
            "calendar year",
            str(year),
            after={"days_off": days_off, "make_up_days": make_up_days},
            detail={"reason": reason.strip()},
        )
    return sum(days.values())


def _changed_already(session: Session, day: date, working: bool) -> str:
    words = "工作日" if working else "休息日"
    act = last_act(session, ("calendar day",), day.isoformat())
    if act is None:
        return f"{day} 本来就是{words}，无须改动。"
    return f"{day} 已由{act.by}改为{words}（依据：{act.detail['reason']}），无须改动。"


def _entered_already(session: Session, year: int) -> str:
    act = last_act(session, ("calendar year",), str(year))
    if act is None or act.subject != str(year):
        return f"{year} 年的工作日历已经录入，请逐日更正。"
    return f"{year} 年的工作日历已由{act.by}录入（依据：{act.detail['reason']}），您的没有保存；请看过后逐日更正。"


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise RefusedRequest("请写明依据，如公布放假安排的文号。")


def _read(what: str, text: str, year: int) -> set[date]:
    try:
        return set(read_days(text, year))
    except UnreadableDays as unreadable:
        raise RefusedRequest(
            f"{what}中的“{unreadable}”不能识别为 {year} 年的日期，请写成“5月1日至5月3日”或“{year}-10-07”。"
        ) from unreadable


def _refuse_what_cannot_be(off: set[date], worked: set[date], year: int) -> None:
    if not off:
        raise RefusedRequest(f"请填写 {year} 年公布的放假日期。未公布的年份不能录入，也不按周末推算。")
    both = sorted(off & worked)
    if both:
        raise RefusedRequest(f"{both[0]} 同时写作放假和上班，请核对。")
    weekdays = sorted(day for day in worked if day.weekday() < 5)
    if weekdays:
        raise RefusedRequest(f"调休上班的 {weekdays[0]} 不是周末，请核对。")


def _every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


def _counted() -> set[str]:
    """Datasets of which due days are counted by this calendar, or an indicator counts working days: their figures are
    folded again when it changes.
    """
    due = {code for code, dataset in DATASETS.items() if dataset.counted_due_day}
    return due.union(*(datasets_of(code) for code, indicator in INDICATORS.items() if indicator.by_calendar))


def _fold_again(session: Session) -> None:
    """Figures that rest on the calendar, from the first report on."""
    learn_anew(session)
    end = present()
    state = district_state(session, end)
    for dataset in sorted(_counted()):
        reports = reports_in_force(session, end + FAR, dataset=dataset)
        events = events_since(session, [dataset], None, ALWAYS)
        if reports and events:
            first = min(report.month for report in reports)
            keep_figures(session, dataset, {report.unit_id for report in reports}, events[0], first, state)
