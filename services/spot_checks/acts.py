"""What is done with a spot check after it was recorded: told to the units, answered, decided, settled, voided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import pandas as pd

from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, writing
from data_access.guide_rule_entries import add_hand_finding
from data_access.milestones import add_verification, milestones_at
from data_access.spot_checks import add_entries
from models.lamps import MilestoneState
from models.people import Role
from models.rectifications import RectificationState
from models.spot_checks import Element, Result, SpotCheck, SpotCheckAct, SpotCheckFindingAct, State
from rules.as_of import EVER, day_of, end_of_day
from rules.guides.phones import read_phones
from rules.numbering import number_printed
from rules.spot_checks.dates import objection_ends, open_from
from rules.working_days import Calendar
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest, refuse_longer_than
from services.figures.district_state import DistrictState, district_state, plan_asked_about, plan_on_board
from services.figures.records_in_force import RecordsInForce
from services.rectifications.acts import reopen_in
from services.rectifications.ledger import rectifications_in
from services.spot_checks.attachments import OBJECTION, Files, attach_in
from services.spot_checks.checks_as_of import own_element, refuse_earlier_act, refuse_untold, spot_check_in

LONGEST = 2000
"""Characters of a text."""
HAND_FINDING_FIELDS = ("item_code", "phone", "complaint_phone")


class _Case:
    """A check within a transaction, as it stands at the instant of an act."""

    def __init__(self, session: Session, number: str, at: datetime | None, key: str | None = None) -> None:
        """`key`: of the element that is acted on, None: the whole check."""
        self.session = session
        self.at = at or present()
        self.end = self.at + timedelta(microseconds=1)
        self.state: DistrictState = district_state(session, self.end)
        self.check = spot_check_in(session, number, self.state, EVER)
        self.number = self.check.number
        self.by = current_user()
        refuse_untold(self.check, number)
        refuse_earlier_act(self.check, self.at, key)
        if self.check.state is State.VOID:
            raise RefusedRequest(f"抽查 {number} 已作废（{self.check.void_reason}）。")

    def act(self, act: str, **detail: object) -> None:
        entry = SpotCheckAct(
            plan=self.check.plan,
            spot_check_id=self.check.id,
            act=act,
            detail=detail,
            at=self.at,
            by=self.by.name,
        )
        add_entries(self.session, [entry])

    def act_on(self, element: Element, act: str, text: str = "", counts_as: Result | None = None) -> None:
        entry = SpotCheckFindingAct(
            plan=self.check.plan,
            element_id=element.id,
            act=act,
            text=text.strip(),
            counts_as=counts_as.value if counts_as else None,
            at=self.at,
            by=self.by.name,
            account_id=self.by.account,
        )
        add_entries(self.session, [entry])

    def log(self, action: str, subject: str = "", **detail: object) -> None:
        entity = f"spot-check {self.number} {subject}".strip()
        after = self.current_check()
        log(
            self.session,
            action,
            entity,
            before={"state": self.check.state.word},
            after={"state": after.state.word},
            detail={**detail, "at": self.at.isoformat()},
        )

    def current_check(self) -> SpotCheck:
        return spot_check_in(self.session, self.number, self.state, self.end)

    def finding(self, key: str) -> Element:
        """Raises RefusedRequest where the key was not drawn, was not told yet, or is no finding."""
        element = own_element(self.check, key)
        if element is None:
            raise RefusedRequest(f"抽查 {self.number} 没有抽到“{key}”，请核对编号。")
        if self.check.released_at is None:
            raise RefusedRequest(f"抽查 {self.number} 尚未告知各单位，请先告知。")
        if not element.is_finding:
            raise RefusedRequest(f"“{key}”核查结果为{element.checked_result.word}，没有问题可以答复或认定。")
        return element


@requires_role(Role.INSPECTOR)
def release(number: str, *, at: datetime | None = None) -> SpotCheck:
    """Tell the units what was found of them; sealing ends. Raises RefusedRequest before all is recorded."""
    with writing() as session:
        case = _Case(session, number, at)
        if case.check.released_at is not None:
            raise RefusedRequest(
                f"抽查 {number} 已于 {day_of(case.check.released_at)} 由{case.check.released_by}告知。"
            )
        if not case.check.is_complete:
            left = len(case.check.elements) - case.check.recorded
            raise RefusedRequest(f"抽查 {number} 还有 {left} 个对象没有录入核查结果，录完才能告知。")
        case.act("release")
        _answer_hand_rules(
            case, [element for element in case.check.elements if _answered(element) is True], passed=True
        )
        case.log("release spot check")
        return case.current_check()


@requires_role(Role.UNIT)
def respond(
    number: str, key: str, *, accepts: bool, text: str = "", files: Files = (), at: datetime | None = None
) -> SpotCheck:
    """Return the check after the unit accepted a finding, or objected with its reason and evidence.

    Raises RefusedRequest, then nothing is stored, and Forbidden for another unit's.
    """
    with writing() as session:
        case = _Case(session, number, at, key)
        element = case.finding(key)
        if element.decision is not None:
            raise RefusedRequest(
                f"“{key}”已于 {day_of(element.decision.at)} 由{element.decision.by}认定，不能再提意见。"
            )
        if not accepts and not text.strip():
            raise RefusedRequest("有异议的，请写明理由。")
        refuse_longer_than(LONGEST, text, mend="请精简或作为附件上传")
        attach_in(session, case.check, element, files, OBJECTION, case.at)
        case.act_on(element, "accept" if accepts else "object", text)
        case.log("respond to finding", key, note=text.strip(), accepts=accepts)
        return case.current_check()


@requires_role(*WHO_SUPERVISES)
def decide(
    number: str,
    key: str,
    *,
    confirms: bool,
    reason: str = "",
    counts_as: str = Result.PASS.value,
    at: datetime | None = None,
) -> SpotCheck:
    """Confirm a finding, with what follows from it, or drop it with a reason. Raises RefusedRequest, CalendarMissing.

    `counts_as`: what a dropped one counts as from then on, pass or unable.
    """
    with writing() as session:
        case = _Case(session, number, at, key)
        element = case.finding(key)
        _refuse_decision(case, element)
        if not confirms and not reason.strip():
            raise RefusedRequest("不予认定的，请写明理由。")
        if counts_as not in (Result.PASS, Result.UNABLE):
            raise RefusedRequest("不予认定的对象只能计为合格（pass）或无法核查（unable）。")
        refuse_longer_than(LONGEST, reason, mend="请精简或作为附件上传")
        case.act_on(element, "confirm" if confirms else "drop", reason, None if confirms else Result(counts_as))
        if confirms:
            EFFECTS.get(case.check.kind.code, _no_effect)(case, element)
        case.log("decide finding", key, reason=reason.strip(), confirmed=confirms)
        return case.current_check()


def opens_on(check: SpotCheck, element: Element, calendar: Calendar) -> date:
    """Return the day from which the finding may be decided. Raises CalendarMissing."""
    assert check.released_at is not None
    if element.response is not None:
        return day_of(element.response.at)
    return open_from(day_of(check.released_at), check.objection_days, calendar)


def answer_until(check: SpotCheck, calendar: Calendar) -> date:
    """Return the last day of the unit's working days. Raises CalendarMissing."""
    assert check.released_at is not None
    return objection_ends(day_of(check.released_at), check.objection_days, calendar)


