"""From text as typed to text in one comparable form: half-width, without spaces, with missing told apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MISSING_WORDS = frozenset({"", "无", "/", "／", "-", "－", "–", "—", "——", "－－", "--"})
"""What people write where they have nothing to say; never zero. 无 keeps its meaning where a field lists it."""

DASHES = frozenset({"", "/", "／", "-", "－", "–", "—", "——", "－－", "--"})
"""The missing words that mean nothing in any field."""

_UNDERTAKINGS = (
    *(
        "整改",
        "办理",
        "办结",
        "完成",
        "处理",
        "处置",
        "推进",
        "进行",
        "实施",
        "回访",
        "核实",
        "核查",
        "调查",
        "答复",
        "解决",
    ),
    *("协调", "落实", "审核", "审批", "签收", "评价", "补正", "整改完成", "办理完成", "完成整改"),
)

ERROR_WORDS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)

INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Marks without a shape of their own, those among them that choose how the character before is drawn (✔️)."""

NOT_YET = frozenset(
    {
        *(
            f"{before}{what}"
            for before in ("正在", "尚未", "还未", "暂未", "仍未", "未", "待")
            for what in _UNDERTAKINGS
        ),
        *(f"{what}{after}" for what in _UNDERTAKINGS for after in ("中", "过程中")),
    }
)
"""What people write in the cell of a day on which something will be done that is not done yet."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACE = re.compile(r"\s+")
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CHINESE_NUMBER = re.compile(
    "(?<![〇零一二两三四五六七八九十百])[〇零一二两三四五六七八九十百]{1,9}(?![〇零一二两三四五六七八九十百])"
)
_FULL_WIDTH = {0x3000: " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


@lru_cache(maxsize=65536)
def half_width(text: str) -> str:
    """Return the text in NFKC, without invisible marks, trimmed; “（个）” becomes “(个)”, “１２” becomes “12”."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """Return the text half-width and without any space or line break."""
    return _SPACE.sub("", half_width(text))


@lru_cache(maxsize=65536)
def narrowed(text: str) -> str:
    """Return the text with full-width characters made half-width, without invisible marks, trimmed; every other
    character as it is.
    """
    return _INVISIBLE.sub("", text.translate(_FULL_WIDTH)).strip()


def has_other_digits(text: str) -> bool:
    """Return whether there are digits beside 0–9 and ０–９: NFKC would make 102 of 10²."""
    return not text.isascii() and any(
        unicodedata.category(c) in {"Nd", "No"} and ord(c) not in _FULL_WIDTH and not c.isascii() for c in text
    )


def chinese_number(text: str) -> int:
    """Return the number: 三十一 → 31, 二〇二三 → 2023, 一百二十 → 120."""
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
    """Return the text with every Chinese numeral of at most nine characters in digits: 七月三十日 → 7月30日."""
    return _CHINESE_NUMBER.sub(lambda match: str(chinese_number(match.group())), text)
