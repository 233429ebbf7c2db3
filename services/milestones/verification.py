"""The bureau verifies, or returns with a reason, what a unit reported done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from catalogue.datasets.progress import PROGRESS
from data_access.database import writing
from data_access.milestones import add_verification, milestones_at
from models.lamps import MilestoneState
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.figures.unit_names import unit_names, unknown_unit
from services.spot_checks.standing import found_unfinished_on


@requires_role(*BUREAU_ALONE)
def verify(measure: str, unit: str, *, returned: str | None, at: datetime) -> MilestoneState:
    """Decide on a milestone as it stood at `at`; gives the state after the decision. Raises RefusedRequest."""
    end = at + timedelta(microseconds=1)
    with writing() as session:
        plan = (known := district_state(session, end)).plan
        judged = plan.measure(measure)
        if judged is None or not judged.milestone:
            raise RefusedRequest(f"方案中没有按节点评价的举措“{measure}”，举措编号形如 1.2.2。")
        names = unit_names(plan.units, known.settings["district"])
        name = names.resolve(unit)
        unit_id = plan.unit_id(name) if name else None
        if name is None or unit_id is None:
            raise RefusedRequest(unknown_unit(unit, names))
        state = milestones_at(session, PROGRESS, end, None, [unit_id]).get((measure, unit_id), MilestoneState())
        _refuse_if_nothing_to_decide(state, measure, name, returned)
        if returned is None:
            _refuse_if_found_unfinished(state, measure, found_unfinished_on(session, known, measure, unit_id, end))
        add_verification(
            session,
            measure,
            unit_id,
            verified=returned is None,
            completed_on=state.completion,
            reason=returned or "",
            at=at,
            by=current_user().name,
        )
        log(
            session,
            "verify" if returned is None else "return",
            f"{measure} {name}",
            before={"verified": state.verified_on is not None},
            after={"verified": returned is None},
            detail={"completed_on": state.completion, "reason": returned, "at": at.isoformat()},
        )
        return milestones_at(session, PROGRESS, end, None, [unit_id])[measure, unit_id]


def _refuse_if_nothing_to_decide(state: MilestoneState, measure: str, name: str, returned: str | None) -> None:
    if state.completion is None:
        raise RefusedRequest(f"{name}尚未报告举措 {measure} 已完成，无可核验。")
    if returned is None and state.verified_on is not None:
        raise RefusedRequest(f"{name}的举措 {measure} 已于 {state.verified_on:%Y-%m-%d} 核验。")
    if returned is not None and not returned.strip():
        raise RefusedRequest("请写明退回理由。")


def _refuse_if_found_unfinished(state: MilestoneState, measure: str, checked_on: date | None) -> None:
    """What a spot check found unfinished on a day was not completed by that day (supervision.md 2.8)."""
    if checked_on is not None and state.completion is not None and state.completion <= checked_on:
        raise RefusedRequest(
            f"举措 {measure} 报告的完成日期 {state.completion} 不晚于抽查核实未完成之日 {checked_on}，"
            "请退回，由单位按实际完成日期重报。"
        )
