"""A process that has the program loaded: what acts and is killed is forked off it, and is a process of its own all the
same.

Loading takes ten times as long as the act, and the tests kill more than 200.
"""

from __future__ import annotations

import os
import socket
import sys
import traceback
from collections.abc import Callable, Mapping

from data_access import forker, sandbox
from tests.robustness import acting, submitting

ACTS: Mapping[str, Callable[..., str]] = {"submit": submitting.main, "act": acting.main}


def main(arguments: list[str]) -> int:
    """Do what the first argument names on the database of the second; called in the fork. Prints what is to be told, or
    how it failed.
    """
    act, database, *rest = arguments
    os.environ["DATABASE_URL"] = database
    try:
        print(ACTS[act](*rest), flush=True)  # noqa: T201 that is how it tells
    except Exception:  # noqa: BLE001 the test shows it
        print(traceback.format_exc(), flush=True)  # noqa: T201
        return 1
    return 0


def serve(requests: socket.socket) -> None:
    """Fork for each request, until the tests end. One reader of files serves every fork: it never sees the database."""
    reader = sandbox._forker()
    sandbox._forker = lambda: reader
    forker.serve(requests)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
