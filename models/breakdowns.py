"""What a breakdown is: how a unit's records in force spread over categories, kept like a figure but shown on area pages
only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.definitions import Frames

Cell = str | float | int | None
Rows = list[list[Cell]]
"""One list a category: its keys, then its numbers. Days stand as ISO text, yes/no as 是/否, missing as None."""


@dataclass(frozen=True)
class Breakdown:
    """No lamp looks at it. `rows` never reads records of other units."""

    code: str
    parts: tuple[str, ...]  # the parts it reads; all their datasets must have been reported
    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: Callable[[Frames], Rows]
    stacks: bool = False  # `rows` takes stacked frames too (rules.stacks), and then puts the stack before the keys

    @property
    def columns(self) -> tuple[str, ...]:
        return self.keys + self.numbers
