"""The board's judgement: from an as-of date to the lamp of every measure × unit. Reads plan, kept figures, reports and
decisions only, so that its cost does not grow with the rows reported.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property, partial
from itertools import repeat

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from catalogue.indicators import INDICATORS, datasets_of, parts_of
from data_access.database import Session, reading
from data_access.exemptions import exemptions_at
from data_access.figures import KeptFigures
from data_access.milestones import milestones_at
from data_access.submissions import first_reports, parts_in_force, reported_months
from models.definitions import Frequency, NumberFormat
from models.lamps import (
    NO_GROUNDS,
    Grounds,
    JudgedMeasure,
    Lamp,
    MeasureCase,
    MeasureLamp,
    MilestoneState,
    Pace,
    Scorecard,
)
from models.plan import Measure, Target, Task
from models.units import UnitChange
from rules.as_of import end_of_day
from rules.duty import (
    first_day,
    latest_due_month,
    missing_from,
    months_to_come,
    owed_months,
    whole_months,
)
from rules.lamp import Traits, judge
from rules.pace import behind
from rules.units.changes import begins
from rules.units.debts import debts_of
from services.access.permission import EVERYONE, own_units, requires_role
from services.figures.district_state import (
    DistrictState,
    asking_of_plan_on,
    district_state,
    entered_calendar,
    states_in_force,
)
from services.figures.guide_rule_settings import figures_counted
from services.figures.handed_on import figures_in_force
from services.figures.indicator_figures import IndicatorFigures, codes_judged


@requires_role(*EVERYONE)
def assess(as_of: date, *, unit: str | None = None, area: str | None = None, task: str | None = None) -> Scorecard:
    """Return every lamp, or those of one unit, area or task, as of the end of a day. Raises CalendarMissing."""
    with reading() as session:
        return as_seen(assess_in(session, as_of, unit=unit, area=area, task=task))


def as_seen(card: Scorecard) -> Scorecard:
    """Return the scorecard as whoever asks may see it: of other units a unit's person gets the lamps, with nothing
    behind them.
    """
    own = own_units()
    if own is None:
        return card
    seen = cache(partial(_as_seen, own))
    return replace(card, lamps=tuple(MeasureLamp(seen(lamp.judged), lamp.unit, lamp.lamp) for lamp in card.lamps))


def _as_seen(own: Collection[str], judged: JudgedMeasure) -> JudgedMeasure:
    """Why a task without units is in doubt is the plan's own matter, and stays."""

    def grounds_of(unit: str | None) -> Grounds:
        if unit in own:
            return judged.grounds_of(unit)
        return NO_GROUNDS if unit else Grounds(because=judged.grounds_of(unit).because)

    return replace(judged, grounds_of=grounds_of)


@requires_role(*EVERYONE, own="unit")
def assess_days(days: Sequence[date], *, unit: str | None = None) -> list[Scorecard]:
    """Return the board, or one unit's lamps, as it was at the end of each of these days. Raises CalendarMissing."""
    if not days:
        return []
    with reading() as session:
        calendar = entered_calendar(session)
        with asking_of_plan_on(session, max(days)):
            states = {day: district_state(session, end_of_day(day), calendar) for day in days}
            return [lamps_of(gather(session, day, states[day], unit), unit=unit) for day in days]


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let nobody look for circles while very many objects are made of which none is in one: walking through all of them
    again and again takes as long as making them.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


@_collector_at_rest()
def assess_in(
    session: Session, as_of: date, *, unit: str | None = None, area: str | None = None, task: str | None = None
) -> Scorecard:
    """Return what `assess` does, within a transaction."""
    return lamps_of(gather(session, as_of, unit=unit), unit=unit, area=area, task=task)


@_collector_at_rest()
def lamps_of(facts: Facts, *, unit: str | None = None, area: str | None = None, task: str | None = None) -> Scorecard:
    """Return the lamps that follow from these facts. What stands behind those of one unit is made at once, so that
    nothing of the facts need be kept.
    """
    number = None if unit is None else facts.state.plan.unit_id(unit)
    lamps: list[MeasureLamp] = []
    for planned in facts.state.plan.tasks:
        if (area is None or planned.area == area) and (task is None or planned.code == task):
            answering: tuple[int | None, ...] = planned.units or (None,)
            if unit is not None:
                answering = (number,) if number in planned.units else ()
            for measure in planned.measures:
                lamps += _Bench(facts, planned, measure).lamps(answering, at_once=unit is not None)
    return Scorecard(facts.as_of, tuple(lamps))


