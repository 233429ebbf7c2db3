"""`make run` and `make test` fail with a sentence that says how to mend it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / ".ci" / script), *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_new_enough_python_it_says_what_to_install(tmp_path: Path) -> None:
    done = run("make_venv", str(tmp_path / "venv"), PYTHON="python-that-is-not-there")
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed: install it" in done.stderr


def test_a_taken_port_is_said_with_another_to_take() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("port_free", sys.executable, "127.0.0.1", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "make run PORT=8600" in done.stderr


@pytest.mark.parametrize("port", ["0", "99999", "abc"])
def test_a_port_that_is_none_is_refused_in_one_chinese_sentence(port: str) -> None:
    done = run("port_free", sys.executable, "127.0.0.1", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"不能在 127.0.0.1:{port} 提供服务（端口应是 1 到 65535 的数），请换一个，如：make run PORT=8600。\n"
    )


def test_a_browser_that_does_not_start_is_named() -> None:
    done = run("find_chromium", sys.executable, CHROMIUM="/no/such/chromium")
    assert done.returncode == 1
    assert "CHROMIUM=/no/such/chromium does not start" in done.stderr


def test_a_failing_step_says_how_to_mend_it() -> None:
    done = run("step", "ruff", "read the lines above", "false")
    assert (done.returncode, done.stdout) == (1, "==> ruff\n")
    assert done.stderr == "Failed: ruff. To mend it: read the lines above.\n"


def test_ci_runs_what_a_developer_runs_on_both_engines() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    steps = [line.split()[-2] for line in lines if "make" in line]
    assert steps == ["test", "test-rest", "test-postgresql-short"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


STUB = """#!/bin/sh
echo "$@" >> asked
case "$*" in
    *unpack*) [ -z "${FAILS:-}" ] || exit 2; echo sample > "$4" ;;
    *upgrade) [ -z "${FAILS:-}" ] || exit 2 ;;
esac
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder in which `.ci/database` is run with something that only notes what it is asked to do."""
    stub = tmp_path / "python"
    stub.write_text(STUB)
    stub.chmod(0o755)
    return tmp_path


def make_database(office: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [str(ROOT / ".ci" / "database"), str(office / "python")],
        cwd=office,
        env=variables | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def calls_of(office: Path) -> list[str]:
    return (office / "asked").read_text().splitlines()


def test_the_sample_is_made_where_no_database_file_was(office: Path) -> None:
    assert make_database(office).returncode == 0
    assert [line.split(" data/")[0] for line in calls_of(office)] == [
        "-m sample_data.loaded_district unpack",
        "manage.py upgrade",
        "manage.py entrance",
    ]
    assert [path.name for path in (office / "data").iterdir()] == ["board.sqlite3"]
    assert (office / "data").stat().st_mode & 0o777 == 0o700


def test_a_database_that_is_there_is_upgraded_and_nothing_else_even_where_it_cannot_be_opened(office: Path) -> None:
    (office / "data").mkdir()
    real = office / "data" / "board.sqlite3"
    real.write_text("real")
    (office / "data" / "first-use.unfinished").touch()  # as an earlier version left it
    for _ in range(2):
        assert make_database(office, FAILS="1").returncode == 1
    assert calls_of(office) == ["manage.py upgrade"] * 2
    assert real.read_text() == "real"
    assert make_database(office).returncode == 0
    assert real.read_text() == "real"


def test_a_folder_that_an_earlier_version_left_open_to_others_is_closed(office: Path) -> None:
    (office / "data").mkdir(mode=0o755)
    assert make_database(office).returncode == 0
    assert (office / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_used_is_said_in_one_chinese_sentence(office: Path) -> None:
    (office / "data").write_text("no folder")
    done = make_database(office)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("不能使用文件夹“") and len(done.stderr.splitlines()) == 1
    assert not (office / "asked").exists()


def test_a_first_use_that_fails_leaves_nothing_behind(office: Path) -> None:
    assert make_database(office, FAILS="1").returncode == 1
    assert list((office / "data").iterdir()) == []
    assert make_database(office).returncode == 0


def test_an_address_of_ones_own_never_gets_the_sample(office: Path) -> None:
    assert make_database(office, DATABASE_URL=f"sqlite:///{office / 'wrong.sqlite3'}", FAILS="1").returncode == 1
    assert calls_of(office) == ["manage.py upgrade"]
    assert not (office / "wrong.sqlite3").exists()


def test_a_log_without_its_database_stops_the_first_use(office: Path) -> None:
    (office / "data").mkdir()
    (office / "data" / "board.sqlite3-wal").write_text("log")
    done = make_database(office)
    assert done.returncode == 1
    assert "先找回库文件" in done.stderr
    assert not (office / "asked").exists()


@pytest.mark.long
def test_an_environment_that_works_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    assert run("make_venv", str(tmp_path), PYTHON="python-that-is-not-there").returncode == 0
    assert (tmp_path / "bin" / "python").is_symlink()
