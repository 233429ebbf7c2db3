"""From one cell of a code column to the code in half-width characters, or that the file has already lost digits."""

from __future__ import annotations

import re
from collections.abc import Collection

from models.cells import CellKind
from models.definitions import Field
from rules.intake.words import half_width, narrowed

_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number
_EXPONENT = re.compile(r"^[+-]?\d+(?:\.\d+)?[eE]\+\d+$")
WRAPPED = r"^=\"([^\"\s][^\"]*)\"$|^'([^'\s][^']*)$"
"""Text as a spreadsheet writes it out to keep it text: ="00123" and '00123."""

_WRAPPED = re.compile(WRAPPED)
_NUMBERED = re.compile(r"^(?:举措|任务|第|[(\[【])?\s*([A-Za-z]{0,3}\d{1,3}(?:[.-]\d{1,3}){0,5})")
_BARE_EXPONENT = re.compile(r"[eE][+-]?\d+$")


def read_code(text: str, kind: CellKind, field: Field) -> tuple[str | None, str | None]:
    """Return the code exact to the last digit: nothing inside is changed but full-width characters."""
    code = unwrapped(text) if text.isascii() else narrowed(unwrapped(text))
    if kind is CellKind.DATE or _EXPONENT.match(code) or (kind is CellKind.NUMBER and _digits_lost(code)):
        return None, "damaged-code"
    return (None, "damaged-code") if field.length and len(code) != field.length else (code, None)


def read_measure(text: str, kind: CellKind, field: Field, known: Collection[str]) -> tuple[str | None, str | None]:
    """Return the number of a measure; of 1.2.2提升申报易用度 the number before the title, where it is a known one."""
    code, mistake = read_code(text, kind, field)
    if code and code not in known and (leading := _NUMBERED.match(half_width(code))) and leading[1] in known:
        return leading[1], None
    return code, mistake


def unwrapped(text: str) -> str:
    match = _WRAPPED.match(text)
    return (match[1] or match[2]).strip() if match else text


def _digits_lost(number: str) -> bool:
    whole = number.lstrip("+-").split(".")[0]
    return len(whole) > _EXACT_DIGITS or bool(_BARE_EXPONENT.search(number))
