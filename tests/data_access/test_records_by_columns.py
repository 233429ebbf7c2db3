"""Rows of many units are read by columns, as the table holds them; of few through the index: the same either way."""

import pandas as pd
import pytest

from catalogue.datasets import DATASETS
from data_access import records
from data_access.database import reading
from data_access.records import WordFilter, load_records
from data_access.submissions import reports_in_force
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
