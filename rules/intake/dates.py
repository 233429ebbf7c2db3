"""From one cell of a date column to the moment, or why it is none: not-a-date, ambiguous-date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from models.cells import CellKind
from rules.intake.words import half_width, with_digits

Moment = tuple[datetime | None, str | None]
"""The moment, or None and the code of the mistake."""

_EARLIEST, _LATEST = 1900, 2199
_SERIALS = (10000.0, 110000.0)  # 1927 to 2201: what a date column may hold as a bare number of days
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001

_WEEKDAY = re.compile(
    r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?[,、]?|\([一二三四五六日天]\)"
    r"|\(?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?\)?,?",
    re.IGNORECASE,
)
_POINTS = str.maketrans("。·•・‐‑–—−", "....-----")  # typed for a point or a dash between figures
_EVENING = ("晚上", "晚", "傍晚", "夜里", "夜间")
_EVENING_BEGINS = 5  # 晚上1点 is of the day before or of the next: not read
_NO_HOUR = 99
_AFTERNOON = frozenset({"下午", "pm", *_EVENING})
_HALF_DAY = frozenset({"上午", "下午", "中午", "早上", "凌晨", "全天", *_EVENING})
_TIME = re.compile(
    rf"^(?P<half>上午|下午|中午|凌晨|早上|{'|'.join(_EVENING)}|am|pm)?\s*(?P<hour>\d{{1,2}})\s*(?::|时|点)"
    r"(?:(?P<half_hour>半)|\s*(?P<minute>\d{1,2})\s*(?:分|(?=:)|$|(?=\s*(?:am|pm|\+08)))(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?"
    r"\s*(?P<after>am|pm)?\s*(?:\+08:?00)?$",
    re.IGNORECASE,
)
_UNIVERSAL = re.compile(r"(?<=\d)\s*(?:Z|\+00:?00)$", re.IGNORECASE)
_EAST = timedelta(hours=8)
"""Programs write times of the world's clock, Z: Shanghai's is eight hours on."""

_COMPACT_TIME = re.compile(r"^(\d{2})(\d{2})(\d{2})?$")
_YEAR_FIRST = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=$|\s|T|\d{4}(?:\d{2})?$)")
_NO_YEAR = re.compile(r"^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_MONTH_AND_DAY = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d|\s*[-/.]\s*\d)\s*[日号]?")
_MONTH_END = re.compile(r"^(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:份)?\s*[底末]$")
_YEAR_LAST = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"^(\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?")
_SHORT_COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{2})$")
TENFOLD = r"^\d{1,2}\.[123]$"
"""8.1 kept as a number may have been typed as 8.10: a spreadsheet drops the last 0."""

_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_YEAR_AND_MONTH = re.compile(r"^(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?(?:份)?|(\d{2}))$")
_MONTH_ALONE = re.compile(r"^(\d{1,2})\s*月(?:份)?$")


def read_moment(
    text: str, kind: CellKind, year: int, epoch_1904: bool = False, month_is_stated: bool = False
) -> Moment:
    """Return the moment and the mistake. `year` is that of a date typed without one. A day alone is 00:00, a half-day
    (下午) names no hour. 8.1, 8/1 and 8-1 are month and day where the file or the uploader states the month.
    """
    if kind is CellKind.DATE:
        return _iso(text)
    typed = half_width(text)
    if _is_serial(typed):
        return _from_serial(float(typed), epoch_1904), None
    if kind not in (CellKind.TEXT, CellKind.NUMBER):
        return None, "not-a-date"
    typed = _WEEKDAY.sub(" ", typed).translate(_POINTS).strip(" .,;、'’")
    return _from_text(with_digits(typed) if "月" in typed else typed, year, month_is_stated)


_UNTIL = re.compile(r"(?<=[日号底末])(?:之|以)?前(?:完成|办结)?$")


def read_due_day(
    text: str, kind: CellKind, year: int, epoch_1904: bool = False, month_is_stated: bool = False
) -> Moment:
    """Return what `read_moment` does of the day until which something is due: 8月10日前, 8月底前."""
    return read_moment(_UNTIL.sub("", text.strip()), kind, year, epoch_1904, month_is_stated)


def read_month(text: str, kind: CellKind, year: int, epoch_1904: bool = False) -> tuple[str | None, str | None]:
    """Return YYYY-MM from a month (2023年6月, 2023-06, 202306, 6月) or any date in it."""
    if kind in (CellKind.TEXT, CellKind.NUMBER):
        typed = half_width(text)
        typed = with_digits(typed) if "月" in typed else typed
        if match := _YEAR_AND_MONTH.match(typed):
            return _month(int(match[1]), int(match[2] or match[3]))
        if match := _MONTH_ALONE.match(typed):
            return _month(year, int(match[1]))
    moment, mistake = read_moment(text, kind, year, epoch_1904)
    return (f"{moment:%Y-%m}" if moment else None), mistake


def _month(year: int, month: int) -> tuple[str | None, str | None]:
    day = _day(year, month, 1)
    return (f"{day:%Y-%m}", None) if day else (None, "not-a-date")


def _iso(text: str) -> Moment:
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None, "not-a-date"
    return (moment, None) if _EARLIEST <= moment.year <= _LATEST else (None, "not-a-date")


def _is_serial(typed: str) -> bool:
    return bool(_SERIAL.match(typed)) and _SERIALS[0] <= float(typed) <= _SERIALS[1]


def _from_serial(days: float, epoch_1904: bool) -> datetime:
    return (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(seconds=round(days * 86400))


def _from_text(typed: str, year: int, month_is_stated: bool) -> Moment:
    """The first form that the text has decides."""
    for form, read in (*_FORMS, (_MONTH_AND_DAY, _month_and_day)) if month_is_stated else _FORMS:
        if match := form.match(typed):
            day, mistake = read(match, year)
            return _with_time(day, typed[match.end() :]) if day else (None, mistake)
    return None, "not-a-date"


Day = tuple[date | None, str | None]


def _day(year: int, month: int, day: int) -> date | None:
    if not (_EARLIEST <= year <= _LATEST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _year_first(match: re.Match[str], _: int) -> Day:
    return _day(int(match[1]), int(match[2]), int(match[3])), "not-a-date"


def _month_and_day(match: re.Match[str], year: int) -> Day:
    return _day(year, int(match[1]), int(match[2])), "not-a-date"


def _month_end(match: re.Match[str], year: int) -> Day:
    first = _day(int(match[1] or year), int(match[2]), 1)
    last = first and first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return last, "not-a-date"


def _year_last(match: re.Match[str], _: int) -> Day:
    """13/04/2023 and 04/13/2023 can only be read one way, 03/04/2023 in two."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    readings = [day for day in (_day(year, second, first), _day(year, first, second)) if day]
    if first <= 12 and second <= 12:
        return None, "ambiguous-date" if readings else "not-a-date"
    return (readings[0] if readings else None), "not-a-date"


