"""From days as people list them (“5月1日至5月3日、10月7日”) and the year they belong to to the days, or what cannot be
read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

DAY = r"(?:(\d{4})[年\-./])?(\d{1,2})[月\-./](\d{1,2})[日号]?"
ENTRY = re.compile(rf"{DAY}(?:(?:至|到|—+|~|–)(?:{DAY}|(\d{{1,2}})[日号]))?")
BETWEEN = re.compile(r"[、，,;；。\s]+")
ASIDE = re.compile(r"[(（][^()（）]*[)）]|星期[一二三四五六日天]|周[一二三四五六日天]")


class UnreadableDays(ValueError):
    """str() is the words that could not be read as days of that year."""


def read_days(text: str, year: int) -> list[date]:
    """Return every day named, in order, ranges filled; words in brackets and weekdays are passed over. Raises
    UnreadableDays.
    """
    plain = ASIDE.sub("", unicodedata.normalize("NFKC", text))
    days: set[date] = set()
    for words in filter(None, BETWEEN.split(plain)):
        days.update(_entry(words, year))
    return sorted(days)


def _entry(words: str, year: int) -> list[date]:
    match = ENTRY.fullmatch(words)
    if match is None:
        raise UnreadableDays(words)
    first_year, month, day, last_year, last_month, last_day, same_month_day = match.groups()
    try:
        first = date(int(first_year or year), int(month), int(day))
        last = first
        if last_month:
            last = date(int(last_year or first_year or year), int(last_month), int(last_day))
        elif same_month_day:
            last = first.replace(day=int(same_month_day))
    except ValueError:
        raise UnreadableDays(words) from None
    if first.year != year or last.year != year or last < first:
        raise UnreadableDays(words)
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
