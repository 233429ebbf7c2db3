"""A unit asks for a later deadline of a task before it is over; the bureau grants or refuses. What is granted is a
ruling like any other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from data_access.database import Session, reading, writing
from data_access.deadline_requests import (
    add_decision,
    add_request,
    decision_on,
    request_numbered,
    requests_until,
)
from data_access.plan_store import add_ruling, name_in
from data_access.submissions import file_content, keep_file
from models.deadline_requests import DeadlineDecision, DeadlineRequest, RequestedDeadline, RequestState
from models.people import Role
from models.plan import Plan
from models.tables import TaskRuling
from rules.as_of import day_of, end_of_day
from services.access.attached_files import checked_kind, plain_name
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import (
    BUREAU_ALONE,
    EVERYONE,
    WHO_READS_FILES,
    own_unit,
    refuse_unless_own,
    requires_role,
)
from services.access.refusal import RefusedRequest, refuse_without_reason
from services.figures.district_state import plan_asked_about, plan_on_board


@requires_role(Role.UNIT, own="unit")
def ask_for_later_deadline(
    task: str, unit: str, *, until: date, reason: str, file_name: str, content: bytes, at: datetime
) -> int:
    """Keep a request with its document; gives its number. Raises RefusedRequest."""
    name = plain_name(file_name)
    checked_kind(name, content)
    with writing() as session:
        plan = plan_asked_about(session, at + timedelta(microseconds=1))
        unit_id, deadline = _answered_for(plan, task, unit)
        key = plan.key_of(task)
        if day_of(at) > deadline:
            raise RefusedRequest(f"任务 {task} 的时限 {deadline} 已过，时限届满前才能申请调整。")
        if until <= deadline:
            raise RefusedRequest(f"申请的时限应晚于现行时限 {deadline}。")
        refuse_without_reason(reason, "请写明申请的理由。")
        if any(request.task == key and decision is None for request, decision in requests_until(session, at, unit_id)):
            raise RefusedRequest(f"任务 {task} 已有一份申请待审核，审核后才能再次申请。")
        number = add_request(
            session,
            DeadlineRequest(
                plan=plan.code,
                task=key,
                unit_id=unit_id,
                deadline=deadline,
                until=until,
                reason=reason.strip(),
                sha256=keep_file(session, content),
                file_name=name,
                at=at,
                by=current_user().name,
            ),
        )
        log(
            session,
            "ask for deadline",
            f"{task} {unit}",
            before={"deadline": deadline},
            after={"deadline": until},
            detail={"reason": reason.strip(), "file": name, "at": at.isoformat()},
        )
    return number


def _answered_for(plan: Plan, code: str, unit: str) -> tuple[int, date]:
    """The unit's id and the deadline in force of a task that it answers for."""
    unit_id, task = plan.unit_id(unit), plan.task(code)
    if task is None or unit_id is None or unit_id not in task.units:
        raise RefusedRequest(f"{unit}不承担任务“{code}”。")
    if task.open_ended:
        why = "经裁定" if task.deadline_ruled else f"方案写作“{task.deadline_text}”"
        raise RefusedRequest(f"任务 {code} 没有期限（{why}），不需要申请。")
    if task.deadline is None or task.doubts:
        raise RefusedRequest(f"任务 {code} 的时限存疑，由管理局核定，不需要申请。")
    return unit_id, task.deadline


@requires_role(*BUREAU_ALONE)
def decide_deadline(number: int, *, granted: bool, reason: str, at: datetime) -> None:
    """Grant a later deadline, which rules the task's for all its units from then on, or refuse it. Raises
    RefusedRequest.
    """
    with writing() as session:
        request = _request(session, number)
        if decision_on(session, number) is not None:
            raise RefusedRequest("该申请已经审核过，请刷新后查看。")
        if at < request.at:
            raise RefusedRequest("审核时间不能早于申请时间。")
        refuse_without_reason(reason, "请写明理由。")
        plan = plan_asked_about(session, at + timedelta(microseconds=1), plan_on_board(session, request.plan))
        code = plan.code_of(request.task) or request.task
        task = plan.task(code)
        in_force = task.deadline if task else None
        if granted:
            if in_force is not None and request.until <= in_force:
                raise RefusedRequest(f"任务 {code} 的现行时限 {in_force} 已不早于所申请的时限，不需要再调整。")
            _rule(session, request, plan.units[request.unit_id].name, reason.strip(), at)
        add_decision(
            session,
            DeadlineDecision(request_id=number, granted=granted, reason=reason.strip(), at=at, by=current_user().name),
        )
        log(
            session,
            "decide deadline",
            f"{code} {plan.units[request.unit_id].name}",
            before={"deadline": in_force},
            after={"deadline": request.until if granted else in_force, "granted": granted},
            detail={"reason": reason.strip(), "at": at.isoformat()},
        )


def _rule(session: Session, request: DeadlineRequest, unit: str, reason: str, at: datetime) -> None:
    words = f"{unit}申请调整时限：{request.reason}；审核意见：{reason}"
    add_ruling(
        session,
        TaskRuling(task=request.task, deadline=request.until, reason=words, at=at, by=current_user().name),
    )


@requires_role(*EVERYONE)
def deadline_requests(as_of: date) -> list[RequestedDeadline]:
    """Return the requests made by the end of that day, newest first; a unit's person gets the own unit's alone."""
    end = end_of_day(as_of)
    with reading() as session:
        plan = plan_asked_about(session, end)
        own = own_unit()
        unit_id = plan.unit_id(own) if own else None
        return [
            _as_read(request, name_in(session, plan, request.task), decision, plan.units[request.unit_id].name)
            for request, decision in requests_until(session, end, unit_id)
        ]


def _as_read(request: DeadlineRequest, task: str, decision: DeadlineDecision | None, unit: str) -> RequestedDeadline:
    state = RequestState.OPEN
    if decision is not None:
        state = RequestState.GRANTED if decision.granted else RequestState.REFUSED
    return RequestedDeadline(
        request.id or 0,
        task,
        unit,
        request.deadline,
        request.until,
        request.reason,
        request.file_name,
        request.at,
        request.by,
        state,
        decision.reason if decision else "",
        decision.at if decision else None,
    )


@requires_role(*WHO_READS_FILES)
def request_document(number: int) -> tuple[str, bytes]:
    """Return name and content of the document of a request. Raises RefusedRequest, Forbidden for another unit's."""
    with writing() as session:
        request = _request(session, number)
        unit = plan_asked_about(session, end_of_day(day_of(request.at))).units[request.unit_id].name
        refuse_unless_own(unit)
        name, content = request.file_name, file_content(session, request.sha256)
        if content is None:
            raise RefusedRequest("该申请的材料不在库中，请联系管理员。")
        log(session, "download file", f"{request.task} {unit}", detail={"file": name})
    return name, content


def _request(session: Session, number: int) -> DeadlineRequest:
    request = request_numbered(session, number)
    if request is None:
        raise RefusedRequest(f"没有编号为 {number} 的时限申请。")
    return request
