"""The single reviews of one unit that show a sign of inflated figures: read for that unit alone, each with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from catalogue.datasets import DATASETS
from data_access.breakdowns import breakdown_at
from data_access.database import Session, reading
from data_access.records import records_by_id
from data_access.submissions import places_in
from models.chart_data import Placed
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.rating_signs import SIGNS
from services.access.permission import EVERYONE, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import RecordsInForce

LOOKED_AT = ("channel", "rated_at")
FIELDS = {
    "bursts": LOOKED_AT,
    "same_person": (*LOOKED_AT, "applicant", "phone"),
    "same_comment": (*LOOKED_AT, "comment"),
    "long_after": (*LOOKED_AT, "closed_at"),
}
"""Sign → what tells which reviews show it, and their order; of the others nothing more is read."""

ORDER = {"same_person": ["phone", "applicant", "rated_at"], "same_comment": ["comment", "rated_at"]} | {
    sign: ["rated_at", "case_code"] for sign in ("bursts", "long_after")
}


@requires_role(*EVERYONE, own="unit")
def reviews_showing(sign: str, unit: str, as_of: date) -> tuple[Placed, ...]:
    """Return the reviews that show a sign, in groups that belong together. Names and telephone numbers are left out.
    Raises RefusedRequest for an unknown sign or unit.
    """
    if sign not in SIGNS:
        raise RefusedRequest(f"没有名为“{sign}”的异常提示。")
    with reading() as session:
        reviews = _reviews(session, unit, as_of, FIELDS[sign])
        if reviews is None:
            return ()
        ids = reviews[SIGNS[sign](reviews)].sort_values(ORDER[sign], kind="stable")["id"]
        showing = records_by_id(session, DATASETS["reviews"].main, ids.tolist())
        places = places_in(session, set(showing["submission_id"].astype(int)))
    return tuple(_placed(unit, row, places) for row in showing.to_dict("records"))


@requires_role(*EVERYONE, own="unit")
def ratings_by_day(unit: str, as_of: date) -> tuple[tuple[date, int, int], ...]:
    """Return (day, ratings by people themselves, those of them within a burst) of each day on which the unit was rated.

    Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        rows_by_unit = breakdown_at(session, "rating_days", as_of, state.year_start, [_unit_id(state, unit)])
    return tuple(
        (date.fromisoformat(str(day)), int(number or 0), int(marked or 0))
        for _, rows in rows_by_unit
        for day, number, marked in rows
    )


def _reviews(session: Session, unit: str, as_of: date, fields: Sequence[str]) -> pd.DataFrame | None:
    """Return some fields of the unit's reviews in force at the end of the day, or None if it never sent any."""
    state = district_state(session, end_of_day(as_of))
    unit_id = _unit_id(state, unit)
    records = RecordsInForce(session, ["reviews"], [unit_id], end_of_day(as_of), state, only={"reviews": fields})
    return records.frames(unit_id, last_whole_month(as_of))["reviews"]


def _unit_id(state: DistrictState, unit: str) -> int:
    unit_id = state.plan.unit_id(unit)
    if unit_id is None:
        raise RefusedRequest(f"没有名为“{unit}”的责任单位。")
    return unit_id


def _placed(unit: str, row: dict, places: dict[int, tuple[str, list]]) -> Placed:
    file, sheets = places[int(row["submission_id"])]
    sheet = sheets[row["sheet"]]
    closed = "" if pd.isna(row["closed_at"]) else f"，办结 {row['closed_at']:%-m月%-d日 %H:%M}"
    known = [row[name] for name in ("applicant", "phone") if row[name]]
    comment = f"，“{masked_words(row['comment'], unit, known)}”" if row["comment"] else ""
    detail = f"{row['rated_at']:%-m月%-d日 %H:%M} {row['channel']} {row['satisfaction']}{closed}{comment}"
    return Placed(
        unit,
        row["case_code"] or "",
        row["item_name"] or "",
        detail,
        int(row["submission_id"]),
        file,
        sheet["name"],
        f"{sheet['columns'].get('rated_at', '')}{row['row']}",
    )
