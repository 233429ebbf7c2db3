"""The records that stand at an instant: from units and datasets to frames up to a last month counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from catalogue.datasets import DATASETS
from data_access.database import Session
from data_access.records import load_records, moved_elsewhere, records_by_id, shared_codes
from data_access.records import no_records as read_no_records
from data_access.submissions import ReportInForce, additions_in_force, last_of_each_unit, reports_in_force
from models.definitions import CODE_SHARED, Dataset, Frequency, Part
from rules.intake.additions import with_additions
from rules.working_days import Calendar, CalendarMissing
from services.figures.district_state import DistrictState

Frames = dict[str, pd.DataFrame | None]
"""Part code → records, None where the dataset was never reported."""


class RecordsInForce:
    """What stands just before `end` for some units, or for the whole district where `unit_ids` is None; read once.

    `only`: part → the fields wanted of it, to which what tells its cases apart is added; parts not named are left out.
    Everything where it is not given.
    """

    def __init__(
        self,
        session: Session,
        datasets: Iterable[str],
        unit_ids: Collection[int] | None,
        end: datetime,
        state: DistrictState,
        only: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.state = state
        self._held = [_Held(session, DATASETS[code], unit_ids, end, state, only) for code in datasets]

    def frames(self, unit_id: int | None, horizon: str) -> Frames:
        """Return the records of one unit, or of all that were read, up to the last month counted ("" for snapshots)."""
        frames: Frames = {}
        for held in self._held:
            frames |= {part.code: held.frame(part, unit_id, horizon) for part in held.parts}
        return _with_due_days(frames, self.state)

    def months(self, unit_id: int | None) -> set[str]:
        """Return the months reported, and those in which a case goes over to another unit."""
        return {month for held in self._held for month in held.months(unit_id)}


class _Held:
    """The reports in force of one dataset and their rows, read once for every unit and horizon."""

    def __init__(
        self,
        session: Session,
        dataset: Dataset,
        unit_ids: Collection[int] | None,
        end: datetime,
        state: DistrictState,
        only: Mapping[str, Collection[str]] | None,
    ) -> None:
        self.dataset, self.monthly, self.only = dataset, dataset.frequency is Frequency.MONTHLY, only
        needed = {dataset.main.code} if dataset.is_case else set[str]()  # it says which record of a case stands
        self.parts = [part for part in dataset.parts if only is None or part.code in {*only, *needed}]
        reports_counted = counted_reports(session, dataset, end, state)
        self.reports = [report for report in reports_counted if unit_ids is None or report.unit_id in unit_ids]
        self._whole = self._read(session, reports_counted, end, state) if self.reports else {}
        self._told_again = {part.code for part in self.parts if dataset.is_case and self._any_told_again(part)}

    @cached_property
    def _by_unit(self) -> dict[str, dict[int, pd.DataFrame]]:
        """Part → unit id → its rows; split when one unit's are first asked for."""
        by_unit: dict[str, Any] = {part: frame.groupby("unit_id", sort=False) for part, frame in self._whole.items()}
        return {part: dict(list(frames)) for part, frames in by_unit.items()}

    def _any_told_again(self, part: Part) -> bool:
        """Whether a later record of any case stands: where none does, no month has to be looked through for it."""
        whole = self._whole.get(part.code)
        if whole is None:
            return False
        is_moved = "_moved" in whole and bool(whole["_moved"].notna().any())
        return is_moved or bool(whole.duplicated(_what_tells_apart(part)).any())

    def frame(self, part: Part, unit_id: int | None, horizon: str) -> pd.DataFrame | None:
        if not any(
            (not self.monthly or report.month <= horizon) and unit_id in (None, report.unit_id)
            for report in self.reports
        ):
            return None
        whole = self._whole[part.code]
        frame = whole if unit_id is None else self._by_unit[part.code].get(unit_id, whole.iloc[:0])
        if self.monthly:
            frame = frame[frame["month"] <= horizon]
        if part.code in self._told_again:
            frame = _later_record_stands(frame, part, horizon)
        return frame.reset_index(drop=True)

    def months(self, unit_id: int | None) -> set[str]:
        reported = {report.month for report in self.reports if unit_id in (None, report.unit_id)}
        if not (self.dataset.is_case and reported):
            return reported
        main = self._whole[self.dataset.main.code]
        moved = main["_moved"] if unit_id is None else main.loc[main["unit_id"] == unit_id, "_moved"]
        return reported | set(moved.dropna())

    def _read(
        self, session: Session, reports_counted: list[ReportInForce], end: datetime, state: DistrictState
    ) -> dict[str, pd.DataFrame]:
        pairs = [(report.submission_id, report.unit_id) for report in self.reports]
        names = {unit.id: unit.name for unit in state.plan.units.values()}
        frames = {part.code: load_records(session, part, pairs, self._wanted(part)) for part in self.parts}
        for frame in frames.values():
            places, known_ids = pd.factorize(frame["unit_id"])
            frame["unit"] = (
                pd.Series([names[unit_id] for unit_id in known_ids], dtype=object).take(places).set_axis(frame.index)
            )
        main = frames.get(self.dataset.main.code)
        if main is None:
            return frames
        if self.dataset.is_case:
            ledgers = {(report.submission_id, report.unit_id): report.whole_district for report in reports_counted}
            latest = max(report.month for report in reports_counted)
            earlier = [(report.submission_id, report.unit_id) for report in self.reports if report.month < latest]
            moved = moved_elsewhere(session, self.dataset.main, earlier, ledgers)
            main["_moved"] = pd.Series(
                [moved.get(row) for row in main["id"]] if moved else None, main.index, dtype="object"
            )
        if self.dataset.unit_adds:
            frames[self.dataset.main.code] = with_additions(self.dataset, main, self._added(session, end))
        if self.dataset.unique_in_district:
            everywhere = {(report.submission_id, report.unit_id) for report in reports_counted}
            codes = main[self.dataset.unique_in_district]
            main[CODE_SHARED] = codes.isin(shared_codes(session, self.dataset, everywhere, codes.dropna().unique()))
        return frames

    def _added(self, session: Session, end: datetime) -> pd.DataFrame:
        """What units added to the bureau's rows, in the order of acceptance."""
        pairs = additions_in_force(session, end, self.dataset.code)
        order = {pair: index for index, pair in enumerate(pairs)}
        part = self.dataset.main
        keys = {field.name for field in part.keys}
        added = load_records(session, part, pairs, keys | set(self.dataset.unit_adds))
        places = [order[pair] for pair in zip(added["submission_id"], added["unit_id"], strict=True)]
        return added.iloc[pd.Series(places, dtype="int64").argsort(kind="stable")]

    def _wanted(self, part: Part) -> set[str] | None:
        if self.only is None:
            return None
        keys: set[str] = set()
        if self.dataset.is_case or self.dataset.unit_adds:
            keys = {field.name for field in part.keys}
        elif self.dataset.unique_in_district and part is self.dataset.main:
            keys = {self.dataset.unique_in_district}
        return keys | set(self.only.get(part.code, ()))