def _short_year(match: re.Match[str], _: int) -> Day:
    """Never read; ambiguous where one of year-first, month-first, day-first could be a date."""
    first, second, third = int(match[1]), int(match[2]), int(match[3])
    orders = ((first, second, third), (third, first, second), (third, second, first))
    possible = any(_day(2000 + year, month, day) for year, month, day in orders)
    return None, "ambiguous-date" if possible else "not-a-date"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Day]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_COMPACT, _year_first),
    (_MONTH_END, _month_end),
    (_NO_YEAR, _month_and_day),
    (_YEAR_LAST, _year_last),
    (_SHORT_YEAR, _short_year),
    (_SHORT_COMPACT, _short_year),
)


def _with_time(day: date, rest: str) -> Moment:
    text = rest.lstrip("T,").strip() if rest[:1] in {"T", ","} else rest.strip()
    if not text or text in _HALF_DAY:
        return datetime(day.year, day.month, day.day), None  # noqa: DTZ001
    local = _UNIVERSAL.sub("", text)
    clock = _clock(local)
    if clock is None:
        return None, "not-a-date"
    moment = datetime(day.year, day.month, day.day, *clock)  # noqa: DTZ001
    return (moment if local == text else moment + _EAST), None


def _clock(text: str) -> tuple[int, int, int] | None:
    if match := _COMPACT_TIME.match(text):
        return _valid(int(match[1]), int(match[2]), int(match[3] or 0))
    match = _TIME.match(text)
    if not match:
        return None
    hour = _on_24_hours(int(match["hour"]), (match["half"] or match["after"] or "").lower())
    return _valid(hour, 30 if match["half_hour"] else int(match["minute"] or 0), int(match["second"] or 0))


def _on_24_hours(hour: int, half: str) -> int:
    if half in _EVENING and (hour == 12 or hour < _EVENING_BEGINS):
        return 24 if hour == 12 else _NO_HOUR
    if half in _AFTERNOON | {"中午"} and hour < (11 if half == "中午" else 12):
        return hour + 12
    return 0 if half in {"凌晨", "am"} and hour == 12 else hour


def _valid(hour: int, minute: int, second: int) -> tuple[int, int, int] | None:
    """24:00 is the end of the day that it stands beside, on which it counts, and not the next one's beginning."""
    if (hour, minute, second) == (24, 0, 0):
        return 23, 59, 59
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
