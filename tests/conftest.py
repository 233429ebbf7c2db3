"""Databases for tests: an empty one, and one with the sample district, each test with its own copy; and who is at work
in them.
"""

import fcntl
import gc
import gzip
import hashlib
import os
import shutil
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
from tests.chromium import browser as browser
from tests.chromium import chromium as chromium
from tests.chromium import playwright as playwright
from tests.engines import IS_SERVED, Engine, running_engine
from tests.examples import USUAL, examples

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
FIRST_VERSION = ROOT / "tests" / "migrations" / "first_version.sqlite3.gz"
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


EMBEDDED_ALONE = {"empty_file", "planned_file", "sample_file", "database_file"}
SERVED_ALONE = {"sample_on_postgresql", "served_database", "served_board"}
"""Fixtures that are a file of SQLite, or a server's: what asks for one is left out where the tests run on the other."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL every test runs that asks for a database of this run's engine, and no other."""
    left_out = [item for item in items if not _is_of_this_engine(item)]
    if left_out:
        items[:] = [item for item in items if _is_of_this_engine(item)]
        config.hook.pytest_deselected(items=left_out)


def _is_of_this_engine(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if not IS_SERVED:
        return not SERVED_ALONE & fixtures
    return "databases" in fixtures and not EMBEDDED_ALONE & fixtures and not item.get_closest_marker("embedded")


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


@pytest.fixture(scope="session")
def first_version(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The template of a database as the first version of the program left it (tests/migrations)."""
    path = tmp_path_factory.mktemp("first") / "board.sqlite3"
    path.write_bytes(gzip.decompress(FIRST_VERSION.read_bytes()))
    return databases.moved(path)


@pytest.fixture(scope="session")
def planned_address(databases: Engine, planned_template: Path) -> str:
    """The template of `planned_database` on the engine of this run."""
    return databases.moved(planned_template)


@pytest.fixture(scope="session")
def sample_address(databases: Engine, sample_template: Path) -> str:
    """The template of `sample_database` on the engine of this run."""
    return databases.moved(sample_template)


@pytest.fixture
def empty_database(databases: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database that is still to be made. DATABASE_URL is it."""
    yield from of_its_own(databases, databases.empty(tmp_path), monkeypatch)


@pytest.fixture
def planned_database(
    databases: Engine, planned_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The shipped plan and units, nothing reported. DATABASE_URL is its address."""
    yield from of_its_own(databases, databases.copy(planned_address, tmp_path), monkeypatch)


def of_its_own(databases: Engine, url: str, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address, which is DATABASE_URL until the test ends, and then the database itself back."""
    patch.setenv("DATABASE_URL", url)
    yield url
    databases.forget(url)


class UnchangedCopy:
    """A copy of the sample district that tests share; after one that wrote to it, the next gets a new copy."""

    def __init__(self, databases: Engine, template: str, folders: pytest.TempPathFactory) -> None:
        self._databases, self._template, self._folders = databases, template, folders
        self._folder: Path | None = None
        self._url = ""
        self._writes = 0

    def url(self) -> str:
        """Return the address of the copy, which is as it was made."""
        if self._folder is None or self._databases.writes(self._url) != self._writes:
            self.give_up()
            self._folder = self._folders.mktemp("sample")
            self._url = self._databases.copy(self._template, self._folder)
            self._writes = self._databases.writes(self._url)
        return self._url

    def give_up(self) -> None:
        """Make a new copy next time."""
        if self._folder is not None:
            self._databases.forget(self._url)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


@pytest.fixture(scope="session")
def unchanged_sample(databases: Engine, sample_address: str, tmp_path_factory: pytest.TempPathFactory) -> UnchangedCopy:
    return UnchangedCopy(databases, sample_address, tmp_path_factory)


@pytest.fixture
def sample_database(unchanged_sample: UnchangedCopy, request: pytest.FixtureRequest) -> Iterator[str]:
    """The sample district with everything it reported. DATABASE_URL is its address.

    A test that patches the program has a copy of its own: answers kept for the others are not of the patched one.
    """
    patches = "monkeypatch" in request.fixturenames
    if patches:
        unchanged_sample.give_up()
    with pytest.MonkeyPatch.context() as patch:
        url = unchanged_sample.url()
        patch.setenv("DATABASE_URL", url)
        yield url
    if patches:
        unchanged_sample.give_up()


@pytest.fixture
def empty_file(empty_database: str) -> Path:
    """The same as a file of SQLite, which is not there yet."""
    return Path(empty_database.removeprefix("sqlite:///"))


@pytest.fixture
def planned_file(planned_database: str) -> Path:
    """The same as a file of SQLite."""
    return Path(planned_database.removeprefix("sqlite:///"))


@pytest.fixture
def served_database(planned_database: str) -> str:
    """The same, where a server keeps it."""
    return planned_database


@pytest.fixture
def sample_file(sample_database: str) -> Path:
    """The same as a file of SQLite."""
    return Path(sample_database.removeprefix("sqlite:///"))
