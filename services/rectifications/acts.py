"""What is done with a rectification: opened, answered, reviewed, extended, reopened, withdrawn; each an entry.

Whoever does one of these within a transaction of its own (a finding that becomes a rectification or reopens one) calls
`open_in` or `reopen_in`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from catalogue.cases import CASE_KINDS
from data_access.database import Session, writing
from data_access.numbering import next_serial
from data_access.rectifications import add, entries_of, standing_from
from data_access.spot_checks import is_sealed_by, plan_of_spot_check, unit_of_element
from data_access.submissions import keep_file
from models.lamps import Lamp
from models.people import Role
from models.rectifications import (
    Act,
    Course,
    RectificationEntry,
    RectificationFile,
    RectificationRow,
    RectificationState,
    Source,
)
from rules.as_of import EVER, SHANGHAI, day_of
from rules.measure_addresses import read_address
from rules.numbering import number_of, number_read
from rules.rectifications.course import course_of, lamp_of
from rules.rectifications.refusals import (
    answer_refusal,
    application_refusal,
    extension_decision_refusal,
    extension_refusal,
    opening_refusal,
    reopening_refusal,
    return_refusal,
    state_refusal,
    withdrawal_refusal,
)
from rules.rectifications.sources import FORMS, Reference, read_reference
from rules.units.changes import names_answering
from rules.working_days import CalendarMissing
from services.access.attached_files import checked_kind, plain_name
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, refuse_unless_own, requires_role
from services.access.refusal import RefusedRequest, refuse_longer_than
from services.figures.district_state import DistrictState, district_state, plan_on_board
from services.figures.unit_names import unit_id_named
from services.rectifications.course import opened_row
from services.rectifications.ledger import dated

LONGEST = 2000
"""Characters of a text."""
MOST_DAYS = 250
LOG = {
    Act.ANSWER: "answer rectification",
    Act.ACCEPT: "close rectification",
    Act.RETURN: "return rectification",
    Act.APPLY: "ask for extension",
    Act.EXTEND: "extend rectification",
    Act.REFUSE_EXTENSION: "refuse extension",
    Act.REOPEN: "reopen rectification",
    Act.WITHDRAW: "end rectification",
}
"""Act → what the audit log calls it."""


@dataclass(frozen=True)
class RectificationStatus:
    """Where a rectification stands after an act."""

    number: str
    unit: str
    due: date
    lamp: Lamp
    state: RectificationState
    remark: str = ""  # told to whoever acted: the due day is a day off


@dataclass(frozen=True)
class Opening:
    """What a rectification is opened with. Without `due` the day follows from `days`, without both from the setting."""

    unit: str
    issue: str
    requirement: str = ""
    source: str = Source.OTHER.value
    due: date | None = None
    days: int | None = None
    measure: str | None = None  # which it is about; of a lamp it is the lamp's
    rule: str | None = None


@requires_role(*WHO_SUPERVISES)
def open_rectification(opening: Opening, *, at: datetime | None = None) -> RectificationStatus:
    """Return the new rectification. Raises RefusedRequest, CalendarMissing."""
    with writing() as session:
        return open_in(session, opening, at or present())


def open_in(session: Session, opening: Opening, at: datetime) -> RectificationStatus:
    """Return what `open_rectification` does, within a transaction and without asking who asks."""
    plan, reference = _reference_in_plan(session, opening.source)
    state = district_state(session, at + timedelta(microseconds=1), plan=plan)
    unit_id, opened_on = unit_id_named(state, opening.unit), day_of(at)
    _refuse_unknown(reference, state)
    _refuse_element(session, reference, unit_id, state, at + timedelta(microseconds=1))
    measure = reference.about if reference.source is Source.MEASURE else opening.measure
    due = _due(opening, opened_on, state)
    _refuse(opening_refusal(opening.issue, opened_on, due))
    refuse_longer_than(LONGEST, opening.issue, opening.requirement, opening.source, mend="请精简或作为附件上传")
    row = RectificationRow(
        plan=state.plan.code,
        year=opened_on.year,
        serial=next_serial(session, RectificationRow, opened_on.year),
        unit_id=unit_id,
        issue=opening.issue.strip(),
        requirement=opening.requirement.strip(),
        source=str(reference),
        measure=measure or None,
        rule=opening.rule or None,
        due=due,
        at=at,
        by=current_user().name,
        account=_account(),
    )
    add(session, row)
    status = _status(number_of(row.year, row.serial), state, unit_id, course_of(opened_on, due), opened_on)
    log(
        session,
        "open rectification",
        f"{status.number} {status.unit}",
        after={"state": status.state.value, "due": due},
        detail={
            "issue": row.issue,
            "requirement": row.requirement,
            "source": row.source,
            "measure": row.measure,
            "at": at.isoformat(),
        },
    )
    return status


def _reference_in_plan(session: Session, source: str) -> tuple[str | None, Reference]:
    """The plan that the address of a measure names (measure:2024/1.1.1) or under which a spot check was drawn, None for
    the one asked about, and the reference within it.
    """
    reference = read_reference(source)
    if reference is None:
        raise RefusedRequest(f"来源“{source}”不能识别，应写成 {FORMS}。")
    if reference.source is Source.SPOT_CHECK and (number := number_read(reference.about)) is not None:
        return plan_on_board(session, plan_of_spot_check(session, number) or ""), reference
    if reference.source is not Source.MEASURE:
        return None, reference
    plan, measure = read_address(reference.about)
    return plan, replace(reference, about=measure)


def _refuse_unknown(reference: Reference, state: DistrictState) -> None:
    """Refuse what the plan or the board would declare. A notice or bulletin may be on paper, from before the board; a
    case may stand in a ledger that is still to come.
    """
    if reference.source is Source.MEASURE and state.plan.measure(reference.about) is None:
        raise RefusedRequest(f"方案中没有举措“{reference.about}”，举措编号形如 1.2.2。")
    if reference.source is Source.CASE and reference.about not in CASE_KINDS:
        raise RefusedRequest(f"没有名为“{reference.about}”的案件类别，可用：{'、'.join(CASE_KINDS)}。")


def _refuse_element(session: Session, reference: Reference, unit_id: int, state: DistrictState, end: datetime) -> None:
    """Refuse a source that is an element not drawn, of another unit, of a sealed check that the unit does not know of,
    or what a rectification stands for already. Raises RefusedRequest.
    """
    number = number_read(reference.about) if reference.source is Source.SPOT_CHECK else None
    if number is None:
        return
    drawn_of = unit_of_element(session, number, reference.key)
    if drawn_of is None:
        raise RefusedRequest(f"抽查 {reference.about} 没有抽到“{reference.key}”，请核对来源。")
    if drawn_of != unit_id:
        raise RefusedRequest(
            f"抽查 {reference.about} 的“{reference.key}”是{state.plan.units[drawn_of].name}的，请核对单位。"
        )
    if is_sealed_by(session, number, end):
        raise RefusedRequest(f"抽查 {reference.about} 保密，尚未告知各单位，告知以后才能据此立整改事项。")
    if (standing := standing_from(session, str(reference), EVER)) is not None:
        raise RefusedRequest(
            f"抽查 {reference.about} 的“{reference.key}”已由{standing.by}于 {day_of(standing.at)} "
            f"立为整改事项 {number_of(standing.year, standing.serial)}，没有重复立项。"
        )


def _due(opening: Opening, opened_on: date, state: DistrictState) -> date:
    if opening.due is not None and opening.days is not None:
        raise RefusedRequest("整改时限写日期或工作日数，二者只写一样。")
    if opening.due is not None:
        return opening.due
    days = int(state.settings["rectification_days"]) if opening.days is None else opening.days
    if not 1 <= days <= MOST_DAYS:
        raise RefusedRequest(f"整改时限应为 1 至 {MOST_DAYS} 个工作日。")
    return state.calendar.add_working_days(opened_on, days)


@requires_role(Role.UNIT)
def answer(
    number: str,
    *,
    text: str,
    completed_on: date | None = None,
    cause: str | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    at: datetime | None = None,
) -> RectificationStatus:
    """Return the rectification after a unit said what it has done, with evidence (names and contents). Raises
    RefusedRequest.
    """
    kinds = [(plain_name(name), checked_kind(plain_name(name), content), content) for name, content in files]
    with writing() as session:
        case = _Case(session, number, Act.ANSWER, at)
        _refuse(answer_refusal(case.course, text, case.on, completed_on, cause))
        entry = case.enter(text, day=completed_on, cause=cause, files=[name for name, _, _ in kinds])
        for name, kind, content in kinds:
            sha256 = keep_file(session, content)
            add(
                session,
                RectificationFile(
                    plan=case.row.plan, entry_id=entry, sha256=sha256, file_name=name, kind=kind, size=len(content)
                ),
            )
        return case.status()


@requires_role(Role.UNIT)
def apply_for_extension(number: str, *, until: date, reason: str, at: datetime | None = None) -> RectificationStatus:
    """Return the rectification after a unit applied for a later due day, on or before the one in force. Raises
    RefusedRequest.
    """
    with writing() as session:
        case = _Case(session, number, Act.APPLY, at)
        _refuse(application_refusal(case.course, until, reason, case.on))
        case.enter(reason, due=until)
        return case.status()


@requires_role(*WHO_SUPERVISES)
def accept(number: str, *, remark: str = "", at: datetime | None = None) -> RectificationStatus:
    """Return the rectification after the answer was accepted: closed (销号). Raises RefusedRequest."""
    with writing() as session:
        case = _Case(session, number, Act.ACCEPT, at)
        case.refuse_second_act_of_the_same()
        case.enter(remark)
        return case.status()


@requires_role(*WHO_SUPERVISES)
def return_answer(
    number: str, *, reason: str, due: date | None = None, at: datetime | None = None
) -> RectificationStatus:
    """Return the rectification after the answer was returned; the due day stays unless another is given. Raises
    RefusedRequest.
    """
    with writing() as session:
        case = _Case(session, number, Act.RETURN, at)
        _refuse(return_refusal(case.course, reason, case.on, due))
        case.refuse_second_act_of_the_same()
        case.enter(reason, due=due)
        return case.status()


@requires_role(*WHO_SUPERVISES)
def extend(
    number: str, *, until: date, reason: str, applied_on: date | None = None, at: datetime | None = None
) -> RectificationStatus:
    """Return the rectification with a later due day, from now on. Raises RefusedRequest.

    `applied_on`: the day of the application, else of the one entered by the unit and not yet decided, else today.
    """
    with writing() as session:
        case = _Case(session, number, Act.EXTEND, at)
        day = applied_on or case.course.applied_on or case.on
        _refuse(extension_refusal(case.course, until, reason, day, case.on))
        case.enter(reason, due=until, day=day)
        return case.status()


@requires_role(*WHO_SUPERVISES)
def refuse_extension(number: str, *, reason: str, at: datetime | None = None) -> RectificationStatus:
    """Return the rectification after the application was turned down; the due day stays. Raises RefusedRequest."""
    with writing() as session:
        case = _Case(session, number, Act.REFUSE_EXTENSION, at)
        _refuse(extension_decision_refusal(case.course, reason))
        case.enter(reason)
        return case.status()


@requires_role(*WHO_SUPERVISES)
def reopen(number: str, *, due: date, reason: str, at: datetime | None = None) -> RectificationStatus:
    """Return a closed rectification open again, with a new due day. Raises RefusedRequest."""
    with writing() as session:
        return reopen_in(session, number, due, reason, at or present())


def reopen_in(session: Session, number: str, due: date, reason: str, at: datetime) -> RectificationStatus:
    """Return what `reopen` does, within a transaction and without asking who asks."""
    case = _Case(session, number, Act.REOPEN, at)
    _refuse(reopening_refusal(case.course, reason, case.on, due))
    case.enter(reason, due=due)
    return case.status()


@requires_role(*WHO_SUPERVISES)
def withdraw(number: str, *, reason: str, at: datetime | None = None) -> RectificationStatus:
    """Return the rectification ended without having been put right: opened by mistake, or approved as impossible.
    Raises RefusedRequest.
    """
    with writing() as session:
        case = _Case(session, number, Act.WITHDRAW, at)
        _refuse(withdrawal_refusal(case.course, reason))
        case.enter(reason)
        return case.status()


class _Case:
    """One rectification at the instant of an act on it.

    Raises RefusedRequest for an unknown number or another unit's, for an act that would come before one that is entered
    already, and for one that its state forbids.
    """

    def __init__(self, session: Session, number: str, act: Act, at: datetime | None) -> None:
        self.session, self.act, self.at = session, act, at or present()
        self.on = day_of(self.at)
        self.row = opened_row(session, number)
        self.number = number_of(self.row.year, self.row.serial)
        self.state = district_state(session, self.at + timedelta(microseconds=1))
        self.unit = names_answering(self.state.plan)[self.row.unit_id]
        self.entries: list[Any] = entries_of(session, self.row.id)
        self.course = course_of(day_of(self.row.at), self.row.due, dated(self.entries))
        refuse_unless_own(self.unit)
        self._refuse_earlier_act()
        self._refuse_in_this_state()

    def refuse_second_act_of_the_same(self) -> None:
        """Refuse that a person reviews the own answer, whatever the account's role has become; the command line may do
        all of it.
        """
        answered = next((entry for entry in reversed(self.entries) if entry.act == Act.ANSWER), None)
        if answered is not None and answered.account and answered.account == _account():
            raise RefusedRequest("答复人不能复核自己的答复，请由另一人复核。")

    def enter(
        self,
        text: str = "",
        *,
        due: date | None = None,
        day: date | None = None,
        cause: str | None = None,
        files: Sequence[str] = (),
    ) -> int:
        """Store the entry and log it; return its id."""
        refuse_longer_than(LONGEST, text, mend="请精简或作为附件上传")
        before = {"state": self.course.state.value, "due": self.course.due}
        entry = RectificationEntry(
            plan=self.row.plan,
            rectification_id=self.row.id,
            act=self.act.value,
            text=text.strip(),
            cause=cause,
            due=due,
            day=day,
            at=self.at,
            by=current_user().name,
            account=_account(),
        )
        add(self.session, entry)
        self.entries.append(entry)
        self.course = course_of(day_of(self.row.at), self.row.due, dated(self.entries))
        detail = {"text": entry.text, "cause": cause, "until": due, "day": day, "files": list(files)}
        log(
            self.session,
            LOG[self.act],
            f"{self.number} {self.unit}",
            before=before,
            after={"state": self.course.state.value, "due": self.course.due},
            detail={name: value for name, value in detail.items() if value} | {"at": self.at.isoformat()},
        )
        return entry.id or 0

    def status(self) -> RectificationStatus:
        return _status(self.number, self.state, self.row.unit_id, self.course, self.on)

    def _refuse_in_this_state(self) -> None:
        """Two people at once: the second is told who was first."""
        sentence = state_refusal(self.course, self.act)
        if sentence is not None and self.entries:
            last = self.entries[-1]
            last_words = f"（最近一次：{_clock(last.at)} {last.by}{Act(last.act).word}）。"
            sentence = sentence.removesuffix("。") + last_words
        _refuse(sentence)

    def _refuse_earlier_act(self) -> None:
        last = self.entries[-1].at if self.entries else self.row.at
        if self.at < last:
            raise RefusedRequest(
                f"{_clock(last)} 已有记录，补录的时间（{_clock(self.at)}）不能早于它；请按先后次序补录。"
            )


def _status(number: str, state: DistrictState, unit_id: int, course: Course, on: date) -> RectificationStatus:
    try:
        lamp = lamp_of(course, on, state.calendar, int(state.settings["case_warning_days"]))
    except CalendarMissing:
        lamp = Lamp.DOUBT
    return RectificationStatus(
        number, names_answering(state.plan)[unit_id], course.due, lamp, course.state, _day_off(course, state)
    )


def _day_off(course: Course, state: DistrictState) -> str:
    """A day off is told, not moved."""
    if course.is_over or not state.calendar.covers(course.due.year) or state.calendar.is_working(course.due):
        return ""
    return f"{course.due} 是休息日，时限不顺延。"


def _refuse(sentence: str | None) -> None:
    if sentence is not None:
        raise RefusedRequest(sentence)


def _account() -> str:
    """What tells one person from another; the command line and a demonstration have no account."""
    person = current_user()
    return "" if person.account is None else person.login


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
