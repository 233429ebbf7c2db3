"""What is forgotten fails here: names said once, tables that match declarations, samples, templates and docs for
everything.
"""

import ast
import re
import runpy
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from catalogue.areas import AREAS
from catalogue.datasets import BUREAU_DATASETS, DATASETS
from catalogue.indicators import INDICATORS, UNJUDGED
from data_access.record_tables import COLUMN_TYPES, record_table
from models.definitions import Dataset, Kind, Part

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "sample_data"
ALL_DATASETS = [*BUREAU_DATASETS.values(), *DATASETS.values()]
ALL_PARTS = [(dataset, part) for dataset in ALL_DATASETS for part in dataset.parts]
RECORD_COLUMNS = ["id", "submission_id", "unit_id", "month", "sheet", "row"]


def said_twice(words: Iterable[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


def part_name(value: object) -> str:
    return value.code if isinstance(value, Dataset | Part) else str(value)


@pytest.mark.parametrize(("dataset", "part"), ALL_PARTS, ids=part_name)
def test_every_name_and_label_is_said_once_in_its_part(dataset: Dataset, part: Part) -> None:
    assert said_twice(field.name for field in part.fields) == []
    assert said_twice(field.label for field in part.fields) == []


@pytest.mark.parametrize(("dataset", "part"), ALL_PARTS, ids=part_name)
def test_no_heading_could_mean_two_fields(dataset: Dataset, part: Part) -> None:
    assert said_twice(heading for field in part.fields for heading in {field.label, *field.aliases}) == []


@pytest.mark.parametrize(("dataset", "part"), ALL_PARTS, ids=part_name)
def test_every_part_has_a_key(dataset: Dataset, part: Part) -> None:
    assert part.keys


@pytest.mark.parametrize(("dataset", "part"), ALL_PARTS, ids=part_name)
def test_no_word_of_a_choice_could_mean_two(dataset: Dataset, part: Part) -> None:
    for field in part.fields:
        words = [word for choice, aliases in field.choices.items() for word in {choice, *aliases}]
        assert said_twice(words) == [], field.label
        assert bool(words) == (field.kind is Kind.CHOICE), field.label


def test_every_kind_of_field_but_the_unit_has_a_type_of_column() -> None:
    assert set(COLUMN_TYPES) == set(Kind) - {Kind.UNIT}


REPORTED_PARTS = [(dataset, part) for dataset in DATASETS.values() for part in dataset.parts]


@pytest.mark.parametrize(("dataset", "part"), REPORTED_PARTS, ids=part_name)
def test_the_columns_of_a_table_are_the_fields_of_its_part(dataset: Dataset, part: Part) -> None:
    columns = [column.name for column in record_table(part).columns]
    assert columns == RECORD_COLUMNS + [field.name for field in part.fields if field.kind is not Kind.UNIT]


def test_no_two_parts_share_a_table() -> None:
    assert said_twice(part.table_name for _, part in REPORTED_PARTS) == []


def test_records_are_found_by_report_and_by_their_code() -> None:
    tickets = record_table(DATASETS["hotline_tickets"].main)
    indexes = {str(index.name): [column.name for column in index.columns] for index in tickets.indexes}
    assert indexes == {
        "ix_hotline_tickets_report": ["submission_id", "unit_id", "ticket_code", "closed_at", "due_on"],
        "ix_hotline_tickets_ticket_code": ["ticket_code"],
    }


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=part_name)
def test_the_fields_that_a_dataset_names_exist(dataset: Dataset) -> None:
    named = [name for name in (dataset.unit_field, dataset.month_field, dataset.time_field) if name]
    assert [name for name in named if name not in {field.name for field in dataset.main.fields}] == []
    parents = {part.code for part in dataset.parts} | set(BUREAU_DATASETS)
    assert {part.parent for part in dataset.parts if part.parent} <= parents


def test_datasets_name_areas_and_every_area_has_one() -> None:
    assert {area for dataset in DATASETS.values() for area in dataset.areas} == set(AREAS)


def test_every_area_has_its_page() -> None:
    assert [area.page for area in AREAS.values() if not (ROOT / "pages" / f"{area.page}.py").is_file()] == []


@pytest.mark.parametrize("kind", ["clean", "messy"])
def test_every_dataset_has_its_samples(kind: str) -> None:
    there = {path.stem for path in (SAMPLES / kind).iterdir()}
    assert [code for code in DATASETS if code not in there] == []


def test_the_indicators_parts_are_declared() -> None:
    parts = {part.code for dataset in DATASETS.values() for part in dataset.parts}
    indicators = {**INDICATORS, **UNJUDGED}
    assert [code for code, indicator in indicators.items() if not set(indicator.parts) <= parts] == []


def test_the_glossary_is_current() -> None:
    make_glossary = runpy.run_path(str(ROOT / "docs" / "make_glossary.py"))
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").endswith(make_glossary["generated"]()), (
        "docs/glossary.md is behind the catalogue: make docs"
    )


