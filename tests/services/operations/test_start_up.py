"""What is looked at when the board begins to be served."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import data_access.database as database
from data_access.failures import Fault, Unusable
from services.operations.start_up import begin_to_serve


def test_a_folder_of_data_that_was_open_to_others_is_closed(
    planned_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = planned_file.parent / "data"
    data.mkdir(mode=0o755)
    moved = planned_file.rename(data / "board.sqlite3")
    moved.chmod(0o644)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{moved}")
    assert database.is_at_head()  # looks for the migrations where they are
    monkeypatch.setattr(database, "ROOT", data.parent)
    assert begin_to_serve() is not None
    assert [path.stat().st_mode & 0o777 for path in (data, moved)] == [0o700, 0o600]


def test_a_folder_of_ones_own_choice_is_left_as_it_is(planned_file: Path) -> None:
    planned_file.parent.chmod(0o755)
    assert begin_to_serve() is not None
    assert planned_file.parent.stat().st_mode & 0o777 == 0o755


def test_a_folder_in_which_nothing_can_be_written_is_a_failure_with_its_sentence(
    planned_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(os.EX_NOPERM, "read-only file system")

    monkeypatch.setattr("services.operations.start_up.hold_for_serving", refuse)
    with pytest.raises(Unusable) as failure:
        begin_to_serve()
    assert failure.value.fault is Fault.READ_ONLY


@pytest.fixture
def left_in_haste(planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database as a power cut leaves it: what was written last is in the log beside it alone."""
    cut_off = tmp_path / "cut off"
    cut_off.mkdir()
    with closing(sqlite3.connect(planned_file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE data_version SET version = version + 1")
        connection.commit()
        for part in ("board.sqlite3", "board.sqlite3-wal"):
            shutil.copy(planned_file.with_name(part), cut_off)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cut_off / 'board.sqlite3'}")
    return cut_off / "board.sqlite3"


def test_after_a_power_cut_the_file_is_looked_through_and_said_to_be_whole(left_in_haste: Path) -> None:
    assert begin_to_serve() == ["上次没有正常停止，已检查：数据库文件完整。"]


def test_after_a_stop_in_order_nothing_is_said(planned_database: str) -> None:
    assert begin_to_serve() == []


def test_a_file_that_a_power_cut_damaged_is_not_served(left_in_haste: Path) -> None:
    pages = bytearray(left_in_haste.read_bytes())
    middle = len(pages) // 2 // 4096 * 4096
    pages[middle : middle + 10 * 4096] = b"\xff" * 10 * 4096
    left_in_haste.write_bytes(pages)
    with pytest.raises(Unusable) as failure:
        begin_to_serve()
    assert failure.value.fault is Fault.DAMAGED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE audit_head SET digest = 'another'", "审计日志的末尾与记录不符"),
        ("UPDATE data_version SET folding = 0", "指标由其他版本计算"),
    ],
)
def test_an_end_of_the_log_or_figures_that_are_not_as_they_should_be_are_said(
    change: str, sentence: str, planned_database: str
) -> None:
    with database.engine().begin() as connection:
        connection.exec_driver_sql(change)
    database.forget_engine()
    sentences = begin_to_serve()
    assert sentences is not None and [line.startswith(sentence) for line in sentences] == [True]


@pytest.mark.long
def test_the_process_that_serves_may_open_as_many_files_as_the_system_allows(planned_database: str) -> None:
    """A hundred visits hold several hundred files; a shell gives 256 or 1,024."""
    lines = (
        "import resource",
        "most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]",
        "resource.setrlimit(resource.RLIMIT_NOFILE, (128, most))",
        "from frame.start import make_ready",
        "make_ready()",
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=database.ROOT, capture_output=True, text=True, check=True
    )
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(done.stdout) == (65_536 if most == resource.RLIM_INFINITY else min(most, 65_536)) > 128
