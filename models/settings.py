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
    YES_NO = "yes_no"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Setting:
    """`dated`: it holds from a day on, and earlier as-of dates keep what held then; otherwise it takes effect at once.

    `lowest` and `highest` bound a number, and the length of a text; `holds`: what a text must contain. `blank`: what
    None means, in words; None where a value must be given.
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
    holds: tuple[str, ...] = ()
    of_plan: bool = False  # a plan may have it otherwise than the board

    def words(self, value: Any) -> str:
        """Return the value as it is read on screen: “10 个工作日”, “2023 年 6 月”, “是”."""
        if value in (None, ""):
            return self.blank or "未填写"
        if self.kind is SettingKind.MONTH:
            return f"{value[:4]} 年 {int(value[5:])} 月"
        if self.kind in (SettingKind.FIXED, SettingKind.YES_NO):
            return "是" if value else "否"
        return f"{value} {self.unit}" if self.unit else str(value)


@dataclass(frozen=True, slots=True)
class InstalledLimit:
    """A reading limit that whoever installs the board sets by an environment variable; shown, not changed on screen."""

    name: str  # the variable is READ_ and this in capitals
    title: str
    meaning: str
    unit: str = ""
    divisor: int = 1  # 1 MiB for what is shown in MB


@dataclass(frozen=True, slots=True)
class SettingChange:
    """An entry of a setting's history. `since` None: from the beginning."""

    value: Any
    since: datetime | None
    reason: str
    by: str
