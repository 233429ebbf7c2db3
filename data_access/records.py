"""Accepted rows in and out: a frame of a part goes in whole; frames of the records in force come back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Select,
    Table,
    alias,
    and_,
    cast,
    func,
    literal_column,
    select,
)
from sqlmodel import Session, col

from data_access.failures import failure_of
from data_access.record_tables import record_table, stored_fields
from data_access.stand_ins import index_added, table_added_to
from models.definitions import Dataset, Kind, Part
from models.tables import Report

PLACE = ("submission_id", "unit_id", "month", "sheet", "row")
"""The columns of a record beside its fields: whose it is and where it stands in the file."""

TOLD_APART_ALONE = "told apart alone"
"""Of a session: its records are never read back but from its own frames."""

ARROW_TEXT = pd.ArrowDtype(pa.string())
"""Texts as one text in memory, of which Python makes no objects."""

Dtype: TypeAlias = str | pd.ArrowDtype
Dtypes: TypeAlias = Mapping[str, Dtype]

BETWEEN, MISSING = b"\xff", b"\xfe"
"""Between the cells of a column, and for one without a value: bytes that no text has in UTF-8."""

AT_ONCE = 5_000  # rows handed to the driver; more only wait in memory
FEW_UNITS = 4  # of which rows are fetched through the index


@dataclass(frozen=True)
class WordFilter:
    """Rows by the words of one text field: those that hold one of them, or (`holds` False) all others."""

    field: str
    words: tuple[str, ...]
    holds: bool = True

    def condition(self, table: Table) -> ColumnElement[bool]:
        column = table.c[self.field]
        return column.in_(self.words) if self.holds else column.is_(None) | column.not_in(self.words)

    def of_frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame[self.field].isin(self.words) == self.holds]


_PLACE_DTYPES = {
    "id": "int64",
    "submission_id": "int64",
    "unit_id": "int64",
    "month": "object",
    "sheet": "int64",
    "row": "int64",
}


_ARROW = {"datetime64[us]": pa.timestamp("us"), "boolean": pa.bool_(), "Int64": pa.int64(), "int64": pa.int64()}
_MASKED = {pa.bool_(): pd.BooleanDtype(), pa.int64(): pd.Int64Dtype()}


def columns_of(part: Part) -> tuple[str, ...]:
    """Return the columns of the part's table in order, without the id."""
    return PLACE + tuple(field.name for field in stored_fields(part))


def insert_records(
    session: Session, part: Part, frame: pd.DataFrame, tell: Callable[[int], None] = lambda _: None
) -> None:
    """Store a frame that has every column of `columns_of(part)`; `tell` is told of each batch how many rows it had. In
    a session marked TOLD_APART_ALONE only what tells records apart: the rest is read from the frame.
    """
    if frame.empty:
        return
    names = _told_apart_by(part) if session.info.get(TOLD_APART_ALONE) else columns_of(part)
    connection = session.connection()
    days = {field.name for field in part.fields if field.kind is Kind.DATE}
    columns, table = ", ".join(f'"{name}"' for name in names), part.table_name
    if connection.dialect.name == "postgresql":
        is_rehearsed = TOLD_APART_ALONE in session.info  # then a view stands before the table, which takes no COPY
        cells = _as_text(frame[list(names)], days)
        _copy(connection, table_added_to(table) if is_rehearsed else table, columns, cells, tell)
        if is_rehearsed:
            index_added(connection, table)
    else:
        values = [_for_driver(frame[name], name in days) for name in names]
        _insert(connection, table, columns, zip(*values, strict=True), tell)
    for submission in frame["submission_id"].unique():
        session.info.setdefault("inserted", {})[part.code, int(submission)] = frame[
            frame["submission_id"] == submission
        ]


def _told_apart_by(part: Part) -> tuple[str, ...]:
    """Return the columns by which records are found in the database while figures are made: place and codes."""
    keys = {key.name for key in part.keys}
    codes = (field.name for field in stored_fields(part) if field.kind is Kind.CODE or field.name in keys)
    return PLACE + tuple(codes)


Rows = Iterator[tuple[Any, ...]]


