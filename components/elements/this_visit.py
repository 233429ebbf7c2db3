"""What a page does for its visit alone, besides drawing: offers of files and places for them.

What a page draws may be kept and shown to others (frame/kept_pages.py); what is here is then done anew, for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Step = Callable[[], None]
_steps: ContextVar[list[Step] | None] = ContextVar("steps for this visit", default=None)


def for_this_visit(step: Step) -> None:
    """Carry out the step now, and again whenever what the page drew is shown to another visit.

    It may read who visits and what the visit remembers, and changes nothing but the visit's own memory.
    """
    steps = _steps.get()
    if steps is not None:
        steps.append(step)
    token = _steps.set(None)
    try:
        step()
    finally:
        _steps.reset(token)


@contextmanager
def noting_steps() -> Iterator[list[Step]]:
    """Give the list to which every step within is added."""
    steps = list[Step]()
    token = _steps.set(steps)
    try:
        yield steps
    finally:
        _steps.reset(token)


def is_noted() -> bool:
    """Return whether what happens now is to be kept for other visits: not so within a step."""
    return _steps.get() is not None