def lamps_that_count(facts: Facts, dataset: str, unit_ids: Collection[int]) -> Iterator[MeasureLamp]:
    """Return the lamps that a report of these units can turn: theirs, of the measures that count this dataset, and
    everybody's of the measures that count the whole district.
    """
    for task, measure in _measures_that_count(facts.state, dataset):
        yield from _Bench(facts, task, measure).lamps(
            tuple(unit_id for unit_id in task.units if measure.district or unit_id in unit_ids)
        )


def _measures_that_count(state: DistrictState, dataset: str) -> Iterator[tuple[Task, Measure]]:
    for task in state.plan.tasks:
        for measure in task.measures:
            if dataset in counted_datasets(measure):
                yield task, measure


Kinds = tuple[list[int], list[int | None]]
"""Of each unit the number of its kind, and of each kind a unit as an example."""


@dataclass
class Facts:
    """All that the lamps of one date rest on."""

    as_of: date
    end: datetime
    state: DistrictState
    figures_judged: IndicatorFigures
    milestones: Mapping[tuple[str, int], MilestoneState]
    duty: Duty
    _counted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _names: dict[tuple[int | None, ...], list[str | None]] = field(default_factory=dict)
    kinds: dict[tuple[tuple[Target, ...], bool, tuple[int | None, ...]], Kinds] = field(default_factory=dict)

    def names_of(self, unit_ids: tuple[int | None, ...]) -> list[str | None]:
        """Return the units' names; the same units answer for many measures."""
        if unit_ids not in self._names:
            units = self.state.plan.units
            self._names[unit_ids] = [None if unit_id is None else units[unit_id].name for unit_id in unit_ids]
        return self._names[unit_ids]

    def datasets_counted(self, measure: Measure) -> tuple[str, ...]:
        """Return what `counted_datasets` does, found once for the lamps of all units."""
        if measure.key not in self._counted:
            self._counted[measure.key] = counted_datasets(measure)
        return self._counted[measure.key]

    @cached_property
    def unit_ids(self) -> Mapping[str, int]:
        """Return unit → its number."""
        return {unit.name: unit.id for unit in self.state.plan.units.values()}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Return indicator → its title."""
        return {code: indicator.title for code, indicator in self.figures_judged.indicators.items()}

    @cached_property
    def no_shares(self) -> frozenset[str]:
        """Return the indicators whose figures are no shares."""
        formats = {code: indicator.number_format for code, indicator in self.figures_judged.indicators.items()}
        return frozenset(code for code, number_format in formats.items() if number_format is not NumberFormat.SHARE)


@_collector_at_rest()
def gather(
    session: Session,
    as_of: date,
    state: DistrictState | None = None,
    unit: str | None = None,
    dataset: str | None = None,
) -> Facts:
    """Read what the lamps of that date rest on; the same few queries however many rows were reported.

    `state`: what is in force at the end of that day, where it has been read already. `unit`, `dataset`: enough for its
    lamps alone, for the lamps of the measures that count it.
    """
    end = end_of_day(as_of)
    state = state or district_state(session, end)
    summed = figures_counted(session, end)
    measures = None if dataset is None else [measure for _, measure in _measures_that_count(state, dataset)]
    counted = None if measures is None else {code for measure in measures for code in counted_datasets(measure)}
    duty = duty_at(session, as_of, state, state.plan.unit_id(unit) if unit is not None else None, counted)
    milestones: Mapping[tuple[str, int], MilestoneState] = {}
    if measures is None or any(measure.milestone for measure in measures):
        milestones = milestones_at(session, PROGRESS, end, duty.latest_month)
    figures_judged = IndicatorFigures(_figures(session, state, as_of, _codes(measures, summed), unit), summed)
    return Facts(as_of, end, state, figures_judged, milestones, duty)


def _codes(measures: Sequence[Measure] | None, summed: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The kept figures that the lamps of these measures look at, or those of all."""
    if measures is None:
        return codes_judged(summed)
    judged = {target.indicator for measure in measures for target in measure.targets}
    parts = judged.union(*((*summed.get(code, ()), *INDICATORS[code].figures) for code in judged))
    return codes_judged(summed) & parts


