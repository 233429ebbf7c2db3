"""What a plan workbook declares beside its tasks and measures: plans.md, section 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.definitions import Dataset, Field, NumberFormat
from models.expressions import Condition, FieldRead

SheetRow = Mapping[str, str]
"""Field name of a sheet of the plan workbook → what was typed; blanks are left out."""


@dataclass(frozen=True)
class PlanFacts:
    """`begins` and `ends`: between which days the plan is supervised."""

    code: str
    title: str
    year: int
    first_month: str
    begins: date
    ends: date
    document: str = ""


@dataclass(frozen=True)
class DeclaredIndicator:
    """An indicator as written in the workbook. `in_words`: what it counts, as a sentence. `key`: what it is called in
    the tables; it is never another indicator's, and one that is written otherwise gets another key.
    """

    code: str
    title: str
    numerator: str
    denominator: str | None
    due: str | None
    in_words: str
    parts: tuple[str, ...]
    number_format: NumberFormat
    lower_is_better: bool
    district: bool
    key: str = ""
    sheet_row: SheetRow = field(default_factory=dict, compare=False)

    @property
    def meaning(self) -> tuple[object, ...]:
        """Return all that its figures and how they are told rest on."""
        said = (self.code, self.title, self.numerator, self.denominator, self.due, self.parts)
        return (*said, self.number_format, self.lower_is_better, self.district)


@dataclass(frozen=True)
class DeclaredLimit:
    """A time limit: rows of a dataset that are due some day. `days`: (number, of working days) where no field says."""

    title: str
    dataset: str
    start: FieldRead
    end: FieldRead
    due: FieldRead | None
    days: tuple[int, bool] | None
    condition: Condition | None
    condition_text: str = ""
    sheet_row: SheetRow = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class PlanDeclarations:
    """`datasets`: those of the plan's own; `new_fields`: part of a dataset of the board → the fields added.

    `sheet_rows`: (kind, key) → the row of the workbook, of areas, datasets and fields.
    """

    facts: PlanFacts
    areas: tuple[str, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    new_fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    indicators: tuple[DeclaredIndicator, ...] = ()
    limits: tuple[DeclaredLimit, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()  # (measure, indicator's key)
    sheet_rows: Mapping[tuple[str, str], SheetRow] = field(default_factory=dict)
