"""A transaction in which everything can be stored and nothing is, and which no writer waits for.

What is written goes into tables that stand before those of the database (data_access/stand_ins.py): those that grow
with the reports are copied, of records the new ones stand beside the old. So figures can be made before the lock is
taken, and are stored under it as they were made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import MetaData, Table, bindparam, delete, func, insert, select, text, update
from sqlmodel import SQLModel

from data_access.database import (
    Busy,
    Session,
    database_url,
    embedded_path,
    engine,
    is_within_whole,
    reading,
    version_seen,
    writing_engine,
)
from data_access.queue import Queue, Tell, WaitedTooLong
from data_access.records import TOLD_APART_ALONE
from data_access.stand_ins import StandIns, stand_ins
from models.definitions import Part
from models.tables import (
    Assignment,
    BreakdownRow,
    DeclarationEntry,
    Figure,
    MeasureIndicator,
    MeasureRow,
    MeasureRuling,
    PlanRow,
    Report,
    Submission,
    TargetRuling,
    TaskRow,
    TaskRuling,
)

BLANK: Mapping[str, str] = {"sheets": "'[]'", "warnings": "'[]'", "lamps_changed": "NULL"}
"""Of submissions what only their own page shows."""


def _table(model: Any) -> Table:
    return SQLModel.metadata.tables[model.__tablename__]


KEPT = tuple(map(_table, (Figure, BreakdownRow)))
COPIED = (*map(_table, (Submission, Report)), *KEPT)
PLANNED = tuple(
    map(
        _table,
        (
            PlanRow,
            TaskRow,
            MeasureRow,
            MeasureIndicator,
            Assignment,
            TaskRuling,
            MeasureRuling,
            TargetRuling,
            DeclarationEntry,
        ),
    )
)
"""What an import of a plan stores."""


@contextmanager
def rehearsing(parts: Sequence[Part], *, whole: bool) -> Iterator[Session]:
    """Give a session that stores submissions, reports, figures and records of these parts, and forgets them. `whole`:
    lamps read the records themselves; else they are stored as far as it takes to find them.
    """

    def stand(before: StandIns) -> None:
        for table in COPIED:
            before.copy(table.name, BLANK if table.name == "submission" else {})
        for part in parts:
            before.add_to(part.table_name)

    with _standing_before(stand) as session:
        session.info[TOLD_APART_ALONE] = not whole
        yield session


@contextmanager
def rehearsing_plan() -> Iterator[Session]:
    """Give a session that stores plans, what they declare and figures never kept before, and forgets them."""

    def stand(before: StandIns) -> None:
        for table in PLANNED:
            before.copy(table.name, {})
        before.add_to(_table(Figure).name)

    with _standing_before(stand) as session:
        yield session


@contextmanager
def _standing_before(stand: Callable[[StandIns], None]) -> Iterator[Session]:
    is_embedded = embedded_path() is not None
    with Session(writing_engine() if is_embedded else engine()) as session:
        connection = session.connection(execution_options={} if is_embedded else {"isolation_level": "REPEATABLE READ"})
        stand(stand_ins(connection))
        try:
            yield session
        finally:
            session.rollback()


_senders: dict[str, Queue] = defaultdict(Queue)


@contextmanager
def one_after_another(patience: float, tell: Tell) -> Iterator[None]:
    """Let those who submit come in the order in which they came: what one has computed still holds when it is stored.
    Raises Busy.
    """
    try:
        with _senders[database_url()].turn(patience, tell):
            yield
    except WaitedTooLong:
        raise Busy from None


@dataclass(frozen=True)
class Derived:
    """What is kept of figures and breakdowns otherwise than in the database of `version`: by table the rows that are
    gone, when those that end at another instant do, and the new ones.
    """

    version: int
    gone: dict[str, list[int]]
    ended: dict[str, dict[int, datetime | None]]
    new: dict[str, list[dict[str, Any]]]


def can_rehearse() -> bool:
    """Tell whether tables can stand before those of the database: a served one may forbid it."""
    if embedded_path() is not None:
        return True
    with reading() as session:
        return bool(session.execute(text("SELECT has_database_privilege(current_database(), 'TEMP')")).scalar_one())


def can_reckon_ahead() -> bool:
    """Tell whether figures can be made before the lock is taken: not within a larger transaction, which has it."""
    return not is_within_whole() and can_rehearse()


def derived(session: Session) -> Derived:
    """Return what was rehearsed of figures and breakdowns."""
    connection = session.connection()
    schema, own = stand_ins(connection).schema, MetaData()
    gone, ended, new = {}, {}, {}
    for table in KEPT:
        now, was = table.alias("now"), table.to_metadata(own, schema=schema).alias("was")
        gone[table.name] = list(connection.execute(select(was.c.id).where(was.c.id.not_in(select(now.c.id)))).scalars())
        moved = select(now.c.id, now.c.until).join(was, was.c.id == now.c.id)
        ends = connection.execute(moved.where(now.c.until.is_distinct_from(was.c.until)))
        ended[table.name] = dict(ends.tuples().all())
        last = select(func.coalesce(func.max(was.c.id), 0)).scalar_subquery()
        columns = [column for column in now.c if column.name != "id"]
        made = connection.execute(select(*columns).where(now.c.id > last).order_by(now.c.id))
        new[table.name] = list(map(dict, made.mappings()))
    return Derived(version_seen(session), gone, ended, new)


def store_derived(session: Session, derived: Derived) -> bool:
    """Store what was rehearsed; False, and nothing stored, where anything was accepted since."""
    if version_seen(session) != derived.version:
        return False
    connection = session.connection()
    for table in KEPT:
        place = table.c.id == bindparam("place")
        if gone := [{"place": number} for number in derived.gone[table.name]]:
            connection.execute(delete(table).where(place), gone)
        if ended := [{"place": number, "end": until} for number, until in derived.ended[table.name].items()]:
            connection.execute(update(table).where(place).values(until=bindparam("end")), ended)
        if new := derived.new[table.name]:
            connection.execute(insert(table), new)
    return True
