"""Workbooks written as small lists of rows, as the reader would give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from catalogue.datasets import DATASETS
from models.cells import CellKind, SheetCells, WorkbookCells
from rules.intake import IntakeContext, Understanding, UnitNames, understand

UNITS = UnitNames(
    names=("区人社局", "区民政局", "区发改局", "三维数字中心", "安宁堡街道", "河口镇", "石板乡"),
    aliases={"人社局": "区人社局", "区人力资源和社会保障局": "区人社局"},
    district="兰州市某某区",
)


class Percent(str):
    """A number shown as per cent, as shown."""


class Broken(str):
    """A cell that holds an error; empty: a formula without a stored value."""


def _cell(value: object) -> tuple[str, CellKind]:
    match value:
        case Broken():
            return str(value), CellKind.ERROR if value else CellKind.EMPTY_FORMULA
        case None | "":
            return "", CellKind.BLANK
        case Percent():
            return str(value), CellKind.PERCENT
        case bool():
            return str(value).upper(), CellKind.BOOL
        case dt.date():
            return value.isoformat(), CellKind.DATE
        case int() | float():
            return str(value), CellKind.NUMBER
    return str(value), CellKind.TEXT


def sheet(rows: Sequence[Sequence[object]], name: str = "Sheet1", **more: object) -> SheetCells:
    width = max((len(row) for row in rows), default=0)
    cells = [[_cell(value) for value in (*row, *[None] * (width - len(row)))] for row in rows]
    text = pd.DataFrame([[text for text, _ in row] for row in cells], columns=range(width), dtype="str")
    kind = np.array([[int(kind) for _, kind in row] for row in cells], dtype=np.uint8).reshape(len(rows), width)
    return SheetCells(name, text, kind, **more)


def workbook(*sheets: SheetCells, hidden: tuple[str, ...] = (), **more: object) -> WorkbookCells:
    return WorkbookCells("xlsx", sheets, hidden, **more)


def read(rows: Sequence[Sequence[object]], dataset: str | None = None, **context: object) -> Understanding:
    """One sheet of rows, understood."""
    return read_book(workbook(sheet(rows)), dataset, **context)


def read_book(book: WorkbookCells, dataset: str | None = None, **context: object) -> Understanding:
    candidates = [DATASETS[dataset]] if dataset else list(DATASETS.values())
    return understand(book, candidates, IntakeContext(**{"units": UNITS, **context}))


def problems_in(result: Understanding) -> list[tuple[str | None, str]]:
    """(cell, code) of every problem."""
    return [(problem.cell, problem.code) for problem in result.problems]


def errors(result: Understanding) -> list[tuple[str | None, str]]:
    return [(problem.cell, problem.code) for problem in result.problems if problem.severity == "error"]
