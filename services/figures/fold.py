"""Keep the figures and breakdowns: whatever an accepted or withdrawn report touches is folded again from the records
then in force.

The board reads only what is kept here, so that its cost does not grow with the rows. Everything here can be rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from catalogue.breakdowns import BREAKDOWNS, datasets_broken_down
from catalogue.datasets import DATASETS
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS, SHOWN, datasets_of
from data_access.breakdowns import forget_breakdowns_from, keep_breakdowns
from data_access.database import Session
from data_access.figures import forget_from, keep, open_horizons
from data_access.records import units_sharing
from data_access.settings import settings_changed
from data_access.submissions import events_since, first_events
from models.breakdowns import Breakdown, Rows
from models.definitions import Frequency, Indicator
from models.figures import NO_FIGURE, Figure
from rules.guides.engine import apply_rules
from rules.indicators import fold
from services.figures.district_state import DistrictState, settings_in_force
from services.figures.records_in_force import Frames, RecordsInForce, codes_shared

COUNTED_BY_SETTING = {"bad_review_days": "bad_reviews"}
"""Setting → the dataset of which due days are counted by it."""

RULE_CODES = tuple(rule.code for rule in GUIDE_RULES if not rule.by_hand)


def keep_figures(
    session: Session, dataset: str, unit_ids: Iterable[int], since: datetime, month: str, known: DistrictState
) -> None:
    """Fold again every figure that reads `dataset`, for these units, from the event at `since` in `month` on."""
    affected = list(unit_ids)
    for datasets, indicators in _groups(dataset).items():
        whole = [one for one in indicators if one.district]
        own = [one for one in indicators if not one.district]
        if own or _breakdowns(datasets):
            _keep_group(session, datasets, own, affected, since, month, known)
        if whole:
            _keep_group(session, datasets, whole, [None], since, month, known)


def keep_all(session: Session, known: DistrictState) -> None:
    """Fold every figure and breakdown again, each unit's from its first report on."""
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for dataset in DATASETS:
        groups |= _groups(dataset)
    for datasets, indicators in groups.items():
        first = first_events(session, datasets)
        own, whole = [one for one in indicators if not one.district], [one for one in indicators if one.district]
        for since in sorted(set(first.values())) if own or _breakdowns(datasets) else ():
            _keep_group(
                session, datasets, own, [unit for unit, begin in first.items() if begin == since], since, "", known
            )
        if whole and first:
            _keep_group(session, datasets, whole, [None], min(first.values()), "", known)


def _groups(dataset: str) -> Mapping[tuple[str, ...], list[Indicator]]:
    """Indicators that fold records of `dataset`, by all the datasets they read."""
    groups: dict[tuple[str, ...], list[Indicator]] = {("guides",): []} if dataset == "guides" else {}
    for code, indicator in (INDICATORS | SHOWN).items():
        if dataset in datasets_of(code) and not indicator.figures:
            groups.setdefault(datasets_of(code), []).append(indicator)
    for one in BREAKDOWNS.values():
        if dataset in datasets_broken_down(one):
            groups.setdefault(datasets_broken_down(one), [])
    return groups


def _breakdowns(datasets: tuple[str, ...]) -> list[Breakdown]:
    return [one for one in BREAKDOWNS.values() if datasets_broken_down(one) == datasets]


