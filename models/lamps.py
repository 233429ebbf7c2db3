"""Lamps and what stands behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, TypeVar

Key = TypeVar("Key")


class Lamp(StrEnum):
    """The nine lamps of product.md, worst first in roll-up order."""

    OVERDUE = "overdue"
    NOT_REPORTED = "not_reported"
    DOUBT = "doubt"
    TO_VERIFY = "to_verify"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"
    DONE_LATE = "done_late"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class LampFace:
    """Word, shape and colour: never the colour alone."""

    word: str
    shape: str
    colour: str  # of the shape and word on white or on the tint; contrast at least 4.5 : 1
    tint: str  # of a cell's ground
    # of a bar's segment; lightness falls with gravity, so that grey print and colour-blind eyes still rank them
    fill: str
    on_fill: str  # of the number inside that segment


FACES: Mapping[Lamp, LampFace] = {
    Lamp.OVERDUE: LampFace("逾期", "■", "#B42318", "#FBE9E7", "#B42318", "#FFFFFF"),
    Lamp.NOT_REPORTED: LampFace("缺报", "–", "#57606A", "#ECEEF1", "#6B7480", "#FFFFFF"),
    Lamp.DOUBT: LampFace("存疑", "◆", "#6B3FA0", "#F0EAF8", "#8562B6", "#FFFFFF"),
    Lamp.TO_VERIFY: LampFace("待核验", "◇", "#8A5A00", "#FBF1DC", "#F0C36A", "#3D2900"),
    Lamp.DUE_SOON: LampFace("临期", "▲", "#8A5A00", "#FBF1DC", "#E0A030", "#2E1F00"),
    Lamp.ON_TRACK: LampFace("推进中", "○", "#1F5FA8", "#E6EFF9", "#BFD6EF", "#12385F"),
    Lamp.DONE_LATE: LampFace("逾期完成", "◐", "#0B6B4F", "#E0F2EC", "#7CC4AC", "#083D2C"),
    Lamp.DONE: LampFace("已完成", "●", "#0B6B4F", "#E0F2EC", "#2A8162", "#FFFFFF"),
    Lamp.NOT_APPLICABLE: LampFace("不适用", "", "#57606A", "#FFFFFF", "#FFFFFF", "#57606A"),
}


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """An indicator of one unit at one date against its target in force. All None where it has no figures."""

    code: str
    numerator: float | None
    denominator: float | None
    value: float | None
    target: float | None  # of an “increases” target: the baseline it must exceed
    met: bool | None
    increases: bool = False
    at_most: bool = False  # it is to stay at or below the target, or to fall below the baseline

    @property
    def reported(self) -> bool:
        return self.numerator is not None

    @property
    def applies(self) -> bool:
        """False only where what was reported holds nothing to count (denominator 0)."""
        return not (self.numerator is not None and self.denominator == 0)

    def is_worse_than(self, before: IndicatorResult | None) -> bool:
        """Return whether the value moved away from what is asked for: fell, or rose where it is to stay low or fall."""
        if before is None or self.value is None or before.value is None:
            return False
        return self.value > before.value if self.at_most else self.value < before.value


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """What is known of a milestone of one unit by a date."""

    reported_done_on: date | None = None  # completion date of the completed report in force, not since returned
    first_reported_at: date | None = None  # day of the first such report (since the last return)
    verified_on: date | None = None  # day of the verification in force
    completed_on: date | None = None  # completion date that was verified
    returned_reason: str | None = None
    state: str | None = None  # 未启动 推进中 已完成, as last reported
    percent: int | None = None  # 完成比例 as last reported, 0–100
    latest_month_reported: bool = True  # the report of the latest due month has a row for this measure

    @property
    def completion(self) -> date | None:
        """The day of completion: as verified, else as reported and not returned; of a verification without one, its
        day.
        """
        if self.verified_on is None:
            return self.reported_done_on
        return self.completed_on or self.reported_done_on or self.verified_on


@dataclass(frozen=True, slots=True)
class MeasureCase:
    """All that the lamp rule looks at for one measure × unit, as it stood at the end of the as-of date.

    A milestone measure has a milestone, an indicator measure has indicators (None/empty: no figures at all).
    """

    as_of: date
    deadline: date | None  # the last day that is in time
    deadline_text: str  # the words of the plan
    doubt: str | None = None  # the whole sentence of an unsettled doubt about deadline or units
    indicators: tuple[IndicatorResult, ...] = ()
    milestone: MilestoneState | None = None
    missing: tuple[tuple[str, str], ...] = ()  # missing due reports: title of the dataset, “YYYY-MM” or "" (snapshot)
    exemption: str | None = None  # why the unit owes none of what the measure counts; None: it is not exempted
    warning_days: int = 10  # working days
    titles: Mapping[str, str] = field(default_factory=dict)  # code of an indicator → its title
    deadline_ruled: bool = False  # the bureau decided on another day than the plan's words say
    no_shares: Collection[str] = ()  # codes of indicators that are no shares: numbers, days a case
    open_ended: bool = False  # the plan sets no deadline (长期坚持): there is none, and no doubt about it


@dataclass(frozen=True, slots=True)
class Judgement:
    """A lamp and why. `because` is the sentence, or a value whose str() is: words are made only where they are read."""

    lamp: Lamp
    because: object

    @property
    def reason(self) -> str:
        return str(self.because)


@dataclass(frozen=True, slots=True)
class Pace:
    """A figure that is behind the time (序时进度): what it is, and what it would be by now, had it grown evenly."""

    indicator: str | None  # None: the 完成比例 of a milestone
    value: float
    due: float
    start: date
    gone: float  # share of the time from the start to the deadline


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands behind a lamp."""

    indicators: tuple[IndicatorResult, ...] = ()
    because: object = ""  # of the Judgement
    completed_on: date | None = None
    behind: tuple[Pace, ...] = ()  # never in the lamps of cli.md