def duty_at(
    session: Session,
    as_of: date,
    state: DistrictState | None = None,
    unit_id: int | None = None,
    datasets: Collection[str] | None = None,
) -> Duty:
    """Return what every unit owes by the end of a day, or this one; no figure is read for it. `datasets`: enough for
    what is asked of these.
    """
    end = end_of_day(as_of)
    state = state or district_state(session, end)
    return Duty(
        as_of,
        state,
        reported_months(session, end, unit_id),
        exemptions_at(session, end),
        _parts_left_out(session, end, datasets, unit_id),
        _debts(session, end, state),
        unit_id,
    )


@dataclass(frozen=True, slots=True)
class InheritedReport:
    """A month's report that came to a unit as a debt of `owner`, which is no more."""

    month: str
    owner: int
    is_open: bool


def _debts(session: Session, end: datetime, state: DistrictState) -> dict[tuple[int, str], tuple[InheritedReport, ...]]:
    """(unit id, dataset) → the reports that units which it took over had owed, and nobody had sent when it did."""
    ended = [change for change in state.plan.unit_changes if change.ended]
    if not ended:
        return {}
    owed_before = {
        change.number: _months_owed(
            session,
            district_state(session, begins(change.day), state.calendar, plan=state.plan.code or None),
            change,
        )
        for change in ended
    }
    accepted = {report: first.last_accepted_at for report, first in first_reports(session, end).items()}
    debts: dict[tuple[int, str], list[InheritedReport]] = defaultdict(list)
    for unit_id, inherited in debts_of(ended, owed_before).items():
        for debt in inherited:
            if not debt.before_last.is_settled(accepted):
                is_open = not debt.is_settled(accepted)
                debts[unit_id, debt.dataset].append(InheritedReport(debt.month, debt.owner, is_open))
    return {key: tuple(reports) for key, reports in debts.items()}


def _months_owed(session: Session, before: DistrictState, change: UnitChange) -> dict[tuple[int, str], str]:
    """(unit id, monthly dataset) → first month owed just before the entry, of the units that it ends."""
    exempt = exemptions_at(session, begins(change.day))
    return {
        (unit_id, dataset): first
        for (unit_id, dataset), first in owed_from(before).items()
        if unit_id in change.ended
        and DATASETS[dataset].frequency is Frequency.MONTHLY
        and (unit_id, dataset) not in exempt
    }


def _parts_left_out(
    session: Session, end: datetime, datasets: Collection[str] | None, unit_id: int | None
) -> dict[tuple[int, str], tuple[str, ...]]:
    """(unit id, dataset) → the parts that the unit's last report had no sheet of: left out is not a zero report."""
    left_out = {}
    for dataset in DATASETS.values():
        if len(dataset.parts) > 1 and (datasets is None or dataset.code in datasets):
            for unit, parts in parts_in_force(session, end, dataset.code, unit_id).items():
                left_out[unit, dataset.code] = tuple(part.code for part in dataset.parts if part.code not in parts)
    return {key: parts for key, parts in left_out.items() if parts}


def _figures(session: Session, state: DistrictState, as_of: date, codes: set[str], unit: str | None) -> KeptFigures:
    """Everyone's; for one unit its own, with everyone's of the indicators that it answers for in the whole district."""
    unit_id = state.plan.unit_id(unit) if unit is not None else None
    if unit_id is None:
        return figures_in_force(session, as_of, state.year_start, codes=codes)
    led = {
        target.indicator
        for task in state.plan.tasks
        if unit_id in task.units
        for measure in task.measures
        if measure.district
        for target in measure.targets
    }
    own = figures_in_force(session, as_of, state.year_start, codes, units=[unit_id])
    if led:
        everyones = figures_in_force(session, as_of, state.year_start, codes=codes & led)
        own |= {code: own.get(code, {}) | of_units for code, of_units in everyones.items()}
    return own


