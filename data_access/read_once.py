"""What is read with every judgement and seldom changes, read once for each version of the data: plan and declarations,
units, settings, calendar.

A transaction that itself changed any of the tables on which it rests reads anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, SQLModel

from data_access.database import engine, version_seen
from models import tables

Answer = TypeVar("Answer")
Read = Callable[[Session], Answer]

READ_HERE: tuple[type[SQLModel], ...] = (
    tables.Assignment,
    tables.CalendarDay,
    tables.DeclarationEntry,
    tables.MeasureIndicator,
    tables.MeasureRow,
    tables.MeasureRuling,
    tables.PlanRow,
    tables.SettingEntry,
    tables.TargetRuling,
    tables.TaskRow,
    tables.TaskRuling,
    tables.UnitChangeRow,
    tables.UnitRow,
)
"""All that an answer may rest on."""
TABLES_READ_HERE = frozenset(str(row.__tablename__) for row in READ_HERE)
"""Told apart by name: where modules are loaded anew, a row's class is another."""
ANSWERS, CHANGED, VERSION = "answers read once", "changed what is read once", "version that is seen"

_of_last_version: WeakKeyDictionary[Any, dict[Read[Any], tuple[int, Any]]] = WeakKeyDictionary()
"""Engine → the answers, each with the version of the data of which it is."""


def read_once(session: Session, read: Read[Answer]) -> Answer:
    """Return what `read` gives: the same object for everybody, so that nobody may change it."""
    session.flush()
    answers: dict[Read[Any], Any] = session.info.setdefault(ANSWERS, {})
    if read not in answers:
        answers[read] = read(session) if session.info.get(CHANGED) else _of_version(session, read)
    answer: Answer = answers[read]
    return answer


def _of_version(session: Session, read: Read[Answer]) -> Answer:
    if VERSION not in session.info:
        session.info[VERSION] = version_seen(session)
    version = session.info[VERSION]
    answers = _of_last_version.setdefault(engine(), {})
    if (known := answers.get(read)) is None or known[0] != version:
        known = answers[read] = version, read(session)
    answer: Answer = known[1]
    return answer


def _forget_after_flush(session: Session, context: UOWTransaction) -> None:
    written = (row for rows in (session.new, session.dirty, session.deleted) for row in rows)
    if any(row.__tablename__ in TABLES_READ_HERE for row in written):
        _forget(session)


def _forget_after_statement(state: ORMExecuteState) -> None:
    """A statement of which the table is not known may have written any."""
    table = getattr(state.statement, "table", None)
    if not state.is_select and (table is None or table.name in TABLES_READ_HERE):
        _forget(state.session)


def _forget(session: Any) -> None:
    session.info.pop(ANSWERS, None)
    session.info[CHANGED] = True


event.listen(Session, "after_flush", _forget_after_flush)
event.listen(Session, "do_orm_execute", _forget_after_statement)
