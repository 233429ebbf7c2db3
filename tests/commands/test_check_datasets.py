"""Every dataset by its headings, synonyms and choices through `manage.py check`."""

from pathlib import Path

import pytest

from catalogue.datasets import DATASETS
from models.definitions import Dataset, Field, Kind, Part
from tests.commands.conftest import Run
from tests.commands.files import clean, right, write
from tests.examples import sweep

MONTHS = {
    "reviews",
    "bad_reviews",
    "hotline_tickets",
    "hotline_calls",
    "help_cases",
    "approvals",
    "engineering_monthly",
}


@pytest.mark.parametrize("code", DATASETS)
def test_the_file_tells_its_dataset_and_a_clean_one_has_no_problem(code: str, check: Run) -> None:
    answer = check(clean(DATASETS[code]))
    assert (answer.status, answer.stderr, answer.json["errors"]) == (0, "", [])
    assert (answer.json["dataset"], answer.json["accepted"], answer.json["refused"]) == (code, True, None)
    assert answer.json["unit"] == (None if code == "hotline_calls" else "区人社局")
    assert answer.json["month"] == ("2023-06" if code in MONTHS else None)
    assert {column["match"] for sheet in answer.json["sheets"] for column in sheet["columns"]} == {"exact"}
    assert [sheet["part"] for sheet in answer.json["sheets"]] == [part.code for part in DATASETS[code].parts]


def _synonyms() -> list[tuple[str, int]]:
    most = {
        code: max(len(field.aliases) for part in dataset.parts for field in part.fields)
        for code, dataset in DATASETS.items()
    }
    return [(code, number) for code, count in most.items() for number in range(count)]


@pytest.mark.parametrize(("code", "number"), sweep(_synonyms(), 4))
def test_every_synonym_of_a_heading_maps_without_asking(code: str, number: int, check: Run) -> None:
    def label(field: Field) -> str:
        return field.aliases[number] if number < len(field.aliases) else field.label

    answer = check(clean(DATASETS[code], labels=label))
    assert (answer.json["dataset"], answer.json["errors"]) == (code, [])
    for part, sheet in zip(DATASETS[code].parts, answer.json["sheets"], strict=True):
        expected = [
            (label(field), field.label, "exact" if label(field) == field.label else "alias") for field in part.fields
        ]
        assert [(column["label"], column["field"], column["match"]) for column in sheet["columns"]] == expected


def _spellings(part: Part) -> list[tuple[str, list[str], list[str]]]:
    """(heading, ways of writing, canonical words) of every choice of a part."""
    return [
        (
            field.label,
            [way for word, aliases in field.choices.items() for way in (word, *aliases)],
            [word for word, aliases in field.choices.items() for _ in (word, *aliases)],
        )
        for field in part.fields
        if field.kind is Kind.CHOICE
    ]


CHOOSING = [(code, part.code) for code, dataset in DATASETS.items() for part in dataset.parts if _spellings(part)]


@pytest.mark.parametrize(("code", "part_code"), CHOOSING)
def test_every_way_of_writing_a_choice_gives_its_canonical_word(code: str, part_code: str, check: Run) -> None:
    dataset, columns = DATASETS[code], _spellings(DATASETS[code].part(part_code))
    most = max(len(ways) for _, ways, _ in columns)
    answer = check(clean(dataset, rows=lambda part: _rows(part, columns, most if part.code == part_code else 1)))
    assert set(answer.problems("code")) <= {"unknown-parent", "duplicate-key"}  # the filling rows are all alike
    for label, ways, words in columns:
        assert answer.values(label, part_code)[: len(ways)] == words


def _rows(part: Part, columns: list[tuple[str, list[str], list[str]]], count: int) -> list[list[object]]:
    ways = {label: ways for label, ways, _ in columns}
    return [[_cell(field, ways, row) for field in part.fields] for row in range(count)]


def _cell(field: Field, ways: dict[str, list[str]], row: int) -> object:
    return ways[field.label][row % len(ways[field.label])] if field.label in ways else right(field)


@pytest.mark.parametrize("code", DATASETS)
def test_each_missing_compulsory_column_is_one_error(code: str, check: Run, tmp_path: Path) -> None:
    dataset: Dataset = DATASETS[code]
    sheets = clean(dataset)
    gone = next(field for field in reversed(dataset.main.fields) if field.required)
    place = dataset.main.fields.index(gone)
    sheets[dataset.main.code] = [[*row[:place], *row[place + 1 :]] for row in sheets[dataset.main.code]]
    answer = check(write(tmp_path / "缺列.xlsx", sheets), "--dataset", code)
    assert answer.status == 1
    assert answer.problems("code", "field", "severity", "row", "column", "cell", "value") == [
        ("missing-column", gone.label, "error", None, None, None, None)
    ]
    assert answer.json["sheets"][0]["missing"] == [gone.label]
    assert set(answer.values(gone.label)) == {None}
