"""Rows go in by whole columns, on SQLite and on PostgreSQL: what is stored comes back letter by letter."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from catalogue.datasets import DATASETS
from data_access.database import writing
from data_access.plan_store import units
from data_access.records import columns_of, insert_records, load_records
from data_access.submissions import keep_file
from models.tables import Submission
from rules.as_of import parse_instant
from services.operations.set_up import UNITS_FILE, set_up
from tests.engines import Engine

WORDS = ("反\\斜杠", "\\", "\\N", "\\.", "制\t表", "换\n行", "回\r车", "“引”\"号'", "", "NULL", None, "𠮷，；")


@pytest.fixture
def district_of_either(databases: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """DATABASE_URL points to a new database of the engine of this run with the shipped plan and units."""
    url = databases.template(tmp_path, lambda: set_up(units_file=UNITS_FILE))
    monkeypatch.setenv("DATABASE_URL", url)
    yield
    databases.forget(url)


@pytest.mark.long
def test_words_days_moments_and_numbers_come_back_as_they_were(district_of_either: None) -> None:
    part = DATASETS["hotline_tickets"].main
    number = len(WORDS)
    frame = pd.DataFrame(
        {
            "sheet": 0,
            "row": range(2, number + 2),
            "month": "2023-06",
            "ticket_code": [f"T{index}" for index in range(number)],
            "request": WORDS,
            "received_at": pd.Series([pd.Timestamp(2023, 6, 5, 9, 30), pd.NaT] * 6, dtype="datetime64[us]"),
            "due_on": pd.Series([pd.NaT, pd.Timestamp(2023, 6, 12)] * 6, dtype="datetime64[us]"),
            "called_back": pd.Series([True, False, None] * 4, dtype="boolean"),
        }
    )
    with writing() as session:
        unit = min(units(session))
        sha256 = keep_file(session, b"words")
        submission = Submission(
            dataset="hotline_tickets",
            month="2023-06",
            sha256=sha256,
            file_name="words.xlsx",
            accepted_at=parse_instant("2023-07-03T10:00"),
            by="",
            records=number,
            sheets=[],
        )
        session.add(submission)
        session.flush()
        assert submission.id is not None
        stored = frame.assign(submission_id=submission.id, unit_id=unit).reindex(columns=columns_of(part))
        insert_records(session, part, stored)
        session.info.pop("inserted")  # read from the table
        came_back = load_records(session, part, [(submission.id, unit)])
    for name in frame.columns.drop(["sheet", "row", "month"]):
        expected = frame[name].astype(object).where(frame[name].notna(), None)
        assert came_back[name].astype(object).where(came_back[name].notna(), None).tolist() == expected.tolist(), name
    assert came_back["row"].tolist() == frame["row"].tolist()
