"""What a setting is: its name, what it means to people, and what may be entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class SettingKind(StrEnum):
    """What is typed to change a setting; a fixed one is shown and cannot be changed on screen."""

    NUMBER = "number"  # whole
    MONTH = "month"  # YYYY-MM
    DAY = "day"
    TEXT = "text"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Setting:
    """`dated`: it holds from a day on, and earlier as-of dates keep what held then; otherwise it takes effect at once.

    `lowest` and `highest` bound a number, and the length of a text. `blank`: what None means, in words; None where a
    value must be given.
    """

    name: str
    title: str
    meaning: str
    default: Any
    kind: SettingKind = SettingKind.NUMBER
    unit: str = ""
    lowest: int = 0
    highest: int = 0
    dated: bool = True
    blank: str | None = None


@dataclass(frozen=True, slots=True)
class SettingChange:
    """An entry of a setting's history. `since` None: from the beginning."""

    value: Any
    since: datetime | None
    reason: str
    by: str
