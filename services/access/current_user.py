"""Who is at work: told by the command line and the routes for the time of a request, else looked up from the visit
itself.

A fragment or a dialog of a page runs without the page and without the frame; what it asks of a service still finds its
person here, because the look-up is made at the moment of asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from models.people import Person
from services.access.refusal import RefusedRequest

_told: ContextVar[Person | None] = ContextVar("acting", default=None)
_look_up: Callable[[], Person | None] = lambda: None  # noqa: E731


class NotSignedIn(RefusedRequest):
    """Nobody is signed in, or the sign-in has ended meanwhile."""

    def __init__(self) -> None:
        super().__init__("尚未登录，或者登录已经失效，请重新登录。")


def current_user() -> Person:
    """Return whoever asks now. Raises NotSignedIn."""
    person = _told.get() or _look_up()
    if person is None:
        raise NotSignedIn
    return person


@contextmanager
def acting_as(person: Person) -> Iterator[None]:
    """Let this person be the one who asks within."""
    token = _told.set(person)
    try:
        yield
    finally:
        _told.reset(token)


def look_up_by(find: Callable[[], Person | None]) -> None:
    """Set how a visit tells its person; the frame does so once."""
    global _look_up
    _look_up = find
