"""From one cell of a number column to a whole number or working days, or why it is none."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation

from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake.words import chinese_number, half_width, squeezed

HUNDRED = 100
MOST_WORKING_DAYS = 9_999  # of a duration: forty years
_DIGITS = 15  # a spreadsheet keeps no more
_COUNTED = "件|例|单|个|次|份|人|项|条|户|宗|起|笔|家|页|张|套|天|日|元|年|分|票|通|人次|件次|批次|个工作日|工作日|%"
_NUMBER = re.compile(
    rf"^(?P<number>[+-]?(?:\d{{1,3}}(?:[, ]\d{{3}})+|\d+)(?:\.\d+)?|[+-]?\d+(?:\.\d+)?E[+-]?\d+)\s*(?:{_COUNTED})?$",
    re.IGNORECASE,
)
_TIMES = re.compile(r"^(?:(?:最多|至多)?(?:只)?跑)?(\d{1,3}|[零〇一二两三四五六七八九十]{1,3})次$")
"""最多跑一次, 零次."""
_AT_ONCE = frozenset(
    {
        "即时",
        "即办",
        "当场",
        "当场办结",
        "即时办结",
        "即时办理",
        "当场办理",
        "即办件",
        "现场办结",
        "立即办结",
        "即来即办",
        "马上办",
        "当即办结",
        "即到即办",
        "即收即办",
    }
)
_WORKING_DAYS = re.compile(
    r"^(-?\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,9})(?:个?\(?(?:工作日|工作天|日|天)\)?)?(?:以?内)?$"
)
_SHOWN = Context(prec=_DIGITS)
_OF_ONE = re.compile(r"^(?:0?\.\d{1,17}|\d{1,3}(?:\.\d{1,17})?\s*%)$")
_NUMERIC_KINDS = frozenset({CellKind.TEXT, CellKind.NUMBER, CellKind.PERCENT})


def read_int(text: str, kind: CellKind, field: Field) -> tuple[int | None, str | None]:
    """Return the whole number and the mistake: “12 件”, “1,234” and “85%” are read; 12.5 is not-a-whole-number; a value
    outside the field's range is out-of-range.
    """
    match = _number_in(text, kind)
    if not match and (times := _TIMES.match(squeezed(text))):
        return _within(int(times[1]) if times[1].isdigit() else chinese_number(times[1]), field)
    if not match:
        return None, "not-a-number"
    number = _decimal(re.sub("[, ]", "", match["number"]))
    if number is None or (
        number and number.adjusted() >= _DIGITS
    ):  # told without reckoning: 1E999999999 is larger than any sum
        return None, "out-of-range"
    if number != int(number):
        return None, "not-a-whole-number"
    return _within(int(number), field)


def read_decimal(text: str, kind: CellKind, field: Field) -> tuple[float | None, str | None]:
    """Return the number and the mistake: “3.5万元” is no number, “3.5”, “1,234.5 元” are; a value outside the field's
    range is out-of-range.
    """
    match = _number_in(text, kind)
    if not match:
        return None, "not-a-number"
    number = _decimal(re.sub("[, ]", "", match["number"]))
    if number is None or (number and number.adjusted() >= _DIGITS):
        return None, "out-of-range"
    return (float(number) + 0.0, None) if _is_within(number, field) else (None, "out-of-range")  # never -0.0


def _number_in(text: str, kind: CellKind) -> re.Match[str] | None:
    return _NUMBER.match(half_width(text).replace("−", "-")) if kind in _NUMERIC_KINDS else None


def _decimal(typed: str) -> Decimal | None:
    """To the 15 digits that a spreadsheet shows: 290.99999999999994 is 291. None where its exponent is beyond all
    reckoning.
    """
    try:
        number = Decimal(typed)
        return number if len(number.as_tuple().digits) <= _DIGITS else _SHOWN.plus(number)
    except InvalidOperation:
        return None


def is_share(field: Field) -> bool:
    """Return whether its whole numbers are hundredths."""
    return field.kind is Kind.INT and field.maximum == HUNDRED


def is_of_one(text: str, kind: CellKind) -> bool:
    """Return whether a share is written as 60% or as 0.6, beside which a bare 1 may be all of it as well as a
    hundredth.
    """
    return kind is CellKind.PERCENT or bool(_OF_ONE.match(half_width(text)))


def read_share(text: str, kind: CellKind, field: Field, of_one: bool) -> tuple[int | None, str | None]:
    """Return hundredths and the mistake: 60, “60%”. `of_one`: the column has shares of one, so that a bare 1 is
    ambiguous-number.
    """
    if of_one and kind in (CellKind.TEXT, CellKind.NUMBER) and half_width(text) == "1":
        return None, "ambiguous-number"
    return read_int(text, kind, field)


def _within(number: int, field: Field) -> tuple[int | None, str | None]:
    return (number, None) if _is_within(number, field) else (None, "out-of-range")


def _is_within(number: int | Decimal, field: Field) -> bool:
    too_small = field.minimum is not None and number < Decimal(str(field.minimum))
    too_large = field.maximum is not None and number > Decimal(str(field.maximum))
    return not too_small and not too_large


def read_duration(text: str, kind: CellKind) -> tuple[float | None, str | None]:
    """Return working days: “5个工作日”, “5日”, a bare number; 即办 and its kind are 0; below 0 or above
    MOST_WORKING_DAYS is out-of-range.
    """
    typed = squeezed(text).replace("−", "-")
    if typed in _AT_ONCE:
        return 0.0, None
    match = _WORKING_DAYS.match(typed) if kind in (CellKind.TEXT, CellKind.NUMBER) else None
    if not match:
        return None, "not-a-duration"
    days = float(match[1]) if match[1][-1].isdigit() else float(chinese_number(match[1]))
    return (days + 0.0, None) if 0 <= days <= MOST_WORKING_DAYS else (None, "out-of-range")  # never -0.0
