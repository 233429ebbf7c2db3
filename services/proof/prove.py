"""The proof of a lamp: from measure, unit and date to clause, figures, submissions and every row counted or not.

What counts for the whole district, and is the sum of what the units add, leads to their rows unit by unit where these
are many: no page reads a whole district's ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.indicators import INDICATORS, UNJUDGED, datasets_of
from data_access.database import Session, reading
from data_access.milestones import decisions_of
from data_access.submissions import list_submissions
from models.definitions import Indicator
from models.lamps import IndicatorResult, MeasureLamp, SubmissionSummary
from models.plan import Measure, Target, Task
from models.tables import Verification
from rules.as_of import end_of_day
from rules.indicators import sum_of_known
from rules.lamp import result
from services.access.permission import EVERYONE, own_unit, requires_role
from services.access.refusal import RefusedRequest
from services.board.scorecard import Facts, counted_datasets, gather, lamps_of
from services.figures.district_state import district_state
from services.figures.guide_rule_settings import figures_counted
from services.figures.handed_on import figures_in_force
from services.figures.indicator_figures import IndicatorFigures
from services.figures.indicator_keys import key_of
from services.figures.unit_names import unit_id_named
from services.proof.proof_rows import IndicatorProof, OfUnit, ProofRows

ROWS_AT_ONCE = 50_000
"""Of a whole district; more are led to unit by unit."""


@dataclass(frozen=True)
class LampProof:
    """All that stands behind one lamp; or, `lamp` None, the same of a unit that reports rows without bearing the
    measure.
    """

    lamp: MeasureLamp | None
    task: Task
    measure: Measure
    indicators: tuple[IndicatorProof, ...]
    submissions: tuple[SubmissionSummary, ...]  # of the datasets it counts, the newest first
    decisions: tuple[Verification, ...]  # of a milestone, oldest first


@dataclass(frozen=True)
class FigureProof:
    """What stands behind the figure of an indicator, judged by a measure or only shown."""

    indicator: IndicatorProof
    submissions: tuple[SubmissionSummary, ...]


@requires_role(*EVERYONE, own="unit")
def prove(measure: str, unit: str | None, as_of: date) -> LampProof:
    """Raises RefusedRequest where there is no such lamp on that day, and no rows of the unit either."""
    with reading() as session:
        facts = gather(session, as_of, unit=unit)
        judged = facts.state.plan.measure(measure)
        task = facts.state.plan.task(judged.task) if judged else None
        if judged is None or task is None:
            raise RefusedRequest(f"方案中没有举措“{measure}”。")
        lamp = next(
            (
                lamp
                for lamp in lamps_of(facts, unit=unit, task=task.code).lamps
                if lamp.measure == measure and lamp.unit == unit
            ),
            None,
        )
        unit_id = facts.state.plan.unit_id(unit) if unit else None
        if lamp is None:
            return _without_lamp(session, facts, judged, task, unit, unit_id)
        whose = None if judged.district else unit_id
        whose_reports = unit_id if own_unit() else whose
        rows = ProofRows(
            session,
            facts.as_of,
            facts.state,
            whose,
            facts.figures_judged.summed,
            [INDICATORS[indicator.code] for indicator in lamp.indicators],
        )
        own = rows.state.plan.unit_id(own_unit() or "")
        mine = None if own is None else replace(rows, unit_id=own)
        indicators = (
            tuple(_proof(rows, mine, INDICATORS[indicator.code], indicator) for indicator in lamp.indicators)
            if unit is not None
            else ()
        )
        return LampProof(
            lamp,
            task,
            judged,
            indicators,
            _submissions(session, facts.end, counted_datasets(judged), whose_reports),
            tuple(decisions_of(session, judged.key, unit_id, facts.end)) if unit_id and judged.milestone else (),
        )


def _without_lamp(
    session: Session, facts: Facts, measure: Measure, task: Task, unit: str | None, unit_id: int | None
) -> LampProof:
    """Towns publish guides that no measure asks of them, and approvals come from units that bear no task: the board
    shows their figures, so that their rows are to be seen as well.
    """
    judging = [INDICATORS[target.indicator] for target in measure.targets]
    rows = ProofRows(session, facts.as_of, facts.state, unit_id, facts.figures_judged.summed, judging)
    indicators = (
        tuple(_of_unit(rows, facts, measure, target) for target in measure.targets) if unit_id is not None else ()
    )
    if not any(indicator.parts for indicator in indicators):
        raise RefusedRequest(f"{unit or '未定单位'}不承担举措 {measure.code}。")
    return LampProof(
        None, task, measure, indicators, _submissions(session, facts.end, counted_datasets(measure), unit_id), ()
    )


def _of_unit(rows: ProofRows, facts: Facts, measure: Measure, target: Target) -> IndicatorProof:
    indicator = INDICATORS[target.indicator]
    if indicator.contributions:
        return rows.proof(indicator, rows.result(indicator))
    return rows.proof(indicator, facts.figures_judged.indicator(replace(measure, district=False), target, rows.unit_id))


def _proof(rows: ProofRows, mine: ProofRows | None, indicator: Indicator, result: IndicatorResult) -> IndicatorProof:
    """`mine`: the own rows of a unit's person, who sees no other unit's."""
    if rows.unit_id is not None or indicator.counts_across or rows.number(indicator) <= ROWS_AT_ONCE:
        return rows.proof(indicator, result)
    if mine is not None:
        return mine.proof(indicator, result)
    return IndicatorProof(indicator, result, (), units=_by_units(rows, indicator))


def _by_units(rows: ProofRows, indicator: Indicator) -> tuple[OfUnit, ...]:
    """What each unit adds: those first that miss most, or, where no target is missed, that add most."""
    figures = figures_in_force(rows.session, rows.as_of, rows.state.year_start, codes=[indicator.code])
    names = {unit.id: unit.name for unit in rows.state.plan.units.values()}
    units = [
        OfUnit(names[unit_id], result(indicator.code, figure.numerator, figure.denominator, None))
        for unit_id, figure in figures.get(indicator.code, {}).items()
        if unit_id is not None and figure.numerator is not None
    ]
    return tuple(sorted(units, key=lambda share: _weight(share.result), reverse=True))


def _weight(result: IndicatorResult) -> float:
    numerator = result.numerator or 0.0
    return result.denominator - numerator if result.code in INDICATORS and result.denominator is not None else numerator


@requires_role(*EVERYONE, own="unit")
def prove_indicator(code: str, unit: str | None, as_of: date) -> FigureProof:
    """Return an indicator by itself, of one unit or the whole district, without measure, target and lamp. Raises
    RefusedRequest.
    """
    with reading() as session:
        state, end = district_state(session, end_of_day(as_of)), end_of_day(as_of)
        indicator = (INDICATORS | UNJUDGED).get(key_of(state.plan, code) or "")
        if indicator is None:
            raise RefusedRequest(f"没有指标“{code}”。")
        if indicator.contributions is None and unit is None:
            raise RefusedRequest(f"指标“{code}”按单位计算，请指明单位。")
        unit_id = unit_id_named(state, unit) if unit else None
        summed = figures_counted(session, end) if indicator.figures else {}
        rows = ProofRows(session, as_of, state, unit_id, summed, [indicator])
        return FigureProof(
            _of_figure(rows, indicator), _submissions(session, end, datasets_of(indicator.code), unit_id)
        )


def _of_figure(rows: ProofRows, indicator: Indicator) -> IndicatorProof:
    """Of the whole district always by units, but where it counts across them: the rows of all at once may add up to
    another figure.
    """
    if indicator.contributions is None:
        return rows.proof(indicator, _of_kept_figures(rows, indicator))
    if rows.unit_id is not None or indicator.counts_across:
        return rows.proof(indicator, rows.result(indicator))
    units = _by_units(rows, indicator)
    added = sum_of_known((unit.result.numerator, unit.result.denominator) for unit in units)
    return IndicatorProof(indicator, result(indicator.code, *added, None), (), units=units)


def _of_kept_figures(rows: ProofRows, indicator: Indicator) -> IndicatorResult:
    """Of one unit, where the indicator sums kept figures (guide rules)."""
    codes = {*indicator.figures, *rows.summed.get(indicator.code, ())}
    figures = figures_in_force(rows.session, rows.as_of, rows.state.year_start, codes=codes)
    summed = {code: tuple(rules) for code, rules in rows.summed.items()}
    figure = IndicatorFigures(figures, summed).of_unit(indicator.code, rows.unit_id)
    return result(indicator.code, figure.numerator, figure.denominator, None)


def _submissions(
    session: Session, end: datetime, datasets: Sequence[str], unit_id: int | None
) -> tuple[SubmissionSummary, ...]:
    return tuple(
        submission
        for dataset in datasets
        for submission in list_submissions(session, end, unit_id=unit_id, dataset=dataset, limit=None)
    )
