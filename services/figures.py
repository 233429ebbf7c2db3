"""Keep the figures: whatever an accepted or withdrawn report touches is folded again from the records then in force.

The board reads only what is kept here, so that its cost does not grow with the rows. Everything here can be rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS, SHOWN, datasets_of
from data_access.database import Session
from data_access.figures import forget_from, keep
from data_access.submissions import events_since, reports_in_force
from models.definitions import Frequency, Indicator
from models.figures import NO_FIGURE, Figure
from rules.guide.engine import apply_rules
from rules.indicators import fold
from services.in_force import InForce
from services.records_in_force import codes_shared, records_in_force

RULE_CODES = tuple(rule.code for rule in GUIDE_RULES if not rule.by_hand)


def keep_figures(session: Session, dataset: str, unit_ids: Iterable[int], since: datetime, month: str, known: InForce) -> None:
    """Fold again every figure that reads `dataset`, for these units, from the event at `since` in `month` on."""
    affected = list(unit_ids)
    for datasets, indicators in _groups(dataset).items():
        whole = [one for one in indicators if one.district]
        own = [one for one in indicators if not one.district]
        for unit_id in affected if own else ():
            _keep_group(session, datasets, own, unit_id, since, month, known)
        if whole:
            _keep_group(session, datasets, whole, None, since, month, known)


def _groups(dataset: str) -> Mapping[tuple[str, ...], list[Indicator]]:
    """Indicators that fold records of `dataset`, by all the datasets they read."""
    groups: dict[tuple[str, ...], list[Indicator]] = {("guides",): []} if dataset == "guides" else {}
    for code, indicator in (INDICATORS | SHOWN).items():
        if dataset in datasets_of(code) and not indicator.figures:
            groups.setdefault(datasets_of(code), []).append(indicator)
    return groups


def _keep_group(session: Session, datasets: tuple[str, ...], indicators: list[Indicator], unit_id: int | None,
                since: datetime, month: str, known: InForce) -> None:
    with_rules = datasets == ("guides",) and unit_id is not None
    codes = [indicator.code for indicator in indicators] + (list(RULE_CODES) if with_rules else [])
    redone = forget_from(session, codes, unit_id, since)
    events = events_since(session, datasets, None if unit_id is None else [unit_id], since)
    if since not in events:
        events = sorted([since, *events])  # another unit's report changed what is shared with this one
    for instant in events:
        end = instant + timedelta(microseconds=1)
        frames = records_in_force(session, datasets, unit_id, end, known)
        everything = redone or instant != since
        for horizon in _horizons(session, datasets, unit_id, end, known.year_start, "" if everything else month):
            found = frames(horizon)
            figures = {indicator.code: fold(indicator, found) for indicator in indicators}
            if with_rules:
                figures |= guide_figures(found)
            keep(session, unit_id, horizon, instant, figures)


def _horizons(session: Session, datasets: tuple[str, ...], unit_id: int | None, end: datetime, year_start: str, from_month: str) -> list[str]:
    """The months at which a figure may change, from `from_month` on; snapshots have the one horizon ""."""
    if all(DATASETS[code].frequency is Frequency.SNAPSHOT for code in datasets):
        return [""]
    reported = {
        report.month for code in datasets
        for report in reports_in_force(session, end, dataset=code, unit_ids=None if unit_id is None else [unit_id])
    }
    return sorted(month for month in reported | ({from_month} if from_month else set()) if month >= max(from_month, year_start))


def guide_figures(frames: Mapping[str, pd.DataFrame | None]) -> dict[str, Figure]:
    """Rule code → records that pass ÷ records that the rule applies to."""
    items = frames["事项"]
    if items is None:
        return dict.fromkeys(RULE_CODES, NO_FIGURE)
    marks = apply_rules(GUIDE_RULES, frames, shared_codes=codes_shared(items)).marks
    return {code: Figure(float(one.passed.sum()), float(one.applies.sum())) for code, one in marks.items()}
