"""From one value as a file holds it to its text and its kind."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from functools import lru_cache

from data_access.spreadsheets.kinds import BLANK, BOOL, DATE, NUMBER, TEXT

EXACT = 1e15  # from here on Excel no longer keeps every digit
LAST_SERIAL = 2_957_000  # in the year 9995, so that it holds from 1904 too
DAY_SECONDS = 86_400
HALF_A_SECOND = datetime.timedelta(milliseconds=500)
EPOCH_1904, BEFORE_LEAP, SINCE_LEAP = map(datetime.date.fromisoformat, ("1904-01-01", "1899-12-31", "1899-12-30"))
CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {127: 0x2421}
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def harmless(text: str) -> str:
    """Return the text with control characters as their visible pictures (␀); tab and line breaks stay."""
    return text if text.isprintable() else text.translate(CONTROLS)


def unescaped(text: str) -> str:
    """Return the text with `_x000D_`, as Excel writes what XML cannot hold, as the character that is meant."""
    if "_x" not in text:
        return text
    plain = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain if plain.isascii() else whole_characters(plain)


def whole_characters(text: str) -> str:
    """Return the text with two halves of a character (surrogates) as that character, one alone as �."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number_text(value: float) -> str:
    """Return a number as a spreadsheet shows it, to 15 digits: 12.0 → 12; 290.99999999999994 → 291; 440304199001011234
    → 4.40304E+17, as Excel shows what it no longer stores exactly.
    """
    if abs(value) >= EXACT:
        mantissa, exponent = f"{value:.5E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    if value == math.floor(value):
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


def percent_text(value: float) -> str:
    """Return the number as shown before the per-cent sign, to 15 digits: 0.855 → 85.5, 0.57000000000000006 → 57."""
    return format((Decimal(f"{float(value):.15g}") * 100).normalize(), "f")


def serial_text(value: float, date1904: bool) -> str | None:
    """Return Excel's day number as ISO to the second: a day, a day with its time, or a clock time below 1. None outside
    its calendar.
    """
    seconds = round(value * DAY_SECONDS)
    if not 0 <= seconds < LAST_SERIAL * DAY_SECONDS:
        return None
    day, second = divmod(seconds, DAY_SECONDS)
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    if not day and not date1904:
        return clock
    return f"{_day_text(day, date1904)}T{clock}" if second else _day_text(day, date1904)


@lru_cache(maxsize=4_096)
def _day_text(day: int, date1904: bool) -> str:
    epoch = EPOCH_1904 if date1904 else BEFORE_LEAP if day < 60 else SINCE_LEAP  # Excel believes in 1900-02-29
    return (epoch + datetime.timedelta(days=day)).isoformat()


def elapsed_text(value: float) -> str:
    """Return a length of time: 1.25 days → 30:00:00."""
    minutes, seconds = divmod(round(value * DAY_SECONDS), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def moment_text(value: datetime.datetime) -> str:
    """Return ISO to the second; a day alone has no time."""
    rounded = (value + HALF_A_SECOND).replace(microsecond=0)
    return rounded.isoformat() if rounded.time() != datetime.time() else rounded.date().isoformat()


DAY_IN_ZONE = re.compile(r"^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$")
"""XML knows a day with a zone (xsd:date), Python does not."""


def iso_cell(written: str) -> tuple[str, int]:
    """Return a moment as a file writes it, to the nearest second and without its zone: what is shown is
    the local time.
    """
    try:
        return moment_text(
            datetime.datetime.fromisoformat(DAY_IN_ZONE.sub(r"\1", written.strip())).replace(tzinfo=None)
        ), DATE
    except (ValueError, OverflowError):
        pass
    try:
        clock = datetime.datetime.combine(EPOCH_1904, datetime.time.fromisoformat(written.strip()).replace(tzinfo=None))
        return (clock + HALF_A_SECOND).strftime("%H:%M:%S"), TEXT
    except ValueError:
        return harmless(written), TEXT if written else BLANK


def text_and_kind(value: object) -> tuple[str, int]:
    """Return the text and kind of one of calamine's Python values."""
    if isinstance(value, str):
        return harmless(value), TEXT if value else BLANK
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), BOOL
    if isinstance(value, int | float):
        return (number_text(value), NUMBER) if math.isfinite(value) else ("", BLANK)
    if isinstance(value, datetime.datetime):
        return moment_text(value), DATE
    if isinstance(value, datetime.date):
        return value.isoformat(), DATE
    if isinstance(value, datetime.timedelta):
        return elapsed_text(value.total_seconds() / DAY_SECONDS), TEXT
    return (value.isoformat("seconds"), TEXT) if isinstance(value, datetime.time) else ("", BLANK)
