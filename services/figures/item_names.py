"""What a unit's items are called: from its guides in force to item code → name; two columns of one unit's rows are
read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from catalogue.datasets.guides import GUIDES
from data_access.database import reading
from data_access.records import load_records
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import district_state
from services.figures.records_in_force import counted_reports


@requires_role(*EVERYONE, own="unit")
def item_names(unit: str, as_of: date) -> Mapping[str, str]:
    """Return code → name of the unit's items; empty where it has reported no guides by then, or is unknown."""
    end = end_of_day(as_of)
    with reading() as session:
        state = district_state(session, end)
        number = state.plan.unit_id(unit)
        sent = [
            (report.submission_id, report.unit_id)
            for report in counted_reports(session, GUIDES, end, state)
            if report.unit_id == number
        ]
        items = load_records(session, GUIDES.main, sent, ("item_code", "item_name")) if sent else None
    return {} if items is None else dict(zip(items["item_code"], items["item_name"], strict=True))
