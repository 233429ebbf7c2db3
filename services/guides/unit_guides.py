"""The guides of one unit as they stood at an instant: from its records to every wrong cell with its rule and every
item's count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from catalogue.datasets.guides import GUIDES
from data_access.database import Session, reading
from data_access.submissions import ReportInForce, reports_in_force, submission
from models.guides import ERROR, GuideFindings
from rules.as_of import end_of_day
from rules.guides.engine import apply_rules
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import DistrictState, district_state
from services.figures.guide_rule_settings import RuleBook, rule_book_at
from services.figures.records_in_force import RecordsInForce, codes_shared
from services.figures.unit_names import unit_id_named

ITEMS = GUIDES.main.code
Sheets = list[dict[str, Any]]
"""Of models.tables.Submission: name, part and field → column letter of each sheet."""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One guide with what is wrong with it."""

    item_code: str
    name: str
    errors: int  # wrong cells
    advice: int
    rules: tuple[str, ...]  # failed, in the order of the rules


@dataclass(frozen=True)
class UnitGuides:
    """`findings` as models.guides.GuideFindings.findings, `_sheet` the number of the submission's sheet; empty where
    the unit reported a workbook without guides.
    """

    unit: str
    report: ReportInForce
    book: RuleBook
    sheets: Sheets
    frames: Mapping[str, pd.DataFrame]
    findings: pd.DataFrame

    def place(self, sheet: int, row: int, field: str) -> tuple[str, str]:
        """Name of the sheet and address of the cell in the file as uploaded; the row alone where the file has no such
        column.
        """
        read_as = self.sheets[sheet]
        column = read_as["columns"].get(field)
        return read_as["name"], f"{column}{row}" if column else f"第 {row} 行"

    @property
    def items(self) -> tuple[ItemResult, ...]:
        """Every guide, the worst first: most errors, then most advice, then as they stand in the file."""
        frame = self.frames[ITEMS]
        wrong = dict(list(self.findings.groupby("item_code", sort=False)))
        results = [
            _item_result(str(code), str(name), wrong.get(code))
            for code, name in zip(frame["item_code"], frame["item_name"], strict=True)
        ]
        return tuple(sorted(results, key=lambda result: (-result.errors, -result.advice)))


def _item_result(code: str, name: str, wrong: pd.DataFrame | None) -> ItemResult:
    if wrong is None:
        return ItemResult(code, name, 0, 0, ())
    errors = int((wrong["severity"] == ERROR).sum())
    return ItemResult(code, name, errors, len(wrong) - errors, tuple(dict.fromkeys(wrong["rule"])))


@requires_role(*EVERYONE, own="unit")
def unit_guides(unit: str, as_of: date) -> UnitGuides | None:
    """Return the unit's guides as of the end of a day, or None where it never reported any. Raises RefusedRequest for
    an unknown unit.
    """
    with reading() as session:
        end = end_of_day(as_of)
        state = district_state(session, end)
        report = latest_guides_report(session, unit_id_named(state, unit), end)
        return guides_of(session, unit, report, end, state, rule_book_at(session, end)) if report else None


def guides_of(
    session: Session, unit: str, report: ReportInForce, end: datetime, state: DistrictState, book: RuleBook
) -> UnitGuides:
    """Return the report's records as they were just before `end`, judged by these rules."""
    frames = RecordsInForce(session, [GUIDES.code], [report.unit_id], end, state).frames(report.unit_id, "")
    there = {
        part: frame.assign(_sheet=frame["sheet"], _row=frame["row"])
        for part, frame in frames.items()
        if frame is not None
    }
    findings: GuideFindings = apply_rules(book.decided, there, shared_codes=codes_shared(there[ITEMS]))
    sent = submission(session, report.submission_id)
    return UnitGuides(unit, report, book, sent.sheets if sent else [], there, findings.findings)


def latest_guides_report(session: Session, unit_id: int, end: datetime) -> ReportInForce | None:
    """Return the last report of guides accepted, and not withdrawn, before `end`."""
    reports = reports_in_force(session, end, dataset=GUIDES.code, unit_ids=[unit_id])
    return max(reports, key=lambda report: (report.accepted_at, report.submission_id), default=None)
