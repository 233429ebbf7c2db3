"""Databases for tests: an empty one, and one with the sample district, each test with its own copy; and who is at work
in them.
"""

import fcntl
import gc
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy import Engine as SqlEngine
from sqlmodel import create_engine
from streamlit.components.v2 import manifest_scanner

from catalogue.register import NOTHING, declare
from data_access import database
from frame.visitor import plan_visited
from models.people import Person, Role
from sample_data.loaded_district import unpack
from services.access.chosen_plan import look_up_plan_by
from services.access.current_user import look_up_by
from services.accounts import passwords
from tests.engines import IS_SERVED, Engine, running_engine
from tests.examples import USUAL, examples

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
IN_MEMORY = Path("/dev/shm")
ROOM_FOR_DATABASES = 4 * 2**30

# What is accepted waits until it is on the disk; in memory the thousands of databases of the tests wait for nothing.
if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_FOR_DATABASES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

gc.disable()  # until all is collected: what is imported lives for ever, and is not to be walked again and again
ALLOCATIONS = (50_000, 20, 20)
"""After how many the collector looks, where thousands of tests leave little that refers to itself."""

settings.register_profile("house", examples(USUAL))
settings.load_profile("house")


BUREAU = Person("管理局", Role.BUREAU)


EMBEDDED_ALONE = {"empty_database", "planned_database", "sample_database", "board", "known"}
SERVED_ALONE = {"sample_on_postgresql"}
"""Fixtures that are a file of SQLite, or a server's: what asks for one is left out where the tests run on the other."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    others = EMBEDDED_ALONE if IS_SERVED else SERVED_ALONE
    left_out = [
        item
        for item in items
        if others & set(getattr(item, "fixturenames", ())) or (IS_SERVED and item.get_closest_marker("embedded"))
    ]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ALLOCATIONS)
    gc.enable()


@pytest.fixture(scope="session")
def databases() -> Iterator[Engine]:
    """Where the databases of this run are made."""
    with running_engine() as engine:
        yield engine


class AtWork:
    """Whoever asks the services, in whatever thread; None: a stranger."""

    person: Person | None = BUREAU

    def __call__(self, role: Role | None, unit: str | None = None) -> None:
        """Be somebody of this role, named after the unit or the role, or nobody."""
        self.person = None if role is None else Person(unit or role.word, role, unit)


AT_WORK = AtWork()


@pytest.fixture(scope="session", autouse=True)
def _looked_up() -> None:
    """Pages and downloads run in threads of their own: what they ask finds its person by the look-up."""
    look_up_by(lambda: AT_WORK.person)
    look_up_plan_by(plan_visited)


@pytest.fixture(scope="session", autouse=True)
def _packages_scanned_once() -> Iterator[None]:
    """AppTest looks through every installed package for components, at every visit: half a second each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Every engine compiles each statement once, and there are thousands of databases of a file, all alike."""
    first = create_engine("sqlite://", query_cache_size=10_000)
    first.connect().close()  # it has asked SQLite what it can do

    def engine_like_the_first(url: str, **settings: Any) -> SqlEngine:
        made = create_engine(url, **settings)
        if url.startswith("sqlite"):
            made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", engine_like_the_first)
        yield


@pytest.fixture(scope="module")
def quick_passwords() -> Iterator[None]:
    """Hashed the same way with less work, where hundreds of passwords are tried that are not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setattr(passwords, "_nobodys", cache(passwords._nobodys.__wrapped__))
        yield


@pytest.fixture(autouse=True)
def _nothing_declared() -> None:
    """What the board of another test declares is none of this one's."""
    declare(NOTHING)


@pytest.fixture(autouse=True)
def become() -> Iterator[Callable[..., None]]:
    """Every test begins as the bureau; `become(Role.UNIT, "区人社局")` or `become(None)` is somebody else from then
    on.
    """
    AT_WORK.person = BUREAU
    yield AT_WORK
    AT_WORK.person = BUREAU