def no_records(datasets: Iterable[str], state: DistrictState) -> Frames:
    """Return every part of these datasets with all the columns that records in force have, and no row."""
    frames: Frames = {}
    for dataset in (DATASETS[code] for code in datasets):
        empty = {part.code: read_no_records(part).assign(unit=None) for part in dataset.parts}
        if dataset.unique_in_district:
            empty[dataset.main.code][CODE_SHARED] = pd.Series(dtype=bool)
        frames |= empty
    return _with_due_days(frames, state)


def codes_shared(items: pd.DataFrame) -> set[str]:
    """Return the item codes of these guides that stand in more than one row of the district's."""
    return set(items.loc[items[CODE_SHARED], "item_code"])


def counted_reports(session: Session, dataset: Dataset, end: datetime, state: DistrictState) -> list[ReportInForce]:
    """Return the reports of a dataset that count just before `end`: this year's months, or each unit's
    last snapshot.
    """
    everyone = reports_in_force(session, end, dataset=dataset.code)
    if dataset.frequency is Frequency.MONTHLY:
        return [report for report in everyone if report.month >= state.year_start]
    return list(last_of_each_unit(everyone).values())


def superseded(session: Session, part: Part, ids: Sequence[int], reports: Collection[ReportInForce]) -> set[int]:
    """Return which of these rows stand no longer: a later one of the same case stands, of the unit itself, or of
    another where one of the two ledgers is the whole district's. `ids`: every row of these cases in the reports.
    """
    keys, order = [key.name for key in part.keys], ["month", "submission_id", "id"]
    ledgers = {(report.submission_id, report.unit_id): report.whole_district for report in reports}
    rows = records_by_id(session, part, ids).sort_values(order)[["id", "submission_id", "unit_id", "month", *keys]]
    rows["whole"] = [ledgers[report] for report in zip(rows["submission_id"], rows["unit_id"], strict=True)]
    told_again = rows.duplicated(_what_tells_apart(part), keep="last")
    pairs = rows.merge(rows.dropna(subset=keys), on=keys, suffixes=("", "_later"))
    is_later = (pairs["month_later"] > pairs["month"]) & (pairs["unit_id_later"] != pairs["unit_id"])
    moved = pairs[is_later & (pairs["whole"] | pairs["whole_later"])]
    return {*rows.loc[told_again, "id"], *moved["id"]}


