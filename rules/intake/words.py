"""Text as typed in, text in one comparable form out: half-width, without spaces, with missing told apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MISSING_WORDS = frozenset({"", "无", "/", "／", "-", "－", "–", "—", "——", "－－", "--"})
"""What people write where they have nothing to say; never zero. 无 keeps its meaning where a field lists it."""

DASHES = frozenset({"", "/", "／", "-", "－", "–", "—", "——", "－－", "--"})
"""The missing words that mean nothing in any field."""

ERROR_WORDS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SPACE = re.compile(r"\s+")
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CHINESE_NUMBER = re.compile("[〇零一二两三四五六七八九十百]+")


@lru_cache(maxsize=65536)
def half_width(text: str) -> str:
    """NFKC, without invisible marks, trimmed; “（个）” becomes “(个)”, “１２” becomes “12”."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """Half-width and without any space or line break."""
    return _SPACE.sub("", half_width(text))


def chinese_number(text: str) -> int:
    """三十一 → 31, 二〇二三 → 2023, 一百二十 → 120."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def with_digits(text: str) -> str:
    """Every Chinese numeral written in digits: 七月三十日 → 7月30日."""
    return _CHINESE_NUMBER.sub(lambda found: str(chinese_number(found.group())), text)
