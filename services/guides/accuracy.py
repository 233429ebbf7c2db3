"""Guide accuracy of the district from kept figures alone: by unit, rule and measure.

The cost does not grow with the guides: nothing here reads a row of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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


@requires_role(*EVERYONE)
def accuracy_as_of(as_of: date) -> GuideAccuracy:
    with reading() as session:
        end = end_of_day(as_of)
        plan = district_state(session, end).plan
        names = {unit.id: unit.name for unit in plan.units.values()}
        standing = {
            (names[one.unit_id], one.code): Accuracy(one.numerator, one.denominator)
            for one in spans(session, RULE_CODES, end)
            if (one.until is None or one.until >= end)
            and one.numerator is not None
            and one.denominator is not None
            and is_own(names[one.unit_id])
        }
        return GuideAccuracy(as_of, rule_book_at(session, end), tuple(filter(is_own, units_of_area(plan))), standing)


def units_of_area(plan: Plan) -> tuple[str, ...]:
    """The units that answer for a task of the area; while that is in doubt, for any task."""
    own = {unit for task in plan.tasks if task.area == AREA for unit in task.units}
    answering = own or {unit for task in plan.tasks for unit in task.units}
    return tuple(unit.name for unit in plan.units.values() if unit.id in answering)
