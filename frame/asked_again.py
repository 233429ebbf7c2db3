"""What pages ask is asked before anybody comes: whoever opens a page first waits for no figures, whether the process
has just started, a write was accepted here or in another process, or the day is a new one.

At the start it is what the first pages ask (frame/first_pages.py), for each role that sees all units; the process is
not ready before. After a write it is first what visits of this process asked lately, then the same. The own pages of
units are asked only where their people were here lately: of sixty units they would take half a minute of the processor
a write. Where nobody was here lately it is asked all the same: a write costs one or two seconds of the processor, the
next visitor is not to be the one who waits, and in the hours when nobody comes nobody writes either.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Event, Thread

from components.elements.cache import (
    asking_ahead,
    current_version,
    forget_earlier_answers,
    forget_questions,
    noting_answers_made,
    questions_asked_lately,
)
from frame.first_pages import first_questions
from models.people import Person
from rules.as_of import day_of
from services.access.clock import clock
from services.access.current_user import acting_as
from services.access.events import note, timed
from services.access.permission import WHO_SEES_ALL
from services.access.refusal import RefusedRequest

EVERY = 1.0  # seconds between two looks at the version
QUIET = 2.0  # seconds without a write before anything is asked: of many submissions at once only the last counts
READY_WITHIN = 30.0  # seconds after the start; what takes longer is answered while people come
AT_MOST_OF_A_CORE = 0.5  # what is asked rests so long that no more is taken from those who are here

Edition = tuple[int, date]
"""Version of the data, and today: every answer is of one."""

_awaited_until = 0.0


def are_first_answers_there() -> bool:
    """Return whether the process has answered what the first pages ask, or is not waited for any longer."""
    return time.monotonic() >= _awaited_until


@contextmanager
def asking_again(every: float = EVERY, quiet: float = QUIET) -> Iterator[None]:
    """Answer what is asked first, and look after the version until the block ends: where the server stops, its database
    is asked nothing any more.
    """
    global _awaited_until
    ended, _awaited_until = Event(), time.monotonic() + READY_WITHIN
    watch = Thread(target=_watch, args=(ended, every, quiet), name="asked again", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join(quiet)  # an answer that takes longer ends with the process


def _watch(ended: Event, every: float, quiet: float) -> None:
    answered = _edition()
    _begin(ended)
    while not ended.wait(every):
        edition = _edition()
        if edition in (None, answered) or ended.wait(quiet) or edition != _edition():
            continue
        if answered is not None and edition is not None and edition[1] != answered[1]:
            forget_questions()
        forget_earlier_answers()
        with _told():
            ask_again(ended)
            ask_first(ended)
        answered = edition


def _begin(ended: Event) -> None:
    """Nobody is here yet who would be kept waiting: it is asked without a rest."""
    global _awaited_until
    with _told():
        ask_first(ended, at_most_of_a_core=1)
    _awaited_until = 0.0


@contextmanager
def _told() -> Iterator[None]:
    """Log how many answers were made, and how long it took."""
    with timed("asked ahead") as event, noting_answers_made() as made:
        yield
        event["made"] = len(made)


def _edition() -> Edition | None:
    """Return the edition, None while the database does not answer."""
    try:
        return current_version(), day_of(clock())
    except Exception:  # noqa: BLE001 whatever it is, the watch goes on: it may be put back, or be made just now
        return None


def ask_again(ended: Event | None = None) -> None:
    """Ask what was asked lately; given up where somebody writes."""
    _ask((question.answer for question in questions_asked_lately()), ended or Event(), _edition())


def ask_first(ended: Event | None = None, at_most_of_a_core: float = AT_MOST_OF_A_CORE) -> None:
    """Ask what the first pages ask; given up where somebody writes."""
    edition = _edition()
    for role in WHO_SEES_ALL:
        with acting_as(Person(role.word, role)), asking_ahead():
            _ask(first_questions(role), ended or Event(), edition, at_most_of_a_core)


def _ask(
    questions: Iterable[Callable[[], object]],
    ended: Event,
    edition: Edition | None,
    at_most_of_a_core: float = AT_MOST_OF_A_CORE,
) -> None:
    """Ask one after the other. What is refused, whoever asks it himself is told; what fails is logged."""
    to_come = iter(questions)
    while not ended.is_set() and _edition() == edition:
        begin = time.monotonic()
        try:
            next(to_come)()
        except StopIteration:
            return
        except RefusedRequest:
            pass
        except Exception as problem:  # noqa: BLE001 it is nobody's page that fails
            note("error", level=logging.ERROR, problem=problem)
        ended.wait((time.monotonic() - begin) * (1 / at_most_of_a_core - 1))
