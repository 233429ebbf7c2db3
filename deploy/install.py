"""Install the board from the bundle in which this file lies, or put its version in the place of the one that is there.

An upgrade: the new version is installed beside the old one while that serves; then stop, copy and bring the database up
to date, start the new version where nobody comes and ask whether it can be used, switch, start. Where one of these
fails, program and database are again what they were and the old version is started. The standard library alone: nothing
else is there yet.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pwd
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

BUNDLE = Path(__file__).resolve().parent
READY_WITHIN = 120.0
TARGET = "board.target"
EMBEDDED = "sqlite:///"


class Failed(Exception):
    """With the sentence that says why."""


@dataclass(frozen=True)
class Board:
    """Where the board is installed, with what settings it runs, and the commands that end and begin its service."""

    place: Path
    settings: Mapping[str, str]
    stop_command: str
    start_command: str

    @property
    def current(self) -> Path:
        return self.place / "current"

    @cached_property
    def database(self) -> Path | None:
        """The file of the embedded database; None where a server keeps it."""
        address = self.settings["DATABASE_URL"]
        return Path(address.removeprefix(EMBEDDED)) if address.startswith(EMBEDDED) else None

    @property
    def has_data(self) -> bool:
        return self.database is None or self.database.exists()

    def version_in_use(self) -> Path | None:
        return self.current.resolve() if self.current.is_symlink() else None

    def use(self, version: Path | None) -> None:
        """Point `current` to this version, at once for whoever looks."""
        if version is None:
            self.current.unlink(missing_ok=True)
            return
        new = self.place / f"current-{os.getpid()}"
        new.symlink_to(version)
        new.replace(self.current)

    def stop(self) -> None:
        self._order(self.stop_command)

    def start(self) -> None:
        self._order(self.start_command)

    def _order(self, command: str) -> None:
        if command and subprocess.run(shlex.split(command), check=False).returncode:
            raise Failed(f"命令没有成功：{command}")

    def in_version(self, version: Path, *words: str, output: int | IO[str]) -> subprocess.Popen[bytes]:
        """Begin a Python command of this version, as whoever owns the database."""
        owner = self._owner()
        return subprocess.Popen(
            [str(version / ".venv" / "bin" / "python"), *words],
            cwd=version,
            env={**os.environ, "TZ": "Asia/Shanghai", **self.settings},
            stdin=subprocess.DEVNULL,
            stdout=output,
            user=owner,
            group=owner and pwd.getpwnam(owner).pw_gid,
        )

    def _owner(self) -> str | None:
        """What root writes beside the database its owner could not open."""
        if os.geteuid() or self.database is None:
            return None
        owner = self.database.stat().st_uid
        return pwd.getpwuid(owner).pw_name if owner else None


def main() -> int:
    parser = argparse.ArgumentParser(description="从本安装包安装看板，或升级已安装的看板")
    parser.add_argument("--to", type=Path, default=Path("/opt/board"), help="装到哪个目录，缺省 /opt/board")
    parser.add_argument("--settings", type=Path, default=Path("/etc/board.env"), help="设置文件，缺省 /etc/board.env")
    parser.add_argument("--stop", help="停止看板的命令，缺省用 systemctl（有 board.target 时）")
    parser.add_argument("--start", help="启动看板的命令")
    parser.add_argument("--dumped", action="store_true", help="PostgreSQL 的库已经用 pg_dump 备份")
    given = parser.parse_args()
    try:
        stop, start = _orders_of_service()
        board = Board(
            given.to.resolve(),
            read_settings(given.settings),
            stop if given.stop is None else given.stop,
            start if given.start is None else given.start,
        )
        if board.database is None and not given.dumped:
            raise Failed("数据库在 PostgreSQL 中，请先用 pg_dump 备份，再加上 --dumped 运行。")
        version = lay_out(board)
        if board.version_in_use() is None and not board.has_data:
            board.use(version)
            say(f"已安装到 {board.current}。下一步：manage.py init 建库、account add 建账号，再启动（运维手册）。")
            return 0
        upgrade(board, version)
    except Failed as failure:
        say(str(failure))
        return 1
    return 0


def say(sentence: str) -> None:
    sys.stderr.write(f"==> {sentence}\n")
    sys.stderr.flush()


def read_settings(path: Path) -> dict[str, str]:
    """Return the settings as systemd reads them: NAME=value by line. Raises Failed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise Failed(f"打不开设置文件“{path}”，请照 program/deploy/board.env 写一份，或用 --settings 指定。") from error
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith(("#", ";")))
    settings = {name.strip(): value.strip().strip("\"'") for name, value in pairs}
    if not settings.get("DATABASE_URL"):
        raise Failed(f"“{path}”中没有 DATABASE_URL，例如 DATABASE_URL=sqlite:////var/lib/board/board.sqlite3。")
    return settings


