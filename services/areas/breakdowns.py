"""The breakdowns of an area as of a day: frames of unit, keys and numbers; and single records with their place in the
file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from catalogue.breakdowns import BREAKDOWNS
from data_access.breakdowns import breakdown_at
from data_access.database import Session, reading
from data_access.plan_store import units
from data_access.submissions import places_in
from models.chart_data import Placed
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, is_own, requires_role
from services.figures.district_state import plan_asked_about

AREA_BREAKDOWNS: Mapping[str, tuple[str, ...]] = {
    "reviews": ("ratings", "rating_signs", "items_never_rated", "case_months"),
    "experience": ("item_times", "item_visits", "item_types"),
    "maturity": ("online_depth", "case_months", "cross_region", "special_items"),
    "completeness": ("hall_and_source",),
    "coverage": ("claims", "publication", "blank_elements"),
    "guide_accuracy": (),
    "hotline": ("tickets", "ticket_months", "calls_by_day"),
    "help_on_behalf": ("help", "help_projects"),
    "engineering_approvals": ("approvals", "missing_papers", "projects", "engineering_months"),
}

Frames = Mapping[str, pd.DataFrame]
"""Breakdown code → columns unit, its keys, its numbers; a row a unit and category; empty where nobody reported."""


@requires_role(*EVERYONE)
def area_breakdowns(area: str, as_of: date, unit: str | None = None) -> Frames:
    """Return every breakdown of an area as of the end of a day, of all units or of one."""
    with reading() as session:
        first = plan_asked_about(session, end_of_day(as_of)).year_start
        return {code: breakdown_frame(session, code, as_of, first, unit) for code in AREA_BREAKDOWNS.get(area, ())}


def breakdown_frame(session: Session, code: str, as_of: date, first: str, unit: str | None = None) -> pd.DataFrame:
    """Return one breakdown, of the units that whoever asks may see, or of one of them."""
    names = {number: known.name for number, known in units(session).items() if unit in (None, known.name)}
    of_units = [
        (names[number], rows)
        for number, rows in breakdown_at(session, code, as_of, first, None if unit is None else list(names))
        if is_own(names[number])
    ]
    declared, every = BREAKDOWNS[code], [row for _, rows in of_units for row in rows]
    columns = {name: [row[place] for row in every] for place, name in enumerate(declared.columns)}
    named = {"unit": [name for name, rows in of_units for _ in rows], **columns}
    frame = pd.DataFrame(named if every else None, columns=list(named))
    return frame.astype(
        dict.fromkeys(declared.numbers, "float64")
    )  # a column of nothing but missing numbers is one of numbers too


@requires_role(*EVERYONE)
def placed(code: str, as_of: date, key: str, name: str, details: tuple[str, ...]) -> tuple[Placed, ...]:
    """Return the single records that a breakdown with places holds; the cell is that of `key`. What it sums without a
    place is left out.
    """
    with reading() as session:
        first = plan_asked_about(session, end_of_day(as_of)).year_start
        frame = breakdown_frame(session, code, as_of, first).dropna(subset=["submission_id"])
        places = places_in(session, {int(number) for number in frame["submission_id"]})
    return tuple(_placed(row, places, key, name, details) for row in frame.astype(object).to_dict("records"))


def _placed(
    row: Mapping[Any, Any], places: Mapping[int, tuple[str, list]], key: str, name: str, details: Iterable[str]
) -> Placed:
    file, sheets = places[int(row["submission_id"])]
    sheet = sheets[int(row["sheet"])]
    details_in_words = "，".join(_said(row[detail]) for detail in details if _said(row[detail]))
    cell = f"{sheet['columns'].get(key, '')}{int(row['row'])}"
    return Placed(
        str(row["unit"]),
        _said(row[key]),
        _said(row[name]),
        details_in_words,
        int(row["submission_id"]),
        file,
        sheet["name"],
        cell,
    )


def _said(value: object) -> str:
    return "" if value is None or value != value else f"{value:g}" if isinstance(value, float) else str(value)