NO_GROUNDS = Grounds()


def no_grounds(unit: str | None) -> Grounds:
    return NO_GROUNDS


@dataclass(frozen=True, slots=True)
class JudgedMeasure:
    """What the lamps of one measure have in common. `grounds_of`: from a unit to what stands behind its lamp, made when
    somebody looks: a large plan has hundreds of thousands of lamps, of which a page shows a few.
    """

    area: str
    task: str
    code: str
    deadline: date | None
    deadline_text: str
    open_ended: bool = False  # the plan sets no deadline
    grounds_of: Callable[[str | None], Grounds] = field(default=no_grounds, compare=False, repr=False)
    counted: frozenset[str] = frozenset()  # the indicators among its grounds


class MeasureLamp(NamedTuple):
    """The lamp of one measure × unit. A tuple, because there may be hundreds of thousands."""

    judged: JudgedMeasure
    unit: str | None
    lamp: Lamp

    @property
    def area(self) -> str:
        return self.judged.area

    @property
    def task(self) -> str:
        return self.judged.task

    @property
    def measure(self) -> str:
        return self.judged.code

    @property
    def deadline(self) -> date | None:
        return self.judged.deadline

    @property
    def deadline_text(self) -> str:
        return self.judged.deadline_text

    @property
    def open_ended(self) -> bool:
        return self.judged.open_ended

    @property
    def grounds(self) -> Grounds:
        return self.judged.grounds_of(self.unit)

    @property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        return self.grounds.indicators

    @property
    def because(self) -> object:
        return self.grounds.because

    @property
    def completed_on(self) -> date | None:
        return self.grounds.completed_on

    @property
    def behind(self) -> tuple[Pace, ...]:
        return self.grounds.behind

    @property
    def awaits_verification(self) -> bool:
        """Return whether a completion was reported, in time where there is a time, that nobody has verified."""
        goes_on = self.open_ended and self.lamp is Lamp.ON_TRACK
        return self.lamp is Lamp.TO_VERIFY or (goes_on and self.completed_on is not None)

    @property
    def reason(self) -> str:
        return str(self.because)

    def resting_on(self, grounds: Grounds) -> MeasureLamp:
        """Return the same lamp with other grounds."""
        return MeasureLamp(replace(self.judged, grounds_of=lambda unit: grounds), self.unit, self.lamp)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MeasureLamp):
            return NotImplemented
        return (self.judged, self.unit, self.lamp, self.grounds) == (
            other.judged,
            other.unit,
            other.lamp,
            other.grounds,
        )

    def __hash__(self) -> int:
        return hash((self.judged, self.unit, self.lamp))