def _refuse_decision(case: _Case, element: Element) -> None:
    if element.decision is not None:
        raise RefusedRequest(
            f"“{element.key}”已于 {day_of(element.decision.at)} 由{element.decision.by}认定，不能再次认定。"
        )
    if day_of(case.at) < (opens := opens_on(case.check, element, case.state.calendar)):
        raise RefusedRequest(f"{element.unit}尚未答复，意见期未满，{opens} 起可以认定。")
    if is_of_checker(element):
        raise RefusedRequest(f"“{element.key}”由您核查或录入，须由另一人认定（随时可以由其他人办理）。")


def is_of_checker(element: Element) -> bool:
    """Return whether whoever asks checked the element: the second person must be another, by account.

    The command line has no account, and says in the log that it did it.
    """
    user = current_user()
    if user.account is None and not user.demonstration:
        return False
    return any(
        record.checker == user.name or record.by == user.name or (user.account and record.account == user.account)
        for record in element.records
    )


@requires_role(*WHO_SUPERVISES)
def settle(number: str, key: str, *, reason: str, at: datetime | None = None) -> SpotCheck:
    """Say why a confirmed finding needs no rectification. Raises RefusedRequest."""
    with writing() as session:
        case = _Case(session, number, at, key)
        element = case.finding(key)
        if not element.is_confirmed:
            raise RefusedRequest(f"“{key}”尚未认定，认定后才说明是否整改。")
        if element.rectification is not None:
            raise RefusedRequest(f"“{key}”已立为整改事项 {element.rectification}。")
        if element.settled is not None:
            raise RefusedRequest(
                f"“{key}”已于 {day_of(element.settled.at)} 由{element.settled.by}说明不立整改事项，没有重复保存。"
            )
        if not reason.strip():
            raise RefusedRequest("不立整改事项的，请写明理由。")
        refuse_longer_than(LONGEST, reason, mend="请精简或作为附件上传")
        case.act_on(element, "settle", reason)
        case.log("settle finding", key, reason=reason.strip())
        return case.current_check()


@requires_role(Role.INSPECTOR)
def void(number: str, *, reason: str, at: datetime | None = None) -> SpotCheck:
    """Void a draw with a reason; it stays, and counts as a draw. Raises RefusedRequest."""
    with writing() as session:
        case = _Case(session, number, at)
        if case.check.released_at is not None:
            raise RefusedRequest(f"抽查 {number} 已告知各单位，不能作废；有误的请在认定时不予认定。")
        if not reason.strip():
            raise RefusedRequest("作废须写明理由。")
        refuse_longer_than(LONGEST, reason, mend="请精简或作为附件上传")
        case.act("void", reason=reason.strip())
        case.log("void spot check", reason=reason.strip())
        return case.current_check()