def _insert(connection: Connection, table: str, names: str, rows: Rows, tell: Callable[[int], None]) -> None:
    marks = ", ".join("?" * (names.count(",") + 1))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 names are ours
    while batch := list(islice(rows, AT_ONCE)):
        connection.exec_driver_sql(statement, batch)
        tell(len(batch))


def _copy(connection: Connection, table: str, names: str, cells: pa.Table, tell: Callable[[int], None]) -> None:
    """As PostgreSQL takes many rows: streamed in one statement, in this very transaction. Lines are put together by
    whole columns: cell by cell they take longer than the server.
    """
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for batch in cells.to_batches(AT_ONCE):
                lines = pc.binary_join_element_wise(*batch.columns, "\t")
                copy.write("\n".join([*lines.to_pylist(), ""]))
                tell(len(batch))
    except Exception as problem:
        raise failure_of(problem) or problem from problem


COPY_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
"""What means something else in the text of a COPY, the backslash first."""
COPY_NOTHING = r"\N"


def _as_text(frame: pd.DataFrame, days: Collection[str]) -> pa.Table:
    """The cells as COPY reads them."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    columns = [_column_as_text(table[name], name in days) for name in table.column_names]
    return pa.Table.from_arrays(columns, table.column_names)


def _column_as_text(column: pa.ChunkedArray, is_day: bool) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.date32() if is_day else pa.timestamp("us"))
    text = column.cast(pa.string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        for character, escaped in COPY_ESCAPES.items():
            text = pc.replace_substring(text, character, escaped)
    return text.fill_null(COPY_NOTHING)


def _for_driver(column: pd.Series, is_day: bool) -> list[Any]:
    """A column as the plain values the driver takes, None where missing."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return pa.array(column).cast(pa.date32() if is_day else pa.timestamp("us")).cast(pa.string()).to_pylist()
    if column.dtype == "boolean":
        column = column.astype("Int64")  # as SQLite keeps it; each True would be adapted on its way
    if column.hasnans or pd.api.types.is_extension_array_dtype(column.dtype):
        return column.astype(object).where(column.notna(), None).tolist()
    return column.tolist()


def load_records(
    session: Session,
    part: Part,
    reports: Sequence[tuple[int, int]],
    fields: Iterable[str] | None = None,
    place: Sequence[str] = PLACE,
    rows: WordFilter | None = None,
    as_arrow: Collection[str] = (),
) -> pd.DataFrame:
    """Return the rows of the given (submission id, unit id) pairs, in the dtypes of `SheetReading`, with `place` and
    `id`.

    `fields` limits the fields that are read, `place` the columns beside them (the month among it), `rows` the rows.
    Texts `as_arrow` may be held by Arrow instead of objects, which is for a million rows.
    Rows come in the order month, submission, id.
    """
    dtypes: Dtypes = {
        name: ARROW_TEXT if dtype == "object" and name in as_arrow else dtype
        for name, dtype in _dtypes(part, None if fields is None else set(fields)).items()
        if name not in PLACE or name in place
    }
    by_submission: dict[int, list[int]] = {}
    for submission, unit in reports:
        by_submission.setdefault(submission, []).append(unit)
    frames = []
    for submission, unit_ids in sorted(by_submission.items()):
        inserted = _just_inserted(session, part, submission)
        if inserted is not None:
            own = inserted["unit_id"].isin(unit_ids)
            if rows is not None:
                own &= inserted.index.isin(rows.of_frame(inserted).index)
            frames.append(
                inserted[list(dtypes)] if own.all() else inserted.loc[own, list(dtypes)].reset_index(drop=True)
            )
            continue
        frames.append(_of_submission(session, record_table(part), submission, unit_ids, dtypes, rows))
    if len(frames) < 2:
        return frames[0] if frames else _frame([], dtypes)
    whole = pd.concat(frames, ignore_index=True)
    if "month" not in dtypes or whole["month"].is_monotonic_increasing:
        return whole
    return whole.sort_values("month", kind="stable", ignore_index=True)  # submissions and their rows come by id