def manage(*arguments: str, database: Path | str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py in a process of its own on a database file, or on an address; its output is in the result."""
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _kept(name: str, *arguments: str) -> Path:
    """A database made once for a state of the code and the sample, and kept for the next run and the other workers."""
    folder = CACHE / f"{name}-{_state()}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for old in CACHE.glob(f"{name}-*"):
                if time.time() - old.stat().st_mtime > 3600:  # a younger one may serve another run
                    shutil.rmtree(old)
            making = Path(tempfile.mkdtemp(dir=CACHE))
            done = manage(*arguments, database=making / "board.sqlite3")
            assert done.returncode == 0, done.stdout + done.stderr
            making.rename(folder)
    return folder / "board.sqlite3"


@lru_cache
def _state() -> str:
    """Changes with every file that decides what is in the database."""
    digest = hashlib.sha256()
    for folder in ("catalogue", "data_access", "migrations", "models", "rules", "sample_data", "services"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".xlsx", ".xls", ".csv", ".ods", ".json", ".pdf", ".png", ".docx"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def copied(template: Path, folder: Path) -> Path:
    """Copy a database into the folder, and return its path there."""
    for path in template.parent.glob(f"{template.name}*"):  # the write-ahead log goes with its database
        shutil.copy(path, folder)
    return folder / template.name


@pytest.fixture(scope="session")
def planned_template() -> Path:
    return _kept("planned", "init", "--units", "sample_data/责任单位.xlsx")


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample district as the first `make run` unpacks it; SAMPLE_DATABASE names a file to be taken instead."""
    database = tmp_path_factory.mktemp("sample") / "board.sqlite3"
    if made_before := os.environ.get("SAMPLE_DATABASE"):
        shutil.copy(made_before, database)
    else:
        unpack(database)
    done = manage("upgrade", database=database)
    assert done.returncode == 0, done.stdout + done.stderr
    return database


@pytest.fixture(scope="session")
def sample_from_workbooks() -> Path:
    """The sample district as the program, as it is, loads it."""
    return _kept("sample", "init", "--sample")


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file where a database can be made; nothing is in it yet."""
    database = tmp_path / "board.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    yield database


@pytest.fixture
def planned_database(planned_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped plan and units, nothing reported. DATABASE_URL points to it."""
    copy = copied(planned_template, tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    return copy


class UnchangedCopy:
    """A copy of the sample district that tests share; after one that wrote to it, the next gets a new copy."""

    def __init__(self, template: Path, folders: pytest.TempPathFactory) -> None:
        self._template, self._folders = template, folders
        self._watching: sqlite3.Connection | None = None
        self._version = 0
        self._copy = Path()

    def path(self) -> Path:
        """Return the copy, which is as it was made."""
        if self._watching is None or self._data_version(self._watching) != self._version:
            self.give_up()
            folder = self._folders.mktemp("sample")
            self._copy = copied(self._template, folder)
            self._watching = sqlite3.connect(self._copy)
            self._version = self._data_version(self._watching)
        return self._copy

    def give_up(self) -> None:
        """Make a new copy next time."""
        if self._watching is not None:
            self._watching.close()
            self._watching = None
            shutil.rmtree(self._copy.parent, ignore_errors=True)

    @staticmethod
    def _data_version(connection: sqlite3.Connection) -> int:
        """SQLite's own number, which differs once another connection has written."""
        return int(connection.execute("PRAGMA data_version").fetchone()[0])


@pytest.fixture(scope="session")
def unchanged_sample(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> UnchangedCopy:
    return UnchangedCopy(sample_template, tmp_path_factory)


@pytest.fixture
def sample_database(unchanged_sample: UnchangedCopy, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The sample district with everything it reported. DATABASE_URL points to it.

    A test that patches the program has a copy of its own: answers kept for the others are not of the patched one.
    """
    patches = "monkeypatch" in request.fixturenames
    if patches:
        unchanged_sample.give_up()
    with pytest.MonkeyPatch.context() as patch:
        copy = unchanged_sample.path()
        patch.setenv("DATABASE_URL", f"sqlite:///{copy}")
        yield copy
    if patches:
        unchanged_sample.give_up()
