"""Writers of one process in the order in which they came, so that none takes a connection before it is its turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition
from time import monotonic

from data_access.failures import Busy

Tell = Callable[[int], None]
"""Told how many writers are before one, whenever that changes."""

LONGEST = 64
"""Writers that may wait; whoever comes then is refused at once."""


class WriteQueue:
    """First come, first served."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: deque[object] = deque()

    def __len__(self) -> int:
        """How many write or wait to."""
        return len(self._waiting)

    @contextmanager
    def turn(self, patience: float, tell: Tell) -> Iterator[float]:
        """Gives the seconds of patience that are left. Raises Busy after `patience` seconds of waiting."""
        ticket, end = object(), monotonic() + patience
        with self._changed:
            if len(self._waiting) >= LONGEST:
                raise Busy
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
                if not self._changed.wait_for(lambda: self._waiting.index(ticket) != before, end - monotonic()):  # noqa: B023 called at once
                    raise Busy

    def _before(self, ticket: object) -> int:
        with self._changed:
            return self._waiting.index(ticket)