@dataclass(frozen=True)
class Scorecard:
    """Every lamp as of the end of one day."""

    as_of: date
    lamps: tuple[MeasureLamp, ...]

    @cached_property
    def _of_measure(self) -> Mapping[str, Sequence[MeasureLamp]]:
        return _grouped(self.lamps, lambda row: row.measure)

    @cached_property
    def _of_unit(self) -> Mapping[str | None, Sequence[MeasureLamp]]:
        return _grouped(self.lamps, lambda row: row.unit)

    def select(
        self, *, unit: str | None = None, area: str | None = None, task: str | None = None, measure: str | None = None
    ) -> tuple[MeasureLamp, ...]:
        rows: Sequence[MeasureLamp] = self.lamps
        if measure is not None:
            rows = self._of_measure.get(measure, ())
        elif unit is not None:
            rows = self._of_unit.get(unit, ())
        return tuple(
            row
            for row in rows
            if (unit is None or row.unit == unit)
            and (area is None or row.area == area)
            and (task is None or row.task == task)
        )

    def results_of(self, indicator: str) -> dict[str, IndicatorResult]:
        """Return unit → its result on the indicator, wherever it stands in the plan in force."""
        return {unit: result for unit, result in self.results_on(indicator) if unit}

    def results_on(self, indicator: str) -> Iterator[tuple[str | None, IndicatorResult]]:
        """Yield unit and result wherever the indicator is counted; what stands behind other lamps is not made."""
        for row in self.lamps:
            if indicator in row.judged.counted:
                yield from ((row.unit, result) for result in row.indicators if result.code == indicator)


def _grouped(lamps: Iterable[MeasureLamp], key: Callable[[MeasureLamp], Key]) -> Mapping[Key, Sequence[MeasureLamp]]:
    groups: dict[Key, list[MeasureLamp]] = defaultdict(list)
    for lamp in lamps:
        groups[key(lamp)].append(lamp)
    return dict(groups)


def worst(lamps: Iterable[Lamp]) -> Lamp:
    """Return the worst of the lamps; not_applicable only where nothing else is there."""
    order = list(Lamp)
    return min(lamps, key=order.index, default=Lamp.NOT_APPLICABLE)


@dataclass(frozen=True)
class RollUp:
    """Many lamps as one, with the counts. A lamp that does not apply is not counted."""

    worst: Lamp
    counts: Mapping[Lamp, int]  # all nine lamps but not_applicable, worst first, 0 included

    @property
    def counted(self) -> int:
        return sum(self.counts.values())

    @property
    def finished(self) -> int:
        """What is done, in time or late."""
        return self.counts[Lamp.DONE] + self.counts[Lamp.DONE_LATE]


@dataclass(frozen=True)
class SubmissionSummary:
    """A submission as the pages list it."""

    id: int
    dataset: str
    unit: str | None  # None: a whole-district ledger
    month: str
    revision: int
    file_name: str
    sha256: str
    accepted_at: datetime
    accepted_by: str
    records: int
    withdrawn_at: datetime | None = None
    of_one_unit: bool = False  # revision and records are of the one unit's part
