"""From kept figures of one date to each indicator of a unit, or of the whole district, against its target."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.indicators import INDICATORS
from data_access.database import Session
from data_access.figures import NOTHING, KeptFigure, KeptFigures
from models.definitions import Indicator
from models.lamps import IndicatorResult
from models.plan import Measure, Plan, Target
from rules.as_of import end_of_day
from rules.indicators import sum_of_known
from rules.lamp import judged, standings
from services.figures.guide_rule_settings import figures_counted
from services.figures.handed_on import figures_in_force

NOTHING_TO_COUNT = KeptFigure(0.0, 0.0)


@dataclass
class IndicatorFigures:
    """The figures that hold at one date."""

    figures: KeptFigures
    summed: Mapping[str, tuple[str, ...]]  # indicator → the kept figures it sums: the guide rules in force
    district: dict[str, KeptFigure] = field(default_factory=dict)  # sums over all units, made on demand
    indicators: Mapping[str, Indicator] = field(default_factory=lambda: dict(INDICATORS))  # asked for every lamp

    def indicator(self, measure: Measure, target: Target, unit_id: int | None) -> IndicatorResult:
        """Return the indicator's figure of a measure × unit; the measure of a lead unit counts the whole district's
        records.
        """
        figure = self._of_district(target.indicator) if measure.district else self.of_unit(target.indicator, unit_id)
        return judged(target, figure.numerator, figure.denominator)

    def standings(self, measure: Measure, target: Target, unit_ids: Sequence[int | None]) -> list[bool | None]:
        """Return of each unit whether the figure meets the target, None where there is nothing to count."""
        if measure.district:
            return standings(target, [self._of_district(target.indicator)]) * len(unit_ids)
        if self.indicators[target.indicator].figures:
            return standings(target, [self.of_unit(target.indicator, unit_id) for unit_id in unit_ids])
        of_units = self.figures.get(target.indicator, {})
        return standings(target, [of_units.get(unit_id, NOTHING) for unit_id in unit_ids])

    def results_of(self, plan: Plan, measure: str, indicator: str, unit_id: int | None = None) -> list[IndicatorResult]:
        """Return one indicator of every unit, or of the one, that answers for the measure; of a lead unit's measure one
        result.
        """
        judged = plan.measure(measure)
        task = plan.task(judged.task) if judged else None
        target = next((target for target in judged.targets if target.indicator == indicator), None) if judged else None
        if judged is None or task is None or target is None:
            return []
        answering = [number for number in task.units if unit_id in (None, number)]
        return [self.indicator(judged, target, number) for number in (answering[:1] if judged.district else answering)]

    def of_unit(self, code: str, unit_id: int | None) -> KeptFigure:
        """Return the figure of an indicator of one unit."""
        if not self.indicators[code].figures:
            return self._kept(code, unit_id)
        summed = self.summed[code]
        if not summed and self._kept(self.indicators[code].figures[0], unit_id).numerator is not None:
            return NOTHING_TO_COUNT  # every rule of the measure is switched off
        return _sum([self._kept(code, unit_id) for code in summed])

    def _kept(self, code: str, unit_id: int | None) -> KeptFigure:
        return self.figures.get(code, {}).get(unit_id, NOTHING)

    def _of_district(self, code: str) -> KeptFigure:
        if code not in self.district:
            if self.indicators[code].counts_across:
                self.district[code] = self._kept(code, None)
            else:
                self.district[code] = KeptFigure(
                    *sum_of_known(
                        (figure.numerator, figure.denominator)
                        for unit_id, figure in self.figures.get(code, {}).items()
                        if unit_id is not None
                    )
                )
        return self.district[code]


def _sum(figures: Sequence[KeptFigure]) -> KeptFigure:
    """Nothing where there is nothing to add or one of them is missing."""
    numerators = [figure.numerator for figure in figures if figure.numerator is not None]
    if not figures or len(numerators) < len(figures):
        return NOTHING
    denominators = [figure.denominator for figure in figures if figure.denominator is not None]
    return KeptFigure(sum(numerators), sum(denominators) if denominators else None)


def codes_judged(summed: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the codes of the stored figures that lamps look at: not those that are only shown."""
    codes = {
        code for indicator in INDICATORS.values() for code in (*indicator.figures, *summed.get(indicator.code, ()))
    }
    return codes | {code for code, indicator in INDICATORS.items() if not indicator.figures}


def figures_on(session: Session, as_of: date, first: str, indicators: Collection[str]) -> IndicatorFigures:
    """Return the figures of some indicators at the end of a day, over the whole months from `first`."""
    summed = figures_counted(session, end_of_day(as_of))
    codes = {*indicators}.union(*((*INDICATORS[code].figures, *summed.get(code, ())) for code in indicators))
    return IndicatorFigures(figures_in_force(session, as_of, first, codes=codes), summed)
