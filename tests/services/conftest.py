"""A small district of its own: the shipped plan, four units, and a way to report for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from data_access.database import engine
from models.lamps import MeasureLamp
from rules.as_of import parse_instant
from services.board.scorecard import assess
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.upload import Submitted, submit
from services.operations.set_up import set_up
from tests.engines import Engine

Row = Mapping[str, Any]

UNITS = [
    {"单位名称": "区人社局", "单位类别": "部门", "别名": "区人力资源和社会保障局"},
    {"单位名称": "区住建局", "单位类别": "部门", "工程建设项目审批单位": "是"},
    {"单位名称": "三维数字中心", "单位类别": "其他"},
    {"单位名称": "东关街道", "单位类别": "镇街"},
]


def workbook(dataset: str, rows: Sequence[Row] | Mapping[str, Sequence[Row]]) -> bytes:
    """A clean .xlsx of a dataset: headings of the declaration, one row a record; several parts by name."""
    declared = (DATASETS | BUREAU_DATASETS)[dataset]
    by_part = rows if isinstance(rows, Mapping) else {declared.main.code: rows}
    book = Workbook()
    book.remove(book.active)
    for part in declared.parts:
        if part.code in by_part:
            sheet = book.create_sheet(part.code)
            labels = [field.label for field in part.fields]
            sheet.append(labels)
            for row in by_part[part.code]:
                sheet.append([row.get(label) for label in labels])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture(scope="session")
def district_template(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("district")
    path = folder / "责任单位.xlsx"
    path.write_bytes(workbook("units", UNITS))
    return databases.template(folder, lambda: set_up(units_file=path))


@pytest.fixture
def district(
    databases: Engine, district_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """DATABASE_URL points to a new database with the shipped plan and the four units."""
    url = databases.copy(district_template, tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    yield
    databases.forget(url)


Report = Callable[..., Submitted]


def send(content: bytes, file_name: str, request: Request, *, at: datetime | None = None) -> Submitted:
    """A file read, checked and submitted at once."""
    return submit(check(content, file_name, request), at=at)


@pytest.fixture
def report(district: None) -> Report:
    """Submits rows as a clean workbook; a unit of None is a whole-district ledger."""

    def report_rows(dataset: str, unit: str | None, month: str | None, rows: Any, at: str) -> Submitted:
        done = send(
            workbook(dataset, rows),
            f"{dataset}.xlsx",
            Request(dataset, unit, unit is None, month),
            at=parse_instant(at),
        )
        assert done.submission is not None, [problem.message for problem in done.report.problems]
        return done

    return report_rows


def lamp(measure: str, unit: str | None, as_of: str) -> MeasureLamp:
    """The one lamp of a measure and unit."""
    return next(
        lamp for lamp in assess(date.fromisoformat(as_of)).lamps if lamp.measure == measure and lamp.unit == unit
    )


def kept_figures() -> list[tuple[Any, ...]]:
    """Every kept figure but its number, in a fixed order."""
    with engine().connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT code, unit_id, horizon, since, until, numerator, denominator, due FROM figure WHERE until IS NULL OR until > since "  # noqa: E501
            "ORDER BY code, unit_id, horizon, since"
        ).fetchall()
    return [tuple(row) for row in rows]
