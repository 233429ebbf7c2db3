"""How long approvals took, stage by stage, against what was promised: read from the ledger in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from data_access.case_rows import CaseRows, ClosedSpan
from data_access.database import reading
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.working_days import Calendar
from services.access.permission import EVERYONE, own_unit, requires_role
from services.areas.engineering import STAGES
from services.figures.district_state import district_state
from services.figures.records_in_force import counted_reports


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
        dataset, last = DATASETS["approvals"], last_whole_month(as_of)
        reports = [
            report for report in counted_reports(session, dataset, end_of_day(as_of), state) if report.month <= last
        ]
        spans = CaseRows(session, CASE_KINDS["approvals"], dataset, reports, as_of, unit_ids).closed_spans("stage")
    counted = [span for span in spans if state.calendar.covers(span.start.year)]
    by_stage = ((stage, [span for span in counted if span.category == stage]) for stage in STAGES)
    return tuple(_of_stage(stage, of_stage, state.calendar) for stage, of_stage in by_stage if of_stage)


def _of_stage(stage: str, spans: Sequence[ClosedSpan], calendar: Calendar) -> StageDays:
    """Working days are counted from the day after an approval was received to the day on which it was closed, once for
    all that have both days in common.
    """
    numbers = [span.number for span in spans]
    taken = [calendar.about_working_days_between(span.start, span.closed)[0] for span in spans]
    days = pd.Series(np.repeat(taken, numbers))
    promised = np.repeat([span.days for span in spans], numbers)
    return StageDays(stage, len(days), float(days.median()), float(days.quantile(0.9)), float(np.median(promised)))
