"""After a write figures are made before anybody comes for them."""

import time
from datetime import date
from pathlib import Path
from threading import enumerate as living_threads

import pytest

from components.elements import cache
from data_access.database import data_version, make_file, writing
from frame.asked_again import _version, ask_again, asking_again
from models.people import Person, Role
from services.access.current_user import current_user
from tests.engines import Engine

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


def test_what_cannot_be_answered_any_more_keeps_the_others_from_nothing() -> None:
    cache.answer(counted, DAY)
    with pytest.raises(ZeroDivisionError):
        cache.answer(divmod, 1, 0)
    write()
    ask_again()
    assert len(calls) == 2


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
    assert _version() is None
