"""`manage.py backup --keep` and `backup verify`: the newest copies stay, and a copy is held against the board."""

import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

import manage
import services.operations.backup as backups
from data_access.database import forget_engine, writing
from data_access.plan_store import units
from data_access.room import DiskRoom

Verify = Callable[[Path], tuple[int, dict]]


@pytest.fixture
def one_second_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are named by the second: each is made a second after the last."""

    class Clock(datetime):
        second_of = iter(range(60))

        @classmethod
        def now(cls, tz=None):
            return datetime(2023, 8, 22, 2, 0, next(cls.second_of), tzinfo=tz)

    monkeypatch.setattr(backups, "datetime", Clock)


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    def call(path: Path) -> tuple[int, dict]:
        capsys.readouterr()
        status = manage.main(["backup", "verify", str(path), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return call


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_so_many_of_the_newest_copies_stay_and_no_other_file_is_touched(
    planned_file: Path, one_second_later: None
) -> None:
    folder = planned_file.parent / "backups"
    folder.mkdir()
    (folder / "board-notes.txt").write_text("有用")
    for _ in range(4):
        assert manage.main(["backup", "--keep", "2"]) == 0
    assert names_in(folder) == ["board-20230822-020002.sqlite3", "board-20230822-020003.sqlite3", "board-notes.txt"]


def test_a_copy_that_is_not_whole_goes_and_the_older_ones_stay(
    planned_file: Path,
    tmp_path: Path,
    one_second_later: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "备份"
    assert manage.main(["backup", "--keep", "1", "--folder", str(folder)]) == 0
    before = names_in(folder)

    def copy_half(out: Path) -> None:
        out.write_bytes(planned_file.read_bytes()[:100_000])

    monkeypatch.setattr(backups, "copy_to", copy_half)
    assert manage.main(["backup", "--keep", "1", "--folder", str(folder)]) == 2
    assert "检查未通过" in capsys.readouterr().err
    assert names_in(folder) == before


def test_without_room_nothing_is_written(
    planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backups, "room_beside", lambda _: DiskRoom(10**9, 1000))
    assert manage.main(["backup", "--out", str(tmp_path / "备份.sqlite3")]) == 2
    assert "没有备份" in capsys.readouterr().err
    assert not (tmp_path / "备份.sqlite3").exists()


@pytest.mark.parametrize("arguments", [[], ["--keep", "2", "--out", "x.sqlite3"], ["--keep", "0"], ["verify"]])
def test_half_a_command_is_refused(planned_file: Path, arguments: list[str]) -> None:
    assert manage.main(["backup", *arguments]) == 2


def test_a_whole_copy_is_verified_against_the_board_and_leaves_both_as_they_are(
    planned_file: Path, tmp_path: Path, verify: Verify
) -> None:
    out = tmp_path / "备份.sqlite3"
    assert manage.main(["backup", "--out", str(out)]) == 0
    content = out.read_bytes()
    status, document = verify(out)
    assert (status, document["problems"], document["audit"]["later"], document["lamps"]["turned"]) == (0, [], 1, 0)
    assert document["rows"]["unit"] == 62 and sum(document["lamps"]["counts"].values()) > 100
    assert out.read_bytes() == content
    with writing() as session:
        assert units(session)


def test_a_copy_of_another_board_is_told(planned_file: Path, tmp_path: Path, verify: Verify) -> None:
    out = tmp_path / "备份.sqlite3"
    assert manage.main(["account", "add", "wanghua", "--person", "王华", "--role", "bureau"]) == 0
    assert manage.main(["backup", "--out", str(out)]) == 0
    with sqlite3.connect(planned_file) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("DELETE FROM audit_entry")
        connection.execute("UPDATE audit_head SET entries = 0, digest = ''")
    status, document = verify(out)
    assert status == 1 and "不是这个库的备份" in document["problems"][0] and "audit_entry" in document["problems"][1]


def test_a_copy_whose_log_was_changed_is_told(planned_file: Path, tmp_path: Path, verify: Verify) -> None:
    out = tmp_path / "备份.sqlite3"
    assert manage.main(["backup", "--out", str(out)]) == 0
    with sqlite3.connect(out) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("UPDATE audit_entry SET subject = '改了' WHERE id = 1")
    status, document = verify(out)
    assert status == 1 and "审计日志不完整" in document["problems"][0]


def test_lamps_that_turned_though_nothing_was_entered_are_told(
    planned_file: Path, tmp_path: Path, verify: Verify
) -> None:
    out = tmp_path / "备份.sqlite3"
    assert manage.main(["backup", "--out", str(out)]) == 0
    with sqlite3.connect(planned_file) as connection:
        connection.execute("UPDATE unit SET name = '改名了' WHERE position = 0")
    forget_engine()
    status, document = verify(out)
    assert status == 1 and document["lamps"]["turned"] > 0 and "没有改动，却有" in document["problems"][0]
