"""From a number as somebody typed it to the row that bears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rules.numbering import number_read
from services.access.refusal import RefusedRequest

Row = TypeVar("Row")


def row_numbered(number: str, called: str, of: str, look_up: Callable[[tuple[int, int]], Row | None]) -> Row:
    """Return the row of this number. `called`: 整改编号 without 编号; `of`: what bears it.

    Raises RefusedRequest for what is no number, or nobody's.
    """
    read = number_read(number)
    if read is None:
        raise RefusedRequest(f"“{number}”不是{called}编号，编号形如 2023-1。")
    row = look_up(read)
    if row is None:
        raise RefusedRequest(f"没有编号为 {number} 的{of}。")
    return row
