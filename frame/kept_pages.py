"""Whole pages, kept: what a page drew for one visit is given to every other that asks the same.

A page depends on its address, the version of the data, today, and the role and unit of whoever looks; where it read
more of the person it is kept for those alone of whom that is the same. A page that depends on what the visit holds
besides (a form half filled in, a file just sent, what a form has just done) is run.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date
from threading import Lock
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.elements.this_visit import is_noted
from data_access.database import database_url, watching_writes
from frame.navigation import page_at
from frame.streamlit_internals.recorded_run import FRAGMENT, Recording, can_be_played, play, record
from models.people import Person
from rules.as_of import day_of
from rules.file_sizes import MEGABYTE
from services.access.clock import clock
from services.access.current_user import acting_as

MOST_BYTES = 48 * MEGABYTE
"""Of messages. With the rows that its tables would export a page takes about five times as much (docs/performance.md).
"""
OF_A_VERDICT = 500  # bytes
PATIENCE = 20  # seconds that a run waits for another that draws the same page
RUN_ALWAYS = frozenset({"accounts", "audit", "notice", "settings", "spot_check", "units"})
"""Pages that show the time of day or the machine, or note who opened them."""
TITLE_OF_THE_MOMENT = frozenset({"accounts", "audit"})
"""Of these, pages of which the title too tells what no version of the data settles."""
WRITES, OF_THE_MOMENT = "the page writes", "the page shows what no version of the data settles"
PERSONAL = frozenset({"name", "account", "address", "demonstration", "sign_in", "login"})
"""What there is of a person besides role and unit."""


@dataclass(frozen=True)
class NeverKept:
    """A page is run for each visit. `head`: the HTML with which it begins for whoever asks the same, "" where that is
    not known.
    """

    head: Markup = Markup("")


@dataclass(frozen=True)
class Personal:
    """A page is kept for each person: these of its `parts` are read."""

    parts: frozenset[str]


Query = tuple[tuple[str, tuple[str, ...]], ...]
"""The parameters of an address with their values, in the address's order."""


@dataclass(frozen=True)
class Question:
    """What a page is asked, down to all that its answer depends on. `person` is empty for what is nobody's own."""

    database: str
    version: int
    today: date
    page: str
    query: Query
    role: str
    unit: str | None
    person: tuple[Hashable, ...] = ()

    @property
    def edition(self) -> tuple[int, date]:
        return self.version, self.today

    def of(self, person: Person, parts: Iterable[str]) -> Question:
        """Return the question as that person's own, as far as these parts of a person go."""
        return replace(self, person=tuple((part, getattr(person, part)) for part in sorted(parts)))


Answer = Recording | NeverKept | Personal


@dataclass
class _Turn:
    lock: Lock = field(default_factory=Lock)
    waiting: int = 0


class KeptPages:
    """Answers by question, the one used longest ago given up first, and none of an older edition than the newest."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self.bytes = most_bytes, 0
        self._answers: OrderedDict[Question, Answer] = OrderedDict()
        self._newest: dict[str, tuple[int, date]] = {}
        self._turns: dict[Question, _Turn] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, question: Question) -> Answer | None:
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
            return self._answers.get(question)

    def put(self, question: Question, answer: Answer) -> None:
        with self._lock:
            newest = self._newest.setdefault(question.database, question.edition)
            if question.edition < newest:
                return
            if question.edition > newest:
                self._newest[question.database] = question.edition
                for old in [old for old in self._answers if old.database == question.database]:
                    self._drop(old)
            self._drop(question)
            self._answers[question] = answer
            self.bytes += _bytes_of(answer)
            while self.bytes > self._most:
                self._drop(next(iter(self._answers)))

    def _drop(self, question: Question) -> None:
        if (answer := self._answers.pop(question, None)) is not None:
            self.bytes -= _bytes_of(answer)

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self._newest.clear()
            self.bytes = 0

    @contextmanager
    def turn(self, question: Question) -> Iterator[None]:
        """Wait until nobody else draws this page; for so long that what hangs does not hold others up for ever."""
        with self._lock:
            turn = self._turns.setdefault(question, _Turn())
            turn.waiting += 1
        is_held = turn.lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if is_held:
                turn.lock.release()
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[question]


def _bytes_of(answer: Answer) -> int:
    return answer.size if isinstance(answer, Recording) else OF_A_VERDICT


KEPT = KeptPages()


class WatchedPerson(Person):
    """A person of whom it is noted what besides role and unit is read while a page is drawn for others too."""

    def __getattribute__(self, name: str) -> Any:
        if name in PERSONAL and is_noted():
            self.__dict__.setdefault("parts_read", set()).add(name)
        return super().__getattribute__(name)

    @property
    def parts(self) -> frozenset[str]:
        """Return what was read."""
        return frozenset(self.__dict__.get("parts_read", ()))


def run_page(page: st.Page, person: Person, version: int) -> None:
    """Run the page for the person, or give what it drew when the same was asked before of this version of the data."""
    name = page_at(page.url_path)
    if name in TITLE_OF_THE_MOMENT:
        page.run()
        return
    question = question_of(name, person, version)
    answer = _answer(question, person)
    if answer is None:
        with KEPT.turn(question):  # what a write has turned stale is drawn once, whoever asks at that moment
            answer = _answer(question, person)
            if answer is None:
                _run_and_keep(page, question, person)
                return
    if isinstance(answer, Recording) and can_be_played(answer):
        play(answer, page)
        _end(answer)
    else:
        page.run()


def kept_head(page: str, query: Query, person: Person, version: int) -> Markup:
    """Return the HTML with which the page begins for this person, "" where it is not known; nothing is run."""
    answer = _answer(_question(page, query, person, version), person)
    return Markup("") if answer is None or isinstance(answer, Personal) else answer.head


def question_of(page: str, person: Person, version: int) -> Question:
    query = tuple((name, tuple(st.query_params.get_all(name))) for name in st.query_params)
    return _question(page, query, person, version)


def _question(page: str, query: Query, person: Person, version: int) -> Question:
    return Question(database_url(), version, day_of(clock()), page, query, person.role, person.unit)


def _answer(question: Question, person: Person) -> Answer | None:
    answer = KEPT.get(question)
    return KEPT.get(question.of(person, answer.parts)) if isinstance(answer, Personal) else answer


def _run_and_keep(page: st.Page, question: Question, person: Person) -> None:
    watched = WatchedPerson(**{part.name: getattr(person, part.name) for part in fields(Person)})
    with watching_writes() as writes, acting_as(watched):
        recording = record(page.run)
    if writes:
        recording.of_page.add(WRITES)
    if question.page in RUN_ALWAYS:
        recording.of_page.add(OF_THE_MOMENT)
    known = KEPT.get(question)
    if parts := watched.parts | (known.parts if isinstance(known, Personal) else frozenset()):
        KEPT.put(question, Personal(parts))
        question = question.of(person, parts)
    if not recording.of_visit:
        KEPT.put(question, _answer_for_others(recording))
    _end(recording)


def _answer_for_others(recording: Recording) -> Recording | NeverKept:
    if not recording.of_page:
        return recording
    return NeverKept(recording.head if recording.of_page <= {FRAGMENT, OF_THE_MOMENT} else Markup(""))


def _end(recording: Recording) -> None:
    if recording.is_stopped:
        st.stop()
