"""A database that cannot be used is said in one Chinese sentence on standard error, by every command alike."""

import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import inspect

import manage
from data_access import database
from data_access.failures import Fault, Unusable
from services.operations.start_up import begin_to_serve

ROOT = Path(__file__).resolve().parents[2]


def rows_of_every_table() -> dict[str, set[str]]:
    with database.engine().connect() as connection:
        names = inspect(connection).get_table_names()
        return {name: {repr(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')} for name in names}  # noqa: S608 names are ours


def refused(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert manage.main(command) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert re.search(r"[\u4e00-\u9fff]", said.err)
    return said.err


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("这不是地址", "DATABASE_URL 不能识别"),
        ("sqlite:////nowhere/at/all.sqlite3", "尚未建立"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/board?connect_timeout=2", "DATABASE_URL|驱动"),
        ("oracle+nothing://host/board", "DATABASE_URL 不能识别"),
        ("postgresql+psycopg://nobody@no-such-host.invalid/board", "连不上|驱动"),
        ("postgresql+psycopg://nobody@127.0.0.1/board?no_such_option=1", "DATABASE_URL 不能识别|驱动"),
        ("mysql://a@b/c", "DATABASE_URL 不能识别"),
        ("postgresql://nobody@no-such-host.invalid/board", "连不上|DATABASE_URL 不能识别"),
    ],
)
def test_a_wrong_address_is_said(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert re.search(words, refused(capsys, "lamps", "--as-of", "2023-08-22"))
    assert re.search(words, refused(capsys, "upgrade"))


@pytest.mark.embedded
def test_a_file_that_is_no_database_is_said_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "board.sqlite3"
    path.write_text("这是另一个文件" * 400)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    for command in (["upgrade"], ["init"], ["init", "--sample"], ["lamps", "--as-of", "2023-08-22"]):
        assert "已损坏或不是看板的数据库" in refused(capsys, *command)
    assert path.read_text() == "这是另一个文件" * 400


@pytest.mark.long
@pytest.mark.embedded
def test_a_folder_that_may_not_be_opened_is_said(tmp_path: Path) -> None:
    """Root opens every folder, unless that power is taken from it."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    powerless = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'board.sqlite3'}"}
    for command in (["init"], ["lamps", "--as-of", "2023-08-22"]):
        done = subprocess.run(
            [*powerless, sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (2, "数据库文件或所在文件夹打不开，请检查路径和权限。\n")


@pytest.mark.long
def test_whoever_closes_the_pipe_early_sees_no_traceback(planned_database: str) -> None:
    command = f"{sys.executable} manage.py lamps --as-of 2023-08-22 | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.long
def test_a_full_disk_behind_the_output_is_one_sentence_and_a_closed_output_is_none(planned_database: str) -> None:
    def run(redirection: str) -> tuple[int, str]:
        command = f"{sys.executable} manage.py lamps --as-of 2023-08-22 {redirection}"
        done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    status, stderr = run("> /dev/full")
    assert status == 1 and stderr.startswith("结果写不出去") and len(stderr.splitlines()) == 1
    assert run(">&-") == (0, "")


@pytest.mark.long
def test_whoever_interrupts_a_command_reads_a_sentence(planned_database: str, tmp_path: Path) -> None:
    workbook = tmp_path / "表.xlsx"
    os.mkfifo(workbook)
    command = [sys.executable, "manage.py", "check", str(workbook)]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # whatever the tests' own shell ignores
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=heard)  # noqa: PLW1509
    with running, workbook.open("wb"):  # open from when on the command reads it
        running.send_signal(signal.SIGINT)
        _, stderr = running.communicate(timeout=60)
    assert (running.returncode, stderr) == (-signal.SIGINT, "已中断。\n")


def test_upgrade_makes_nothing_where_nothing_is(
    empty_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "尚未建立" in refused(capsys, "upgrade")
    assert list(tmp_path.iterdir()) == [] and not database.is_initialised()


def test_a_database_of_another_version_is_said_before_anything_is_read(
    planned_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database.downgrade("-1")
    for command in (["lamps", "--as-of", "2023-08-22"], ["account", "list"], ["audit", "verify"]):
        assert "以前版本的结构" in refused(capsys, *command)
    with pytest.raises(Unusable) as failure:
        begin_to_serve()
    assert failure.value.fault is Fault.OLDER_VERSION
    assert manage.main(["upgrade"]) == 0
    assert manage.main(["account", "list"]) == 0


def test_a_database_of_a_newer_program_is_left_as_it_is(
    planned_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = rows_of_every_table()
    for command in (["upgrade"], ["init"], ["init", "--sample"], ["lamps", "--as-of", "2023-08-22"]):
        assert "更新版本的程序" in refused(capsys, *command)
    assert rows_of_every_table() == before
