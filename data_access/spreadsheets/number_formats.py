"""From a number format of a workbook to how it shows a number (plain, per cent, day, clock, elapsed time)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum

from data_access.spreadsheets.kinds import DATE, NUMBER, PERCENT, TEXT
from data_access.spreadsheets.values import elapsed_text, number_text, percent_text, serial_text


class Shown(Enum):
    PLAIN = 0
    PERCENT = 1
    DAY = 2
    CLOCK = 3
    ELAPSED = 4


LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|E[+-]')
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
BRACKETS = re.compile(r"\[[^\]]*\]")
BUILT_IN = (
    dict.fromkeys((9, 10), Shown.PERCENT)
    | dict.fromkeys((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), Shown.DAY)
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Shown.CLOCK)
    | {46: Shown.ELAPSED}
)


def shown_by(code: str) -> Shown:
    """Return how a format shows a number: `yyyy"年"m"月"d"日"` → DAY, `0.0%` → PERCENT, `[$-804]h:mm` → CLOCK,
    `0"个工作日"` → PLAIN.
    """
    first = LITERAL.sub("", code).split(";")[0]
    if ELAPSED.search(first):
        return Shown.ELAPSED
    first = BRACKETS.sub("", first).lower().replace("general", "")
    if "%" in first:
        return Shown.PERCENT
    if re.search("[yde]|aaa", first) or ("m" in first and not re.search("[hs]", first)):
        return Shown.DAY
    return Shown.CLOCK if re.search("[hs]", first) else Shown.PLAIN


def shown_cells(numbers: Iterable[int], own: Mapping[int, Shown]) -> list[Shown]:
    """Return how each cell style shows a number, by the number of its format; `own` are those that the workbook
    defines.
    """
    return [own.get(number) or BUILT_IN.get(number, Shown.PLAIN) for number in numbers]


def number_cell(value: float, shown: Shown, date1904: bool) -> tuple[str, int]:
    """Return the text and kind of a number under its format; a date beyond Excel's calendar is a plain number."""
    if shown is Shown.PERCENT:
        return percent_text(value), PERCENT
    if shown is Shown.ELAPSED:
        return elapsed_text(value), TEXT
    first_day = date1904 and not (
        shown is Shown.CLOCK and value < 1
    )  # 1904 has a day 0, but its clock times are no dates
    if shown is Shown.PLAIN or (text := serial_text(value, first_day)) is None:
        return number_text(value), NUMBER
    return text, DATE if "-" in text else TEXT
