"""Kept figures of a day with what units that are no more had reported: it counts for their one successor.

Months add up; of a snapshot it counts until the successor has sent one of its own. What is no sum over the units (a
mean, a largest value, cases told apart, what two datasets say together) is counted from the rows of all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from catalogue.datasets import DATASETS
from catalogue.datasets.guides import GUIDES
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS, UNJUDGED, datasets_of
from data_access.database import Session
from data_access.figures import KeptFigure, KeptFigures, figures_at
from data_access.submissions import reports_in_force
from data_access.unit_changes import unit_changes
from models.definitions import Frequency, Indicator
from models.units import UnitChange
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.indicators import at, fold, sum_of_known
from rules.units.changes import begins, forebears, heir, in_force
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import Frames, RecordsInForce

GUIDE_FIGURES = frozenset(rule.code for rule in GUIDE_RULES)


def figures_in_force(
    session: Session, as_of: date, first: str, codes: Collection[str], units: Iterable[int] | None = None
) -> KeptFigures:
    """Return the figures of these codes at the end of the day, over the whole months from `first`; of all units or of
    some.
    """
    changes = in_force(unit_changes(session), end_of_day(as_of))
    passed_on = _passed_on(changes)
    if not passed_on:
        return figures_at(session, as_of, first, codes, units)
    wanted = None if units is None else {*units}
    family = None if wanted is None else wanted | {unit for unit, to in passed_on.items() if to in wanted}
    figures = figures_at(session, as_of, first, codes, family)
    renewed = _renewed(session, as_of, changes, passed_on)
    heirs = {*passed_on.values()} if wanted is None else {*passed_on.values()} & wanted
    from_rows = _from_rows(session, as_of, first, heirs, _counted_together(codes))
    added_up = {
        code: _added_up(of_units, passed_on, {unit for unit, dataset in renewed if dataset in _datasets(code)})
        for code, of_units in figures.items()
    }
    return added_up | {code: added_up.get(code, {}) | of_heirs for code, of_heirs in from_rows.items()}


def _added_up(
    figures: Mapping[int | None, KeptFigure], passed_on: Mapping[int, int], renewed: Collection[int]
) -> dict[int | None, KeptFigure]:
    """Unit → its figure with those of units that it took over, but where it has sent one of its own since."""
    parts: dict[int | None, list[KeptFigure]] = defaultdict(list)
    for unit, figure in figures.items():
        to = passed_on.get(unit) if unit is not None else None
        if to is None:
            parts[unit].append(figure)
        elif unit not in renewed:
            parts[to].append(figure)
    return {unit: _sum(of_unit) for unit, of_unit in parts.items()}


def _counted_together(codes: Iterable[str]) -> list[str]:
    """Return those indicators of which figures of several units do not add up."""
    catalogue = INDICATORS | UNJUDGED
    return [code for code in {*codes} & {*catalogue} if _is_counted_together(catalogue[code])]


def _is_counted_together(indicator: Indicator) -> bool:
    is_of_unit = not indicator.figures and not indicator.district
    return is_of_unit and (indicator.kept_whole or indicator.tells_apart or len(datasets_of(indicator.code)) > 1)


def _from_rows(session: Session, as_of: date, first: str, heirs: Collection[int], codes: Sequence[str]) -> KeptFigures:
    figures: KeptFigures = defaultdict(dict)
    if not (heirs and codes):
        return figures
    state = district_state(session, end_of_day(as_of)).counted_from(first)
    for unit in heirs:
        read: dict[tuple[str, ...], Frames] = {}
        for code in codes:
            datasets = datasets_of(code)
            if datasets not in read:
                read[datasets] = records_counted(session, as_of, unit, datasets, state)
            folded = fold((INDICATORS | UNJUDGED)[code], read[datasets])
            figures[code][unit] = KeptFigure(*at(folded, as_of))
    return figures


def records_counted(
    session: Session,
    as_of: date,
    unit: int,
    datasets: Sequence[str],
    state: DistrictState,
    only: Mapping[str, Collection[str]] | None = None,
) -> Frames:
    """Return the records that count for a unit at the end of the day: its own, and those of the units that it came
    from. `only`: part → the fields wanted of it.
    """
    frames: Frames = {}
    for dataset in datasets:
        units = units_counted(session, as_of, unit, dataset)
        records = RecordsInForce(session, [dataset], units, end_of_day(as_of), state, only)
        frames |= records.frames(unit if units == [unit] else None, last_whole_month(as_of))
    return frames


def units_counted(session: Session, as_of: date, unit: int, dataset: str) -> list[int]:
    """Return the units whose reports of a dataset count for this one at the end of the day: itself, and those that it
    came from.
    """
    changes = in_force(unit_changes(session), end_of_day(as_of))
    earlier = forebears(unit, changes)
    if not earlier:
        return [unit]
    renewed = _renewed(session, as_of, changes, dict.fromkeys(earlier, unit))
    return [unit, *(number for number in earlier if (number, dataset) not in renewed)]


def _passed_on(changes: Sequence[UnitChange]) -> dict[int, int]:
    """Unit that is no more → its one successor."""
    ended = {unit for change in changes for unit in change.ended}
    return {unit: to for unit in ended if (to := heir(unit, changes)) != unit}


def _renewed(
    session: Session, as_of: date, changes: Sequence[UnitChange], passed_on: Mapping[int, int]
) -> set[tuple[int, str]]:
    """(unit that is no more, snapshot dataset) where its successor has sent one since."""
    ends = {unit: begins(change.day) for change in changes for unit in change.ended}
    renewed = set()
    for dataset in DATASETS.values():
        if dataset.frequency is Frequency.SNAPSHOT:
            sent = reports_in_force(session, end_of_day(as_of), dataset=dataset.code, unit_ids=set(passed_on.values()))
            renewed |= {
                (unit, dataset.code)
                for unit, to in passed_on.items()
                if any(report.unit_id == to and report.accepted_at >= ends[unit] for report in sent)
            }
    return renewed


def _datasets(code: str) -> tuple[str, ...]:
    return (GUIDES.code,) if code in GUIDE_FIGURES else datasets_of(code)


def _sum(figures: Sequence[KeptFigure]) -> KeptFigure:
    if len(figures) == 1:
        return figures[0]
    return KeptFigure(*sum_of_known((figure.numerator, figure.denominator) for figure in figures))
