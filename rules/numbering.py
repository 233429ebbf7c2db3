"""Numbers of checks, rectifications, bulletins and notices: from year and serial to `2023-1` or 〔2023〕1号; and back.

Per year of the Shanghai day on which the thing is made; the next is the highest of that year + 1, never reused.
Source: supervision.md 1.
"""

from __future__ import annotations

import re

WRITTEN = re.compile(r"(\d{4})-([1-9]\d{0,8})")


def number_of(year: int, serial: int) -> str:
    return f"{year}-{serial}"


def number_printed(kind: str, number: str) -> str:
    """Return a number as printed: 整改, 2023-1 → 整改〔2023〕1号."""
    year, _, serial = number.partition("-")
    return f"{kind}〔{year}〕{serial}号"


def number_read(text: str) -> tuple[int, int] | None:
    """Return (year, serial), or None for what is no number."""
    match = WRITTEN.fullmatch(text.strip())
    return (int(match[1]), int(match[2])) if match else None


def in_order(number: str) -> tuple[int, int]:
    """Sort key: by year, then by serial as a number. Raises ValueError for what is no number."""
    read = number_read(number)
    if read is None:
        raise ValueError(number)
    return read
