"""From the text of an office-hours cell to whether it names days and whether it names hours (guide_rules.md, G107)."""

from __future__ import annotations

import re
from typing import NamedTuple

from rules.guides.reading import half_width

_DAYS = re.compile(
    r"""
    (?:周|星期|礼拜)\s*[一二三四五六日天1-7] | 周末 | 双休日 | (?<![一两二三四\d])周内
  | (?<![\d个])工作日 | 每个?工作日 | 每[天日周] | 天天 | 每月\s*\d | 全年 | 365\s*天
  | \b(?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:day)?\b
""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = r"(?:[01]?\d|2[0-4])"
_TO = r"\s*(?:-|~|至|到)+\s*"
_HOURS = re.compile(
    rf"""
    (?<!\d){_CLOCK}\s*[:;]\s*[0-5]\d(?!\d)
  | (?<!\d){_CLOCK}\s*[时点](?!间|段|限|位)
  | (?<![第一二三四五六七八九十])(?:二?十[一二三四五六七八九]?|二十|[一二两三四五六七八九])[时点](?!间|段|限|位|钟?以?内)
  | (?<!\d){_CLOCK}\.[0-5]\d{_TO}{_CLOCK}\.[0-5]\d(?!\d)
  | (?<!\d)(?:[01]\d|2[0-4])[0-5]\d{_TO}(?:[01]\d|2[0-4])[0-5]\d(?!\d)
  | [上下]午\s*:?\s*{_CLOCK}{_TO}(?:[上下]午)?\s*{_CLOCK}(?!\d) | 早\s*{_CLOCK}\s*晚\s*\d | [朝早][七八九]晚[四五六七]
  | \b\d{{1,2}}\s*[ap]\.?m\b | 全天(?!候)
""",  # noqa: E501
    re.VERBOSE | re.IGNORECASE,
)
_ALWAYS = re.compile(r"全天候|(?:24|二十四)\s*(?:个)?小时(?!\s*(?:以?内|办结))")


class OfficeHours(NamedTuple):
    days: bool = False
    hours: bool = False


def read_office_hours(text: str) -> OfficeHours:
    """Return whether the text names days and hours. “24小时” and “全天候” name both; “5个工作日” is a time limit and
    names neither.
    """
    plain = half_width(text).replace("∶", ":").replace("︰", ":")
    always = _ALWAYS.search(plain) is not None
    return OfficeHours(always or _DAYS.search(plain) is not None, always or _HOURS.search(plain) is not None)
