"""Run a module with its arguments and input as a process of its own within limits, and say how it ended."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import IO

from data_access.machine import address_space, memory
from data_access.queue import Queue, Tell, WaitedTooLong, nobody_told
from data_access.spreadsheets.limits import ReadLimits
from models.cells import Refusal, Refused

ROOT = Path(__file__).resolve().parents[1]
GRACE_SECONDS = 5  # the process ends itself first
KILLED = -signal.SIGKILL
WAIT_SECONDS = 300  # for those who came before
IN_THE_FORKER = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MIMALLOC_ARENA_RESERVE": "32M"}
"""One thread, and no gigabyte of addresses taken beforehand (by pyarrow), which any limit of memory would hold too."""
BUSY = "正在读取的文件太多，这份文件没有读取，请过几分钟再试。"


def run_in_sandbox(
    module: str,
    arguments: list[str],
    source: IO[bytes],
    answer: IO[bytes],
    limits: ReadLimits,
    tell: Tell = nobody_told,
) -> int:
    """Return the exit status; below 0 where a signal ended it. `source` and `answer` are its standard input and output.

    At most as many are at work at once as memory allows; `tell` is told how many have to end before. Raises Refused
    where that takes too long.
    """
    try:
        with _places(at_once(limits)).turn(WAIT_SECONDS, tell):
            return _run(module, arguments, source, answer, limits)
    except WaitedTooLong:
        raise Refused(Refusal("busy", BUSY)) from None


_queues: list[Queue] = []


@lru_cache(maxsize=2)
def _places(number: int) -> Queue:
    _queues.append(Queue(number))
    return _queues[-1]


def files_at_work() -> int:
    """Return how many files this process reads or is asked to."""
    return sum(map(len, _queues))


def at_once(limits: ReadLimits) -> int:
    """Return how many files may be read at once: each may take its whole share of memory."""
    if limits.at_once:
        return limits.at_once
    return max(1, min(max(2, os.cpu_count() or 1), memory() // limits.memory_bytes))


def _run(module: str, arguments: list[str], source: IO[bytes], answer: IO[bytes], limits: ReadLimits) -> int:
    source.seek(0)
    answer.truncate(0)
    answer.seek(0)
    request = json.dumps([module, [json.dumps(asdict(limits)), *map(_safe, arguments)]]).encode()
    seconds = limits.wall_seconds + GRACE_SECONDS
    for _ in range(2):  # a forker that somebody killed is started again once
        channel, tells = os.pipe()
        try:
            status = _asked(request, [source.fileno(), answer.fileno(), tells], channel, seconds)
        finally:
            os.close(channel)
        if status is not None:
            return status
    return KILLED


def _asked(request: bytes, files: list[int], channel: int, seconds: float) -> int | None:
    """How the work ended; None where the forker is gone."""
    forker = _forker()
    try:
        socket.send_fds(forker, [request], files)
    except OSError:
        _started.cache_clear()
        return None
    finally:
        os.close(files[-1])
    worker = _number(channel, seconds)
    if worker is None:
        _started.cache_clear()
        return None
    status = _number(channel, seconds)
    if status is None:
        os.kill(worker, signal.SIGKILL)
        return KILLED
    return status


def _number(channel: int, seconds: float) -> int | None:
    """None where the other end is gone or says nothing for so long. Polled, for select() knows no file above 1,023, and
    a server with many visits has more open.
    """
    waiting = select.poll()
    waiting.register(channel, select.POLLIN)
    if not waiting.poll(int(1000 * seconds)):
        return None
    sent = os.read(channel, 4)
    return struct.unpack("<i", sent)[0] if len(sent) == 4 else None


_starting = Lock()


def _forker() -> socket.socket:
    """Our end of the socket of the one forker of this process; a process that was forked off ours has its own."""
    with _starting:
        ours, _ = _started(os.getpid())
        return ours


@lru_cache(maxsize=1)
def _started(_: int) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **IN_THE_FORKER}
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "data_access.forker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    return ours, process


def _safe(argument: str) -> str:
    return argument.replace("\0", "").encode("utf-8", "replace").decode()


def confine(limits: ReadLimits) -> None:
    """Limit this very process: memory beyond what it has loaded, processor time, time on the clock and output; no core
    file.
    """
    _limit_memory(address_space() + limits.memory_bytes)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.alarm(limits.wall_seconds)


def _limit_memory(most: int) -> None:
    """Set the limit; one that is there already, as where a reader began again, is not raised."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
