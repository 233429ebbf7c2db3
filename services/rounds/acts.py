"""What is done with rounds: set, with those told who would be visited too often; started, concluded, dropped; what
hangs on one is attached or detached. Each is an entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from catalogue.areas import areas_of_plan
from data_access.bulletins import issues_until
from data_access.database import Session, reading, writing
from data_access.numbered_rows import add_row, entries_by_round, numbered_row
from data_access.numbering import next_serial
from data_access.rectifications import rectification_row
from data_access.spot_checks import spot_check_row
from models.meetings import MeetingRow
from models.rounds import AttachedKind, Excess, Round, RoundEntry, RoundKind, RoundRow, RoundStep
from rules.as_of import EVER, SHANGHAI, day_of, end_of_day
from rules.rounds.course import conclusion_refusal, setting_refusal, step_refusal
from rules.rounds.visits import excess_in_words, excesses
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.numbers import row_numbered
from services.access.permission import WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest, refuse_longer_than, refuse_without_reason
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named, unit_ids_named
from services.rounds.rounds import as_read, round_row, rounds_in, stored_of

LONGEST = 4000
"""Characters of a text."""
COLUMN_WORDS = {
    "name": "名称",
    "kind": "类别",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "areas": "领域",
    "tasks": "任务",
    "unit_ids": "单位",
    "leader": "组长",
    "members": "成员",
    "scheme": "方案",
    "legal_basis": "依据",
    "sealed": "是否四不两直",
}


@dataclass(frozen=True)
class RoundPlan:
    """What a round is set with. `sealed`: without notice (四不两直)."""

    name: str
    kind: RoundKind
    starts_on: date
    ends_on: date
    units: Sequence[str]
    leader: str
    members: Sequence[str] = ()
    areas: Sequence[str] = ()
    tasks: Sequence[str] = ()
    scheme: str = ""
    legal_basis: str = ""
    sealed: bool = False

    @classmethod
    def of(cls, item: Round) -> RoundPlan:
        """Return what a round is set with now."""
        return cls(
            item.name,
            item.kind,
            item.starts_on,
            item.ends_on,
            item.units,
            item.leader,
            item.members,
            item.areas,
            item.tasks,
            item.scheme,
            item.legal_basis,
            item.sealed,
        )

    def as_stored(self, state: DistrictState) -> dict[str, Any]:
        """Return the columns of RoundRow. Raises RefusedRequest for an unknown unit, area or task."""
        _refuse_unknown(self, state)
        return {
            "name": self.name.strip(),
            "kind": self.kind.value,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "areas": list(self.areas),
            "tasks": list(self.tasks),
            "unit_ids": unit_ids_named(state, self.units),
            "leader": self.leader.strip(),
            "members": [member.strip() for member in self.members if member.strip()],
            "scheme": self.scheme.strip(),
            "legal_basis": self.legal_basis.strip(),
            "sealed": self.sealed,
        }


@requires_role(*WHO_SUPERVISES)
def visited_too_often(plan: RoundPlan, as_of: date, *, instead_of: str | None = None) -> tuple[str, ...]:
    """Return, before a round is set, a sentence for each unit that it would visit too often in a month. `instead_of`:
    the number of the round that is set otherwise.

    Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        rounds = rounds_in(session, end_of_day(as_of))
        return _told(plan, [item for item in rounds if item.number != instead_of], state)


def _told(plan: RoundPlan, rounds: Sequence[Round], state: DistrictState) -> tuple[str, ...]:
    names = [state.plan.units[unit_id].name for unit_id in unit_ids_named(state, plan.units)]
    ceiling = int(state.settings["visits_per_month"])
    beyond: Sequence[Excess] = excesses(plan.kind, plan.starts_on, plan.ends_on, names, rounds, ceiling)
    return tuple(excess_in_words(excess, plan.kind, ceiling) for excess in beyond)


