"""One case by its number: every row that a ledger ever had of it, and its lamp against each of its due days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from data_access.database import Session, reading
from data_access.item_search import FoundItem, find_cases
from data_access.record_places import records_at
from data_access.submissions import submission
from models.cases import Case, CaseKind
from models.definitions import Dataset, Kind
from models.tables import Submission
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, is_own, requires_role
from services.access.personal_data import masked_rows
from services.access.refusal import RefusedRequest
from services.cases.caseload import cases_of_number
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import counted_reports

MOST = 200
"""Rows of one number: twelve months, each corrected many times."""


@dataclass(frozen=True)
class LedgerRow:
    """A row as a ledger had it. `in_force`: whether its report is; `values`: label → value, people masked."""

    unit: str
    month: str
    submission: int
    file: str
    sheet: str
    row: int
    accepted_at: datetime
    in_force: bool
    values: Mapping[str, Any]


@dataclass(frozen=True)
class CaseHistory:
    """`rows` in the order of acceptance; `lamps`: the case against the due day of each kind that its ledger holds."""

    dataset: str
    number: str
    rows: Sequence[LedgerRow]
    lamps: Sequence[tuple[CaseKind, Case]]


@requires_role(*EVERYONE)
def case_history(dataset: str, number: str, as_of: date) -> CaseHistory:
    """Return the case as known at the end of the day; of a unit's person the own rows alone. Raises RefusedRequest for
    an unknown ledger, and where no ledger accepted by then has the number.
    """
    ledger = DATASETS.get(dataset)
    if ledger is None or not (ledger.is_case or any(kind.dataset == dataset for kind in CASE_KINDS.values())):
        raise RefusedRequest(f"没有名为“{dataset}”的案件台账。")
    end = end_of_day(as_of)
    with reading() as session:
        state = district_state(session, end)
        rows = _rows(session, state, ledger, number, end)
        if not rows:
            raise RefusedRequest(f"截至该日受理的{ledger.title}中没有编号“{number}”。")
        kinds = [kind.at(end) or kind for kind in CASE_KINDS.values() if kind.dataset == dataset]
        lamps = [
            (kind, case)
            for kind in kinds
            for case in cases_of_number(session, kind, number, as_of)
            if is_own(case.unit)
        ]
    return CaseHistory(dataset, number, rows, lamps)


def _rows(session: Session, state: DistrictState, ledger: Dataset, number: str, end: datetime) -> tuple[LedgerRow, ...]:
    accepted = [
        (item, sent)
        for item in find_cases(session, [number], ledger.main, MOST)
        if is_own(state.plan.units[item.unit_id].name)
        and (sent := submission(session, item.submission)) is not None
        and sent.accepted_at < end
    ]
    if not accepted:
        return ()
    units = pd.Series([state.plan.units[item.unit_id].name for item, _ in accepted])
    fields = [field for field in ledger.main.fields if field.kind is not Kind.UNIT]
    places = [(item.submission, item.sheet, item.row) for item, _ in accepted]
    stored = records_at(session, ledger.main, [field.name for field in fields], places)
    frame = pd.DataFrame([stored[place] for place in places], dtype=object)
    masked = masked_rows(frame, ledger.main, units).rename(columns={field.name: field.label for field in fields})
    pairs_in_force = {(report.submission_id, report.unit_id) for report in counted_reports(session, ledger, end, state)}
    rows = [
        _ledger_row(item, sent, unit, (item.submission, item.unit_id) in pairs_in_force, values)
        for (item, sent), unit, values in zip(accepted, units, masked.to_dict("records"), strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (row.accepted_at, row.month, row.row)))


def _ledger_row(item: FoundItem, sent: Submission, unit: str, in_force: bool, values: Mapping[Any, Any]) -> LedgerRow:
    return LedgerRow(
        unit,
        item.month,
        item.submission,
        sent.file_name,
        sent.sheets[item.sheet]["name"],
        item.row,
        sent.accepted_at,
        in_force,
        {str(label): value for label, value in values.items()},
    )