class Duty:
    """What each unit owes by the as-of date, or the one of `unit_id`, and which of it is missing. `states`: with each
    plan that asks for it.
    """

    def __init__(
        self,
        as_of: date,
        state: DistrictState,
        reported: set[tuple[int, str, str]],
        exempt: Mapping[tuple[int, str], str],
        left_out: Mapping[tuple[int, str], tuple[str, ...]] | None = None,
        debts: Mapping[tuple[int, str], tuple[InheritedReport, ...]] | None = None,
        unit_id: int | None = None,
    ) -> None:
        self.unit_id = unit_id
        self.left_out, self.debts = left_out or {}, debts or {}
        self.left_out_of = frozenset(dataset for _, dataset in self.left_out)
        self.as_of, self.state, self.reported, self.exempt = as_of, state, reported, exempt
        self.day = int(state.settings["due_day"])
        self.latest_month = latest_due_month(state.first_month, as_of, state.calendar, self.day)
        self.states: tuple[DistrictState, ...] = (state,)
        self.owed_from = owed_from(state, unit_id)
        self._months: dict[str, tuple[str, ...]] = {}
        self._begun: dict[str, tuple[str, ...]] = {}
        self._to_come: dict[str, tuple[tuple[str, date], ...]] = {}
        self._missing: dict[tuple[int, str], tuple[tuple[str, str], ...]] = {}
        self._complete: dict[tuple[str, str], set[int]] = {}  # (first month, dataset) → units that sent all since
        self._counted: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}  # measure → its datasets and parts
        self._lacking: dict[tuple[tuple[int | None, ...], tuple[str, ...]], list[bool]] = {}
        self._datasets = dict(DATASETS)  # of the day on which it was read: it is asked later, too

    def of_all_plans(self, session: Session) -> Duty:
        """Return what is owed by the plans in force that day together."""
        states = states_in_force(session, end_of_day(self.as_of), self.state)
        if len(states) == 1:
            return self
        debts: dict[tuple[int, str], dict[InheritedReport, None]] = defaultdict(dict)
        for state in states:
            for owed, reports in _debts(session, end_of_day(self.as_of), state).items():
                debts[owed] |= dict.fromkeys(reports)
        inherited = {owed: tuple(reports) for owed, reports in debts.items()}
        together = Duty(self.as_of, self.state, self.reported, self.exempt, self.left_out, inherited, self.unit_id)
        together.states = tuple(states)
        for state in states[1:]:
            for owed, first in owed_from(state, self.unit_id).items():
                together.owed_from[owed] = min(first, together.owed_from.get(owed, first))
        return together

    def due_months(self, first: str) -> tuple[str, ...]:
        """Return the months from `first` on whose report is overdue if it is not there."""
        if first not in self._months:
            self._months[first] = owed_months(first, self.as_of, self.state.calendar, self.day)
        return self._months[first]

    def months_due(self, first: str, dataset: str) -> tuple[str, ...]:
        """Return those of a dataset that are owed at all."""
        return tuple(filter(self._datasets[dataset].is_owed, self.due_months(first)))

    def months_begun(self, first: str, dataset: str) -> list[str]:
        """Return the months from `first` on that are over by the as-of date and so are to be reported."""
        if first not in self._begun:
            self._begun[first] = whole_months(first, self.as_of)
        return list(filter(self._datasets[dataset].is_owed, self._begun[first]))

    def missing(self, unit_id: int, dataset: str) -> tuple[tuple[str, str], ...]:
        """Return (dataset title, month) of each due report that is not there; month "" for a snapshot."""
        key = (unit_id, dataset)
        if key not in self._missing:
            is_asked = key in self.owed_from and key not in self.exempt and not self._has_sent_all(unit_id, dataset)
            self._missing[key] = tuple(self._look(unit_id, dataset)) if is_asked else ()
        return self._missing[key]

    def _has_sent_all(self, unit_id: int, dataset: str) -> bool:
        """Whether every month due is there, as is plain of most units without looking at theirs one by one."""
        first = self.owed_from[unit_id, dataset]
        if (first, dataset) not in self._complete:
            sent = [self._sent.get((dataset, month), set()) for month in self.months_due(first, dataset)]
            is_monthly = self._datasets[dataset].frequency is not Frequency.SNAPSHOT
            self._complete[first, dataset] = set.intersection(*sent) if sent and is_monthly else set()
        return unit_id in self._complete[first, dataset] and (unit_id, dataset) not in self.debts

    @cached_property
    def ever(self) -> Collection[tuple[int, str]]:
        """Return (unit id, dataset) of which a report ever came."""
        return {(unit_id, dataset) for unit_id, dataset, _ in self.reported}

    @cached_property
    def _sent(self) -> Mapping[tuple[str, str], set[int]]:
        """(dataset, month) → the units whose report is there."""
        sent: dict[tuple[str, str], set[int]] = defaultdict(set)
        for unit_id, dataset, month in self.reported:
            sent[dataset, month].add(unit_id)
        return sent

    def lacking(self, unit_ids: tuple[int | None, ...], datasets: tuple[str, ...]) -> list[bool]:
        """Return of each unit whether a due report of any of these datasets is missing. Many measures count the same of
        the same units.
        """
        if (unit_ids, datasets) not in self._lacking:
            self._lacking[unit_ids, datasets] = [
                unit_id is not None and any(self.missing(unit_id, dataset) for dataset in datasets)
                for unit_id in unit_ids
            ]
        return self._lacking[unit_ids, datasets]

    def parts_missing(self, unit_id: int, measure: Measure) -> Iterator[tuple[str, str]]:
        """Yield what `missing` does for each sheet that a measure counts and that the unit's last report left out."""
        if measure.key not in self._counted:
            parts = frozenset().union(*(parts_of(target.indicator) for target in measure.targets))
            self._counted[measure.key] = counted_datasets(measure), parts
        datasets, counted = self._counted[measure.key]
        for dataset in datasets:
            if (unit_id, dataset) not in self.exempt:
                for part in self.left_out.get((unit_id, dataset), ()):
                    if part in counted:
                        declared = self._datasets[dataset]
                        yield f"{declared.title}（“{declared.part(part).title}”表）", ""

    def next_due(self, unit_id: int, dataset: str, *, day_is_over: bool) -> date | None:
        """Return until when the next report that is not there yet is in time, or None where none is to come.

        `day_is_over`: what was due on the as-of date itself can no longer come in time.
        """
        first = self.owed_from[unit_id, dataset]
        if first not in self._to_come:
            self._to_come[first] = months_to_come(first, self.as_of, self.state.calendar, self.day)
        if DATASETS[dataset].frequency is Frequency.SNAPSHOT:
            due = None if (unit_id, dataset) in self.ever else dict(self._to_come[first]).get(first)
            return None if due == self.as_of and day_is_over else due
        return next(
            (
                due
                for month, due in self._to_come[first]
                if not (due == self.as_of and day_is_over)
                and (unit_id, dataset, month) not in self.reported
                and DATASETS[dataset].is_owed(month)
            ),
            None,
        )

    def _look(self, unit_id: int, dataset: str) -> Iterator[tuple[str, str]]:
        first, title = self.owed_from[unit_id, dataset], self._datasets[dataset].title
        if self._datasets[dataset].frequency is Frequency.SNAPSHOT:
            if (unit_id, dataset) not in self.ever and missing_from(first, self.as_of, self.state.calendar, self.day):
                yield title, ""
            return
        inherited = {debt.month for debt in self.debts.get((unit_id, dataset), ()) if debt.is_open}
        overdue = (month for month in inherited if missing_from(month, self.as_of, self.state.calendar, self.day))
        own = (month for month in self.months_due(first, dataset) if (unit_id, dataset, month) not in self.reported)
        for month in sorted({*overdue, *own}):
            yield title, month


