"""All that was reported about one item (事项): its guides, who claimed it, its cases by month, its ratings and its bad
ratings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.datasets.guides import GUIDES
from data_access.database import Session, reading
from data_access.rows_by_value import RowByValue, counts_with, rows_with
from data_access.submissions import ReportInForce
from models.definitions import Dataset, Field, Part
from rules.as_of import end_of_day
from rules.guides.reading import as_written
from rules.plan.declarations import ADDED
from services.access.permission import EVERYONE, is_own, requires_role
from services.access.personal_data import masked_rows
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import counted_reports

CASES, CLAIMS, RATINGS, BAD = (
    DATASETS[code] for code in ("monthly_cases", "catalogue_claims", "reviews", "bad_reviews")
)
COUNTED = ("cases", "online_cases", "pushed_cases", "closed_cases", "rated_cases", "default_rated_cases")
OF_A_GUIDE = ("case_type", "promised_days", "phone")
OF_A_BAD_RATING = ("bad_review_code", "rated_at", "due_on", "rectified_at")
BASIC_CODE = 12
"""The last signs of an item's code are its basic code, under which it is claimed."""


@dataclass(frozen=True)
class ItemGuide:
    """`phone`: for questions."""

    unit: str
    name: str
    case_type: str
    promised_days: str
    phone: str
    submission: int


@dataclass(frozen=True)
class ItemRow:
    """A row of another ledger about the item. `values`: field → value."""

    unit: str
    month: str
    submission: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class AddedValue:
    """What a guide says in a field that a plan added. `subject`: which material or step; "" of the guide itself."""

    unit: str
    sheet: str
    subject: str
    label: str
    value: Any


@dataclass(frozen=True)
class ItemRecords:
    """`ratings`: month → satisfaction → how many. `added`: None where no plan adds a field to guides."""

    code: str
    name: str
    guides: Sequence[ItemGuide]
    claims: Sequence[ItemRow]
    months: Sequence[ItemRow]
    ratings: Mapping[str, Mapping[str, int]]
    bad: Sequence[ItemRow]
    added: Sequence[AddedValue] | None = None


@requires_role(*EVERYONE)
def item_records(code: str, as_of: date) -> ItemRecords:
    """Return what stands at the end of the day; of a unit's person the own rows alone. Raises RefusedRequest where no
    ledger that stands knows the code.
    """
    with reading() as session:
        reader = _Reader(session, as_of)
        guides = reader.rows(GUIDES, "item_code", code, ("item_name", "basic_code", *OF_A_GUIDE))
        months = reader.rows(CASES, "item_code", code, COUNTED)
        ratings = reader.ratings(code)
        basic = next((row.values["basic_code"] for row in guides if row.values["basic_code"]), code[-BASIC_CODE:])
        claims = reader.rows(CLAIMS, "basic_code", basic, ("item_name", "claim", "reason"))
        if not (guides or months or ratings or (claims and code == basic)):
            raise RefusedRequest(f"截至该日受理的报送中没有事项“{code}”。")
        name = next((str(row.values["item_name"]) for row in (*guides, *claims) if row.values["item_name"]), "")
        bad = (
            reader.rows(BAD, "item_name", name, ("bad_review_code", "rated_at", "due_on", "rectified_at"))
            if name
            else []
        )
        holders = {row.unit for row in (*guides, *months)}
        return ItemRecords(
            code,
            name or "（指南中无此编码）",
            [_guide(row) for row in guides],
            claims,
            months,
            ratings,
            [row for row in bad if not holders or row.unit in holders],
            _added(reader, code),
        )


def _added(reader: _Reader, code: str) -> list[AddedValue] | None:
    guides = DATASETS[GUIDES.code]
    added = [(part, [field for field in part.fields if field.name.startswith(ADDED)]) for part in guides.parts]
    if not any(fields for _, fields in added):
        return None
    return [value for part, fields in added if fields for value in _of_part(reader, guides, part, fields, code)]


def _of_part(reader: _Reader, guides: Dataset, part: Part, added: Sequence[Field], code: str) -> Iterator[AddedValue]:
    """A value a field of each row of the item; what names or reaches a person is masked."""
    keys = [key.name for key in part.keys if key.name != "item_code"]
    rows = reader.rows(guides, "item_code", code, [*keys, *(field.name for field in added)], part)
    if not rows:
        return
    frame = pd.DataFrame([row.values for row in rows], dtype=object)
    masked = masked_rows(frame, part, pd.Series([row.unit for row in rows])).to_dict("records")
    for row, values in zip(rows, masked, strict=True):
        subject = " ".join(as_written(values[key]) for key in keys)
        for field in added:
            yield AddedValue(row.unit, part.title, subject, field.label, values[field.name])


def _guide(row: ItemRow) -> ItemGuide:
    case_type, days, phone = (as_written(row.values[name]) for name in OF_A_GUIDE)
    return ItemGuide(row.unit, str(row.values["item_name"] or ""), case_type, days, phone, row.submission)


class _Reader:
    """Rows of the reports that stand, of those units that whoever asks may see."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session, self._end = session, end_of_day(as_of)
        self._known: DistrictState = district_state(session, self._end)

    def rows(
        self, dataset: Dataset, field: str, value: str, fields: Sequence[str], part: Part | None = None
    ) -> list[ItemRow]:
        """Return the rows of the dataset's main part, or of another."""
        rows = rows_with(self._session, part or dataset.main, field, value, self._reports(dataset), fields)
        return [self._row(row) for row in rows]

    def ratings(self, code: str) -> dict[str, dict[str, int]]:
        months: dict[str, dict[str, int]] = {}
        reports = self._reports(RATINGS)
        for month, kind, number in counts_with(self._session, RATINGS.main, "item_code", code, reports, "satisfaction"):
            counts = months.setdefault(month, {})
            counts[str(kind)] = counts.get(str(kind), 0) + number
        return months

    def _reports(self, dataset: Dataset) -> list[ReportInForce]:
        return [
            report
            for report in counted_reports(self._session, dataset, self._end, self._known)
            if is_own(self._known.plan.units[report.unit_id].name)
        ]

    def _row(self, row: RowByValue) -> ItemRow:
        values = {name: value.date() if isinstance(value, datetime) else value for name, value in row.values.items()}
        return ItemRow(self._known.plan.units[row.unit_id].name, row.month, row.submission, values)