@requires_role(*WHO_SUPERVISES)
def plan_round(plan: RoundPlan, *, at: datetime | None = None) -> tuple[Round, tuple[str, ...]]:
    """Return the round as set, and what was told of units visited too often; that hinders nobody.

    Raises RefusedRequest.
    """
    at = at or present()
    _refuse_plan(plan)
    with writing() as session:
        state = district_state(session, at + timedelta(microseconds=1))
        warnings = _told(plan, rounds_in(session, at + timedelta(microseconds=1)), state)
        row = RoundRow(
            plan=state.plan.code,
            year=day_of(at).year,
            serial=next_serial(session, RoundRow, day_of(at).year),
            **plan.as_stored(state),
            at=at,
            by=current_user().name,
            account=current_user().login,
        )
        add_row(session, row)
        item = as_read(row, (), state)
        log(
            session,
            "plan round",
            f"{item.number} {item.name}",
            after={"from": item.starts_on, "to": item.ends_on, "units": list(item.units)},
            detail={"kind": row.kind, "sealed": row.sealed, "visits": list(warnings), "at": at.isoformat()},
        )
        return item, warnings


@requires_role(*WHO_SUPERVISES)
def change_round(number: str, plan: RoundPlan, *, at: datetime | None = None) -> tuple[Round, tuple[str, ...]]:
    """Return a round that has not begun as it is set now, and the warnings of units visited too often.

    Raises RefusedRequest, also where nothing is set otherwise.
    """
    _refuse_plan(plan)
    with writing() as session:
        step = _Step(session, number, RoundStep.CHANGE, at)
        before, planned = stored_of(step.row, step.entries), plan.as_stored(step.state)
        changed = {name: value for name, value in planned.items() if before[name] != value}
        if not changed:
            raise RefusedRequest("与现在的安排相同，没有需要调整的内容。")
        others = [item for item in rounds_in(session, step.at + timedelta(microseconds=1)) if item.number != number]
        warnings = _told(plan, others, step.state)
        words = f"调整了{'、'.join(COLUMN_WORDS[name] for name in changed)}"
        return step.enter(words, {name: _storable(value) for name, value in changed.items()}), warnings


def _storable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _refuse_plan(plan: RoundPlan) -> None:
    _refuse(setting_refusal(plan.name, plan.starts_on, plan.ends_on, plan.units, plan.leader))
    refuse_longer_than(LONGEST, plan.name, plan.scheme, plan.legal_basis, plan.leader, *plan.members)


def _refuse_unknown(plan: RoundPlan, state: DistrictState) -> None:
    known_areas = [area.code for area in areas_of_plan(state.plan)]
    if unknown := [area for area in plan.areas if area not in known_areas]:
        raise RefusedRequest(f"没有领域“{unknown[0]}”，可用：{'、'.join(known_areas)}。")
    if unknown := [task for task in plan.tasks if state.plan.task(task) is None]:
        raise RefusedRequest(f"方案中没有任务“{unknown[0]}”，任务编号形如 1.2。")


@requires_role(*WHO_SUPERVISES)
def start_round(number: str, *, at: datetime | None = None) -> Round:
    """Return the round after it began, on its first day or later. Raises RefusedRequest."""
    with writing() as session:
        step = _Step(session, number, RoundStep.START, at)
        if step.on < step.item.starts_on:
            raise RefusedRequest(f"该轮次自 {step.item.starts_on} 起进行，当天及以后才能开始。")
        return step.enter()


@requires_role(*WHO_SUPERVISES)
def conclude_round(number: str, conclusions: Mapping[str, str], *, at: datetime | None = None) -> Round:
    """Return the round after it ended: each unit is given its conclusion (unit → words). Raises RefusedRequest."""
    with writing() as session:
        step = _Step(session, number, RoundStep.CONCLUDE, at)
        conclusion_of = {step.unit_named(unit): text.strip() for unit, text in conclusions.items()}
        _refuse(conclusion_refusal(step.item.units, conclusion_of))
        refuse_longer_than(LONGEST, *conclusion_of.values())
        return step.enter(detail={str(step.state.plan.unit_id(unit)): text for unit, text in conclusion_of.items()})


