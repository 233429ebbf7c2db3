"""What a database cannot do at the moment, told apart by its own codes, whichever engine it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from enum import Enum
from typing import Any

from sqlalchemy.engine import ExceptionContext


class DatabaseFailure(Exception):
    """Nothing of the transaction was stored, unless it failed while it was being stored: then one has to look."""


class StorageFull(DatabaseFailure):
    """There is no room to store."""


class Busy(DatabaseFailure):
    """Others are writing, and it is not to be waited for any longer."""


class Fault(Enum):
    MISSING = "there is no such file"
    NO_ACCESS = "the file or its folder may not be opened"
    READ_ONLY = "nothing may be written"
    DAMAGED = "the content is not a whole database"
    DISK = "the disk answers with errors"
    UNREACHABLE = "the server does not answer or lets nobody in"
    NO_DRIVER = "what speaks to this kind of server is not installed"
    BAD_ADDRESS = "the address cannot be understood"
    OLDER_VERSION = "its tables are those of an earlier version of the program"
    NEWER_VERSION = "its tables are those of a later version of the program"


class Unusable(DatabaseFailure):
    """The database cannot be used as it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_SQLITE: dict[int, Fault] = {
    sqlite3.SQLITE_CANTOPEN: Fault.NO_ACCESS,
    sqlite3.SQLITE_PERM: Fault.NO_ACCESS,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_IOERR: Fault.DISK,
}
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_ROOM = ("disk is full", "no space left", "disk full")
_NOT_AVAILABLE = "55P03"
_READ_ONLY_STATES = ("25006",)
_ACCESS_STATES = ("28000", "28P01", "3D000", "42501")


def failure_of(problem: BaseException | None) -> DatabaseFailure | None:
    """Return what kind of failure a driver's error is; None where it is a mistake of ours."""
    if problem is None:
        return None
    if any(words in str(problem).lower() for words in _NO_ROOM):
        return StorageFull()
    if isinstance(problem, sqlite3.Error):
        return _of_sqlite(getattr(problem, "sqlite_errorcode", None))
    return _of_server(getattr(problem, "sqlstate", None), {kind.__name__ for kind in type(problem).__mro__})


def _of_sqlite(code: int | None) -> DatabaseFailure | None:
    primary = None if code is None else code & 0xFF
    if primary in _LOCKED:
        return Busy()
    if primary == sqlite3.SQLITE_FULL:
        return StorageFull()
    fault = None if primary is None else _SQLITE.get(primary)
    return Unusable(fault) if fault else None


def _of_server(state: str | None, kinds: Collection[str]) -> DatabaseFailure | None:
    """`kinds`: names of the error's classes, for the driver need not be installed. What has no state came from no
    server: there is no such host, or no answer.
    """
    if state == _NOT_AVAILABLE:
        return Busy()
    if state in _READ_ONLY_STATES:
        return Unusable(Fault.READ_ONLY)
    if state in _ACCESS_STATES or (state or "").startswith(("08", "57P")):
        return Unusable(Fault.UNREACHABLE)
    return Unusable(Fault.UNREACHABLE) if state is None and "OperationalError" in kinds else None


def raise_failure(context: ExceptionContext) -> Any:
    """Raise the failure in the place of the driver's error (SQLAlchemy's hook for errors)."""
    problem = context.original_exception
    if (failure := failure_of(problem)) is not None:
        raise failure from problem
    if (
        context.connection is None
        and context.dialect.name != "sqlite"
        and isinstance(problem, context.dialect.loaded_dbapi.ProgrammingError)
    ):
        raise Unusable(Fault.BAD_ADDRESS) from problem  # an option in the address that is none
