"""Guide accuracy of the district from kept figures alone: by unit, rule and measure.

The cost does not grow with the guides: nothing here reads a row of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from data_access.database import reading
from data_access.figures import spans
from models.guides import GuideRule
from models.plan import Plan
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, is_own, requires_role
from services.figures.district_state import district_state
from services.figures.fold import RULE_CODES
from services.figures.guide_rule_settings import RuleBook, rule_book_at

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
class RuleResult:
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
    figures: Mapping[tuple[str, str], Accuracy]  # (unit, rule) → its figure; units that never reported guides have none

    @property
    def counted(self) -> tuple[str, ...]:
        """The rules that some measure counts."""
        return tuple(code for rules in self.book.measures.values() for code in rules)

    @property
    def reported(self) -> tuple[str, ...]:
        known = {unit for unit, _ in self.figures}
        return tuple(unit for unit in self.units if unit in known)

    def of(self, rules: Iterable[str], unit: str | None = None) -> Accuracy:
        """Return the sum of these rules, of one unit or of all."""
        counts = [
            count
            for rule in frozenset(rules)
            for whose, count in self._of_rule.get(rule, {}).items()
            if unit in (None, whose)
        ]
        return Accuracy(sum(count.passed for count in counts), sum(count.applies for count in counts))

    def by_unit(self, rules: Iterable[str]) -> dict[str, Accuracy]:
        """Return every unit that reported → the sum of these rules."""
        wanted = frozenset(rules)
        by_unit = {unit: [0.0, 0.0] for unit in self.reported}
        for (unit, rule), count in self.figures.items():
            if rule in wanted and unit in by_unit:
                by_unit[unit][0] += count.passed
                by_unit[unit][1] += count.applies
        return {unit: Accuracy(*sums) for unit, sums in by_unit.items()}

    @cached_property
    def _of_rule(self) -> Mapping[str, Mapping[str, Accuracy]]:
        """Rule → unit → its figure."""
        of_rule: dict[str, dict[str, Accuracy]] = defaultdict(dict)
        for (unit, rule), count in self.figures.items():
            of_rule[rule][unit] = count
        return dict(of_rule)

    @cached_property
    def ranked_rules(self) -> tuple[RuleResult, ...]:
        """Most failures first; rules by hand are left out."""
        results = [RuleResult(rule, self.of([rule.code]), self._failing(rule.code)) for rule in self.book.decided]
        return tuple(sorted(results, key=lambda result: (-result.accuracy.failed, result.rule.code)))

    def _failing(self, rule: str) -> int:
        return sum(count.failed > 0 for count in self._of_rule.get(rule, {}).values())


@requires_role(*EVERYONE)
def accuracy_as_of(as_of: date) -> GuideAccuracy:
    with reading() as session:
        end = end_of_day(as_of)
        plan = district_state(session, end).plan
        names = {unit.id: unit.name for unit in plan.units.values()}
        accuracies = {
            (names[span.unit_id], span.code): Accuracy(span.numerator, span.denominator)
            for span in spans(session, RULE_CODES, end)
            if (span.until is None or span.until >= end)
            and span.numerator is not None
            and span.denominator is not None
            and is_own(names[span.unit_id])
        }
        return GuideAccuracy(as_of, rule_book_at(session, end), tuple(filter(is_own, units_of_area(plan))), accuracies)


def units_of_area(plan: Plan) -> tuple[str, ...]:
    """Return the units that answer for a task of the area; while that is in doubt, for any task."""
    own = {unit for task in plan.tasks if task.area == AREA for unit in task.units}
    answering = own or {unit for task in plan.tasks for unit in task.units}
    return tuple(unit.name for unit in plan.units.values() if unit.id in answering)
