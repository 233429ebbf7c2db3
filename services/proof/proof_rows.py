"""The rows behind a figure: from indicator, unit and date to every row counted or not, and what the figure reads of it.

Rows are counted by the fields that the figure reads; what else is in them is read where they are looked at
(rows_shown.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd

from catalogue.datasets import DATASET_OF_PART, DATASETS, DERIVED_COLUMNS
from catalogue.datasets.guides import ITEMS
from catalogue.guide_rules import GUIDE_RULES
from catalogue.indicators import INDICATORS, datasets_of
from data_access.database import Session
from models.definitions import Contribution, Dataset, Indicator, Kind
from models.lamps import IndicatorResult
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.fields_read import fields_read, noting
from rules.guides.engine import apply_rules
from rules.indicators import at, fold
from rules.lamp import result
from services.access.permission import own_units
from services.figures.district_state import DistrictState
from services.figures.handed_on import records_counted, units_counted
from services.figures.records_in_force import Frames, RecordsInForce, codes_shared, counted_reports, no_records


class RowEffect(StrEnum):
    """How a row stands in the figure."""

    ABOVE = "numerator"  # it adds to the numerator
    PARTLY = "partly"  # of those, the ones that add less to it than to the denominator
    BELOW = "denominator"  # it adds to the denominator alone
    NOT_COUNTED = "rest"


@dataclass(frozen=True)
class PartProof:
    """The rows of one part that an indicator looks at.

    `rows` has id, submission, unit, numerator, denominator, counted (whether it counts at the date at all) and due.
    `read`: the labels of what the indicator reads. `gauged`: a row in the denominator alone misses a target.
    """

    part: str
    title: str
    rows: pd.DataFrame
    read: tuple[str, ...] = ()
    gauged: bool = True

    def rows_with(self, effect: RowEffect | None) -> pd.DataFrame:
        """Return the rows that count so in the figure; all of them for None."""
        return self.rows if effect is None else self.rows[self._has_effect(effect)]

    @cached_property
    def row_counts(self) -> Mapping[RowEffect | None, int]:
        """How many rows stand how, beginning with all; asked by every page of the rows, and these may be very many."""
        return {None: len(self.rows), **{effect: int(self._has_effect(effect).sum()) for effect in RowEffect}}

    @cached_property
    def of_several(self) -> bool:
        """Whether the rows are those of several units."""
        return "unit" in self.rows and self.rows["unit"].nunique() > 1

    @cached_property
    def is_dated(self) -> bool:
        """Whether a row counts from a day on."""
        return "due" in self.rows and bool(self.rows["due"].notna().any())

    def _has_effect(self, effect: RowEffect) -> pd.Series:
        above, below = self.rows["numerator"], self.rows["denominator"]
        if effect is RowEffect.ABOVE:
            return above != 0
        if effect is RowEffect.PARTLY:
            return (above != 0) & (above < below)
        return (above == 0) & (below != 0) if effect is RowEffect.BELOW else ~self.rows["counted"]


@dataclass(frozen=True)
class OfUnit:
    """What one unit adds to a figure of the whole district."""

    unit: str
    result: IndicatorResult


@dataclass(frozen=True)
class IndicatorProof:
    """`units`: in place of the rows, where these are led to unit by unit."""

    indicator: Indicator
    result: IndicatorResult
    parts: tuple[PartProof, ...]
    rules: tuple[str, ...] = ()  # the guide rules it counts on that day
    units: tuple[OfUnit, ...] = ()


@dataclass
class ProofRows:
    """The records in force of one unit, or of the whole district: each dataset read once for all of `indicators`, no
    wider than they read it.
    """

    session: Session
    as_of: date
    state: DistrictState
    unit_id: int | None
    summed: Mapping[str, Sequence[str]]  # indicator → the guide rules in force
    indicators: Sequence[Indicator]
    _read: dict[tuple[str, ...], Frames] = field(default_factory=dict, init=False)

    def number(self, indicator: Indicator) -> int:
        """Return how many rows were reported that it looks at."""
        return sum(
            report.records
            for dataset in datasets_of(indicator.code)
            for units in [self._units(dataset)]
            for report in counted_reports(self.session, DATASETS[dataset], end_of_day(self.as_of), self.state)
            if units is None or report.unit_id in units
        )

    def frames(self, indicator: Indicator) -> Frames:
        datasets = datasets_of(indicator.code)
        if datasets not in self._read:
            self._read[datasets] = self._records(datasets, self._fields_asked(datasets))
        return self._read[datasets]

    def _records(self, datasets: tuple[str, ...], only: Mapping[str, frozenset[str]] | None) -> Frames:
        if self.unit_id is not None:
            return records_counted(self.session, self.as_of, self.unit_id, datasets, self.state, only)
        everybody = RecordsInForce(self.session, datasets, None, end_of_day(self.as_of), self.state, only)
        return everybody.frames(None, last_whole_month(self.as_of))

    def _units(self, dataset: str) -> list[int] | None:
        """The unit with those that it came from, as far as these still count for it; None: everybody."""
        return None if self.unit_id is None else units_counted(self.session, self.as_of, self.unit_id, dataset)

    def _fields_asked(self, datasets: tuple[str, ...]) -> dict[str, frozenset[str]] | None:
        """Part → what the indicators over these datasets read of it, found by asking them of no rows; None: everything.

        Guide rules are given everything: they take a column that is not there for one that the workbook leaves out.
        """
        asking = [indicator for indicator in self.indicators if datasets_of(indicator.code) == datasets]
        if any(indicator.figures for indicator in asking):
            return None
        frames = noting(no_records(datasets, self.state))
        for indicator in asking:
            _contributions(indicator, self.summed.get(indicator.code, ()), frames)
        fields = {part: fields_read(frame, DERIVED_COLUMNS.get(part, {})) for part, frame in frames.items()}
        return {
            part: names
            for part, names in fields.items()
            if names or any(part in indicator.parts for indicator in asking)
        }

    def result(self, indicator: Indicator) -> IndicatorResult:
        """Return the result of these rows, against no target."""
        return result(indicator.code, *at(fold(indicator, self.frames(indicator)), self.as_of), None)

    def proof(self, indicator: Indicator, result: IndicatorResult) -> IndicatorProof:
        return IndicatorProof(indicator, result, self._parts(indicator), tuple(self.summed.get(indicator.code, ())))

    def _parts(self, indicator: Indicator) -> tuple[PartProof, ...]:
        frames = noting(self.frames(indicator))
        if any(frames.get(part) is None for part in indicator.parts):
            return ()
        judged = indicator.code in INDICATORS
        contributions = _contributions(indicator, self.summed.get(indicator.code, ()), frames)
        return tuple(
            _as_seen(self._part(contribution, frames[contribution.part], judged=judged))
            for contribution in contributions
        )

    def _part(self, contribution: Contribution, frame: pd.DataFrame | None, *, judged: bool) -> PartProof:
        dataset = DATASETS[DATASET_OF_PART[contribution.part]]
        part = dataset.part(contribution.part)
        assert frame is not None
        read, frame = fields_read(frame, DERIVED_COLUMNS.get(part.code, {})), pd.DataFrame(frame)
        return PartProof(
            part.code,
            _title(dataset, part.code, contribution),
            _counted(contribution, frame, self.as_of),
            read=tuple(field.label for field in part.fields if field.name in read and field.kind is not Kind.UNIT),
            gauged=judged and contribution.numerator is not None and contribution.denominator is not None,
        )


def _contributions(indicator: Indicator, rules: Sequence[str], frames: Frames) -> list[Contribution]:
    """With the parts that are only looked things up in: they count nothing, and decide what counts."""
    if indicator.contributions is None:
        return _rule_contributions(rules, frames)
    contributions = indicator.contributions(frames)
    return [
        *contributions,
        *(
            Contribution(part)
            for part in indicator.parts
            if part not in {contribution.part for contribution in contributions}
        ),
    ]


def _title(dataset: Dataset, part: str, contribution: Contribution) -> str:
    title = dataset.title if len(dataset.parts) == 1 else f"{dataset.title} · {dataset.part(part).title}"
    return (
        title
        if contribution.numerator is not None or contribution.denominator is not None
        else f"{title}（供比对，本身不计入）"
    )


def _as_seen(part: PartProof) -> PartProof:
    """A unit's person sees the own rows alone, of a lead unit's whole-district indicator too."""
    own = own_units()
    return part if own is None else replace(part, rows=part.rows[part.rows["unit"].isin(own)])


def _rule_contributions(counted: Sequence[str], frames: Frames) -> list[Contribution]:
    """Guide rules in force: each record adds the rules it passes to the numerator and those that apply to it to the
    denominator.
    """
    items = frames[ITEMS.code]
    assert items is not None
    rules = [rule for rule in GUIDE_RULES if rule.code in counted]
    marks = apply_rules(rules, frames, shared_codes=codes_shared(items)).marks.values()
    return [
        Contribution(
            part,
            numerator=_added_up((mark.passed for mark in marks if mark.part == part), frame),
            denominator=_added_up((mark.applies for mark in marks if mark.part == part), frame),
        )
        for part, frame in frames.items()
        if frame is not None and any(mark.part == part for mark in marks)
    ]


def _added_up(flags: Iterable[np.ndarray], frame: pd.DataFrame) -> pd.Series:
    return pd.Series(sum(flag.astype("float64") for flag in flags), frame.index)


def _counted(contribution: Contribution, frame: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What each row adds by the date."""
    zero, due = pd.Series(0.0, frame.index), contribution.due
    numerator = (contribution.numerator if contribution.numerator is not None else zero).fillna(0.0)
    denominator = (contribution.denominator if contribution.denominator is not None else zero).fillna(0.0)
    in_time = due.notna() & (due <= pd.Timestamp(as_of)) if due is not None else pd.Series(True, frame.index)
    return pd.DataFrame(
        {
            "id": frame["id"],
            "submission": frame["submission_id"],
            "unit": frame["unit"],
            "numerator": numerator.where(in_time, 0.0),
            "denominator": denominator.where(in_time, 0.0),
            "counted": in_time & ((numerator != 0) | (denominator != 0)),
            "due": due if due is not None else pd.NaT,
        }
    )
