"""From the text of a phone cell to the numbers that stand in it, extensions removed, and what is no valid number.

Valid (guide_rules.md, G108): area code + 7–8 digits, mobile, 400/800, 12345, the last with or without an area code.
Other short numbers (12333, 95598) are none, and neither is a local number without an area code.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from models.guides import Mask
from rules.guides.reading import Reading, half_width
from rules.guides.rows import Read

_AREA = r"(?:010|02[0-57-9]|0[3-9]\d\d)"
_GAP = r"[-\s./·]*"
_COUNTRY = rf"(?:(?:\+\s*|00)?86{_GAP})"
_LOCAL = r"(?:\d{7,8}(?!\d)|(?:\d{3,4}[-\s.]+\d{4}|\d{4}[-\s.]+\d{3})(?!\d)|12345(?!\d))"
_EXTENSION = (
    r"(?:\s*[(,]?\s*(?:-+|(?:转[接拨]?)?\s*(?:分机号?|内线)|转[接拨]?|ext(?:ension)?\.?|x|\#|\*)\s*:?\s*\d{1,5}(?![\d-])"
    r"(?:\s*[、,/]\s*\d{1,4}(?![-\d]))*\s*\)?)?"
)
_NUMBER = re.compile(
    rf"""(?<!\d)(?:
    (?P<area>{_COUNTRY}?\(?\s*{_AREA}\s*\)?{_GAP}{_LOCAL})
  | (?P<abroad>{_COUNTRY}\(?\s*(?:10|2[0-57-9]|[3-9]\d\d)\s*\)?{_GAP}\d{{7,8}}(?!\d))
  | (?P<mobile>{_COUNTRY}?1[-\s]*[3-9](?:[-\s]*\d){{9}}(?!\d))
  | (?P<free>[48]00(?:[-\s]*\d){{7}}(?!\d))
  | (?P<short>12345(?!\d))
  ){_EXTENSION}""",
    re.VERBOSE | re.IGNORECASE,
)

_CIRCLED = re.compile(r"[\u2460-\u24ff\u2776-\u2793]")
_BRACKETS = str.maketrans("[]{}〔〕【】", "()()()()")
_NOISE = re.compile(
    r"""
    https?://[^\s\u4e00-\u9fff,;、]+ | www\.[^\s\u4e00-\u9fff,;、]+ | [\w.-]+@[\w.-]+    # addresses of the net
  | (?:QQ|微信)\s*群?号?\s*[:：]?\s*[\w-]+ | 邮(?:政编码|编)\s*:?\s*\d{6}
  | 7\s*[x×*]\s*24\s*(?:小时|h)? | (?<!\d)\d{1,2}\s*[:时点]\s*(?:[0-5]\d|半)?分?(?!\d)          # hours
  | (?:周|星期)[1-7] | 按\s*\d{1,2}(?!\d)
  | (?<![\d-])[A-Z]?\d{1,4}\s*(?:号|楼|层|室|房|窗|科|股|组|栋|座|区|幢|单元|小时|个|天|日|月|年|工作日)
  | (?:(?<=^)|(?<=[\s;,]))\(?\d{1,2}(?:[、)]|\.(?!\d{4}(?!\d|-)))\s*(?=[\d(+\u4e00-\u9fff])     # 1. 2、 (3)
  | (?<=[\u4e00-\u9fff])\d{1,2}(?=\s*:)                                                  # 电话1:
""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = rf"(?:{_AREA}-\d{{7,8}}(?:转\d{{1,5}})?|1[3-9]\d{{9}}|12345)"
_COMMON = re.compile(rf"{_PLAIN}(?:[、，,；;/ ]{_PLAIN})*", re.ASCII)  # how nine of ten cells are written
_PLAIN_NUMBER = re.compile(rf"({_AREA})-(\d+)(?:转\d+)?|(\d+)", re.ASCII)
_ONE_AS_DASH = re.compile(r"(?<=\d)一(?=\d)")
_NO_DIGIT = re.compile(r"\D")
_COUNTRY_CODE = re.compile(r"^(?:00)?86(?=0|1)")
_LEADING_AREA = re.compile(rf"^{_AREA}(?=\d{{5}})")
_LEFT = re.compile(r"\d[\d\s().-]*\d|\d")


class Phones(NamedTuple):
    """`numbers`: digits only, extension removed. `wrong`: what else of digits stands there, as typed."""

    numbers: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        return bool(self.numbers) and not self.wrong


def read_phones(text: str) -> Phones:
    """Return every number of the cell; a cell is valid when it holds one and nothing else of digits."""
    if _COMMON.fullmatch(text):
        return Phones(tuple(dict.fromkeys("".join(number) for number in _PLAIN_NUMBER.findall(text))))
    plain = _ONE_AS_DASH.sub("-", half_width(_CIRCLED.sub(" ", text)).translate(_BRACKETS))
    plain = _NOISE.sub(" ； ", plain)
    numbers = tuple(dict.fromkeys(_digits(match) for match in _NUMBER.finditer(plain)))
    left = _NUMBER.sub(" ； ", plain)
    return Phones(numbers, tuple(piece.strip(" -.()") for piece in _LEFT.findall(left)))


def _digits(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    digits = _NO_DIGIT.sub("", match[kind])
    if kind == "abroad":
        return "0" + re.sub(r"^(?:00)?86", "", digits)
    return _COUNTRY_CODE.sub("", digits)


def shared(first: Read, other: Read) -> Mask:
    """Return the numbers in both of two columns of Phones, for each row, joined for a sentence."""
    return lambda tables: tables.once(("shared numbers", first, other), lambda: _shared(first(tables), other(tables)))


def _shared(first: Reading, other: Reading) -> np.ndarray:
    pairs = list(zip(first.codes.tolist(), other.codes.tolist(), strict=True))
    words = {
        (mine, theirs): "、".join(shared_numbers(first.answers[mine], other.answers[theirs]))
        for mine, theirs in set(pairs)
    }
    return np.array([words[pair] for pair in pairs], dtype=object)


def in_both(first: Read, other: Read) -> Mask:
    """Return rows where some number is in both columns of Phones."""
    return lambda tables: shared(first, other)(tables).astype(bool)


def shared_numbers(first: Phones, other: Phones) -> tuple[str, ...]:
    """Return the numbers of `other` that are in `first` too; where one of the two lacks its area code,
    the rest decides.
    """
    mine, theirs = _comparable(first), _comparable(other)
    if {number[-5:] for number in mine}.isdisjoint(number[-5:] for number in theirs):
        return ()
    return tuple(number for number in theirs if any(_same(number, known) for known in mine))


def _comparable(phones: Phones) -> tuple[str, ...]:
    """Valid numbers, and invalid ones long enough to be one."""
    if not phones.wrong:
        return phones.numbers
    left = (_NO_DIGIT.sub("", wrong) for wrong in phones.wrong)
    return phones.numbers + tuple(number for number in left if len(number) >= 5)


def _same(first: str, other: str) -> bool:
    shorter, longer = sorted((first, other), key=len)
    return first == other or (longer.endswith(shorter) and _LEADING_AREA.sub("", longer) == shorter)