def counted_datasets(measure: Measure) -> tuple[str, ...]:
    """Return the datasets that a measure counts and that its units therefore owe."""
    if measure.milestone:
        return (PROGRESS.code,)
    return tuple(dict.fromkeys(dataset for target in measure.targets for dataset in datasets_of(target.indicator)))


def owed_from(state: DistrictState, unit_id: int | None = None) -> dict[tuple[int, str], str]:
    """Return (unit id, dataset) → the first month owed: the plan's, or later where every measure that counts it, or
    every assignment to the unit, came later. Of all units or of one.
    """
    owed: dict[tuple[int, str], str] = {}
    of_all: dict[tuple[str, tuple[int, ...]], str] = {}  # many tasks ask the same units for the same
    beginning = state.first_month
    for task in state.plan.tasks:
        units = task.units if unit_id is None else [unit_id] if unit_id in task.units else []
        for dataset, since in _counted_since(task).items() if units else ():
            first = max(since, beginning)
            if not task.since:
                if (dataset, task.units) in of_all and of_all[dataset, task.units] <= first:
                    continue
                of_all[dataset, task.units] = first
            for unit in units:
                of_unit = max(task.since[unit], first) if unit in task.since else first
                owed[unit, dataset] = min(of_unit, owed.get((unit, dataset), of_unit))
    return owed


