"""A process that has readers and judges loaded: a request on its socket goes in, a fork of it does the work and ends.

Loading takes a quarter of a second, a fork a hundredth. The process itself never sees a file's content, and ends with
its parent.

A request is JSON [module, arguments] with three files: the work's standard input, its standard output, and a pipe on
which are told its process number and how it ended, each as a little-endian 32-bit number.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys

LOADED = (
    "data_access.judging_child",
    "data_access.marking.child",
    "data_access.spreadsheets.books",
    "data_access.spreadsheets.bulk",
    "data_access.spreadsheets.child",
    "data_access.spreadsheets.hand_over",
    "data_access.spreadsheets.plain",
    "pandas",  # which pyarrow imports as soon as it is used
)
LARGEST_REQUEST = 64 * 1024


def serve(requests: socket.socket) -> None:
    """Serve until the parent's end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to understand
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the watchers
    while True:
        request, (*files,), _, _ = socket.recv_fds(requests, LARGEST_REQUEST, 3)
        if not request:
            return
        if os.fork() == 0:
            requests.close()
            _watch(json.loads(request), *files)
        for file in files:
            os.close(file)


def _watch(request: tuple[str, list[str]], source: int, answer: int, channel: int) -> None:
    """Starts the work, waits for its end and tells it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    worker = os.fork()
    if worker == 0:
        os.close(channel)
        module, arguments = request
        _work(module, arguments, source, answer)
    os.write(channel, struct.pack("<i", worker))
    _, status = os.waitpid(worker, 0)
    os.write(channel, struct.pack("<i", os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _work(module: str, arguments: list[str], source: int, answer: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(source, 0)
    os.dup2(answer, 1)
    os.close(source)
    os.close(answer)
    sys.argv = [module, *arguments]
    status = 1
    try:
        status = importlib.import_module(module).main(arguments)
        sys.stdout.buffer.flush()
    finally:
        os._exit(status)  # no time spent on freeing millions of cells; an exception is a broken file


if __name__ == "__main__":
    for name in LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
