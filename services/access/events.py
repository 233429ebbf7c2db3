"""What happens while the board runs, for its operator: one event, a line of the log and a number that is counted.

Whoever serves the board listens (frame/event_log.py, frame/metrics.py). Nothing that a person typed, and no cell, is
ever in an event.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

LOG = logging.getLogger("board")
LOG.setLevel(logging.INFO)
LOG.addHandler(logging.NullHandler())  # else Python itself prints what nobody listens to

Value = str | int | float | bool | None


def note(event: str, *, level: int = logging.INFO, problem: BaseException | None = None, **fields: Value) -> None:
    """Tell whoever listens; `problem` is the exception that was met."""
    _tell(event, level, problem, fields)


def _tell(event: str, level: int, problem: BaseException | None, fields: dict[str, Value]) -> None:
    LOG.log(level, event, exc_info=problem, extra={"fields": fields})


@contextmanager
def timed(event: str, **fields: Value) -> Iterator[dict[str, Value]]:
    """Note the event with its milliseconds when the block ends, and with what the block added to the given fields."""
    start, added = perf_counter(), dict(fields)
    try:
        yield added
    finally:
        added["ms"] = round(1000 * (perf_counter() - start), 1)
        _tell(event, logging.INFO, None, added)
