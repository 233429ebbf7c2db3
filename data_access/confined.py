"""A module, its arguments and its input go in; it runs as a process of its own within limits, and how it ended comes out."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

from data_access.spreadsheets.limits import ReadLimits

ROOT = Path(__file__).resolve().parents[1]
GRACE_SECONDS = 5  # the child ends itself first


def run_confined(module: str, arguments: list[str], source: IO[bytes], answer: IO[bytes], limits: ReadLimits) -> int:
    """The exit status; below 0 where a signal ended it. `source` and `answer` are its standard input and output."""
    source.seek(0)
    answer.truncate(0)
    answer.seek(0)
    command = [sys.executable, "-m", module, json.dumps(asdict(limits)), *map(_safe, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        return subprocess.run(
            command, stdin=source, stdout=answer, stderr=subprocess.DEVNULL, env=environment, check=False,
            timeout=limits.wall_seconds + GRACE_SECONDS,
        ).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL


def _safe(argument: str) -> str:
    return argument.replace("\0", "").encode("utf-8", "replace").decode()


def confine(limits: ReadLimits) -> None:
    """Of this very process: memory, processor time, time on the clock and output; no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.alarm(limits.wall_seconds)
