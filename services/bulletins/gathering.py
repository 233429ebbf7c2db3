"""The board at A and at C gathered for a bulletin: from database to figures and what is printed beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from catalogue.areas import AREAS, areas_of_plan
from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from catalogue.spot_checks import KINDS
from data_access.database import Session
from models.bulletins import BoardAt, Figures, OwedReport, ReportState
from models.definitions import NumberFormat
from rules.as_of import SHANGHAI, day_of, end_of_day
from rules.bulletins.figures import bulletin_figures, reports_in_state
from rules.bulletins.particulars import Particulars, document_number
from services.assessment.points import assessment_figures, assessment_in
from services.board.scorecard import Duty, Facts, duty_at, gather, lamps_of
from services.bulletins.checked import checked_at
from services.bulletins.lists import failed_elements, ledger_at
from services.figures.district_state import DistrictState, asking_of_plan_on, district_state, settings_in_force
from services.reporting.reports import Reporting, ReportOwed, reports_owed_in


def figures_of(session: Session, as_of: date, compared: date | None) -> Figures:
    """Return the figures of a bulletin as the database tells them now. Raises CalendarMissing."""
    facts = gather(session, as_of)
    with asking_of_plan_on(session, as_of):
        earlier = board_at(session, gather(session, compared)) if compared else None
    figures = bulletin_figures(
        board_at(session, facts), earlier, checked_at(session, as_of, compared), facts.state.calendar
    )
    assessment = assessment_in(session, as_of, facts)
    return figures if assessment.rules is None else figures | {"assessment": assessment_figures(assessment)}


def board_at(session: Session, facts: Facts) -> BoardAt:
    """Return lamps in the order of the plan and then of the register, reports in that of the register and the
    datasets.
    """
    plan = facts.state.plan
    register = _register(facts.duty)
    measures = {
        code: number for number, code in enumerate(measure.code for task in plan.tasks for measure in task.measures)
    }
    lamps = sorted(lamps_of(facts).lamps, key=lambda row: (measures[row.measure], register.get(row.unit or "", -1)))
    reports = _reports(session, facts.duty)
    whole = {
        code: (of_units[None].numerator, of_units[None].denominator)
        for code, of_units in facts.figures_judged.figures.items()
        if None in of_units and code in INDICATORS and INDICATORS[code].kept_whole
    }
    return BoardAt(facts.as_of, lamps, reports, tuple(register), int(facts.state.settings["minimum_sample"]), whole)


def _register(duty: Duty) -> dict[str, int]:
    """Unit → its place in the register."""
    return {unit.name: number for number, unit in enumerate(duty.state.plan.units.values())}


def _reports(session: Session, duty: Duty) -> list[OwedReport]:
    register, datasets = _register(duty), list(DATASETS)
    lines = sorted(
        reports_owed_in(session, duty),
        key=lambda line: (register[line.unit], datasets.index(line.dataset), line.month),
    )
    return [
        OwedReport(line.unit, line.dataset, line.month, report_state, line.is_zero)
        for line in lines
        if (report_state := _state_of(line)) is not None
    ]


def _state_of(line: ReportOwed) -> ReportState | None:
    """Return how an owed report stands, or None where it is not owed yet, or exempt. What came in part has come."""
    if line.accepted_at is None:
        return ReportState.MISSING if line.status is Reporting.MISSING else None
    is_late = line.due_on is not None and day_of(line.accepted_at) > line.due_on
    return ReportState.LATE if is_late else ReportState.ON_TIME


def particulars_of(session: Session, figures: Figures, at: datetime, corrects: str) -> Particulars:
    """Return what a draft made at `at` prints beside its figures: titles and lists as of A, head and foot by the
    settings of then. Raises CalendarMissing.
    """
    as_of = date.fromisoformat(figures["as_of"])
    state = district_state(session, end_of_day(as_of))
    tasks = state.plan.tasks
    settings = settings_in_force(session, at)
    targets = [target for task in tasks for measure in task.measures for target in measure.targets]
    failed, untold = failed_elements(session, figures["spot_checks"], as_of, state)
    return Particulars(
        year=state.plan.year,
        masthead=settings["masthead"],
        recipients=settings["recipients"],
        copies=settings["copies"],
        issuer=settings["issuer"],
        document_number=document_number(settings["document_number"], at.astimezone(SHANGHAI).year, "　"),
        day="",
        made=f"{as_of.isoformat()}T00:00:00",
        corrects=corrects,
        objections=(),
        minimum=int(state.settings["minimum_sample"]),
        days_to_mend=int(settings["rectification_days"]),
        areas={area.code: area.title for area in (*AREAS.shipped.values(), *areas_of_plan(state.plan))},
        tasks={task.code: task.title for task in tasks},
        measures={measure.code: measure.title for task in tasks for measure in task.measures},
        indicators={code: indicator.title for code, indicator in INDICATORS.items()},
        counts=[code for code, indicator in INDICATORS.items() if indicator.number_format is NumberFormat.COUNT],
        increases=[target.indicator for target in targets if target.increases],
        at_most=[target.indicator for target in targets if target.at_most],
        datasets={code: dataset.title for code, dataset in DATASETS.items()},
        kinds={code: kind.title for code, kind in KINDS.items()},
        late=_late(session, as_of, state),
        failed=failed,
        untold=untold,
        ledger=ledger_at(session, as_of, state),
    )


def _late(session: Session, as_of: date, state: DistrictState) -> list[dict[str, Any]]:
    """Snapshots are no matter of months: the figures count none of them as late."""
    monthly = [report for report in _reports(session, duty_at(session, as_of, state)) if report.month]
    return reports_in_state(monthly, ReportState.LATE)
