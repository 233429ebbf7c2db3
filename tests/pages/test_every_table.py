"""Every table of rows that a page draws is the one declared table: what the declaration promises holds for each."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest

from catalogue.areas import AREAS
from components.elements.context import PageContext
from components.elements.table import Kind, Table, screen
from components.elements.table.selection import Selection
from components.elements.table.workbook import workbook_of
from models.lamps import Lamp
from models.people import Role
from services.board.scorecard import assess
from services.cases.caseload import caseload
from tests.examples import sweep
from tests.pages.visiting import open_page, text_of

DAY = date(2023, 8, 22)
UNIT = "区人社局"
VISITS: Sequence[tuple[str, dict[str, str]]] = (
    *((area.page, {"view": "detail"}) for area in AREAS.values()),
    *((area.page, {}) for area in AREAS.values()),
    ("reviews", {"unit": UNIT}),
    ("guide_accuracy", {"view": "rules"}),
    ("guide_accuracy", {"view": "cross"}),
    ("guide_accuracy", {"unit": UNIT}),
    ("board", {"lamp": "overdue"}),
    ("board", {"turned": "overdue"}),
    ("progress", {}),
    ("verification", {}),
    ("cases", {"kind": "tickets"}),
    ("rectifications", {}),
    ("spot_checks", {}),
    ("notices", {}),
    ("reporting", {}),
    ("reporting", {"dataset": "guides"}),
    ("reporting", {"dataset": "monthly_cases"}),
    ("submission", {"number": "5"}),
    ("plan", {}),
    ("units", {}),
    ("accounts", {}),
    ("settings", {}),
    ("unit", {"unit": UNIT}),
    ("search", {"q": "人社"}),
    ("assessment", {}),
    ("meeting_pack", {}),
    ("to_do", {}),
)


@dataclass(frozen=True)
class Drawn:
    """A table as a page drew it."""

    table: Table[Any]
    rows: Sequence[Any]
    here: PageContext

    @property
    def units(self) -> list[str]:
        column = next((column for column in self.table.columns if column.kind is Kind.UNIT), None)
        return [column.words(row) for row in self.rows] if column else []


@pytest.fixture(scope="module")
def drawn() -> Callable[[str, dict[str, str]], list[Drawn]]:
    """Pages opened once for all tests of this module, with the tables that they drew."""
    known: dict[str, list[Drawn]] = {}
    return lambda page, query: known.setdefault(f"{page} {query}", list(_visit(page, query)))


def _visit(page: str, query: dict[str, str]) -> Iterator[Drawn]:
    tables: list[Drawn] = []

    def watched(table: Table[Any], rows: Sequence[Any], here: PageContext) -> Table[Any]:
        whole = completed(table, rows, here)
        tables.append(Drawn(whole, rows, here))
        return whole

    completed = screen.completed
    with patch.object(screen, "completed", watched):
        app = open_page(page, **query)
    assert text_of(app).count('<table class="board listing') <= len(tables)
    return iter({(each.table.name, each.table.title): each for each in tables if each.rows}.values())


@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "query"),
    sweep(VISITS, 4),
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else value,
)
def test_every_table_is_filtered_grouped_and_exported_as_declared(sample_database, drawn, page, query):
    tables = [each for each in drawn(page, query) if each.table.is_whole]
    names = [each.table.name for each in tables]
    assert sorted(set(names)) == sorted(names), "two tables of a page share their parameters"
    for each in tables:
        where = f"{page} {query} {each.table.title}"
        _can_be_narrowed(each, where)
        _is_exported_with_typed_cells(each, where)


def _can_be_narrowed(each: Drawn, where: str) -> None:
    table, kinds = each.table, each.here.unit_kinds
    filters = {column.heading for column in table.filters}
    for column in table.columns:
        if column.kind in (Kind.UNIT, Kind.LAMP):
            assert column.heading in filters, f"{where}: {column.heading}"
        if column.heading == "领域" and len({column.words(row) for row in each.rows}) < len(each.rows):
            assert column.heading in filters, f"{where}: {column.heading}"
    if len({kinds[unit] for unit in each.units if unit in kinds}) > 1:
        assert filters & {"单位类别", "类别"}, where
    if 1 < len(set(each.units)) < len(each.units):
        assert table.column(table.group_by), f"{where} cannot be grouped by unit"


def _is_exported_with_typed_cells(each: Drawn, where: str) -> None:
    table = each.table
    assert table.is_exported or any(column.key == "people" for column in table.columns), where
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(table, each.rows, Selection(), DAY))).active
    assert sheet["A1"].value == f"{table.title}，截至 {DAY}，共 {len(each.rows):,} {table.counted}", where
    assert sheet.freeze_panes == "A3" and sheet.auto_filter.ref, where
    headings = [cell.value for cell in sheet[2]]
    assert None not in headings and sheet.max_row == 2 + len(each.rows) + (table.total is not None), where
    for column in table.columns:
        values = [column.value(row) for row in each.rows]
        if column.kind in (Kind.NUMBER, Kind.SHARE):
            assert not any(isinstance(value, str) for value in values), f"{where}: {column.heading}"
        if column.kind in (Kind.DAY, Kind.MOMENT):
            assert not any(_is_a_day_in_words(value) for value in values), f"{where}: {column.heading}"
        if column.kind is Kind.LAMP:
            assert all(isinstance(value, Lamp) or value is None for value in values), f"{where}: {column.heading}"


def _is_a_day_in_words(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


@pytest.mark.long
def test_on_a_units_own_page_no_two_tables_share_their_parameters(sample_database, become, drawn):
    become(Role.UNIT, UNIT)
    names = [each.table.name for each in drawn("unit", {})]
    assert {"owed", "todo"} & set(names) and sorted(set(names)) == sorted(names)


@pytest.mark.long
def test_the_pages_of_one_case_and_of_one_responsibility_are_among_them(sample_database, drawn):
    row = next(row for row in assess(DAY).lamps if row.unit and row.indicators)
    case = caseload("tickets", DAY).open[0]
    for page, query in (
        ("lamp", {"measure": row.measure, "unit": row.unit}),
        ("case", {"dataset": "hotline_tickets", "number": case.code}),
    ):
        tables = [each for each in drawn(page, query) if each.table.is_whole]
        assert tables
        for each in tables:
            _is_exported_with_typed_cells(each, page)
