"""The log: one JSON line an event on standard output, and where LOG_FILE names one also in a file that is turned.

Who is told by the number of the account alone. An exception is told by its kind and the places it passed: what it says
may hold a cell, and is left out.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
import traceback
from contextvars import ContextVar
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from rules.as_of import SHANGHAI
from rules.file_sizes import MEGABYTE
from services.access.events import LOG

FILE_BYTES, FILES_KEPT = 20 * MEGABYTE, 10

request_number: ContextVar[str] = ContextVar("request", default="")
"""Under which the log keeps what the present request or run of a page did; what a person is told of an error."""
account_number: ContextVar[int | None] = ContextVar("account", default=None)


def new_request() -> str:
    """Begin a request or a run of a page; return its number."""
    number = secrets.token_hex(4)
    request_number.set(number)
    account_number.set(None)
    return number


def log_events(port: int | None = None) -> None:
    """Write the board's events from now on; with a port the file's name has it, for each process turns its own.

    Raises OSError where LOG_FILE cannot be written.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stdout)]
    if name := os.environ.get("LOG_FILE"):
        path = Path(name)
        numbered = path if port is None else path.with_name(f"{path.stem}-{port}{path.suffix}")
        numbered.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(numbered, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"))
    for handler in handlers:
        handler.setFormatter(JsonLine())
        LOG.addHandler(handler)


class JsonLine(logging.Formatter):
    """One event as one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, SHANGHAI).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "request": request_number.get(),
            "account": account_number.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= told_without_words(record.exc_info[1])
        return json.dumps({name: value for name, value in line.items() if value not in (None, "")}, ensure_ascii=False)


def told_without_words(problem: BaseException) -> dict[str, Any]:
    """Return kind and places of an exception and of those it came of, the first cause last."""
    kinds, places = list[str](), list[list[str]]()
    link: BaseException | None = problem
    while link is not None and len(kinds) < 5:
        kinds.append(type(link).__name__)
        frames = traceback.extract_tb(link.__traceback__)
        places.append([f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames])
        link = link.__cause__ or link.__context__
    return {"error": " ← ".join(kinds), "traceback": places}