@requires_role(*WHO_SUPERVISES)
def drop_round(number: str, *, reason: str, at: datetime | None = None) -> Round:
    """Return the round after it was dropped, before it began or before its end. Raises RefusedRequest."""
    with writing() as session:
        step = _Step(session, number, RoundStep.DROP, at)
        refuse_without_reason(reason, "请写明取消的理由。")
        return step.enter(reason)


@requires_role(*WHO_SUPERVISES)
def attach_to_round(number: str, kind: AttachedKind, other: str, *, at: datetime | None = None) -> Round:
    """Return the round with a spot check, rectification, bulletin or meeting of this number attached. Raises
    RefusedRequest.
    """
    with writing() as session:
        step = _Step(session, number, RoundStep.ATTACH, at)
        _refuse_unless_there(session, kind, other.strip(), step.at)
        if any((attached.kind, attached.number) == (kind, other.strip()) for attached in step.item.attached):
            raise RefusedRequest(f"{kind.word} {other} 已关联到这一轮次。")
        return step.enter(detail={"kind": kind.value, "number": other.strip()})


@requires_role(*WHO_SUPERVISES)
def detach_from_round(number: str, kind: AttachedKind, other: str, *, at: datetime | None = None) -> Round:
    """Take from the round what was hung on it by mistake. Raises RefusedRequest."""
    with writing() as session:
        step = _Step(session, number, RoundStep.DETACH, at)
        if all((attached.kind, attached.number) != (kind, other) for attached in step.item.attached):
            raise RefusedRequest(f"{kind.word} {other} 没有关联到这一轮次。")
        return step.enter(detail={"kind": kind.value, "number": other})


def _refuse_unless_there(session: Session, kind: AttachedKind, number: str, at: datetime) -> None:
    row_numbered(number, kind.word, kind.word, partial(_attachable, session, kind, at))


def _attachable(session: Session, kind: AttachedKind, at: datetime, read: tuple[int, int]) -> Any:
    """Return what bears the number, or None."""
    match kind:
        case AttachedKind.SPOT_CHECK:
            return spot_check_row(session, read)
        case AttachedKind.RECTIFICATION:
            return rectification_row(session, read)
        case AttachedKind.MEETING:
            return numbered_row(session, MeetingRow, read)
    issues = issues_until(session, at + timedelta(microseconds=1))
    return next((issue for _, issue in issues if (issue.year, issue.serial) == read), None)


class _Step:
    """One step on a round at an instant. Raises RefusedRequest for an unknown number, for a step before one that is
    entered already, and for one that the state forbids.
    """

    def __init__(self, session: Session, number: str, step: RoundStep, at: datetime | None) -> None:
        self.session, self.step, self.at = session, step, at or present()
        self.on = day_of(self.at)
        self.row = round_row(session, number)
        self.state = district_state(session, self.at + timedelta(microseconds=1))
        self.entries = entries_by_round(session, EVER).get(self.row.id or 0, [])
        self.item = as_read(self.row, self.entries, self.state)
        last = self.entries[-1].at if self.entries else self.row.at
        if self.at < last:
            raise RefusedRequest(f"{_clock(last)} 已有记录，补录的时间不能早于它；请按先后次序补录。")
        _refuse(step_refusal(self.item.state, step))

    def unit_named(self, unit: str) -> str:
        return self.state.plan.units[unit_id_named(self.state, unit)].name

    def enter(self, text: str = "", detail: Mapping[str, Any] | None = None) -> Round:
        """Store the step and log it; return the round after it."""
        person = current_user()
        entry = RoundEntry(
            round_id=self.row.id or 0,
            step=self.step.value,
            text=text.strip(),
            detail=dict(detail or {}),
            at=self.at,
            by=person.name,
            account=person.login,
        )
        add_row(self.session, entry)
        after = as_read(self.row, [*self.entries, entry], self.state)
        log(
            self.session,
            f"{self.step.value} round",
            f"{after.number} {after.name}",
            before={"state": self.item.state.value},
            after={"state": after.state.value},
            detail={"text": entry.text, "detail": entry.detail, "at": self.at.isoformat()},
        )
        return after


def _refuse(sentence: str | None) -> None:
    if sentence is not None:
        raise RefusedRequest(sentence)


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