def _of_submission(
    session: Session,
    table: Table,
    submission: int,
    unit_ids: Sequence[int],
    dtypes: Dtypes,
    rows: WordFilter | None,
) -> pd.DataFrame:
    """The rows of these units, by id: of a few units through the index by report, else as the table holds them.

    SQLite jumps from the index into the table for each row and sorts what it found; in the table a submission's rows
    stand together, and reading them there takes half the time.
    """
    columns = [table.c[name] for name in dtypes]
    own, of_submission = table.c.unit_id.in_(unit_ids), table.c.submission_id == submission
    wanted = [] if rows is None else [rows.condition(table)]
    if len(unit_ids) <= FEW_UNITS:
        query = select(*columns).where(of_submission, own, *wanted)
    else:
        spans = _spans(session, table, submission)
        if not spans:
            return _frame([], dtypes)
        units, firsts, lasts = zip(*spans, strict=True)
        conditions = [table.c.id.between(min(firsts), max(lasts)), table.c.submission_id + 0 == submission]
        if not set(units) <= set(unit_ids):
            conditions.append(own)
        query = select(*columns).where(*conditions, *wanted)
    if session.connection().dialect.name == "sqlite" and "Float64" not in dtypes.values():
        frame = _frame_of_columns(_columns_as_text(session, query, dtypes), dtypes)
        return frame if frame["id"].is_monotonic_increasing else frame.sort_values("id", ignore_index=True)
    return _frame(session.connection().execute(query.order_by(table.c.id)).all(), dtypes)


def _spans(session: Session, table: Table, submission: int) -> list[tuple[int, int, int]]:
    """The units of which a submission has rows, each with the first and the last id of these.

    Asked of each report, for which the index gives both ends at once; grouping would pass over every row.
    """
    own = and_(table.c.submission_id == Report.submission_id, table.c.unit_id == Report.unit_id)
    first, last = (select(end(table.c.id)).where(own).scalar_subquery() for end in (func.min, func.max))
    spans = select(col(Report.unit_id), first, last).where(col(Report.submission_id) == submission)
    return [(unit, low, high) for unit, low, high in session.connection().execute(spans) if low is not None]


def _columns_as_text(session: Session, query: Select[Any], dtypes: Dtypes) -> list[pa.StringArray]:
    """The columns of a query as SQLite writes each into one JSON text, of which Python makes no objects.

    The driver makes an object of every cell and a tuple of every row. Days are text, 是 and 否 are 1 and 0. Not for
    floating point: SQLite writes 15 digits.
    """
    columns = [cast(func.json_group_array(_filled(column)), LargeBinary) for column in query.selected_columns]
    arrays = session.connection().execute(query.with_only_columns(*columns)).one()
    return [_cells(array, dtype) for array, dtype in zip(arrays, dtypes.values(), strict=True)]


def _filled(column: Any) -> ColumnElement[Any]:
    """The column with a mark for what is missing."""
    return func.coalesce(column, literal_column(f"CAST(x'{MISSING.hex()}' AS TEXT)")) if column.nullable else column


def _cells(array: bytes, dtype: Dtype) -> pa.StringArray:
    """The cells of a JSON array as one text in memory and the places where each ends."""
    if array == b"[]":
        return pa.array([], pa.string())
    if b"\\" in array:  # what is escaped has another length
        missing, escaped = (text.decode(errors="surrogateescape") for text in (MISSING, array))
        return pa.array([None if cell == missing else cell for cell in json.loads(escaped)], pa.string())
    if dtype in ("object", ARROW_TEXT, "datetime64[us]"):
        return _parted(array[2:-2].replace(b'","', BETWEEN))
    return _parted(array[1:-1].translate(bytes.maketrans(b",", BETWEEN), b'"'))


def _parted(joined: bytes) -> pa.StringArray:
    ends = np.append(np.flatnonzero(np.frombuffer(joined, np.uint8) == BETWEEN[0]), len(joined))
    lengths, known = np.diff(ends, prepend=-1) - 1, None
    if MISSING in joined:
        short = np.flatnonzero(lengths == 1)
        missing = short[np.frombuffer(joined, np.uint8)[ends[short] - 1] == MISSING[0]]
        lengths[missing] = 0
        is_known = np.ones(len(ends), dtype=bool)
        is_known[missing] = False
        known = pa.array(is_known).buffers()[1]
    places = np.zeros(len(ends) + 1, dtype=np.int32)
    np.cumsum(lengths, out=places[1:])
    text = joined.translate(None, BETWEEN + MISSING)
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(places), pa.py_buffer(text), known)


