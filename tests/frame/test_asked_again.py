"""Figures are made before anybody comes for them: at the start, after a write of any process, and on a new day."""

import gc
import time
from datetime import date, timedelta
from pathlib import Path
from threading import enumerate as living_threads
from typing import Any
from weakref import ref

import pytest

from components.elements import cache
from data_access.database import data_version, make_file, writing
from frame import asked_again
from frame.asked_again import _edition, are_first_answers_there, ask_again, asking_again
from models.people import Person, Role
from services.access.clock import clock
from services.access.current_user import current_user
from services.access.refusal import RefusedRequest
from tests.engines import Engine
from tests.frame.conftest import Lines
from tests.pages.visiting import open_page

DAY = date(2023, 7, 20)
calls: list[tuple[int, Role, str | None]] = []


def counted(day: date) -> int:
    """What was asked of which version, and by whom."""
    calls.append((data_version(), current_user().role, current_user().unit))
    return len(calls)


@pytest.fixture(autouse=True)
def _nothing_asked(planned_database: str) -> None:
    calls.clear()
    cache._noted.clear()
    cache.forget_earlier_answers()


@pytest.fixture
def _the_bureau_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_again, "WHO_SEES_ALL", (Role.BUREAU,))


def write() -> None:
    with writing():
        pass


def test_what_was_asked_is_asked_again_after_a_write_by_the_same_role_and_unit(become) -> None:
    cache.answer(counted, DAY)
    become.person = Person("丁", Role.UNIT, "区人社局")
    cache.answer(counted, DAY)
    first = data_version()
    write()
    ask_again()
    assert calls == [
        (first, Role.BUREAU, None),
        (first, Role.UNIT, "区人社局"),
        (first + 1, Role.UNIT, "区人社局"),
        (first + 1, Role.BUREAU, None),
    ]
    assert cache.answer(counted, DAY) == 3, "whoever comes waits for nothing"


def test_what_fails_keeps_the_others_from_nothing_and_is_logged(log_lines: Lines) -> None:
    cache.answer(counted, DAY)
    with pytest.raises(ZeroDivisionError):
        cache.answer(divmod, 1, 0)
    with pytest.raises(RefusedRequest):
        cache.caseload("no such kind", DAY)
    write()
    ask_again()
    assert len(calls) == 2
    assert [line["error"] for line in log_lines() if line["event"] == "error"] == ["ZeroDivisionError"]


def test_a_server_notices_a_write_of_any_process_and_asks_once_when_writing_is_over() -> None:
    cache.answer(counted, DAY)
    with asking_again(every=0.01, quiet=0.2):
        time.sleep(0.1)
        for _ in range(3):
            write()
            time.sleep(0.05)
        give_up = time.monotonic() + 30
        while len(calls) < 2 and time.monotonic() < give_up:
            time.sleep(0.05)
        time.sleep(0.3)
    assert [version for version, _, _ in calls[1:]] == [data_version()]


def passes(lines: list[dict[str, Any]]) -> list[int]:
    """How many answers were made each time that something was asked before anybody came."""
    return [line["made"] for line in lines if line["event"] == "asked ahead"]


def wait_for(log_lines: Lines, number: int) -> list[int]:
    give_up = time.monotonic() + 60
    while len(passes(log_lines())) < number and time.monotonic() < give_up:
        time.sleep(0.05)
    return passes(log_lines())


@pytest.mark.long
def test_a_server_that_has_just_started_is_ready_when_the_first_pages_are_answered(log_lines: Lines) -> None:
    with asking_again(every=0.01, quiet=0.01):
        assert not are_first_answers_there()
        assert wait_for(log_lines, 1)[0] > 30
        time.sleep(0.2)
        assert are_first_answers_there() and len(passes(log_lines())) == 1, "once a version"
    open_page("board")
    assert [line["made"] for line in log_lines() if line["event"] == "page"] == [0]


def test_a_server_that_cannot_answer_is_taken_for_ready_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_again, "READY_WITHIN", 0.1)
    monkeypatch.setattr(asked_again, "ask_first", lambda ended, **_: ended.wait())
    with asking_again(every=0.01, quiet=0.01):
        assert not are_first_answers_there()
        time.sleep(0.15)
        assert are_first_answers_there()


@pytest.mark.long
@pytest.mark.usefixtures("_the_bureau_alone")
def test_after_a_write_the_first_pages_are_answered_too_and_nobody_is_taken_for_a_visit(log_lines: Lines) -> None:
    with asking_again(every=0.01, quiet=0.01):
        wait_for(log_lines, 1)
        write()
        assert wait_for(log_lines, 2)[1] > 30
    assert not cache.questions_asked_lately()
    open_page("board")
    assert [line["made"] for line in log_lines() if line["event"] == "page"] == [0]


@pytest.mark.long
@pytest.mark.usefixtures("_the_bureau_alone")
def test_on_a_new_day_what_was_asked_of_another_is_not_asked_again(
    log_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.answer(counted, DAY)
    with asking_again(every=0.01, quiet=0.01):
        wait_for(log_lines, 1)
        for module in (asked_again, cache):
            monkeypatch.setattr(module, "clock", lambda: clock() + timedelta(days=1))
        assert wait_for(log_lines, 2)[1] > 30
    assert len(calls) == 1


class Answer:
    """Of which it can be told whether it is kept."""


@pytest.mark.long
@pytest.mark.usefixtures("_the_bureau_alone")
def test_answers_of_earlier_versions_are_given_up(log_lines: Lines) -> None:
    reference = ref(cache.answer(Answer))
    gc.collect()
    assert reference() is not None
    with asking_again(every=0.01, quiet=0.01):
        wait_for(log_lines, 1)
        write()
        wait_for(log_lines, 2)
    gc.collect()
    assert reference() is None


def test_when_the_server_stops_nothing_is_asked_any_more() -> None:
    with asking_again(every=0.01, quiet=20):  # which it does not wait, unless it must
        assert "asked again" in {thread.name for thread in living_threads()}
    assert "asked again" not in {thread.name for thread in living_threads()}


def test_no_more_is_remembered_than_can_be_asked_in_a_while() -> None:
    for number in range(cache.MOST_NOTED + 10):
        cache.answer(divmod, number, 7)
    assert len(cache.questions_asked_lately()) == cache.MOST_NOTED
    assert cache.questions_asked_lately()[0].key == (cache.MOST_NOTED + 9, 7)


def test_a_database_without_tables_ends_no_watch(
    databases: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", databases.empty(tmp_path / "being made"))
    make_file()
    assert _edition() is None