def _what_tells_apart(part: Part) -> list[str]:
    """The fields in which two records of one case agree."""
    return ["unit_id", *(field.name for field in part.keys)]


def _later_record_stands(frame: pd.DataFrame, part: Part, horizon: str) -> pd.DataFrame:
    """Of a unit's records of a case the last, and that only while no other unit has a later one."""
    last = frame.drop_duplicates(_what_tells_apart(part), keep="last")
    return last[last["_moved"].isna() | (last["_moved"].fillna("") > horizon)] if "_moved" in last else last


def _with_due_days(frames: Frames, state: DistrictState) -> Frames:
    """Add the due days that follow from the working-day calendar, wherever what they follow from was read."""
    for dataset in DATASETS.values():
        due, frame = dataset.counted_due_day, frames.get(dataset.main.code)
        if due is None or frame is None or not set(due.fields) <= set(frame):
            continue
        days = frame[due.days] if due.days else pd.Series(state.settings[due.days_setting or ""], frame.index)
        counted = _working_days_later(frame[due.start], days, state.calendar)
        stated = frame[due.column].fillna(counted) if due.column in frame else counted
        frames[dataset.main.code] = frame.assign(**{due.column: stated})
    return frames


def _working_days_later(start: pd.Series, days: pd.Series, calendar: Calendar) -> pd.Series:
    """Each day so many working days on; missing where either is, or where the calendar of that year is not entered."""
    both = (start.notna() & days.notna()).to_numpy()
    first = start.to_numpy("datetime64[D]")[both]
    number = days[both].to_numpy("float64").astype("int64")
    pairs, where = np.unique(np.stack([first.astype("int64"), number]), axis=1, return_inverse=True)
    days_of_pairs, counts = pairs[0].astype("datetime64[D]").tolist(), pairs[1].tolist()
    later = [_later(day, count, calendar) for day, count in zip(days_of_pairs, counts, strict=True)]
    days_later = np.full(len(start), None, dtype="datetime64[us]")
    days_later[both] = np.array(later, dtype="datetime64[us]")[where.ravel()]  # the same few come again and again
    return pd.Series(days_later, start.index)


def _later(day: date, number: int, calendar: Calendar) -> date | None:
    try:
        return calendar.add_working_days(day, number)
    except CalendarMissing:
        return None
