"""Run a call on a thread of its own beside the caller; its result or its exception is there when it is wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")
ROOM = 32 * 1024 * 1024
"""Bytes: a thread's stack and its first steps. A thread that begins without them dies before it says that it began,
for which Python waits for ever.
"""


class Background(Generic[Result]):
    """For work that lets go of the interpreter. The thread is a daemon, so that it cannot hold up an exit.

    Raises MemoryError where there is no room for it.
    """

    def __init__(self, call: Callable[[], Result]) -> None:
        bytearray(ROOM)
        self._call = call
        self._results: list[Result] = []
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._results.append(self._call())
        except BaseException as problem:  # noqa: BLE001 raised again where the result is asked for
            self._problem = problem

    def result(self) -> Result:
        self._thread.join()
        if self._problem is not None:
            raise self._problem
        return self._results[0]