def no_records(part: Part) -> pd.DataFrame:
    """Return what `load_records` does where there is no row."""
    return _frame([], _dtypes(part))


def records_by_id(session: Session, part: Part, ids: Sequence[int]) -> pd.DataFrame:
    """Return these records, in the order of `ids`, with PLACE and `id`."""
    dtypes = _dtypes(part)
    table = record_table(part)
    query = select(*(table.c[name] for name in dtypes))
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    rows = [row for batch in batches for row in session.connection().execute(query.where(table.c.id.in_(batch)))]
    return _frame(rows, dtypes).set_index("id", drop=False).loc[list(ids)].reset_index(drop=True)


def _frame(rows: Sequence[Any], dtypes: Dtypes) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=dtype)
            for (name, dtype), values in zip(dtypes.items(), columns, strict=True)
        }
    )


def _frame_of_columns(columns: Sequence[pa.StringArray], dtypes: Dtypes) -> pd.DataFrame:
    """As `_frame`, of columns in which everything is text, yes or no is 1 or 0."""
    return pd.DataFrame(
        {name: _typed(cells, dtype) for (name, dtype), cells in zip(dtypes.items(), columns, strict=True)}
    )


def _typed(cells: pa.StringArray, dtype: Dtype) -> pd.Series:
    if dtype == "object":
        return pd.Series(_shared(cells), dtype=object)
    if isinstance(dtype, pd.ArrowDtype):
        return pd.Series(pd.arrays.ArrowExtensionArray(cells))
    values = cells if dtype == "datetime64[us]" else cells.cast(pa.int64())
    column: pd.Series = values.cast(_ARROW[dtype]).to_pandas(types_mapper=None if dtype == "int64" else _MASKED.get)
    return column


def _shared(cells: pa.StringArray) -> np.ndarray:
    """The texts as Python's, words of which there are few each once in memory."""
    if len(cells[:1000].unique()) > 100:
        return np.asarray(cells.to_numpy(zero_copy_only=False))
    words = cells.dictionary_encode()
    known = np.array([*words.dictionary.to_pylist(), None], dtype=object)
    return known[words.indices.fill_null(-1).to_numpy()]


def _just_inserted(session: Session, part: Part, submission: int) -> pd.DataFrame | None:
    """The rows that this very transaction stored for a submission, as they would be read back; None where it stored
    none.
    """
    inserted: dict[tuple[str, int], pd.DataFrame] = session.info.get("inserted", {})
    rows = inserted.get((part.code, submission))
    if rows is None or "id" in rows:
        return rows
    dtypes = _dtypes(part)
    frame = rows.assign(id=_ids(session, record_table(part), submission))[list(dtypes)]
    changed = {name: dtype for name, dtype in dtypes.items() if str(frame[name].dtype) != dtype}
    read_back = inserted[part.code, submission] = frame.astype(changed).reset_index(drop=True)
    return read_back


def _ids(session: Session, table: Any, submission: int) -> np.ndarray:
    """Of a submission's rows in order; one after another unless another transaction stored between them."""
    of_submission = table.c.submission_id == submission
    first, last, number = (
        session.connection()
        .execute(select(func.min(table.c.id), func.max(table.c.id), func.count()).where(of_submission))
        .one()
    )
    if last - first + 1 == number:
        return np.arange(first, last + 1)
    return np.array(
        session.connection().execute(select(table.c.id).where(of_submission).order_by(table.c.id)).scalars().all()
    )


