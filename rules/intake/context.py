"""What the check of a workbook is told beside its cells, and the whole of what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from models.cells import Refusal
from models.definitions import Dataset
from models.validation import IgnoredSheet, Problem, SheetReading
from rules.intake.unit_names import UnitNames


@dataclass(frozen=True)
class IntakeContext:
    """Who uploads what. `unit` is an own name, `month` is YYYY-MM; both None where the uploader did not say."""

    units: UnitNames
    unit: str | None = None
    month: str | None = None
    plan_year: int = 2023
    district: bool = False  # a whole-district ledger: rows of any unit, none recognised for the whole
    measures: frozenset[str] = frozenset()  # known measure codes; empty: not checked
    remembered: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (part, normalised heading) → field name
    file_name: str = ""
    numbered_by_month: frozenset[tuple[str, str]] = frozenset()  # (unit, dataset): its numbers begin anew each month
    headings: frozenset[str] = frozenset()  # normalised, of every dataset: by them another table on the sheet is known


@dataclass(frozen=True)
class Understanding:
    """`frames`: part code → the records of all its sheets, with `_sheet` and `_row`."""

    dataset: Dataset | None = None
    unit: str | None = None
    month: str | None = None
    sheets: tuple[SheetReading, ...] = ()
    ignored_sheets: tuple[IgnoredSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    refusal: Refusal | None = None
    unlisted: Mapping[tuple[str, str], int] = field(default_factory=dict)  # code, severity → problems beyond those kept
    unlisted_rows: Mapping[tuple[str | None, str], Sequence[int]] = field(
        default_factory=dict
    )  # sheet, heading → rows of such errors
    months: tuple[str, ...] = ()  # of a workbook with tables of several, where none was chosen of them
