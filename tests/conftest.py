"""Databases for tests: an empty one, and one with the sample district, each test with its own copy."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("house")


def manage(*arguments: str, database: Path) -> subprocess.CompletedProcess[str]:
    """Runs manage.py in a process of its own on a database file; its output is in the result."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )


def _made_once(database: Path, *arguments: str) -> Path:
    done = manage(*arguments, database=database)
    assert done.returncode == 0, done.stdout + done.stderr
    return database


def _own_copy(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in template.parent.iterdir():  # the write-ahead log goes with its database
        shutil.copy(path, folder)
    copy = folder / template.name
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    return copy


@pytest.fixture(scope="session")
def planned_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made_once(tmp_path_factory.mktemp("planned") / "board.sqlite3", "init")


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made_once(tmp_path_factory.mktemp("sample") / "board.sqlite3", "init", "--sample")


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file where a database can be made; nothing is in it yet."""
    database = tmp_path / "board.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    yield database


@pytest.fixture
def planned_database(planned_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped plan and units, nothing reported. DATABASE_URL points to it."""
    return _own_copy(planned_template, tmp_path, monkeypatch)


@pytest.fixture
def sample_database(sample_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample district with everything it reported. DATABASE_URL points to it."""
    return _own_copy(sample_template, tmp_path, monkeypatch)
