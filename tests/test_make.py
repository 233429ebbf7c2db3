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
def test_a_port_that_is_none_is_refused(port: str) -> None:
    assert run("port_free", sys.executable, "127.0.0.1", port).returncode == 1


def test_a_browser_that_does_not_start_is_named() -> None:
    done = run("find_chromium", sys.executable, CHROMIUM="/no/such/chromium")
    assert done.returncode == 1
    assert "CHROMIUM=/no/such/chromium does not start" in done.stderr


def test_a_failing_step_says_how_to_mend_it() -> None:
    done = run("step", "ruff", "read the lines above", "false")
    assert (done.returncode, done.stdout) == (1, "==> ruff\n")
    assert done.stderr == "Failed: ruff. To mend it: read the lines above.\n"


def test_ci_runs_what_a_developer_runs() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
