"""Keep the figures and breakdowns: whatever an accepted or withdrawn report touches is folded again from the records
then in force.

The board reads only what is kept here, so that its cost does not grow with the rows. Everything here can be rebuilt.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from catalogue.breakdowns import BREAKDOWNS, datasets_broken_down
from catalogue.datasets import DATASETS
from catalogue.datasets.guides import ITEMS
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS, UNJUDGED, datasets_of
from data_access.database import Session
from data_access.derived_rows import Table, Values, forget_from, store_changes
from data_access.figures import open_horizons, stored
from data_access.records import units_sharing
from data_access.settings import settings_changed
from data_access.submissions import events_since, first_events, reported_months
from models.breakdowns import Breakdown
from models.definitions import Frames, Frequency, Indicator
from models.figures import NO_FIGURE, Figure
from models.tables import BreakdownRow
from models.tables import Figure as KeptFigure
from rules.as_of import EVER, end_of_day
from rules.breakdowns import rows_each
from rules.duty import last_whole_month
from rules.guides.engine import apply_rules
from rules.indicators import fold_each
from rules.stacks import Stack
from services.access.clock import present
from services.figures.district_state import DistrictState, district_state, settings_in_force
from services.figures.records_in_force import RecordsInForce, codes_shared

COUNTED_BY_SETTING = {
    dataset.counted_due_day.days_setting: dataset.code
    for dataset in DATASETS.values()
    if dataset.counted_due_day and dataset.counted_due_day.days_setting
}
"""Setting → the dataset of which due days are counted by it."""

ROWS_AT_ONCE = 200_000
"""Records that are held in memory before they are folded."""

RULE_CODES = tuple(rule.code for rule in GUIDE_RULES if not rule.by_hand)


def keep_figures(
    session: Session, dataset: str, unit_ids: Iterable[int], since: datetime, month: str, state: DistrictState
) -> None:
    """Fold again every figure that reads `dataset`, for these units, from the event at `since` in `month` on."""
    affected = list(unit_ids)
    for datasets, indicators in _groups(dataset).items():
        whole = [indicator for indicator in indicators if indicator.counts_across]
        own = [indicator for indicator in indicators if not indicator.district]
        for counted in _from_each_year(datasets, state, month):
            if own or _breakdowns(datasets):
                _keep_group(session, datasets, own, affected, since, month, counted)
            if whole:
                _keep_group(session, datasets, whole, [None], since, month, counted)


def _from_each_year(datasets: tuple[str, ...], state: DistrictState, month: str) -> list[DistrictState]:
    """The states in which what a report of `month` says is counted: a snapshot alike for every plan; of monthly reports
    those from the January of a plan's year on.
    """
    if _is_snapshot(datasets):
        return [state]
    is_monthly = all(DATASETS[code].frequency is Frequency.MONTHLY for code in datasets)
    starts = [start for start in state.year_starts if not (month and is_monthly) or start <= month]
    return [state.counted_from(start) for start in starts]


def _is_snapshot(datasets: tuple[str, ...]) -> bool:
    return all(DATASETS[code].frequency is Frequency.SNAPSHOT for code in datasets)


def keep_from(session: Session, start: str) -> None:
    """Fold what was reported of the months from `start` on, for the first plan that counts from there."""
    state = district_state(session, present())
    if any(month >= start for _, _, month in reported_months(session, EVER)):
        keep_all(session, replace(state, year_starts=(start,)), monthly_alone=True)


def keep_new(session: Session, codes: Collection[str]) -> None:
    """Fold the figures of indicators that a plan brings, of whatever was reported before; no other is touched."""
    _keep_groups(session, _by_datasets(codes), district_state(session, present()), with_others=False)


def keep_of_day(session: Session, codes: Collection[str], as_of: date, state: DistrictState) -> None:
    """Fold the figures of indicators that none were kept of, from what stands at the end of one day: enough for the
    lamps of that day, and of no other.
    """
    end, month = end_of_day(as_of), last_whole_month(as_of)
    for datasets, indicators in _by_datasets(codes).items():
        counted_from, horizon = ("", "") if _is_snapshot(datasets) else (state.year_start, month)
        records = RecordsInForce(session, datasets, None, end, state)
        own = [indicator for indicator in indicators if not indicator.district]
        whole = [indicator for indicator in indicators if indicator.counts_across]
        for folded, unit_ids in ((own, first_events(session, datasets)), (whole, [None])):
            folding = _Folding(session, folded, (), [indicator.code for indicator in folded], counted_from)
            for unit_id in unit_ids if folded else ():
                folding.add(unit_id, horizon, end - timedelta(microseconds=1), records.frames(unit_id, horizon))
            folding.store()


def _by_datasets(codes: Iterable[str]) -> dict[tuple[str, ...], list[Indicator]]:
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for code in codes:
        groups.setdefault(datasets_of(code), []).append(INDICATORS[code])
    return groups


def keep_dataset(session: Session, dataset: str) -> None:
    """Fold again what is kept of a dataset that gained fields: the same figures, and further breakdowns."""
    _keep_groups(session, _groups(dataset), district_state(session, present()), with_others=True)


def keep_all(session: Session, state: DistrictState, *, monthly_alone: bool = False) -> None:
    """Fold every figure and breakdown again, each unit's from its first report on; `monthly_alone`: but those of
    snapshots, which no plan counts from another month.
    """
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for dataset in DATASETS:
        groups |= _groups(dataset)
    if monthly_alone:
        groups = {datasets: indicators for datasets, indicators in groups.items() if not _is_snapshot(datasets)}
    _keep_groups(session, groups, state, with_others=True)


def _keep_groups(
    session: Session, groups: Mapping[tuple[str, ...], list[Indicator]], state: DistrictState, *, with_others: bool
) -> None:
    """`with_others`: with the breakdowns and guide rules of these datasets."""
    for datasets, indicators in groups.items():
        first = first_events(session, datasets)
        own, whole = (
            [indicator for indicator in indicators if not indicator.district],
            [indicator for indicator in indicators if indicator.counts_across],
        )
        for counted in _from_each_year(datasets, state, ""):
            for since in sorted(set(first.values())) if own or (with_others and _breakdowns(datasets)) else ():
                begun = [unit for unit, begin in first.items() if begin == since]
                _keep_group(session, datasets, own, begun, since, "", counted, with_others=with_others)
            if whole and first:
                _keep_group(session, datasets, whole, [None], min(first.values()), "", counted)


def _groups(dataset: str) -> Mapping[tuple[str, ...], list[Indicator]]:
    """Indicators that fold records of `dataset`, by all the datasets they read."""
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    if DATASETS[dataset].judged_by_guide_rules:
        groups[(dataset,)] = []
    for code, indicator in (INDICATORS | UNJUDGED).items():
        if dataset in datasets_of(code) and not indicator.figures:
            groups.setdefault(datasets_of(code), []).append(indicator)
    for breakdown in BREAKDOWNS.values():
        if dataset in datasets_broken_down(breakdown):
            groups.setdefault(datasets_broken_down(breakdown), [])
    return groups


def _breakdowns(datasets: tuple[str, ...]) -> list[Breakdown]:
    return [breakdown for breakdown in BREAKDOWNS.values() if datasets_broken_down(breakdown) == datasets]


def _keep_group(
    session: Session,
    datasets: tuple[str, ...],
    indicators: list[Indicator],
    unit_ids: Sequence[int | None],
    since: datetime,
    month: str,
    state: DistrictState,
    *,
    with_others: bool = True,
) -> None:
    """`unit_ids` is [None] for indicators of the whole district."""
    with_rules = with_others and _with_rules(datasets, unit_ids)
    codes = [indicator.code for indicator in indicators] + (list(RULE_CODES) if with_rules else [])
    breakdowns = _breakdowns(datasets) if with_others and None not in unit_ids else []
    counted_from = "" if _is_snapshot(datasets) else state.year_start
    folding = _Folding(session, indicators, breakdowns, codes, counted_from)
    redone = folding.forget_from(unit_ids, since)
    horizons_open = open_horizons(session, codes, unit_ids, counted_from)
    horizons = {unit_id: {month} | horizons_open.get(unit_id, set()) for unit_id in unit_ids}
    for instant, at_once in sorted(_events(session, datasets, unit_ids, since).items()):
        end = instant + timedelta(microseconds=1)
        then = replace(
            state, settings=settings_in_force(session, end)
        )  # due days are counted as they were at that time
        records = RecordsInForce(session, datasets, _units(at_once), end, then)
        for unit_id in at_once:
            first = month if instant == since and unit_id not in redone else ""
            horizons[unit_id] |= records.months(unit_id)
            for horizon in _horizons(horizons[unit_id], datasets, max(first, state.year_start)):
                folding.add(unit_id, horizon, instant, records.frames(unit_id, horizon))
    folding.store()


class _Folding:
    """Folds the records of many events, units and months at once, and keeps what they give in their order."""

    def __init__(
        self,
        session: Session,
        indicators: Sequence[Indicator],
        breakdowns: Sequence[Breakdown],
        codes: Sequence[str],
        counted_from: str,
    ) -> None:
        self._session, self._indicators, self._breakdowns, self._codes = session, indicators, breakdowns, codes
        self._counted_from = counted_from
        self._waiting: list[tuple[int | None, str, datetime, Frames]] = []
        self._rows = 0

    def forget_from(self, unit_ids: Iterable[int | None], since: datetime) -> set[int | None]:
        """Gives the units of which figures were taken back."""
        if self._breakdowns:
            codes = [breakdown.code for breakdown in self._breakdowns]
            forget_from(self._session, BreakdownRow, codes, unit_ids, since, self._counted_from)
        return forget_from(self._session, KeptFigure, self._codes, unit_ids, since, self._counted_from)

    def add(self, unit_id: int | None, horizon: str, since: datetime, frames: Frames) -> None:
        self._waiting.append((unit_id, horizon, since, frames))
        self._rows += sum(len(frame) for frame in frames.values() if frame is not None)
        if self._rows > ROWS_AT_ONCE:
            self.store()

    def store(self) -> None:
        """Fold and keep what was added since the last time."""
        events = [event[:3] for event in self._waiting]
        stack = Stack([frames for *_, frames in self._waiting])
        self._waiting, self._rows = [], 0
        figures = {indicator.code: fold_each(indicator, stack) for indicator in self._indicators}
        if len(self._codes) > len(figures):
            by_rules = [guide_figures(frames) for frames in stack.all]
            figures |= {code: [of_unit[code] for of_unit in by_rules] for code in RULE_CODES}
        self._store(KeptFigure, events, {code: list(map(stored, each)) for code, each in figures.items()})
        rows = {
            breakdown.code: [None if rows is None else [rows] for rows in rows_each(breakdown, stack)]
            for breakdown in self._breakdowns
        }
        self._store(BreakdownRow, events, rows)

    def _store(
        self,
        table: Table,
        events: list[tuple[int | None, str, datetime]],
        folded: Mapping[str, Sequence[Values]],
    ) -> None:
        """`folded`: code → its values at each event."""
        if folded and events:
            each = (
                (*event, {code: values[index] for code, values in folded.items()}) for index, event in enumerate(events)
            )
            store_changes(self._session, table, each, list(folded), self._counted_from)


def _with_rules(datasets: tuple[str, ...], unit_ids: Sequence[int | None]) -> bool:
    return all(DATASETS[code].judged_by_guide_rules for code in datasets) and None not in unit_ids


def _units(unit_ids: Sequence[int | None]) -> list[int] | None:
    """None for the whole district."""
    return None if None in unit_ids else [unit for unit in unit_ids if unit is not None]


def _events(
    session: Session, datasets: tuple[str, ...], unit_ids: Sequence[int | None], since: datetime
) -> dict[datetime, list[int | None]]:
    """When the units' figures change, from `since` on: by a report of their own or of a unit with which they share a
    case or an item, or by a setting.
    """
    events: dict[datetime, list[int | None]] = {since: list(unit_ids)}
    counted_anew = _settings_changed(session, datasets, since)
    reported = [instant for instant in events_since(session, datasets, None, since) if instant != since]
    for unit_id in unit_ids:
        own = _own_events(session, datasets, unit_id, since) if reported and unit_id is not None else reported
        for instant in (*own, *counted_anew):
            events.setdefault(instant, []).append(unit_id)
    return events


def _own_events(session: Session, datasets: tuple[str, ...], unit_id: int, since: datetime) -> list[datetime]:
    sharing = set[int]().union(*(units_sharing(session, DATASETS[code], [unit_id]) for code in datasets))
    return [instant for instant in events_since(session, datasets, {unit_id} | sharing, since) if instant != since]


def _settings_changed(session: Session, datasets: tuple[str, ...], since: datetime) -> list[datetime]:
    """When a setting by which due days in these records are counted takes another value, after `since`."""
    names = [name for name, dataset in COUNTED_BY_SETTING.items() if dataset in datasets]
    return settings_changed(session, names, since) if names else []


def _horizons(known: set[str], datasets: tuple[str, ...], first: str) -> list[str]:
    """The months from `first` on at which a figure may change; snapshots have the one horizon ""."""
    if _is_snapshot(datasets):
        return [""]
    return sorted(month for month in known if month >= first)


def guide_figures(frames: Frames) -> dict[str, Figure]:
    """Return rule code → records that pass ÷ records that the rule applies to."""
    items = frames[ITEMS.code]
    if items is None:
        return dict.fromkeys(RULE_CODES, NO_FIGURE)
    marks = apply_rules(GUIDE_RULES, frames, shared_codes=codes_shared(items)).marks
    return {code: Figure(float(mark.passed.sum()), float(mark.applies.sum())) for code, mark in marks.items()}