def _dtypes(part: Part, fields: set[str] | None = None) -> dict[str, str]:
    """Of `id`, PLACE and these fields, or all, in the order of the table."""
    by_kind = {
        Kind.INT: "Int64",
        Kind.DECIMAL: "Float64",
        Kind.DURATION: "Float64",
        Kind.YES_NO: "boolean",
        Kind.DATE: "datetime64[us]",
        Kind.DATETIME: "datetime64[us]",
    }
    return _PLACE_DTYPES | {
        field.name: by_kind.get(field.kind, "object")
        for field in stored_fields(part)
        if fields is None or field.name in fields
    }


def moved_elsewhere(
    session: Session, part: Part, own_reports: Collection[tuple[int, int]], in_force: Mapping[tuple[int, int], bool]
) -> dict[int, str]:
    """Return row id of a case → the first later month in which another unit has a record of it.

    Reports are (submission id, unit id); `standing`: those in force → whether it is a whole-district ledger. Units
    number their own ledgers, so that the same number names the same case only where one of the two is a whole-district
    ledger.
    """
    if not own_reports or not any(in_force.values()) or len({unit for _, unit in in_force}) < 2:
        return {}
    own, other = (alias(record_table(part)) for _ in range(2))
    query = (
        select(own.c.id, own.c.submission_id, own.c.unit_id, other.c.submission_id, other.c.unit_id, other.c.month)
        .join(other, and_(*(own.c[key.name] == other.c[key.name] for key in part.keys)))
        .where(
            own.c.unit_id != other.c.unit_id,
            other.c.month > own.c.month,
            own.c.submission_id.in_({submission for submission, _ in own_reports}),
            own.c.unit_id.in_({unit for _, unit in own_reports}),
        )
        .order_by(other.c.month.desc())
    )
    return {
        row: month
        for row, submission, unit, other_submission, other_unit, month in session.connection().execute(query)
        if (submission, unit) in in_force
        and (other_submission, other_unit) in in_force
        and (in_force[submission, unit] or in_force[other_submission, other_unit])
    }


def units_sharing(session: Session, dataset: Dataset, unit_ids: Collection[int], month: str | None = None) -> set[int]:
    """Return other units any of whose records, now or before, have a case or an item that these units' reports (of that
    month) have.
    """
    unique = [dataset.unique_in_district] if dataset.unique_in_district else []
    keys = [key.name for key in dataset.main.keys] if dataset.is_case else unique
    if not keys or not unit_ids or not _others_report(session, dataset, unit_ids):
        return set()
    own, other = (alias(record_table(dataset.main)) for _ in range(2))
    reports = select(col(Report.submission_id)).where(
        col(Report.dataset) == dataset.code, col(Report.unit_id).in_(list(unit_ids))
    )
    if month is not None:
        reports = reports.where(col(Report.month) == month)
    query = (
        select(other.c.unit_id)
        .distinct()
        .join(own, and_(*(own.c[key] == other.c[key] for key in keys)))
        .where(
            own.c.submission_id.in_(reports), own.c.unit_id.in_(list(unit_ids)), other.c.unit_id.not_in(list(unit_ids))
        )
    )
    return set(session.connection().execute(query).scalars())


def _others_report(session: Session, dataset: Dataset, unit_ids: Collection[int]) -> bool:
    """Whether any other unit ever reported it: the ledger of a whole district speaks for all, and need not be
    searched.
    """
    query = (
        select(col(Report.id))
        .where(col(Report.dataset) == dataset.code, col(Report.unit_id).not_in(list(unit_ids)))
        .limit(1)
    )
    return session.connection().execute(query).first() is not None


def shared_codes(
    session: Session, dataset: Dataset, reports: Collection[tuple[int, int]], codes: Iterable[str]
) -> set[str]:
    """Return those of the codes that stand in more than one record of the (submission id, unit id) pairs.

    A code is a value of the field that is to be unique in the district.
    """
    assert dataset.unique_in_district is not None
    record = record_table(dataset.main).c
    code_column = record[dataset.unique_in_district]
    counted = Counter[str]()
    wanted = list(codes)
    for start in range(0, len(wanted), 500):
        query = select(code_column, record.submission_id, record.unit_id).where(
            code_column.in_(wanted[start : start + 500])
        )
        counted.update(
            code for code, submission, unit in session.connection().execute(query) if (submission, unit) in reports
        )
    return {code for code, number in counted.items() if number > 1}
