"""Who checks what (supervision.md 2.5, 双随机): from names, seed and the elements' units to a checker for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256


def order_of(names: Iterable[str], seed: str) -> tuple[str, ...]:
    """Return the checkers sorted by SHA-256 of `seed|核查人|name`, each once."""
    return tuple(sorted(set(names), key=lambda name: (sha256(f"{seed}|核查人|{name}".encode()).digest(), name)))


def assigned(
    names: Iterable[str],
    seed: str,
    elements: Sequence[tuple[int, str, str]],
    is_barred: Callable[[str, str, str], bool],
) -> tuple[str | None, ...]:
    """Return for each element (position, key, unit) its checker: (position − 1) mod their number, or the next who may.

    `is_barred(name, key, unit)`: belongs to that unit, or has withdrawn from it (回避). None where nobody is left.
    """
    order = order_of(names, seed)
    return tuple(
        next(
            (
                name
                for step in range(len(order))
                if not is_barred(name := order[(position - 1 + step) % len(order)], key, unit)
            ),
            None,
        )
        for position, key, unit in elements
    )