def _orders_of_service() -> tuple[str, str]:
    """The commands for systemd, which name every process: a target is reached before they are."""
    if shutil.which("systemctl") is None:
        return "", ""
    show = ["systemctl", "show", "--property=Wants", "--value", TARGET]
    processes = subprocess.run(show, capture_output=True, text=True, check=False).stdout.split()
    units = " ".join([TARGET, *processes])
    return (f"systemctl stop {units}", f"systemctl start {units}") if processes else ("", "")


def lay_out(board: Board) -> Path:
    """Return the folder of the bundle's version, with every package it runs on. Raises Failed."""
    _refuse_damaged()
    name = (BUNDLE / "VERSION").read_text().strip()
    version = board.place / "versions" / name
    if version == board.version_in_use():
        raise Failed(f"已经是 {name} 版本，没有改动。")
    shutil.rmtree(version, ignore_errors=True)
    say(f"安装 {name} 到 {version}")
    shutil.copytree(BUNDLE / "program", version)
    python = str(version / ".venv" / "bin" / "python")
    commands = [["-m", "compileall", "-q", "-x", r"\.venv", str(version)]]
    before = board.version_in_use()
    if before is not None and _requirements(before) == _requirements(version):
        shutil.copytree(before / ".venv", version / ".venv", symlinks=True, copy_function=os.link)
    else:
        venv.create(version / ".venv", with_pip=True)
        wheels = ["--no-index", "--no-deps", "--find-links", str(BUNDLE / "wheels")]
        wanted = [word for name in _requirements(version) for word in ("-r", str(version / name))]
        commands.append(["-m", "pip", "install", "--quiet", *wheels, *wanted])
    for words in commands:
        if subprocess.run([python, *words], env=_without_index(), check=False).returncode:
            shutil.rmtree(version, ignore_errors=True)
            raise Failed("没有装成，原因见上；已安装的版本没有改动。")
    return version


def _requirements(version: Path) -> dict[str, str]:
    """The lists of packages of a version by name: where they are those of the version in use, so are the packages, and
    an upgrade takes neither their time nor their room.
    """
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(version.glob("requirements*.txt"))}


def _without_index() -> dict[str, str]:
    """The environment without what would lead pip elsewhere than to the bundle."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PIP_")} | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def _refuse_damaged() -> None:
    for line in (BUNDLE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        path = BUNDLE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise Failed(f"安装包不完整（{name}），请重新复制；没有改动任何文件。")


def upgrade(board: Board, version: Path) -> None:
    """Let this version take the place of the one in use. Raises Failed once everything is as it was."""
    before = board.version_in_use()
    say("停止看板")
    board.stop()
    copy, data = None, None
    try:
        copy = bring_database_up_to_date(board, version)
        data = _data_version(board)
        try_out(board, version)
        board.use(version)
        say("启动看板")
        board.start()
    except BaseException as problem:
        say("没有成功，退回原来的版本")
        go_back(board, before, copy, data)
        shutil.rmtree(version, ignore_errors=True)
        if isinstance(problem, Failed):
            raise Failed(f"{problem}已退回原来的版本和数据库。") from problem
        raise
    say(f"升级完成。原来的版本在 {before}，确认无误后可以删去。" if before else f"已安装到 {board.current}。")


def bring_database_up_to_date(board: Board, version: Path) -> Path | None:
    """Return the copy of the database as it was, None where its tables did not change. Raises Failed."""
    say("备份并升级数据库")
    process = board.in_version(version, "manage.py", "upgrade", "--json", output=subprocess.PIPE)
    printed, _ = process.communicate()
    if process.returncode:
        raise Failed("数据库没有升级，原因见上。")
    copy = json.loads(printed)["backup"]
    return Path(copy) if copy else None


def try_out(board: Board, version: Path) -> None:
    """Serve from the version where only this process asks. Raises Failed where it cannot be used."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    say("试运行新版本")
    words = ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true"]
    process = board.in_version(version, "-m", "streamlit", "run", "app.py", *words, output=sys.stderr)
    try:
        give_up = time.monotonic() + READY_WITHIN
        while not ('"ready":true' in _page(port, "/readyz") and _page(port, "/login")):
            if process.poll() is not None or time.monotonic() > give_up:
                raise Failed("新版本没有启动成功，原因见上。")
            time.sleep(0.5)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _page(port: int, path: str) -> str:
    """Return what is answered; nothing where that is an error. A server that is not the board answers every path too:
    what it says counts.
    """
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except OSError:
        return ""


def go_back(board: Board, before: Path | None, copy: Path | None, data: int | None) -> None:
    """Use again what was used before. Where something was accepted since, the database stays: nothing accepted is lost.
    Raises Failed.
    """
    board.stop()
    if copy is not None and board.database is not None:
        if data != _data_version(board):
            raise Failed("升级之后已有新的记录，没有退回，请查明原因后再启动。")
        with closing(sqlite3.connect(copy)) as from_, closing(sqlite3.connect(board.database)) as to:
            from_.backup(to)
    board.use(before)
    if before is not None:
        board.start()


def _data_version(board: Board) -> int | None:
    """The number that rises with everything accepted."""
    if board.database is None:
        return None
    with closing(sqlite3.connect(board.database)) as connection:
        return int(connection.execute("SELECT version FROM data_version").fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
