"""The archive of `make bundle` installs the board where no package index is reached, takes the place of an earlier
version with its database, and goes back to both where it does not come up. A database of the first version is brought
up to date on the way.
"""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from data_access.backup import rows_by_table
from deploy.make_bundle import make_bundle, write_checksums
from tests.browser.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
FIRST_VERSION = ROOT / "tests" / "migrations" / "first_version.sqlite3.gz"
SERVICE = """
import contextlib, os, signal, socket, subprocess, sys, time, urllib.request
what, current, port, note = sys.argv[1:]
if what == "start":
    command = [f"{current}/.venv/bin/python", "deploy/serve.py", "--processes", "1", "--port", port]
    log = open(f"{note}.log", "ab")
    process = subprocess.Popen(command, cwd=os.path.realpath(current), stdout=log, stderr=log, start_new_session=True)
    open(note, "w").write(str(process.pid))
    while process.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
            sys.exit(0)
        time.sleep(0.5)
    sys.exit(1)
if os.path.exists(note):
    with contextlib.suppress(ProcessLookupError):
        os.kill(int(open(note).read()), signal.SIGTERM)
    os.remove(note)
    while not socket.socket().connect_ex(("127.0.0.1", int(port))):
        time.sleep(0.2)
"""
"""What systemd does where there is one."""

pytestmark = [pytest.mark.slow, pytest.mark.embedded]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, unpacked."""
    folder = tmp_path_factory.mktemp("bundle")
    with tarfile.open(make_bundle(folder)) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@dataclass(frozen=True)
class Office:
    """A machine without an index: where the board is installed, its database, its port."""

    folder: Path
    database: Path
    port: int

    @property
    def current(self) -> Path:
        return self.folder / "board" / "current"

    def install(self, bundle: Path) -> subprocess.CompletedProcess[str]:
        service = [sys.executable, str(self.folder / "service.py")]
        place = [str(self.current), str(self.port), str(self.folder / "pid")]
        stop, start = (" ".join([*service, what, *place]) for what in ("stop", "start"))
        where = ["--to", str(self.folder / "board"), "--settings", str(self.folder / "board.env")]
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "PIP_INDEX_URL"), "http://127.0.0.1:9")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        return subprocess.run(
            [str(bundle / "install.sh"), *where, "--stop", stop, "--start", start],
            env=environment
            | nowhere
            | {"PYTHON": sys.executable, "no_proxy": "127.0.0.1", "DATABASE_URL": f"sqlite:///{self.database}"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def state(self) -> tuple[Path, str, dict[str, int]]:
        """The version in use, the revision of the tables, and rows of each."""
        with closing(sqlite3.connect(self.database)) as connection:
            revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        return self.current.resolve(), revision, rows_by_table(self.database)

    def is_served(self) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
            return bool(answer.status == 200)


@pytest.fixture(scope="module")
def office(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Where a database of the first version lies and nothing is installed; the bundle has been installed over it."""
    folder = tmp_path_factory.mktemp("office")
    made = Office(folder, folder / "data" / "board.sqlite3", free_port())
    made.database.parent.mkdir()
    made.database.write_bytes(gzip.decompress(FIRST_VERSION.read_bytes()))
    (folder / "board.env").write_text(f"# 设置\nDATABASE_URL=sqlite:///{made.database}\n")
    (folder / "service.py").write_text(SERVICE)
    done = made.install(bundle)
    assert done.returncode == 0, done.stdout + done.stderr
    yield made
    place = [str(made.current), str(made.port), str(folder / "pid")]
    subprocess.run([sys.executable, str(folder / "service.py"), "stop", *place], check=False)


@pytest.fixture
def spoilt(bundle: Path, tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """A later version of the bundle, in which these files of the program say something else."""

    def make(files: dict[str, str]) -> Path:
        later = tmp_path / "later"
        shutil.copytree(bundle, later, copy_function=os.link)
        changed = {"VERSION": "9.9.9\n"} | {f"program/{name}": text for name, text in files.items()}
        for name, content in changed.items():
            (later / name).unlink(missing_ok=True)
            (later / name).write_text(content)
        write_checksums(later)
        return later

    return make


def next_migration(body: str) -> dict[str, str]:
    newest = max(path.stem[:4] for path in (ROOT / "migrations" / "versions").glob("0*.py"))
    lines = ["import sqlalchemy as sa", "from alembic import op", "revision = '9999'", f"down_revision = '{newest}'"]
    lines += ["branch_labels = depends_on = None", "def upgrade():", f"    {body}"]
    return {"migrations/versions/9999_later.py": "\n".join(lines) + "\n"}


ANOTHER_TABLE = "op.create_table('later', sa.Column('id', sa.Integer()))"


def test_a_board_of_the_first_version_is_brought_up_to_date_and_served_without_an_index(office: Office) -> None:
    with gzip.open(FIRST_VERSION) as packed:
        first = office.folder / "first.sqlite3"
        first.write_bytes(packed.read())
    version, revision, rows = office.state()
    assert revision > "0001" and office.is_served() and (version / "app.py").exists()
    before = rows_by_table(first)
    assert {name: rows[name] for name in ("submission", "reviews", "unit")} == {
        name: before[name] for name in ("submission", "reviews", "unit")
    }
    copies = list((office.database.parent / "backups").iterdir())
    assert [rows_by_table(copy) for copy in copies] == [before]
    command = [str(version / ".venv" / "bin" / "python"), "manage.py", "lamps", "--as-of", "2023-07-20", "--json"]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{office.database}"}
    printed = subprocess.run(command, cwd=version, env=environment, capture_output=True, check=True).stdout
    assert len(json.loads(printed)["lamps"]) > 500


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (next_migration("raise RuntimeError('no such column')"), "数据库没有升级"),
        (next_migration(ANOTHER_TABLE) | {"app.py": "raise SystemExit('does not start')\n"}, "没有启动成功"),
        (
            next_migration(ANOTHER_TABLE) | {"deploy/serve.py": "raise SystemExit(1)\n"},
            "命令没有成功",
        ),
    ],
    ids=["a migration fails", "it does not start", "its service does not start"],
)
def test_a_version_that_does_not_come_up_leaves_the_earlier_one_and_its_database(
    files: dict[str, str], reason: str, office: Office, spoilt: Callable[[dict[str, str]], Path]
) -> None:
    before = office.state()
    done = office.install(spoilt(files))
    assert done.returncode == 1 and reason in done.stderr and "已退回原来的版本和数据库" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr.split("没有成功，退回原来的版本")[-1]
    assert office.state() == before and office.is_served()
    assert [path.name for path in (office.folder / "board" / "versions").iterdir()] == [before[0].name]


def test_a_bundle_of_which_a_file_is_not_whole_changes_nothing(
    office: Office, spoilt: Callable[[dict[str, str]], Path]
) -> None:
    before = office.state()
    later = spoilt({})
    (later / "program" / "app.py").unlink()
    done = office.install(later)
    assert done.returncode == 1 and "安装包不完整（program/app.py）" in done.stderr
    assert office.state() == before and office.is_served()
