"""Lamps and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
    colour: str  # of the shape, on a light ground
    tint: str  # of a cell's ground


FACES: Mapping[Lamp, LampFace] = {
    Lamp.OVERDUE: LampFace("逾期", "■", "#B42318", "#FBE9E7"),
    Lamp.NOT_REPORTED: LampFace("缺报", "–", "#57606A", "#ECEEF1"),
    Lamp.DOUBT: LampFace("存疑", "◆", "#6B3FA0", "#F0EAF8"),
    Lamp.TO_VERIFY: LampFace("待核验", "◇", "#8A5A00", "#FBF1DC"),
    Lamp.DUE_SOON: LampFace("临期", "▲", "#8A5A00", "#FBF1DC"),
    Lamp.ON_TRACK: LampFace("推进中", "○", "#1F5FA8", "#E6EFF9"),
    Lamp.DONE_LATE: LampFace("逾期完成", "◐", "#1B7F4B", "#E3F3EA"),
    Lamp.DONE: LampFace("已完成", "●", "#1B7F4B", "#E3F3EA"),
    Lamp.NOT_APPLICABLE: LampFace("不适用", "", "#57606A", "#FFFFFF"),
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

    @property
    def reported(self) -> bool:
        return self.numerator is not None

    @property
    def applies(self) -> bool:
        """False only where what was reported holds nothing to count (denominator 0)."""
        return not (self.numerator is not None and self.denominator == 0)


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """What is known of a milestone of one unit by a date."""

    reported_done_on: date | None = None  # completion date of the completed report in force, not since returned
    first_reported_at: date | None = None  # day of the first such report (since the last return)
    verified_on: date | None = None  # day of the verification in force
    completed_on: date | None = None  # completion date that was verified
    returned_reason: str | None = None
    state: str | None = None  # 未启动 推进中 已完成, as last reported
    latest_month_reported: bool = True  # the report of the latest due month has a row for this measure


@dataclass(frozen=True, slots=True)
class Judgement:
    lamp: Lamp
    reason: str


@dataclass(frozen=True, slots=True)
class MeasureLamp:
    """The lamp of one measure × unit."""

    area: str
    task: str
    measure: str
    unit: str | None
    lamp: Lamp
    deadline: date | None
    deadline_text: str
    indicators: tuple[IndicatorResult, ...]
    reason: str
    completed_on: date | None = None


@dataclass(frozen=True)
class Scorecard:
    """Every lamp as of the end of one day."""

    as_of: date
    lamps: tuple[MeasureLamp, ...]

    def select(self, *, unit: str | None = None, area: str | None = None, task: str | None = None,
               measure: str | None = None) -> tuple[MeasureLamp, ...]:
        return tuple(
            row for row in self.lamps
            if (unit is None or row.unit == unit) and (area is None or row.area == area)
            and (task is None or row.task == task) and (measure is None or row.measure == measure)
        )


def worst(lamps: Iterable[Lamp]) -> Lamp:
    """Roll-up, worst first; not_applicable only where nothing else is there."""
    order = list(Lamp)
    return min(lamps, key=order.index, default=Lamp.NOT_APPLICABLE)


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
