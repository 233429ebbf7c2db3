"""From the plan's words for a deadline and the plan's year to the last day that is in time, with notes or a doubt.

Nothing is guessed: words that cannot be read as exactly one day leave the day open and raise a doubt.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rules.working_days import Calendar

UNSTATED = {"", "-", "–", "—", "——", "/", "无", "未写明", "未明确", "未注明", "(未写明)", "(未明确)", "(未注明)"}
WEEKDAYS = "一二三四五六日"

DEADLINE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})"
    r"(?:月(?P<day>\d{1,2})[日号](?:24[时点]|24:00)?|(?P<month_word>月?)份?[底末])"
    r"|(?:(?P<end_of>\d{4})年|年)[底末]"
    r"|(?P<iso_year>\d{4})(?P<mark>[-/.])(?P<iso_month>\d{1,2})(?P=mark)(?P<iso_day>\d{1,2})"
)
# Beside the date these words would make it another date: a second number, “8月前”, “上半年”, “明年”底.
ANOTHER_BEFORE = re.compile(r"[\d月季旬]|半年|[明次去翌每前后]年?$|[一二三四五六七八九十]$")
ANOTHER_AFTER = re.compile(r"[\d月季旬年]")
SPAN = re.compile(
    r"(?P<year>全年|年内|本年|下半年)|(?P<half>上半年)|第?(?P<quarter>[1-4一二三四])季度|(?P<month>\d{1,2})月(?=份|内)"
)
LONG_TERM = re.compile(r"(?:长期|持续|常态化?)(?:坚持|推进|开展|实施|落实|进行|有效)?")
BETWEEN = re.compile(r"[、,;和并]")
BEHIND_A_SPAN = re.compile(r"份?[内底末]?前?")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Resolution:
    """A deadline as read. `doubt` is a whole sentence for the bureau to settle, `other_reading` what it may have
    meant. Neither day nor doubt: the plan sets no deadline.
    """

    day: date | None
    notes: tuple[str, ...] = ()
    doubt: str | None = None
    other_reading: date | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """A date as written: without a year the plan's is meant, without a day the month's last."""

    year: int | None
    month: int
    day: int | None
    note: str | None = None

    def in_year(self, year: int) -> date | None:
        """Return the deadline in that year, or None for a day that does not exist."""
        try:
            return date(year, self.month, monthrange(year, self.month)[1] if self.day is None else self.day)
        except ValueError:  # IllegalMonthError is one too
            return None


def resolve(text: str | None, year: int, calendar: Calendar | None = None) -> Resolution:
    """Read “10月底前”, “7月30日前”, “2021年底前”, “8底前” … of a plan of that year.

    A day off is noted, never moved: the plan's day stands. Without a calendar only weekends are noted.
    """
    written = (text or "").strip()
    plain = _plain(written)
    if plain in UNSTATED:
        return Resolution(None, doubt="期限存疑：方案未写明完成时限。")
    if sets_no_deadline(plain):
        return Resolution(None)
    words = _read(plain)
    if words is None:
        doubt = f"期限存疑：方案写作“{written}”，不能确定为哪一天。"
        return Resolution(None, doubt=doubt, other_reading=_end_of_span(plain, year))
    day = words.in_year(year if words.year is None else words.year)
    if day is None:
        return Resolution(None, doubt=f"期限存疑：方案写作“{written}”，没有这一天。")
    notes = tuple(_notes(day, words, written, year, calendar))
    if day.year < year:
        doubt = f"期限存疑：方案写作“{written}”，早于方案年度（{year}年）。"
        return Resolution(day, notes, doubt, words.in_year(year))
    return Resolution(day, notes)


def sets_no_deadline(plain: str) -> bool:
    """Return whether the words say that a task goes on and nothing else: “长期坚持”, “常态化推进、长期坚持”."""
    return all(LONG_TERM.fullmatch(word) for word in BETWEEN.split(plain))


def _read(plain: str) -> _Words | None:
    """The one date in the words; None where there is none, more than one, or more that bears on it."""
    matches = list(DEADLINE.finditer(plain))
    if len(matches) != 1:
        return None
    match = matches[0]
    if ANOTHER_BEFORE.search(plain[: match.start()]) or ANOTHER_AFTER.search(plain[match.end() :]):
        return None
    return _words(match)


def _end_of_span(plain: str, year: int) -> date | None:
    """The last day of the half year, quarter or month that the words name and nothing else, for the bureau to agree
    to.
    """
    span = SPAN.match(plain)
    if span is None or not BEHIND_A_SPAN.fullmatch(plain, span.end()):
        return None
    month = 12 if span["year"] else 6
    if span["quarter"]:
        month = 3 * int(span["quarter"].translate(CHINESE_DIGITS))
    if span["month"]:
        month = int(span["month"])
    return _Words(None, month, None).in_year(year)


def _words(match: re.Match[str]) -> _Words:
    if match["iso_year"]:
        return _Words(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    if not match["month"]:
        return _Words(_number(match["end_of"]), 12, None)
    note = "缺“月”字" if match["month_word"] == "" else None
    return _Words(_number(match["year"]), int(match["month"]), _number(match["day"]), note)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _notes(day: date, words: _Words, written: str, year: int, calendar: Calendar | None) -> Iterator[str]:
    if words.note:
        yield f"方案写作“{written}”，{words.note}，按 {day.isoformat()} 计。"
    if day.year > year:
        yield f"方案写作“{written}”，晚于方案年度（{year}年）。"
    rest = _rest(day, calendar)
    if rest and day.year >= year:
        yield f"{day.isoformat()} 是{rest}，期限不顺延。"


def _rest(day: date, calendar: Calendar | None) -> str | None:
    weekday = f"星期{WEEKDAYS[day.weekday()]}"
    if calendar is None or not calendar.covers(day.year):
        return weekday if _is_weekend(day) else None
    if calendar.is_working(day):
        return None
    return weekday if all(_is_weekend(near) for near in _days_off_around(day, calendar)) else "法定节假日"


def _days_off_around(day: date, calendar: Calendar) -> Iterator[date]:
    """The run of days off around a day off, as far as the calendar is entered: a holiday is one with a weekday in
    it.
    """
    for step in (timedelta(days=1), timedelta(days=-1)):
        other = day
        while calendar.covers(other.year) and not calendar.is_working(other):
            yield other
            other += step


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _plain(written: str) -> str:
    """Half-width, without blanks, Chinese numerals as digits: “十二月三十一日” → “12月31日”."""
    text = re.sub(r"[ T]00:00(:00)?$", "", unicodedata.normalize("NFKC", written))  # a date cell read as text
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"[〇○零一二三四五六七八九]{4}(?=年)", lambda m: m[0].translate(CHINESE_DIGITS), text)
    return re.sub(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[月日号底末])", _digits, text)


def _digits(numeral: re.Match[str]) -> str:
    """Chinese numerals below 100: 六 → 6, 十 → 10, 二十一 → 21. Two numerals side by side are none and stay."""
    tens, ten, ones = numeral.groups()
    if not ten:
        return numeral[0] if tens and ones else (tens + ones).translate(CHINESE_DIGITS)
    return str(int(tens.translate(CHINESE_DIGITS) or 1) * 10 + int(ones.translate(CHINESE_DIGITS) or 0))
