"""Guide accuracy of the district from kept figures alone: by unit, rule and measure, and from submission to submission.

The cost does not grow with the guides: nothing here reads a row of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data_access.database import Session, reading
from data_access.figures import FigureSpan, spans
from data_access.submissions import list_submissions
from models.guides import GuideRule
from models.lamps import SubmissionSummary
from models.plan import Plan
from rules.as_of import end_of_day
from services.figures import RULE_CODES
from services.guide_rule_settings import RuleBook, rule_book_at
from services.in_force import in_force

AREA = "guide_accuracy"


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Rules passed ÷ rules that apply, counted once per record. `applies` 0: nothing to judge."""

    passed: float = 0
    applies: float = 0

    @property
    def failed(self) -> int:
        return int(self.applies - self.passed)

    @property
    def share(self) -> float | None:
        return self.passed / self.applies if self.applies else None


@dataclass(frozen=True)
class RuleStanding:
    """One rule over all units."""

    rule: GuideRule
    accuracy: Accuracy
    units: int  # that fail it anywhere


@dataclass(frozen=True)
class GuideAccuracy:
    """As it stood at the end of `as_of`."""

    as_of: date
    book: RuleBook
    units: tuple[str, ...]  # that answer for the area, in the order of the units workbook
    kept: Mapping[tuple[str, str], Accuracy]  # (unit, rule) → its figure; units that never reported guides have none

    @property
    def counted(self) -> tuple[str, ...]:
        """The rules that some measure counts."""
        return tuple(code for rules in self.book.measures.values() for code in rules)

    @property
    def reported(self) -> tuple[str, ...]:
        known = {unit for unit, _ in self.kept}
        return tuple(unit for unit in self.units if unit in known)

    def of(self, rules: Iterable[str], unit: str | None = None) -> Accuracy:
        """These rules added up, of one unit or of all."""
        wanted = frozenset(rules)
        found = [one for (whose, rule), one in self.kept.items() if rule in wanted and unit in (None, whose)]
        return Accuracy(sum(one.passed for one in found), sum(one.applies for one in found))

    def by_unit(self, rules: Iterable[str]) -> dict[str, Accuracy]:
        """Every unit that reported → these rules added up."""
        wanted = frozenset(rules)
        found = {unit: [0.0, 0.0] for unit in self.reported}
        for (unit, rule), one in self.kept.items():
            if rule in wanted and unit in found:
                found[unit][0] += one.passed
                found[unit][1] += one.applies
        return {unit: Accuracy(*sums) for unit, sums in found.items()}

    @property
    def ranked_rules(self) -> tuple[RuleStanding, ...]:
        """Most failures first; rules by hand are left out."""
        found = [RuleStanding(rule, self.of([rule.code]), self._failing(rule.code)) for rule in self.book.decided]
        return tuple(sorted(found, key=lambda one: (-one.accuracy.failed, one.rule.code)))

    def _failing(self, rule: str) -> int:
        return sum(code == rule and one.failed > 0 for (_, code), one in self.kept.items())


@dataclass(frozen=True, slots=True)
class Step:
    """What all rules counted came to after one submission (or withdrawal)."""

    at: datetime
    units: tuple[str, ...]  # whose figures it changed
    accuracy: Accuracy  # of the district, or of the one unit asked for


def accuracy_as_of(as_of: date) -> GuideAccuracy:
    with reading() as session:
        end = end_of_day(as_of)
        plan = in_force(session, end).plan
        names = {unit.id: unit.name for unit in plan.units.values()}
        standing = {
            (names[one.unit_id], one.code): Accuracy(one.numerator, one.denominator)
            for one in spans(session, RULE_CODES, end)
            if (one.until is None or one.until >= end) and one.numerator is not None and one.denominator is not None
        }
        return GuideAccuracy(as_of, rule_book_at(session, end), units_of_area(plan), standing)


def units_of_area(plan: Plan) -> tuple[str, ...]:
    """The units that answer for a task of the area; while that is in doubt, for any task."""
    own = {unit for task in plan.tasks if task.area == AREA for unit in task.units}
    answering = own or {unit for task in plan.tasks for unit in task.units}
    return tuple(unit.name for unit in plan.units.values() if unit.id in answering)


def course(as_of: date, unit: str | None = None) -> tuple[Step, ...]:
    """Accuracy after each submission of guides up to the as-of date, by the rules in force at that date."""
    with reading() as session:
        end = end_of_day(as_of)
        plan = in_force(session, end).plan
        unit_id = plan.unit_id(unit) if unit else None
        counted = {code for rules in rule_book_at(session, end).measures.values() for code in rules}
        names = {one.id: one.name for one in plan.units.values()}
        return tuple(_steps(session, counted, end, unit_id, names)) if unit is None or unit_id else ()


def _steps(session: Session, counted: Iterable[str], end: datetime, unit_id: int | None, names: Mapping[int, str]) -> list[Step]:
    found = spans(session, counted, end, unit_id)
    events = sorted({one.since for one in found} | {one.until for one in found if one.until is not None and one.until < end})
    standing: dict[tuple[int, str], FigureSpan] = {}
    begun = _by_instant(found)
    steps = []
    for at in events:
        ended = {key for key, one in standing.items() if one.until is not None and one.until <= at}
        new = {(one.unit_id, one.code): one for one in begun.get(at, [])}
        standing = {key: one for key, one in standing.items() if key not in ended} | new
        changed = {unit for unit, _ in ended | new.keys()}
        steps.append(Step(at, tuple(names[unit] for unit in sorted(changed)), _sum(standing.values())))
    return steps


def _by_instant(found: Iterable[FigureSpan]) -> dict[datetime, list[FigureSpan]]:
    begun: dict[datetime, list[FigureSpan]] = {}
    for one in found:
        begun.setdefault(one.since, []).append(one)
    return begun


def _sum(standing: Iterable[FigureSpan]) -> Accuracy:
    known = [one for one in standing if one.numerator is not None and one.denominator is not None]
    return Accuracy(sum(one.numerator or 0 for one in known), sum(one.denominator or 0 for one in known))


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission of guides and the accuracy that stood after it."""

    submission: SubmissionSummary
    accuracy: Accuracy


def submissions(as_of: date, unit: str) -> tuple[Sent, ...]:
    """The unit's submissions of guides up to the as-of date, oldest first, those withdrawn since among them."""
    steps = course(as_of, unit)
    with reading() as session:
        end = end_of_day(as_of)
        unit_id = in_force(session, end).plan.unit_id(unit)
        sent = list_submissions(session, end, unit_id=unit_id, dataset="guides") if unit_id else []
    return tuple(Sent(one, _after(steps, one.accepted_at)) for one in reversed(sent))


def _after(steps: tuple[Step, ...], instant: datetime) -> Accuracy:
    return next((step.accuracy for step in reversed(steps) if step.at <= instant), Accuracy())