@requires_role(Role.INSPECTOR)
def withdraw_checker(
    number: str, checker: str, *, key: str | None, reason: str, at: datetime | None = None
) -> SpotCheck:
    """Return the check after a checker withdrew (回避) from one element or all; the next in turn takes over. Raises
    RefusedRequest.
    """
    with writing() as session:
        case = _Case(session, number, at)
        if checker not in case.check.checkers:
            raise RefusedRequest(
                f"“{checker}”不是抽查 {number} 的核查人：{'、'.join(case.check.checkers) or '没有指定核查人'}。"
            )
        if key is not None and case.check.element(key) is None:
            raise RefusedRequest(f"抽查 {number} 没有抽到“{key}”。")
        if any(name == checker and what in (None, key) for name, what, _ in case.check.withdrawals):
            raise RefusedRequest(f"{checker}已经回避{key or '全部对象'}，没有重复登记。")
        if not reason.strip():
            raise RefusedRequest("回避须写明理由。")
        case.act("withdraw", checker=checker, key=key, reason=reason.strip())
        after = case.current_check()
        alone = next((element for element in after.elements if element.checker is None), None)
        if alone is not None:
            raise RefusedRequest(f"{checker}回避后，“{alone.key}”没有其他核查人可以接手。")
        case.log("withdraw checker", subject=key or "", person=checker, reason=reason.strip())
        return after


def _answered(element: Element) -> bool | None:
    """What q1 was answered, where it was asked."""
    return element.record.answers.get("q1") if element.record else None


def _answer_hand_rules(case: _Case, elements: Iterable[Element], *, passed: bool) -> None:
    """Answers to q1 of phones and guides are findings by hand of the guide rule that they answer."""
    rule, chosen = case.check.kind.hand_rule, list(elements)
    if rule is None or not chosen:
        return
    note = f"{number_printed('抽查', case.number)}：{case.check.kind.question('q1').text}"
    for element in chosen:
        unit_id = case.state.plan.unit_id(element.unit) or 0
        words = element.record.note if element.record else ""
        for item_code in _items_of(case, element, unit_id):
            add_hand_finding(
                case.session,
                rule,
                unit_id,
                item_code,
                passed=passed,
                note=note if passed else f"{note}，否。{words}",
                at=case.at,
                by=case.by.name,
            )


def _items_of(case: _Case, element: Element, unit_id: int) -> list[str]:
    """The guides that an element speaks of: itself, or every item with the telephone number."""
    rest = element.key.partition("|")[2]
    if case.check.kind.code == "guides":
        return [rest]
    end = end_of_day(case.check.as_of)
    records = RecordsInForce(case.session, ["guides"], [unit_id], end, case.state, {"事项": HAND_FINDING_FIELDS})
    items = records.frames(unit_id, "")["事项"]
    rows = [] if items is None else items.to_dict("records")
    return [
        str(row["item_code"])
        for row in rows
        if any(rest in read_phones(cell).numbers for cell in (row["phone"], row["complaint_phone"]) if _is_text(cell))
    ]


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and not pd.isna(cell)


def _return_milestone(case: _Case, element: Element) -> None:
    """As `verify --return`: from now the lamp follows what is reported and verified again."""
    measure = element.key.partition("|")[2]
    key = plan_asked_about(case.session, case.end, plan_on_board(case.session, case.check.plan)).key_of(measure)
    unit_id = case.state.plan.unit_id(element.unit) or 0
    state = milestones_at(case.session, PROGRESS, case.end, None, [unit_id]).get((key, unit_id), MilestoneState())
    reason = f"{number_printed('抽查', case.number)}核实未完成"
    add_verification(
        case.session,
        key,
        unit_id,
        verified=False,
        completed_on=state.completion,
        reason=reason,
        at=case.at,
        by=case.by.name,
    )
    log(
        case.session,
        "return",
        f"{measure} {element.unit}",
        before={"verified": state.verified_on is not None},
        after={"verified": False},
        detail={"completed_on": state.completion, "reason": reason, "at": case.at.isoformat()},
    )


def _fail_hand_rule(case: _Case, element: Element) -> None:
    if _answered(element) is False:
        _answer_hand_rules(case, [element], passed=False)


def _reopen(case: _Case, element: Element) -> None:
    """The rectification is open again, due so many working days after the decision; one that is open already stays."""
    number = element.key.partition("|")[2]
    items = rectifications_in(case.session, day_of(case.at), case.state)
    if not any(item.number == number and item.course.state is RectificationState.CLOSED for item in items):
        return
    days = int(case.state.settings["rectification_days"])
    due = case.state.calendar.add_working_days(day_of(case.at), days)
    reason = f"{number_printed('抽查', case.number)}核实未整改到位"
    reopen_in(case.session, number, due, reason, case.at)


def _no_effect(case: _Case, element: Element) -> None:
    """A mark beside the measure says it; nothing else changes."""


EFFECTS: dict[str, Callable[[_Case, Element], None]] = {
    "milestones": _return_milestone,
    "phones": _fail_hand_rule,
    "guides": _fail_hand_rule,
    "rectifications": _reopen,
}
