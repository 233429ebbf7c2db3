"""What a plan workbook declares beside its tasks and measures: plans.md, section 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.definitions import Dataset, NumberFormat
from models.expressions import Condition, FieldRead


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
    """An indicator as written in the workbook. `in_words`: what it counts, as a sentence."""

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


@dataclass(frozen=True)
class PlanDeclarations:
    """`datasets`: those of the plan's own; `added_fields`: shipped dataset → labels of the fields added to it."""

    facts: PlanFacts
    areas: tuple[str, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    added_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    indicators: tuple[DeclaredIndicator, ...] = ()
    limits: tuple[DeclaredLimit, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()  # (measure, indicator code)
