"""The last day of a task or a measure as people read it."""

from __future__ import annotations

from datetime import date
from typing import Protocol

LONG_TERM = "长期"


class Dated(Protocol):
    """A task, or the lamp of one of its measures."""

    @property
    def deadline(self) -> date | None: ...
    @property
    def open_ended(self) -> bool: ...


def last_day(dated: Dated) -> date | str:
    """Return the last day that is in time; 长期 where none is set, 未定 while the plan's words are in doubt."""
    return dated.deadline or (LONG_TERM if dated.open_ended else "未定")
