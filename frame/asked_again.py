"""What visits asked lately is asked again after a write, before anybody comes: whoever opens a page first then waits
for no figures, in the process that accepted the write and in the others.
"""

from __future__ import annotations

import time
from threading import Thread

from components.elements.cache import current_version, questions_asked_lately

EVERY = 1.0  # seconds between two looks at the version
QUIET = 2.0  # seconds without a write before anything is asked: of many submissions at once only the last counts


def begin_asking_again() -> None:
    """Look after the version for as long as the process lives."""
    Thread(target=_watch, name="asked again", daemon=True).start()


def _watch(every: float = EVERY, quiet: float = QUIET) -> None:
    answered = _version()
    while True:
        time.sleep(every)
        version = _version()
        if version == answered:
            continue
        time.sleep(quiet)
        if version == _version():
            ask_again()
            answered = version


def _version() -> int | None:
    """Return the version of the data, None while the database does not answer."""
    try:
        return current_version()
    except Exception:  # noqa: BLE001 whatever it is, the watch goes on: it may be put back, or be made just now
        return None


def ask_again() -> None:
    """Ask what was asked lately, with as long a rest after each answer as it took; given up where somebody writes."""
    version = _version()
    for question in questions_asked_lately():
        if _version() != version:
            return
        begin = time.monotonic()
        try:
            question.answer()
        except Exception:  # noqa: BLE001, S112 whoever asks it himself is told
            continue
        time.sleep(time.monotonic() - begin)
