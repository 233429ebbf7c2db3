"""From two figure documents to every place where they differ, as `verify` tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KEYS = ("task", "area", "code", "measure", "unit", "dataset", "number")
"""What tells the rows of a list apart. An indicator is told by code and measure."""
COUNTED = {"counts", "now", "before"}
"""Numbers of lamps: one that is left out is 0."""


def differences(issued: Any, now: Any) -> list[dict[str, Any]]:
    """Return {"where", "issued", "now"} for every value that differs, in the order of the issued document."""
    return list(_compare("", issued, now, ""))


def _compare(where: str, issued: Any, now: Any, name: str) -> Iterator[dict[str, Any]]:
    if isinstance(issued, Mapping) and isinstance(now, Mapping):
        absent = 0 if name in COUNTED and _numbers(issued) and _numbers(now) else None
        for key in dict.fromkeys([*issued, *now]):
            yield from _compare(f"{where}.{key}".strip("."), issued.get(key, absent), now.get(key, absent), key)
    elif _rows(issued) and _rows(now) and (issued or now):
        left, right = _by_key(issued), _by_key(now)
        for key in dict.fromkeys([*left, *right]):
            yield from _compare(f"{where}[{key}]", left.get(key), right.get(key), "")
    elif issued != now:
        yield {"where": where, "issued": issued, "now": now}


def _numbers(values: Mapping[str, Any]) -> bool:
    return all(isinstance(value, int) for value in values.values())


def _rows(values: Any) -> bool:
    return (
        isinstance(values, Sequence)
        and not isinstance(values, str)
        and all(isinstance(value, Mapping) for value in values)
    )


def _by_key(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """A row without a unit (the plan names none) is told by its measure alone."""
    named = {"、".join(str(row[key]) for key in KEYS if row.get(key) is not None): row for row in rows}
    return named if len(named) == len(rows) else {str(number): row for number, row in enumerate(rows, 1)}
