"""A number in an address: plain digits, small enough for every database; anything else is none."""

from __future__ import annotations

DIGITS = 9


def asked_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None
