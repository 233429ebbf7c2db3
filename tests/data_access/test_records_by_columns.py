"""Rows of many units are read by columns, as the table holds them; of few through the index: the same either way."""

import pandas as pd
import pytest

from catalogue.datasets import DATASETS
from data_access import records
from data_access.database import reading, writing
from data_access.plan_store import units
from data_access.records import WordFilter, columns_of, insert_records, load_records
from data_access.submissions import add_reports, keep_file, reports_in_force
from models.tables import Submission
from rules.as_of import parse_instant

NOW = parse_instant("2023-08-22T18:00")


@pytest.mark.long
def test_records_of_many_units_are_the_same_by_columns_and_by_rows(
    sample_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    with reading() as session:
        for dataset in DATASETS.values():
            pairs = [
                (report.submission_id, report.unit_id)
                for report in reports_in_force(session, NOW, dataset=dataset.code)
            ]
            for part in dataset.parts:
                monkeypatch.setattr(records, "FEW_UNITS", 10_000)
                by_rows = load_records(session, part, pairs)
                monkeypatch.setattr(records, "FEW_UNITS", 0)
                by_columns = load_records(session, part, pairs)
                pd.testing.assert_frame_equal(by_columns, by_rows)
                compared += len(by_rows)
                some = pairs[::2]
                by_columns = load_records(session, part, some, [part.fields[0].name], ("unit_id", "month"))
                monkeypatch.setattr(records, "FEW_UNITS", 10_000)
                pd.testing.assert_frame_equal(
                    by_columns, load_records(session, part, some, [part.fields[0].name], ("unit_id", "month"))
                )
    assert compared > 10_000


@pytest.mark.parametrize("few_units", [0, 10_000])
@pytest.mark.parametrize("holds", [True, False])
def test_rows_chosen_by_a_word_are_those_of_the_whole_frame_and_a_blank_holds_no_word(
    sample_database: str, monkeypatch: pytest.MonkeyPatch, few_units: int, holds: bool
) -> None:
    monkeypatch.setattr(records, "FEW_UNITS", few_units)
    part, field = DATASETS["hotline_tickets"].main, "ticket_type"
    with reading() as session:
        pairs = [
            (report.submission_id, report.unit_id)
            for report in reports_in_force(session, NOW, dataset="hotline_tickets")
        ]
        whole = load_records(session, part, pairs)
        word = whole[field].dropna().iloc[0]
        chosen = load_records(session, part, pairs, rows=WordFilter(field, (word,), holds))
    expected = whole[(whole[field] == word) == holds].reset_index(drop=True)
    assert 0 < len(expected) < len(whole)
    pd.testing.assert_frame_equal(chosen, expected)


TEXTS = (
    "",
    None,
    "null",
    '"',
    ",",
    '","',
    "\\",
    "\n",
    "a,null,b",
    "[]",
    "[",
    "0",
    "满意",
    "𠀀",
    "\x7f",
    "\x01",
    "\ufffe",
)


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("as_arrow", [True, False])
def test_cells_read_by_columns_are_what_was_stored_whatever_signs_they_hold(
    planned_database: str, monkeypatch: pytest.MonkeyPatch, escaped: bool, as_arrow: bool
) -> None:
    """SQLite writes a column as JSON, in which some signs are escaped, and what is missing has a mark."""
    part = DATASETS["reviews"].main
    texts = [text for text in TEXTS if escaped or text is None or not {*text} & {*'"\\\n\x01'}]
    for rows in ([], texts[:1], [None], [None, None], texts, [*texts, *texts[::-1]]):
        with writing() as session:
            report = Submission(
                dataset="reviews", month="2023-01", sha256=keep_file(session, b"-"), file_name="-",
                accepted_at=NOW, by="-", records=len(rows),
            )  # fmt: skip
            session.add(report)
            session.flush()
            unit_id = min(units(session))
            frame = pd.DataFrame({"row": range(len(rows)), "comment": rows, "case_code": "C"}, dtype=object)
            rounds = [None if place % 2 else place for place in range(len(rows))]
            frame["round"] = pd.Series(rounds, dtype=object)
            frame = frame.assign(submission_id=report.id, unit_id=unit_id, month="2023-01", sheet=0)
            frame = frame.reindex(columns=list(columns_of(part))).astype(object)
            insert_records(session, part, frame.where(frame.notna(), None))
            add_reports(session, report, [(unit_id, len(rows))])
            session.info.clear()
            pair = (report.id or 0, unit_id)
        monkeypatch.setattr(records, "FEW_UNITS", 0)
        with reading() as session:
            read = load_records(session, part, [pair], as_arrow=("comment", "case_code") if as_arrow else ())
        assert [None if pd.isna(text) else text for text in read["comment"]] == rows
        assert [None if pd.isna(number) else number for number in read["round"]] == rounds
        assert str(read["comment"].dtype) == ("string[pyarrow]" if as_arrow else "object")
