"""考核赋分: the rules that the bureau declares, what a unit did under them, and its points with each deduction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class DeductionKind(StrEnum):
    """What points are taken off for."""

    OVERDUE = "overdue"  # a lamp that is overdue
    CASE = "case"  # a case that is overdue
    SHORTFALL = "shortfall"  # each point of per cent, or each piece, by which a target that was due is missed
    MISSING = "missing"  # a report that is missing


class AssessmentVersion(SQLModel, table=True):
    """A rules workbook as it was taken in: in force from `at` until the next one. Nothing is ever overwritten."""

    __tablename__ = "assessment_version"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    file_name: str
    rules: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    reason: str
    at: datetime = Field(index=True)
    by: str


@dataclass(frozen=True, slots=True)
class AssessmentRule:
    """One rule. `subject`: what it looks at, as written (全部, 领域：好差评, 1.2.1 …); None: a deduction that it does
    not make.
    """

    name: str
    subject: str
    full: Decimal
    floor: Decimal
    overdue: Decimal | None = None
    case: Decimal | None = None
    shortfall: Decimal | None = None
    missing: Decimal | None = None
    note: str = ""

    def points_for(self, kind: DeductionKind) -> Decimal | None:
        """Return how many points one of these costs, or None where it costs nothing."""
        points: Decimal | None = getattr(self, kind.value)
        return points


@dataclass(frozen=True, slots=True)
class AssessmentScope:
    """What the subject of a rule comes to in the plan: codes of measures, indicators, datasets and kinds of cases."""

    measures: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    datasets: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def holds(self, kind: DeductionKind) -> bool:
        """Return whether there is anything of which such a deduction could be made."""
        parts = {
            DeductionKind.OVERDUE: self.measures,
            DeductionKind.CASE: self.kinds,
            DeductionKind.SHORTFALL: self.indicators,
            DeductionKind.MISSING: self.datasets,
        }
        return bool(parts[kind])


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Something that may cost a unit points. `amount`: overdue cases of a kind, or what is lacking to the target;
    1 for a lamp and a report. `measure`, `indicator`, `dataset`, `month` and `case_kind` say where its proof is.
    """

    kind: DeductionKind
    amount: Decimal
    words: str
    measure: str = ""
    indicator: str = ""
    dataset: str = ""
    month: str = ""
    case_kind: str = ""


@dataclass(frozen=True, slots=True)
class UnitConduct:
    """What a unit answers for at a date (of indicators those with figures, of kinds those with cases), and what it fell
    short in.
    """

    unit: str
    answers_for: AssessmentScope
    shortcomings: tuple[Shortcoming, ...]


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken off, and the proof."""

    shortcoming: Shortcoming
    points: Decimal


@dataclass(frozen=True, slots=True)
class RulePoints:
    """A unit's points under one rule. `points` is never above full marks nor below the floor."""

    rule: AssessmentRule
    deductions: tuple[Deduction, ...]

    @property
    def deducted(self) -> Decimal:
        return sum((deduction.points for deduction in self.deductions), Decimal(0))

    @property
    def before_floor(self) -> Decimal:
        return self.rule.full - self.deducted

    @property
    def points(self) -> Decimal:
        return max(self.before_floor, self.rule.floor)


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """A unit's points under the rules that concern it; a unit that no rule concerns has none."""

    unit: str
    rules: tuple[RulePoints, ...]
    place: int | None = None  # by share, the same share the same place

    @property
    def points(self) -> Decimal:
        return sum((rule.points for rule in self.rules), Decimal(0))

    @property
    def full(self) -> Decimal:
        return sum((rule.rule.full for rule in self.rules), Decimal(0))

    @property
    def share(self) -> Decimal | None:
        """Points ÷ full marks; None for a unit without points."""
        return self.points / self.full if self.full else None


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rules of a version, with who entered it when and why."""

    number: int
    rules: tuple[AssessmentRule, ...]
    file_name: str
    reason: str
    at: datetime
    by: str
