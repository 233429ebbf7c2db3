"""`manage.py backup` and `restore`: everything in one file, and nothing lost on the way back."""

import fcntl
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import manage
from data_access.database import data_version, engine, forget_engine, writing
from data_access.plan_store import units
from services.accounts.sessions import FromWhere, begin_session


def names() -> list[str]:
    with writing() as session:
        return [unit.name for unit in units(session).values()]


@pytest.mark.long
def test_what_was_backed_up_comes_back_and_what_it_replaces_is_kept(planned_file: Path, tmp_path: Path) -> None:
    out, before = tmp_path / "备份.sqlite3", names()
    assert manage.main(["backup", "--out", str(out)]) == 0
    with engine().begin() as connection:
        connection.exec_driver_sql("UPDATE unit SET name = '改名了' WHERE position = 0")
    assert manage.main(["restore", str(out)]) == 0
    assert names() == before
    files = list(tmp_path.glob("board-replaced-*.sqlite3"))
    assert len(files) == 1
    assert data_version() > 0


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 50])
def test_a_file_that_is_no_backup_is_refused_and_changes_nothing(
    planned_file: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, before = tmp_path / "wrong.sqlite3", names()
    wrong.write_bytes(content)
    assert manage.main(["restore", str(wrong)]) == 2
    assert "不是完整的看板备份" in capsys.readouterr().err
    assert names() == before


def test_a_backup_of_a_later_program_is_refused_and_changes_nothing(
    planned_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, before = tmp_path / "备份.sqlite3", names()
    assert manage.main(["backup", "--out", str(out)]) == 0
    with closing(sqlite3.connect(out)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert manage.main(["restore", str(out)]) == 2
    assert "更新版本的程序" in capsys.readouterr().err
    assert names() == before and not list(tmp_path.glob("board-replaced-*"))


def test_an_existing_file_is_not_written_over(
    planned_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "有用的文件"
    out.write_text("有用")
    assert manage.main(["backup", "--out", str(out)]) == 2
    assert "已存在" in capsys.readouterr().err
    assert out.read_text() == "有用"


def test_nothing_is_restored_while_the_board_is_served(
    planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "备份.sqlite3"
    assert manage.main(["backup", "--out", str(out)]) == 0
    assert out.stat().st_mode & 0o777 == 0o600
    before = names()
    with (tmp_path / "board.sqlite3.serving").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        assert manage.main(["restore", str(out)]) == 2
    assert "看板正在运行" in capsys.readouterr().err
    assert names() == before


def test_a_restore_ends_every_sign_in_and_says_which_accounts_differ(
    planned_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    account = ["account", "add", "wanghua", "--person", "王华", "--role", "bureau"]
    assert manage.main(account) == 0
    with writing() as session:
        begin_session(session, FromWhere("10.0.0.5"), account=1)
    out = tmp_path / "备份.sqlite3"
    assert manage.main(["backup", "--out", str(out)]) == 0
    assert manage.main(["account", "password", "wanghua"]) == 0
    assert manage.main(["account", "add", "lihua", "--person", "李华", "--role", "bureau"]) == 0
    version = data_version()
    capsys.readouterr()
    assert manage.main(["restore", str(out), "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["sign_ins_ended"] == 1
    assert outcome["accounts"] == ["lihua：恢复后没有这个账号", "wanghua：密码与恢复前不同"]
    assert data_version() > version


def test_a_damaged_database_is_replaced_too_and_its_file_kept(planned_file: Path, tmp_path: Path) -> None:
    out, before = tmp_path / "备份.sqlite3", names()
    assert manage.main(["backup", "--out", str(out)]) == 0
    forget_engine()
    planned_file.write_bytes(b"damaged" * 1000)
    assert manage.main(["restore", str(out)]) == 0
    assert names() == before
    assert next(iter(tmp_path.glob("board-replaced-*.sqlite3"))).read_bytes() == b"damaged" * 1000


@pytest.mark.parametrize("command", [["backup", "--out"], ["backup", "--keep", "2", "--folder"], ["restore"]])
def test_of_a_database_of_a_server_one_sentence_is_said_and_nothing_is_written(
    served_database: str, tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = names()
    assert manage.main([*command, str(tmp_path / "备份.sqlite3")]) == 2
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1 and "pg_dump" in said.err
    assert list(tmp_path.iterdir()) == [] and names() == before
