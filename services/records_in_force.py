"""The records that stand at an instant: units and datasets in, a function from the last month counted to frames out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

import pandas as pd

from catalogue.datasets import DATASETS
from data_access.database import Session
from data_access.records import load_records, moved_elsewhere, shared_codes
from data_access.submissions import ReportInForce, reports_in_force
from models.definitions import Dataset, Frequency, Part
from rules.working_days import Calendar, CalendarMissing
from services.in_force import InForce

FramesUpTo = Callable[[str], dict[str, pd.DataFrame | None]]
"""Last month counted (“YYYY-MM”, "" for snapshots) → part code → records, None where the dataset was never reported."""


def records_in_force(session: Session, datasets: Iterable[str], unit_id: int | None, end: datetime, known: InForce) -> FramesUpTo:
    """Read what stands just before `end` for one unit, or for the whole district where `unit_id` is None."""
    held = {code: _Held(session, DATASETS[code], unit_id, end, known) for code in datasets}

    def frames(horizon: str) -> dict[str, pd.DataFrame | None]:
        found: dict[str, pd.DataFrame | None] = {}
        for one in held.values():
            found |= {part.code: one.frame(part, horizon) for part in one.dataset.parts}
        return _with_due_days(found, known.calendar, known.settings["bad_review_days"])

    return frames


class _Held:
    """The reports in force of one dataset and their rows, read once for every horizon."""

    def __init__(self, session: Session, dataset: Dataset, unit_id: int | None, end: datetime, known: InForce) -> None:
        self.dataset, self.monthly = dataset, dataset.frequency is Frequency.MONTHLY
        everyone = reports_in_force(session, end, dataset=dataset.code)
        standing = [r for r in everyone if r.month >= known.year_start] if self.monthly else _last_of_each_unit(everyone)
        self.reports = [report for report in standing if unit_id in (None, report.unit_id)]
        pairs = [(report.submission_id, report.unit_id) for report in self.reports]
        names = {unit.id: unit.name for unit in known.plan.units.values()}
        self.frames = {
            part.code: (frame := load_records(session, part, pairs)).assign(unit=frame["unit_id"].map(names).astype(object))
            for part in dataset.parts
        } if pairs else {}
        if pairs and dataset.is_case and unit_id is not None:
            self._mark_moved(session, standing, unit_id)
        if pairs and dataset.code == "guides":
            self._mark_shared(session, standing)

    def frame(self, part: Part, horizon: str) -> pd.DataFrame | None:
        if not any(not self.monthly or report.month <= horizon for report in self.reports):
            return None
        frame = self.frames[part.code]
        if self.monthly:
            frame = frame[frame["month"] <= horizon]
        if self.dataset.is_case:
            frame = _later_record_stands(frame, part, horizon)
        return frame.reset_index(drop=True)

    def _mark_moved(self, session: Session, standing: list[ReportInForce], unit_id: int) -> None:
        """A case that a later whole-district ledger gives to another unit no longer stands here."""
        frame = self.frames[self.dataset.main.code]
        ledgers = [report for report in standing if report.whole_district]
        moved = moved_elsewhere(session, self.dataset.main, [(r.submission_id, r.unit_id) for r in ledgers], unit_id)
        self.frames[self.dataset.main.code] = frame.assign(_moved=pd.Series([moved.get(row) for row in frame["id"]], frame.index, dtype="object"))

    def _mark_shared(self, session: Session, standing: list[ReportInForce]) -> None:
        """Which item codes stand in more than one row of the district's guides."""
        items = self.frames["事项"]
        shared = shared_codes(session, [(r.submission_id, r.unit_id) for r in standing], items["item_code"].dropna().unique())
        self.frames["事项"] = items.assign(_code_shared=items["item_code"].isin(shared))


def codes_shared(items: pd.DataFrame) -> set[str]:
    """The item codes of these guides that stand in more than one row of the district's."""
    return set(items.loc[items["_code_shared"], "item_code"])


def _last_of_each_unit(reports: list[ReportInForce]) -> list[ReportInForce]:
    """A snapshot replaces the last, whatever month each was submitted in."""
    latest: dict[int, ReportInForce] = {}
    for report in sorted(reports, key=lambda r: (r.accepted_at, r.submission_id)):
        latest[report.unit_id] = report
    return list(latest.values())


def _later_record_stands(frame: pd.DataFrame, part: Part, horizon: str) -> pd.DataFrame:
    if "_moved" in frame:
        frame = frame[frame["_moved"].isna() | (frame["_moved"].fillna("") > horizon)]
    return frame.drop_duplicates(["unit_id", *(field.name for field in part.keys)], keep="last")


def _with_due_days(frames: dict[str, pd.DataFrame | None], calendar: Calendar, bad_review_days: int) -> dict[str, pd.DataFrame | None]:
    """Due days that follow from the working-day calendar: 整改时限 where blank, and the promised day of an approval."""
    bad_reviews, approvals = frames.get("bad_reviews"), frames.get("approvals")
    if bad_reviews is not None:
        counted = _working_days_later(bad_reviews["rated_at"], pd.Series(bad_review_days, bad_reviews.index), calendar)
        frames["bad_reviews"] = bad_reviews.assign(due_on=bad_reviews["due_on"].fillna(counted))
    if approvals is not None:
        due = _working_days_later(approvals["received_on"], approvals["promised_days"], calendar)
        frames["approvals"] = approvals.assign(_due_on=due)
    return frames


def _working_days_later(start: pd.Series, days: pd.Series, calendar: Calendar) -> pd.Series:
    """Each day so many working days on; missing where either is, or where the calendar of that year is not entered."""
    found = [_later(day, number, calendar) for day, number in zip(start, days, strict=True)]
    return pd.Series(pd.to_datetime(pd.Series(found, index=start.index, dtype="object")), dtype="datetime64[us]")


def _later(day: pd.Timestamp, number: float, calendar: Calendar) -> date | None:
    if pd.isna(day) or pd.isna(number):
        return None
    try:
        return calendar.add_working_days(day.date(), int(number))
    except CalendarMissing:
        return None
