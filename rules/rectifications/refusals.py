"""What may not be done with a rectification: from its course and the act to the sentence that says why, or None.

Source: supervision.md 3.2 and 9.
"""

from __future__ import annotations

from datetime import date

from models.rectifications import CAUSES, Act, Course, RectificationState

STILL_OPEN = (RectificationState.OPEN, RectificationState.ANSWERED)
ALLOWED_IN = {
    Act.ANSWER: STILL_OPEN,
    Act.ACCEPT: (RectificationState.ANSWERED,),
    Act.RETURN: (RectificationState.ANSWERED,),
    Act.APPLY: STILL_OPEN,
    Act.EXTEND: STILL_OPEN,
    Act.REFUSE_EXTENSION: STILL_OPEN,
    Act.REOPEN: (RectificationState.CLOSED,),
    Act.WITHDRAW: STILL_OPEN,
}
"""Act → the states in which it may happen."""


def state_refusal(course: Course, act: Act) -> str | None:
    """Return why the state forbids the act, or None."""
    if course.state in ALLOWED_IN[act]:
        return None
    if act is Act.REOPEN:
        return f"只有已销号的才能重新整改，目前为{course.state.word}。"
    if course.state is RectificationState.OPEN:
        return "责任单位尚未答复，无可复核；答复后再复核。"
    over = "销号" if course.state is RectificationState.CLOSED else "终止"
    hint = "；确需重新整改的，由管理局或督查室发起" if act is Act.ANSWER and over == "销号" else ""
    return f"该事项已于 {course.closed_on or course.withdrawn_on} {over}，不能再{act.word.partition('，')[0]}{hint}。"


def opening_refusal(issue: str, opened_on: date, due: date) -> str | None:
    if not issue.strip():
        return "请写明要整改的问题。"
    return _due_day_refusal(due, opened_on, "立项日期")


def answer_refusal(course: Course, text: str, on: date, completed_on: date | None, cause: str | None) -> str | None:
    if refusal := state_refusal(course, Act.ANSWER):
        return refusal
    if not text.strip():
        return "请写明整改措施和结果。"
    if completed_on is not None and completed_on > on:
        return f"完成日期（{completed_on}）不能晚于答复当天（{on}）。"
    if cause is not None and cause not in CAUSES:
        return f"没有名为“{cause}”的原因，可用：{'、'.join(CAUSES)}。"
    return None


def return_refusal(course: Course, reason: str, on: date, due: date | None) -> str | None:
    if refusal := state_refusal(course, Act.RETURN):
        return refusal
    if not reason.strip():
        return "请写明退回理由。"
    return None if due is None else _due_day_refusal(due, on, "退回当天")


def application_refusal(course: Course, until: date, reason: str, applied_on: date) -> str | None:
    """Return why a later day may not be applied for, or None: only on or before the due day in force, which the day
    itself still is.
    """
    if refusal := state_refusal(course, Act.APPLY):
        return refusal
    if not reason.strip():
        return "请写明延期理由。"
    if applied_on < course.opened_on:
        return f"申请日期（{applied_on}）不能早于立项日期（{course.opened_on}）。"
    if applied_on > course.due:
        return f"延期应在时限（{course.due}）当天或以前申请，{applied_on} 申请已经逾期，不能延期。"
    if until <= course.due:
        return f"延期后的时限应晚于现时限（{course.due}）。"
    return None


def extension_refusal(course: Course, until: date, reason: str, applied_on: date, on: date) -> str | None:
    if applied_on > on:
        return f"申请日期（{applied_on}）不能晚于批准当天（{on}）。"
    return application_refusal(course, until, reason, applied_on)


def extension_decision_refusal(course: Course, reason: str) -> str | None:
    """Return why an application cannot be turned down, or None."""
    if course.applied_until is None:
        return "没有待批的延期申请。"
    return None if reason.strip() else "请写明不同意延期的理由。"


def reopening_refusal(course: Course, reason: str, on: date, due: date) -> str | None:
    if refusal := state_refusal(course, Act.REOPEN):
        return refusal
    if not reason.strip():
        return "请写明重新整改的理由。"
    return _due_day_refusal(due, on, "重新整改当天")


def withdrawal_refusal(course: Course, reason: str) -> str | None:
    if refusal := state_refusal(course, Act.WITHDRAW):
        return refusal
    return None if reason.strip() else "请写明终止理由。"


def _due_day_refusal(due: date, start: date, what: str) -> str | None:
    return None if due > start else f"时限（{due}）应晚于{what}（{start}）。"
