"""Guides held against monthly cases and claimed items of the whole district: from an as-of date to five lists of
contradictions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from catalogue.datasets import DATASET_OF_PART, DATASETS
from data_access.database import reading
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.guides import cross_checks
from services.access.permission import WHO_SEES_ALL, requires_role
from services.figures.district_state import district_state
from services.figures.records_in_force import Frames, RecordsInForce

READ: Mapping[str, tuple[str, ...]] = {
    "事项": ("item_code", "item_name", "basic_code", "promised_days", "online_depth", "phone"),
    "monthly_cases": ("item_code", "cases", "online_cases"),
    "catalogue_claims": ("basic_code", "claim"),
}


@dataclass(frozen=True)
class CrossChecks:
    """Frames as rules.guides.cross_checks gives them. `missing`: titles of datasets that nobody reported by then."""

    cases_without_guide: pd.DataFrame
    guides_not_claimed: pd.DataFrame
    phones_shared: pd.DataFrame
    promised_differently: pd.DataFrame
    walk_ins: pd.DataFrame
    missing: tuple[str, ...]


@requires_role(*WHO_SEES_ALL)
def cross_check(as_of: date) -> CrossChecks:
    """Return what guides say beside cases, claims and one another; cases run from January to the last whole month."""
    with reading() as session:
        end = end_of_day(as_of)
        state = district_state(session, end)
        records = RecordsInForce(session, [DATASET_OF_PART[part] for part in READ], None, end, state, READ)
        frames = records.frames(None, last_whole_month(as_of))
    items, cases, claims = (_frame(frames, part) for part in READ)
    missing = tuple(DATASETS[DATASET_OF_PART[part]].title for part in READ if frames[part] is None)
    return CrossChecks(
        cross_checks.cases_without_guide(cases, items),
        cross_checks.guides_not_claimed(items, claims),
        cross_checks.phones_shared(items),
        cross_checks.promised_differently(items),
        cross_checks.walk_ins_of_online_items(items, cases),
        missing,
    )


def _frame(frames: Frames, part: str) -> pd.DataFrame:
    frame = frames[part]
    return pd.DataFrame(columns=["unit", *READ[part]], dtype=object) if frame is None else frame
