"""The bureau verifies, or returns with a reason, what a unit reported done; several with evidence at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, writing
from data_access.evidence import evidence_of
from data_access.milestones import add_verification, decisions_of, milestones_at
from models.lamps import MilestoneState
from models.tables import Verification
from rules.as_of import SHANGHAI
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.figures.unit_names import names_of, unknown_unit
from services.spot_checks.checks_as_of import found_unfinished_on


@requires_role(*BUREAU_ALONE)
def verify(measure: str, unit: str, *, returned: str | None, at: datetime) -> MilestoneState:
    """Decide on a milestone as it stood at `at`; gives the state after the decision. Raises RefusedRequest."""
    with writing() as session:
        return _decide(session, measure, unit, at, returned=returned)


@requires_role(*BUREAU_ALONE)
def verify_several(chosen: Sequence[tuple[str, str]], reason: str, *, at: datetime) -> int:
    """Verify several (measure, unit) at once, all or none, for one reason; gives how many.

    Raises RefusedRequest where one of them has no evidence that stands, and as `verify` does.
    """
    if not chosen:
        raise RefusedRequest("请先选择要核验的举措。")
    if not reason.strip():
        raise RefusedRequest("请写明批量核验的理由，理由存入记录。")
    with writing() as session:
        end = at + timedelta(microseconds=1)
        plan = district_state(session, end).plan
        for measure, unit in chosen:
            unit_id = plan.unit_id(unit)
            files = evidence_of(session, end, [] if unit_id is None else [unit_id], plan.key_of(measure))
            if all(file.taken_back_at is not None for file in files):
                raise RefusedRequest(f"{unit}的举措 {measure} 没有证明材料，不能批量核验，请逐项办理。")
            _decide(session, measure, unit, at, returned=None, reason=reason.strip())
    return len(chosen)


def _decide(
    session: Session, measure: str, unit: str, at: datetime, *, returned: str | None, reason: str = ""
) -> MilestoneState:
    """`returned`: why it is returned, None where it is verified; `reason`: why it is verified together with others."""
    end = at + timedelta(microseconds=1)
    plan = (known := district_state(session, end)).plan
    judged = plan.measure(measure)
    if judged is None or not judged.milestone:
        raise RefusedRequest(f"方案中没有按节点评价的举措“{measure}”，举措编号形如 1.2.2。")
    names = names_of(known)
    name = names.resolve(unit)
    unit_id = plan.unit_id(name) if name else None
    if name is None or unit_id is None:
        raise RefusedRequest(unknown_unit(unit, names))
    state = milestones_at(session, PROGRESS, end, None, [unit_id]).get((judged.key, unit_id), MilestoneState())
    decided = next(reversed(decisions_of(session, judged.key, unit_id, end)), None)
    _refuse_if_nothing_to_decide(state, f"{name}的举措 {measure}", returned, decided)
    if returned is None:
        _refuse_if_found_unfinished(state, measure, found_unfinished_on(session, known, measure, unit_id, end))
    add_verification(
        session,
        judged.key,
        unit_id,
        verified=returned is None,
        completed_on=state.completion,
        reason=returned or reason,
        at=at,
        by=current_user().name,
    )
    log(
        session,
        "verify" if returned is None else "return",
        f"{measure} {name}",
        before={"verified": state.verified_on is not None},
        after={"verified": returned is None},
        detail={"completed_on": state.completion, "reason": returned or reason or None, "at": at.isoformat()},
    )
    return milestones_at(session, PROGRESS, end, None, [unit_id])[judged.key, unit_id]


def _refuse_if_nothing_to_decide(
    state: MilestoneState, subject: str, returned: str | None, decided: Verification | None
) -> None:
    """Whoever comes second is told who decided, when, and what; `decided`: the last decision."""
    if state.completion is None and decided is not None and not decided.verified:
        raise RefusedRequest(
            f"{subject} 已由{_by_whom(decided)}退回，理由：{decided.reason}。单位尚未重新报告完成，您的决定没有保存。"
        )
    if state.completion is None:
        raise RefusedRequest(f"{subject} 尚未报告完成，无可核验。")
    if returned is None and state.verified_on is not None and decided is not None:
        raise RefusedRequest(f"{subject} 已由{_by_whom(decided)}核验通过，不需要再次核验。")
    if returned is not None and not returned.strip():
        raise RefusedRequest("请写明退回理由。")


def _by_whom(decided: Verification) -> str:
    return f"{decided.by}于 {decided.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} "


def _refuse_if_found_unfinished(state: MilestoneState, measure: str, checked_on: date | None) -> None:
    """What a spot check found unfinished on a day was not completed by that day (supervision.md 2.8)."""
    if checked_on is not None and state.completion is not None and state.completion <= checked_on:
        raise RefusedRequest(
            f"举措 {measure} 报告的完成日期 {state.completion} 不晚于抽查核实未完成之日 {checked_on}，"
            "请退回，由单位按实际完成日期重报。"
        )
