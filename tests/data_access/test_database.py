"""The database: who waits for whom, what cannot be opened, and who else on the machine may read it."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import text

from data_access.database import (
    Busy,
    Fault,
    Unusable,
    data_version,
    engine,
    forget_engine,
    hold_for_serving,
    is_initialised,
    is_served,
    reading,
    upgrade,
    writing,
    writing_engine,
)
from tests.conftest import of_its_own
from tests.engines import Engine


@pytest.fixture
def database(databases: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for url in of_its_own(databases, databases.empty(tmp_path / "folder"), monkeypatch):
        upgrade()
        yield url


@pytest.fixture
def database_file(database: str) -> Path:
    return Path(database.removeprefix("sqlite:///"))


def fault(monkeypatch: pytest.MonkeyPatch, url: str) -> Fault:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Unusable) as raised, reading() as session:
        session.execute(text("SELECT 1"))
    return raised.value.fault


def test_a_wrong_address_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "没有" / "board.sqlite3"
    assert fault(monkeypatch, f"sqlite:///{path}") is Fault.MISSING
    assert not is_initialised()
    assert not path.parent.exists()


def test_each_fault_is_told_from_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text_file = tmp_path / "board.sqlite3"
    text_file.write_text("这不是数据库" * 500)
    assert fault(monkeypatch, f"sqlite:///{text_file}") is Fault.DAMAGED
    assert fault(monkeypatch, f"sqlite:///{tmp_path}") is Fault.NO_ACCESS
    assert fault(monkeypatch, "这不是地址") is Fault.BAD_ADDRESS
    assert fault(monkeypatch, "mysql+nodriver://host/board") is Fault.BAD_ADDRESS


@pytest.mark.long
@pytest.mark.embedded
def test_a_new_database_is_for_its_owner_alone(database_file: Path) -> None:
    assert database_file.stat().st_mode & 0o777 == 0o600
    assert database_file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.embedded
def test_what_was_accepted_is_on_the_disk_before_it_is_said(database: str) -> None:
    full = 2
    with writing() as session:
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() == full


@pytest.mark.long
def test_readers_read_while_many_writers_wait(database: str) -> None:
    begun, go_on, refused = Event(), Event(), []

    def hold() -> None:
        with writing():
            begun.set()
            go_on.wait(120)

    def wait() -> None:
        try:
            with writing(0.5):
                pass
        except Busy as busy:
            refused.append(busy)

    threads = [Thread(target=hold), *(Thread(target=wait) for _ in range(30))]
    threads[0].start()
    assert begun.wait(60)
    for thread in threads[1:]:
        thread.start()
    assert [data_version() for _ in range(20)] == [0] * 20
    for thread in threads[1:]:
        thread.join(120)
    go_on.set()
    threads[0].join(120)
    assert len(refused) == 30
    assert data_version() == 1


@pytest.mark.long
def test_a_writer_of_another_process_is_waited_for_no_longer_than_is_said(database: str) -> None:
    writes = writing_engine().execution_options(writes=True)
    with writes.begin(), pytest.raises(Busy), writing(0.2):
        pass
    with writing(0.2):
        pass


@pytest.mark.long
@pytest.mark.embedded
def test_a_board_that_is_served_is_known_to_be(database: str) -> None:
    assert not is_served()
    child = os.fork()
    if child == 0:
        hold_for_serving()
        os.kill(os.getpid(), 19)
        os._exit(0)
    os.waitpid(child, os.WUNTRACED)
    assert is_served()
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert not is_served()


@pytest.mark.long
def test_a_database_put_in_the_place_of_another_is_opened_anew(database: str) -> None:
    readers, writers = engine(), writing_engine()
    forget_engine()
    assert engine() is not readers
    assert writing_engine() is not writers
