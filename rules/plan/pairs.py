"""Tasks or measures of two plans side by side: the same title, else the same code with much the same title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rapidfuzz import fuzz

from models.plan import Measure, Task

Item = TypeVar("Item", Task, Measure)
ALIKE = 60.0
"""Similarity of titles from which the same code means the same thing."""


def pairs(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[Item | None, Item | None]]:
    """Return (before, after) in the order of `after`, then what is in no pair of `before`; each stands once."""
    left: list[Item] = list(before)
    matches: dict[str, Item] = {}  # code of the later plan → its match
    for by_title in (True, False):
        for item in after:
            match = None if item.code in matches else _match(left, item, by_title=by_title)
            if match is not None:
                left.remove(match)
                matches[item.code] = match
    side_by_side: list[tuple[Item | None, Item | None]] = [(matches.get(item.code), item) for item in after]
    return side_by_side + [(item, None) for item in left]


def _match(items: Sequence[Item], wanted: Item, *, by_title: bool) -> Item | None:
    return next((item for item in items if _is_same(item, wanted, by_title=by_title)), None)


def _is_same(item: Task | Measure, wanted: Task | Measure, *, by_title: bool) -> bool:
    first, second = item.title.replace(" ", ""), wanted.title.replace(" ", "")
    if by_title:
        return first == second
    return item.code == wanted.code and fuzz.ratio(first, second) >= ALIKE