def _counted_since(task: Task) -> dict[str, str]:
    """Dataset → the month from which a measure of the task counts it, "" from the beginning."""
    since: dict[str, str] = {}
    for measure in task.measures:
        months = {PROGRESS.code: measure.since} if measure.milestone else dict[str, str]()
        for target in measure.targets:
            first = max(measure.since, target.since)
            for dataset in datasets_of(target.indicator):
                months[dataset] = min(first, months.get(dataset, first))
        for dataset, first in months.items():
            since[dataset] = min(first, since.get(dataset, first))
    return since


def case_of(facts: Facts, task: Task, measure: Measure, unit_id: int | None) -> MeasureCase:
    """Return the facts of one measure × unit, ready for the rule."""
    return _Bench(facts, task, measure).case(unit_id)


class _Bench:
    """Judges a measure, whichever unit answers for it: what is the same for all of them is found once."""

    def __init__(self, facts: Facts, task: Task, measure: Measure) -> None:
        self._facts, self._task, self._measure = facts, task, measure
        settings = facts.state.settings
        self._doubt = "".join(task.doubts) or (None if task.units else "责任单位存疑：方案未写明责任单位。")
        self._warning = int(settings["warning_days"]) if measure.warning_days is None else measure.warning_days
        self._datasets = facts.datasets_counted(measure)
        self._first = max(facts.state.first_month, measure.since) if settings["pace"] else None

    def lamps(self, unit_ids: tuple[int | None, ...], *, at_once: bool = False) -> list[MeasureLamp]:
        """Return the lamp of each of these units; `at_once`: with what stands behind it."""
        task, calendar = self._task, self._facts.state.calendar
        names = self._facts.names_of(unit_ids)
        grounds_of = {name: self.grounds(name) for name in names}.__getitem__ if at_once else cache(self.grounds)
        judged = JudgedMeasure(
            task.area,
            task.code,
            self._measure.code,
            task.deadline,
            task.deadline_text,
            task.open_ended,
            grounds_of,
            frozenset(target.indicator for target in self._measure.targets),
        )
        kinds, examples = self._kinds(unit_ids)
        lamp_of = [judge(self.case(unit_id), calendar).lamp for unit_id in examples]
        return list(map(_LAMP, zip(repeat(judged), names, map(lamp_of.__getitem__, kinds), strict=False)))

    def _kinds(self, unit_ids: tuple[int | None, ...]) -> Kinds:
        """Units of the same traits are of one kind. Measures that hold the same indicators against the same targets
        tell the same units apart.
        """
        if self._measure.milestone:
            return _kinds_of(self._traits(unit_ids), unit_ids)
        known, told_apart_by = self._facts.kinds, (self._measure.targets, self._measure.district, unit_ids)
        if told_apart_by not in known:
            known[told_apart_by] = _kinds_of(self._traits(unit_ids), unit_ids)
        return known[told_apart_by]

    def _traits(self, unit_ids: tuple[int | None, ...]) -> list[Traits]:
        """What rules.lamp.traits gives of the case of each unit; no case is made for it."""
        facts, measure, duty, number = self._facts, self._measure, self._facts.duty, len(unit_ids)
        missing = (
            [unit_id is not None and bool(self._missing(unit_id)) for unit_id in unit_ids]
            if duty.left_out_of.intersection(self._datasets)
            else duty.lacking(unit_ids, self._datasets)
        )
        exempt = [self._exemption(unit_id) is not None for unit_id in unit_ids] if duty.exempt else [False] * number
        milestones = (
            [_milestone(facts, measure, unit_id) for unit_id in unit_ids] if measure.milestone else [None] * number
        )
        columns = [facts.figures_judged.standings(measure, target, unit_ids) for target in measure.targets]
        standings = zip(*columns, strict=True) if columns else [()] * number
        return list(zip(missing, exempt, milestones, standings, strict=True))

    def grounds(self, unit: str | None) -> Grounds:
        """Return what stands behind the lamp of a unit."""
        unit_id = None if unit is None else self._facts.unit_ids[unit]
        case = self.case(unit_id)
        judgement = judge(case, self._facts.state.calendar)
        completed_on = case.milestone.completion if case.milestone else None
        behind_time = self._behind(unit_id, case, judgement.lamp)
        return Grounds(case.indicators, judgement.because, completed_on, behind_time)

    def _behind(self, unit_id: int | None, case: MeasureCase, lamp: Lamp) -> tuple[Pace, ...]:
        """The figures behind the time since the first month that the unit reports for the measure."""
        if unit_id is None or self._first is None:
            return ()
        return behind(case, lamp, first_day(max(self._first, self._task.since.get(unit_id, ""))))

    def case(self, unit_id: int | None) -> MeasureCase:
        facts, task, measure = self._facts, self._task, self._measure
        of_figures = facts.figures_judged.indicator
        return MeasureCase(
            facts.as_of,
            task.deadline,
            task.deadline_text,
            self._doubt,
            tuple([of_figures(measure, target, unit_id) for target in measure.targets]),
            _milestone(facts, measure, unit_id) if measure.milestone else None,
            () if unit_id is None else self._missing(unit_id),
            self._exemption(unit_id),
            self._warning,
            facts.titles,
            task.deadline_ruled,
            facts.no_shares,
            task.open_ended,
        )

    def _missing(self, unit_id: int) -> tuple[tuple[str, str], ...]:
        duty = self._facts.duty
        gaps = [gap for dataset in self._datasets for gap in duty.missing(unit_id, dataset)]
        if not duty.left_out_of.intersection(self._datasets):
            return tuple(gaps)
        return (*gaps, *duty.parts_missing(unit_id, self._measure))

    def _exemption(self, unit_id: int | None) -> str | None:
        """Why the unit owes none of what the measure counts; None where it owes any."""
        exempt = self._facts.duty.exempt
        if not exempt or unit_id is None or self._measure.milestone:
            return None
        reasons = [exempt.get((unit_id, dataset)) for dataset in self._datasets]
        return reasons[0] if reasons and all(reasons) else None


_LAMP = partial(tuple.__new__, MeasureLamp)  # what MeasureLamp(…) does, without a call of its own for each


def _kinds_of(traits: Iterable[Traits], unit_ids: Iterable[int | None]) -> Kinds:
    numbers: dict[Traits, int] = {}
    kinds = [numbers.setdefault(of_unit, len(numbers)) for of_unit in traits]
    of_each_kind = dict(zip(kinds, unit_ids, strict=True))
    return kinds, [of_each_kind[number] for number in range(len(numbers))]


def _milestone(facts: Facts, measure: Measure, unit_id: int | None) -> MilestoneState:
    if unit_id is None:
        return MilestoneState()
    state = facts.milestones.get((measure.key, unit_id), MilestoneState(latest_month_reported=False))
    due = facts.duty.due_months(facts.duty.owed_from.get((unit_id, PROGRESS.code), facts.state.first_month))
    if not due or (unit_id, PROGRESS.code) in facts.duty.exempt:
        return replace(state, latest_month_reported=True)
    return state
