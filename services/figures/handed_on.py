"""Kept figures of a day with what units that are no more had reported: it counts for their one successor.

Months add up; of a snapshot it counts until the successor has sent one of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from catalogue.datasets import DATASETS
from catalogue.datasets.guides import GUIDES
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import datasets_of
from data_access.database import Session
from data_access.figures import KeptFigure, figures_at
from data_access.submissions import reports_in_force
from data_access.unit_changes import unit_changes
from models.definitions import Frequency
from models.units import UnitChange
from rules.as_of import end_of_day
from rules.indicators import sum_of_known
from rules.units.changes import begins, forebears, heir, in_force

Kept = dict[tuple[str, int | None], KeptFigure]
GUIDE_FIGURES = frozenset(rule.code for rule in GUIDE_RULES)


def figures_in_force(
    session: Session, as_of: date, first: str, units: Iterable[int] | None = None, codes: Iterable[str] | None = None
) -> Kept:
    """Return (code, unit id) → the figure at the end of the day, over the whole months from `first`; of all units and
    codes or of some.
    """
    changes = in_force(unit_changes(session), end_of_day(as_of))
    passed_on = _passed_on(changes)
    if not passed_on:
        return figures_at(session, as_of, first, units, codes)
    wanted = None if units is None else {*units}
    family = None if wanted is None else wanted | {unit for unit, to in passed_on.items() if to in wanted}
    figures = figures_at(session, as_of, first, family, codes)
    renewed = _renewed(session, as_of, changes, passed_on)
    parts: dict[tuple[str, int | None], list[KeptFigure]] = defaultdict(list)
    for (code, unit), figure in figures.items():
        to = passed_on.get(unit) if unit is not None else None
        if to is None:
            parts[code, unit].append(figure)
        elif not any((unit, dataset) in renewed for dataset in _datasets(code)):
            parts[code, to].append(figure)
    return {key: _sum(figures) for key, figures in parts.items()}


def units_counted(session: Session, as_of: date, unit: int, datasets: Sequence[str]) -> list[int]:
    """Return the units whose reports count for this one at the end of the day: itself, and those that it came from."""
    changes = in_force(unit_changes(session), end_of_day(as_of))
    earlier = forebears(unit, changes)
    if not earlier:
        return [unit]
    renewed = _renewed(session, as_of, changes, dict.fromkeys(earlier, unit))
    return [unit, *(number for number in earlier if not any((number, dataset) in renewed for dataset in datasets))]


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