@pytest.mark.parametrize("code", [*INDICATORS, *UNJUDGED])
def test_every_indicator_stands_in_the_glossary(code: str) -> None:
    assert f"`{code}`" in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_no_screen_or_service_knows_a_measure_by_its_number() -> None:
    """A plan of another year numbers its measures otherwise: they are looked up by their indicator."""
    number = re.compile(r"""["'][1-9]\.[1-9]\.[1-9]["']""")
    folders = ("components", "pages", "services", "commands", "frame", "rules", "data_access")
    sources = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 200
    assert [path.name for path in sources if number.search(path.read_text(encoding="utf-8"))] == []


ELEMENTS = (
    "a|abbr|article|b|body|br|button|caption|code|col|dd|details|div|dl|dt|em|figcaption|figure|footer|form|h[1-6]|head"
    "|header|hr|html|i|img|input|label|legend|li|link|main|meta|nav|ol|option|p|path|pre|script|section|select|small"
    "|span|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul"
)
TAG = re.compile(rf"</?(?:{ELEMENTS})(?=[\s/>])")
HTML_IN_CODE = {"frame/streamlit_internals/index_page.py": "what it looks for in Streamlit's own page"}


def literals(source: str) -> Iterable[str]:
    """Every string of a module but its docstrings, the pieces of f-strings among them."""
    tree = ast.parse(source)
    sentences = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in sentences:
            yield node.value


@pytest.mark.long
def test_html_stands_in_templates_and_never_in_the_strings_of_a_page() -> None:
    sources = [path for folder in ("components", "pages", "frame") for path in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 200
    with_tags = {
        path.relative_to(ROOT).as_posix()
        for path in sources
        if any(TAG.search(words) for words in literals(path.read_text(encoding="utf-8")))
    }
    assert with_tags == set(HTML_IN_CODE)


def test_a_tag_in_a_string_is_seen_and_what_only_looks_like_one_is_not() -> None:
    seen = [words for words in literals('"""<p>"""\nsay = f"<br>{1}" + "<td class=\'x\'>"') if TAG.search(words)]
    assert sorted(seen) == ["<br>", "<td class='x'>"]
    assert not any(TAG.search(words) for words in ("1 < 2 > 0", "<NA>", "(?P<visit>[^/]+)"))


ABOUT_A_FILE = {
    "commands/test_backup.py",
    "commands/test_routine_backup.py",
    "commands/test_unusable_database.py",
    "data_access/test_database.py",
    "data_access/test_engines_agree.py",
    "sample_data/test_loaded_district.py",
    "services/operations/test_start_up.py",
    "services/operations/test_upgrade.py",
    "test_how_to_add.py",
    "test_make.py",
}
"""Tests that name a file of SQLite because they are about one. All others ask for a database of this run's engine."""


def test_no_test_but_those_about_a_file_of_sqlite_is_tied_to_one() -> None:
    tests = ROOT / "tests"
    naming = {
        path.relative_to(tests).as_posix()
        for path in tests.rglob("*.py")
        if path.relative_to(tests).parts[0] not in {"browser", "deploy", "engines.py", "conftest.py"}
        and re.search(r"sqlite3\.connect|sqlite:///\{", path.read_text(encoding="utf-8"))
    }
    assert naming == ABOUT_A_FILE