def _keep_group(
    session: Session,
    datasets: tuple[str, ...],
    indicators: list[Indicator],
    unit_ids: Sequence[int | None],
    since: datetime,
    month: str,
    known: DistrictState,
) -> None:
    """`unit_ids` is [None] for indicators of the whole district."""
    codes = [indicator.code for indicator in indicators] + (list(RULE_CODES) if _with_rules(datasets, unit_ids) else [])
    breakdowns = _breakdowns(datasets)
    from_month: dict[int | None, str] = {}
    horizons: dict[int | None, set[str]] = {}
    events: dict[datetime, list[int | None]] = {since: list(unit_ids)}
    for unit_id in unit_ids:
        redone = forget_from(session, codes, unit_id, since)
        from_month[unit_id] = "" if redone else month
        horizons[unit_id] = {month} | open_horizons(session, codes, unit_id)
        if unit_id is not None:
            forget_breakdowns_from(session, [one.code for one in breakdowns], unit_id, since)
        for instant in _later_events(session, datasets, unit_id, since):
            events.setdefault(instant, []).append(unit_id)
    for instant, at_once in sorted(events.items()):
        end = instant + timedelta(microseconds=1)
        then = replace(
            known, settings=settings_in_force(session, end)
        )  # due days are counted as they were at that time
        records = RecordsInForce(session, datasets, _units(at_once), end, then)
        for unit_id in at_once:
            first = from_month[unit_id] if instant == since else ""
            horizons[unit_id] |= records.months(unit_id)
            for horizon in _horizons(horizons[unit_id], datasets, max(first, known.year_start)):
                frames = records.frames(unit_id, horizon)
                keep(session, unit_id, horizon, instant, _fold(indicators, frames, codes))
                if unit_id is not None:
                    keep_breakdowns(
                        session, unit_id, horizon, instant, {one.code: _rows(one, frames) for one in breakdowns}
                    )


def _with_rules(datasets: tuple[str, ...], unit_ids: Sequence[int | None]) -> bool:
    return datasets == ("guides",) and None not in unit_ids


def _units(unit_ids: Sequence[int | None]) -> list[int] | None:
    """None for the whole district."""
    return None if None in unit_ids else [unit for unit in unit_ids if unit is not None]


def _fold(indicators: list[Indicator], frames: Frames, codes: list[str]) -> dict[str, Figure]:
    figures = {indicator.code: fold(indicator, frames) for indicator in indicators}
    return figures | guide_figures(frames) if len(codes) > len(figures) else figures


def _rows(one: Breakdown, frames: Frames) -> Rows | None:
    """None where a part was never reported."""
    return None if any(frames.get(part) is None for part in one.parts) else one.rows(frames)


def _later_events(session: Session, datasets: tuple[str, ...], unit_id: int | None, since: datetime) -> list[datetime]:
    """When the unit's figures change later: by a report of its own or of a unit with which it shares a case or an item,
    or by a setting.
    """
    later = [instant for instant in events_since(session, datasets, None, since) if instant != since]
    counted_anew = _settings_changed(session, datasets, since)
    if not later or unit_id is None:
        return [*later, *counted_anew]
    sharing = set[int]().union(*(units_sharing(session, DATASETS[code], [unit_id]) for code in datasets))
    own = [instant for instant in events_since(session, datasets, {unit_id} | sharing, since) if instant != since]
    return [*own, *counted_anew]


def _settings_changed(session: Session, datasets: tuple[str, ...], since: datetime) -> list[datetime]:
    """When a setting by which due days in these records are counted takes another value, after `since`."""
    names = [name for name, dataset in COUNTED_BY_SETTING.items() if dataset in datasets]
    return settings_changed(session, names, since) if names else []


def _horizons(known: set[str], datasets: tuple[str, ...], first: str) -> list[str]:
    """The months from `first` on at which a figure may change; snapshots have the one horizon ""."""
    if all(DATASETS[code].frequency is Frequency.SNAPSHOT for code in datasets):
        return [""]
    return sorted(month for month in known if month >= first)


def guide_figures(frames: Frames) -> dict[str, Figure]:
    """Rule code → records that pass ÷ records that the rule applies to."""
    items = frames["事项"]
    if items is None:
        return dict.fromkeys(RULE_CODES, NO_FIGURE)
    marks = apply_rules(GUIDE_RULES, frames, shared_codes=codes_shared(items)).marks
    return {code: Figure(float(one.passed.sum()), float(one.applies.sum())) for code, one in marks.items()}
