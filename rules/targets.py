"""From the words of a target (“100%”, “2/3”, “≥95%”, “增长”) to its value or that it asks for an increase."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    value: float | None
    increases: bool


def parse_target(text: str, *, share: bool = False) -> ParsedTarget | None:
    """Return None where the words are none of a number, a percentage, a fraction or 增长; of a `share` also where they
    come to more than 100 %. A bare number above 1 is a percentage then: 95 is 95 %.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in ("增长", "提升", "同比增长"):
        return ParsedTarget(None, True)
    match = re.fullmatch(r"(?:≥|>=|不低于)?\s*(\d+(?:\.\d+)?)(?:/(\d+))?\s*(%)?", plain)
    if match is None or match[2] == "0":
        return None
    value = float(Fraction(match[1]) / int(match[2] or 1) / (100 if match[3] else 1))
    if not share:
        return ParsedTarget(value, False)
    target = value if match[3] or match[2] else share_of(value)
    return None if target is None or target > 1 else ParsedTarget(target, False)


def share_of(value: float) -> float | None:
    """Return a number between 0 and 1; above 1 it is a percentage (95 → 0.95), and above 100 none."""
    if value <= 1:
        return value
    return value / 100 if value <= WHOLE else None
