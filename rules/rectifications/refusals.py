"""What may not be done with a rectification: its course and the act in; the sentence that says why, or None, out.

Source: supervision.md 3.2 and 9.
"""

from __future__ import annotations

from datetime import date

from models.rectifications import CAUSES, Course, RectificationState


def opening_refusal(issue: str, opened_on: date, due: date) -> str | None:
    if not issue.strip():
        return "请写明要整改的问题。"
    return _due_day_refusal(due, opened_on, "立项日期")


def answer_refusal(course: Course, text: str, on: date, completed_on: date | None, cause: str | None) -> str | None:
    if course.is_over:
        return f"{_over(course)}，不能再答复；确需重新整改的，由管理局或督查室发起。"
    if not text.strip():
        return "请写明整改措施和结果。"
    if completed_on is not None and completed_on > on:
        return f"完成日期（{completed_on}）不能晚于答复当天（{on}）。"
    if cause is not None and cause not in CAUSES:
        return f"没有名为“{cause}”的原因，可用：{'、'.join(CAUSES)}。"
    return None


def review_refusal(course: Course) -> str | None:
    if course.is_over:
        return f"{_over(course)}，无可复核。"
    if course.state is not RectificationState.ANSWERED:
        return "责任单位尚未答复，无可复核；答复后再复核。"
    return None


def return_refusal(course: Course, reason: str, on: date, due: date | None) -> str | None:
    if refusal := review_refusal(course):
        return refusal
    if not reason.strip():
        return "请写明退回理由。"
    return None if due is None else _due_day_refusal(due, on, "退回当天")


def application_refusal(course: Course, until: date, reason: str, applied_on: date) -> str | None:
    """Whether a later day may be asked for: on or before the due day in force, which the day itself still is."""
    if course.is_over:
        return f"{_over(course)}，不能再延期。"
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
    """Whether an application can be turned down."""
    if course.applied_until is None:
        return "没有待批的延期申请。"
    return None if reason.strip() else "请写明不同意延期的理由。"


def reopening_refusal(course: Course, reason: str, on: date, due: date) -> str | None:
    if course.state is not RectificationState.CLOSED:
        return f"只有已销号的才能重新整改，目前为{course.state.word}。"
    if not reason.strip():
        return "请写明重新整改的理由。"
    return _due_day_refusal(due, on, "重新整改当天")


def withdrawal_refusal(course: Course, reason: str) -> str | None:
    if course.is_over:
        return f"{_over(course)}，不能再终止。"
    return None if reason.strip() else "请写明终止理由。"


def _due_day_refusal(due: date, start: date, what: str) -> str | None:
    return None if due > start else f"时限（{due}）应晚于{what}（{start}）。"


def _over(course: Course) -> str:
    if course.state is RectificationState.CLOSED:
        return f"该事项已于 {course.closed_on} 销号"
    return f"该事项已于 {course.withdrawn_on} 终止"
