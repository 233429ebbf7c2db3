"""Files made when they are asked for: what makes one in, the same made for whoever looks at the page out."""

from __future__ import annotations

from collections.abc import Callable

from services.acting import acting, acting_as


def for_whoever_looks(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Streamlit calls back outside the visit, where nobody can be looked up. The address it gives is the visit's own, and the
    guard of the frame lets nobody there who is not signed in."""
    person = acting()

    def made() -> bytes:
        with acting_as(person):
            return make()

    return made
