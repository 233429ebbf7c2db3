"""The words of a target (“100%”, “2/3”, “≥95%”, “增长”) in; its value or that it asks for an increase out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ParsedTarget:
    value: float | None
    increases: bool


def parse_target(text: str) -> ParsedTarget | None:
    """None where the words are none of a number, a percentage, a fraction or 增长."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in ("增长", "提升", "同比增长"):
        return ParsedTarget(None, True)
    match = re.fullmatch(r"(?:≥|>=|不低于)?\s*(\d+(?:\.\d+)?)(?:/(\d+))?\s*(%)?", plain)
    if match is None or match[2] == "0":
        return None
    value = Fraction(match[1]) / int(match[2] or 1) / (100 if match[3] else 1)
    return ParsedTarget(float(value), False)
