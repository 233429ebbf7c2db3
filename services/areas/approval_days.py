"""How long approvals took, stage by stage, against what was promised: read from the ledger in force on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data_access.database import reading
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.working_days import Calendar
from services.access.permission import EVERYONE, own_unit, requires_role
from services.areas.engineering import STAGES
from services.figures.district_state import district_state
from services.figures.records_in_force import RecordsInForce


@dataclass(frozen=True, slots=True)
class StageDays:
    """How many working days the closed approvals of a stage took, against what was promised."""

    stage: str
    number: int
    median: float
    ninetieth: float
    promised: float  # median of the working days promised


@requires_role(*EVERYONE)
def approval_days(as_of: date) -> tuple[StageDays, ...]:
    """Return the working days of the approvals closed by the end of a day, a row a stage, in the order of STAGES;
    none that was received in a year whose working days are not entered.
    """
    with reading() as session:
        state, own = district_state(session, end_of_day(as_of)), own_unit()
        unit_ids = None if own is None else [state.plan.unit_id(own) or 0]
        fields = {"approvals": ("stage", "received_on", "closed_on", "promised_days")}
        records = RecordsInForce(session, ["approvals"], unit_ids, end_of_day(as_of), state, only=fields)
        approvals = records.frames(None, last_whole_month(as_of))["approvals"]
    if approvals is None:
        return ()
    closed = approvals.dropna(subset=["stage", "received_on", "closed_on", "promised_days"])
    years = closed["received_on"].dt.year
    closed = closed[years.isin([year for year in years.unique() if state.calendar.covers(year)])]
    closed = closed.assign(days=_working_days(closed, state.calendar))
    groups = dict(list(closed.groupby("stage")))
    return tuple(
        StageDays(
            stage,
            len(rows),
            float(rows["days"].median()),
            float(rows["days"].quantile(0.9)),
            float(rows["promised_days"].astype("float64").median()),
        )
        for stage in STAGES
        if (rows := groups.get(stage)) is not None
    )


def _working_days(approvals: pd.DataFrame, calendar: Calendar) -> np.ndarray:
    """Return the working days from the day after an approval was received to the day on which it was closed; counted
    once for all that have both days in common.
    """
    days = [approvals[name].to_numpy("datetime64[D]").astype("int64") for name in ("received_on", "closed_on")]
    pairs, where = np.unique(np.stack(days), axis=1, return_inverse=True)
    taken = [calendar.about_working_days_between(*pair)[0] for pair in pairs.T.astype("datetime64[D]").tolist()]
    return np.array(taken, dtype="int64")[where.ravel()]
