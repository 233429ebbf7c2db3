"""Which plan is asked about: told by the command line for the time of a request, else looked up from the visit itself;
nobody asked: the current plan of the day.

As with who is at work (current_user.py): a fragment of a page still finds what its address says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_told: ContextVar[str | None] = ContextVar("plan", default=None)
_look_up: Callable[[], str | None] = lambda: None  # noqa: E731


def chosen_plan() -> str | None:
    """Return the code of the plan asked about, or None for the current one."""
    return _told.get() or _look_up()


@contextmanager
def asking_of(plan: str | None) -> Iterator[None]:
    """Let what is asked within be asked of this plan; None: as outside."""
    token = _told.set(plan or _told.get())
    try:
        yield
    finally:
        _told.reset(token)


def look_up_plan_by(find: Callable[[], str | None]) -> None:
    """Set how a visit tells its plan; the frame does so once."""
    global _look_up
    _look_up = find
