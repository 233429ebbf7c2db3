"""What visits asked lately is asked again after a write, before anybody comes: whoever opens a page first then waits
for no figures, in the process that accepted the write and in the others.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from components.elements.cache import current_version, questions_asked_lately

EVERY = 1.0  # seconds between two looks at the version
QUIET = 2.0  # seconds without a write before anything is asked: of many submissions at once only the last counts


@contextmanager
def asking_again(every: float = EVERY, quiet: float = QUIET) -> Iterator[None]:
    """Look after the version until the block ends: where the server stops, its database is asked nothing any more."""
    ended = Event()
    watch = Thread(target=_watch, args=(ended, every, quiet), name="asked again", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join(quiet)  # an answer that takes longer ends with the process


def _watch(ended: Event, every: float, quiet: float) -> None:
    answered = _version()
    while not ended.wait(every):
        version = _version()
        if version == answered or ended.wait(quiet):
            continue
        if version == _version():
            ask_again(ended)
            answered = version


def _version() -> int | None:
    """Return the version of the data, None while the database does not answer."""
    try:
        return current_version()
    except Exception:  # noqa: BLE001 whatever it is, the watch goes on: it may be put back, or be made just now
        return None


def ask_again(ended: Event | None = None) -> None:
    """Ask what was asked lately, with as long a rest after each answer as it took; given up where somebody writes."""
    ended = ended or Event()
    version = _version()
    for question in questions_asked_lately():
        if ended.is_set() or _version() != version:
            return
        begin = time.monotonic()
        try:
            question.answer()
        except Exception:  # noqa: BLE001, S112 whoever asks it himself is told
            continue
        ended.wait(time.monotonic() - begin)
