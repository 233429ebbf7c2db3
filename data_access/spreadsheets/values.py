"""One value as calamine or the XML gives it goes in; its text and its kind come out."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

from data_access.spreadsheets.kinds import BLANK, BOOL, DATE, NUMBER, TEXT

EXACT = 1e15  # from here on Excel no longer keeps every digit
CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {127: 0x2421}
HALF_SECOND = datetime.timedelta(milliseconds=500)


def harmless(text: str) -> str:
    """Control characters as their visible pictures (␀); tab and line breaks stay."""
    return text if text.isprintable() else text.translate(CONTROLS)


def number_text(value: float) -> str:
    """12.0 → 12; 0.1 → 0.1; 440304199001011234 → 4.40304E+17, as Excel shows what it no longer keeps exactly."""
    if value == math.floor(value) and abs(value) < EXACT:
        return str(int(value))
    if abs(value) >= EXACT:
        mantissa, exponent = f"{value:.5E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    shortest = repr(value)
    return format(Decimal(shortest), "f") if "e" in shortest else shortest


def percent_text(value: float) -> str:
    """0.855 → 85.5: the number as shown before the per-cent sign."""
    shown = (Decimal(repr(value)) * 100).normalize()
    return format(shown, "f")


def moment_text(value: datetime.datetime) -> str:
    """ISO to the second; a day alone has no time."""
    rounded = value + HALF_SECOND
    return (rounded.date() if rounded.time() < datetime.time(0, 0, 1) else rounded.replace(microsecond=0)).isoformat()


def text_and_kind(value: object) -> tuple[str, int]:
    """The text and kind of one of calamine's Python values."""
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
    return _clock_text(value), TEXT


def _clock_text(value: object) -> str:
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat("seconds") if isinstance(value, datetime.time) else ""
