"""Starts the app in a process of its own, as its users meet it, and ends it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def start_app(
    database: Path, log: Path, port: int | None = None, root: Path = ROOT, **settings: str
) -> tuple[str, subprocess.Popen[bytes]]:
    """Starts the app on this port or a free one, with further environment variables, of another checkout where `root`
    is one; returns its address once it answers, and the process that the caller ends.
    """
    for _ in range(ATTEMPTS if port is None else 1):
        address, process = _start(database, log, port or free_port(), root, settings)
        if _answers_in_time(address, process):
            return address, process
        process.kill()
        if "is not available" not in log.read_text(errors="replace"):
            break
    pytest.fail(f"The app did not start:\n{log.read_text(errors='replace')}")


ATTEMPTS = 5
"""A port that was free may be another's before the app has it."""
PATIENCE = 180
"""Seconds in which it begins to answer, on a busy machine too."""


def _start(
    database: Path, log: Path, port: int, root: Path, settings: dict[str, str]
) -> tuple[str, subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "TZ": "Asia/Shanghai",
        "FORWARDED_ALLOW_IPS": "",
        **settings,
    }
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            "--server.headless",
            "true",
        ],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
    )
    return f"http://127.0.0.1:{port}", process


def _answers_in_time(url: str, process: subprocess.Popen[bytes]) -> bool:
    give_up = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < give_up:
        if _answers(url):
            return True
        time.sleep(0.2)
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
