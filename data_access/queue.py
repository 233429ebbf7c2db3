"""Those who want a turn at what few may have at once (writing, reading files), in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic

Tell = Callable[[int], None]
"""Told how many have to end before it is one's turn, whenever that changes."""

LONGEST = 64
"""So many may have or await a turn; whoever comes then is refused at once."""


class WaitedTooLong(Exception):
    """Others were before, and it is not to be waited for any longer."""


def nobody_told(_: int) -> None:
    """Report no waiting: for those who do not watch."""


class Queue:
    """First come, first served; `places` may have their turn at once."""

    def __init__(self, places: int = 1) -> None:
        self._changed = Condition()
        self._places = places
        self._waiting: deque[object] = deque()

    def __len__(self) -> int:
        """How many have their turn or wait for it."""
        return len(self._waiting)

    @contextmanager
    def turn(self, patience: float, tell: Tell) -> Iterator[float]:
        """Gives the seconds of patience that are left. Raises WaitedTooLong after `patience` seconds of waiting."""
        ticket, end = object(), monotonic() + patience
        with self._changed:
            if len(self._waiting) >= LONGEST:
                raise WaitedTooLong
            self._waiting.append(ticket)
        try:
            self._wait(ticket, end, tell)
            yield max(0.0, end - monotonic())
        finally:
            with self._changed:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _wait(self, ticket: object, end: float, tell: Tell) -> None:
        while before := self._before(ticket):
            tell(before)
            with self._changed:
                if not self._changed.wait_for(lambda: self._ahead(ticket) != before, end - monotonic()):  # noqa: B023 called at once
                    raise WaitedTooLong

    def _before(self, ticket: object) -> int:
        with self._changed:
            return self._ahead(ticket)

    def _ahead(self, ticket: object) -> int:
        return max(0, self._waiting.index(ticket) - self._places + 1)
