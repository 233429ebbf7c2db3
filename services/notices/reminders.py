"""Each unit's matters with the next step suggested for each; a person takes the step or says why not.

Source: supervision.md 5.1, 5.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.database import Session, reading, writing
from data_access.notices import add, declined_suggestions, notice_rows
from models.lamps import Lamp, Scorecard
from models.notices import Advice, Level, Matter, SentNotice, Suggestion, SuggestionDeclined
from rules.as_of import day_of, end_of_day
from rules.notices.suggestions import advise, talk_is_due
from rules.units.changes import names_answering
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SEES_ALL, WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest, refuse_without_reason
from services.cases.caseload import open_counts
from services.notices.bulletins_issued import bulletins_issued
from services.notices.matters import DistrictMatters, matters_in
from services.talks.talks import talk_answers


@dataclass(frozen=True, slots=True)
class DeclinedStep:
    suggestion: Suggestion
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SuggestedStep:
    """`declined`: why this very step was not taken, where somebody said so."""

    matter: Matter
    advice: Advice
    declined: DeclinedStep | None = None


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    kind: str
    overdue: int
    due_soon: int


@dataclass(frozen=True)
class UnitReminder:
    """`talk`: the unit stands among the last three of the ranking in two bulletins in a row."""

    unit: str
    steps: tuple[SuggestedStep, ...]
    cases: tuple[CaseNumbers, ...]
    returned: tuple[str, ...]
    talk: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.steps or self.cases or self.returned)


@requires_role(*WHO_SEES_ALL)
def reminders_as_of(as_of: date, unit: str | None = None, *, card: Scorecard | None = None) -> tuple[UnitReminder, ...]:
    """Return every unit that has something, in the order of the register, or the one asked for.

    `card`: the board of that day, where it has been judged already.

    Raises RefusedRequest for an unknown unit, CalendarMissing.
    """
    with reading() as session:
        district = matters_in(session, as_of, unit, card)
        steps = steps_of(session, district)
        bulletins = bulletins_issued(session, end_of_day(as_of))
        name = None if unit is None else next(iter(district.units))
        numbers = _case_numbers(session, as_of, name)
    ranked = [bulletin.ranked for bulletin in bulletins if not bulletin.is_corrected]
    reminders = (
        UnitReminder(
            owner,
            steps[owner],
            tuple(numbers.get(owner, ())),
            matters.returned,
            talk_is_due(ranked, owner),
        )
        for owner, matters in district.units.items()
    )
    return tuple(reminder for reminder in reminders if name is not None or not reminder.is_empty)


@dataclass(frozen=True, slots=True)
class SuggestedTalk:
    """`answer`: what was done about it since it is suggested, "" while nobody answered."""

    unit: str
    reason: str
    answer: str = ""


@requires_role(*WHO_SEES_ALL)
def talks_suggested(as_of: date, *, card: Scorecard | None = None) -> tuple[SuggestedTalk, ...]:
    """Return the units with which a talk is suggested, in the order of the register, with what was done about it.

    `card`: the board of that day, where it has been judged already. Raises CalendarMissing.
    """
    with reading() as session:
        if not bulletins_issued(session, end_of_day(as_of)):
            return ()  # a talk comes after a bulletin, whatever the matters are
        return talks_suggested_in(session, matters_in(session, as_of, card=card))


def talks_suggested_in(session: Session, district: DistrictMatters) -> tuple[SuggestedTalk, ...]:
    """Return what `talks_suggested` does, within a transaction. An answer given before the last bulletin was issued is
    of an earlier suggestion.
    """
    end = end_of_day(district.as_of)
    bulletins = bulletins_issued(session, end)
    ranked = [bulletin.ranked for bulletin in bulletins if not bulletin.is_corrected]
    issued_on = bulletins[-1].issued_on if bulletins else date.min
    answers = talk_answers(session, end)
    talks = []
    for unit, steps in steps_of(session, district).items():
        late = sum(step.advice.suggestion is Suggestion.TALK and step.declined is None for step in steps)
        reasons = [f"{late} 个事项通报后仍未办结"] if late else []
        if talk_is_due(ranked, unit):
            reasons.append("连续两期通报列后三位")
        if reasons:
            answer = answers.get(district.ids[unit])
            words = answer.words if answer is not None and answer.on >= issued_on else ""
            talks.append(SuggestedTalk(unit, "；".join(reasons), words))
    return tuple(talks)


def steps_of(session: Session, district: DistrictMatters) -> dict[str, tuple[SuggestedStep, ...]]:
    """Return unit → its matters with the step suggested for each."""
    state, as_of, end = district.state, district.as_of, end_of_day(district.as_of)
    names = names_answering(state.plan)
    sent: dict[tuple[str, str], list[SentNotice]] = defaultdict(list)
    for row in notice_rows(session, end):
        for matter in row.matters:
            sent[names[row.unit_id], matter].append(SentNotice(Level(row.level), row.reply_by))
    declined = {(names[row.unit_id], row.matter): row for row in declined_suggestions(session, end)}
    named: dict[tuple[str, str], list[date]] = defaultdict(list)
    for bulletin in bulletins_issued(session, end):
        for key in bulletin.named:
            named[key].append(bulletin.issued_on)
    talk_days = int(state.settings["talk_days"])

    def step(owner: str, matter: Matter) -> SuggestedStep:
        key = owner, matter.code
        advice = advise(matter.lamp, sent.get(key, ()), named.get(key, ()), as_of, state.calendar, talk_days)
        return SuggestedStep(matter, advice, _declined(declined.get(key), advice))

    return {owner: tuple(step(owner, matter) for matter in unit.matters) for owner, unit in district.units.items()}


def _declined(row: Any, advice: Advice) -> DeclinedStep | None:
    if row is None or row.suggestion != advice.suggestion:
        return None
    return DeclinedStep(Suggestion(row.suggestion), row.reason, row.at, row.by)


def _case_numbers(session: Session, as_of: date, unit: str | None) -> Mapping[str, Sequence[CaseNumbers]]:
    numbers: dict[str, list[CaseNumbers]] = defaultdict(list)
    for kind, counts in open_counts(session, as_of, unit).items():
        for owner, lamps in counts.items():
            overdue, due_soon = lamps.get(Lamp.OVERDUE, 0), lamps.get(Lamp.DUE_SOON, 0)
            if overdue or due_soon:
                numbers[owner].append(CaseNumbers(kind, overdue, due_soon))
    return numbers


@requires_role(*WHO_SUPERVISES)
def decline_suggestion(unit: str, matter: str, *, reason: str, at: datetime | None = None) -> None:
    """Say why the step suggested now is not taken. Raises RefusedRequest."""
    at = at or present()
    refuse_without_reason(reason, "请写明不采取这一步的理由。")
    with writing() as session:
        district = matters_in(session, day_of(at), unit)
        [owner] = district.units
        step = next((step for step in steps_of(session, district)[owner] if step.matter.code == matter), None)
        if step is None or step.advice.suggestion is Suggestion.WAIT:
            raise RefusedRequest(f"{owner}的 {matter} 目前没有建议采取的步骤。")
        add(
            session,
            SuggestionDeclined(
                plan=district.state.plan.code,
                unit_id=district.ids[owner],
                matter=matter,
                suggestion=step.advice.suggestion.value,
                reason=reason.strip(),
                at=at,
                by=current_user().name,
                account=current_user().login,
            ),
        )
        log(
            session,
            "decline suggestion",
            f"{owner} {matter}",
            detail={"suggestion": step.advice.suggestion.value, "reason": reason.strip(), "at": at.isoformat()},
        )


def reminders_json(as_of: date, reminders: Sequence[UnitReminder]) -> dict[str, Any]:
    """Return the reminders as supervision_cli.md has them."""
    return {"as_of": as_of.isoformat(), "units": [_unit_json(reminder) for reminder in reminders]}


def _unit_json(reminder: UnitReminder) -> dict[str, Any]:
    return {
        "unit": reminder.unit,
        "items": [
            {
                "matter": step.matter.code,
                "due": step.matter.due.isoformat(),
                "lamp": step.matter.lamp.value,
                "days": step.matter.days,
                "suggest": step.advice.suggestion.value,
            }
            for step in reminder.steps
        ],
        "cases": [
            {"kind": numbers.kind, "overdue": numbers.overdue, "due_soon": numbers.due_soon}
            for numbers in reminder.cases
        ],
        "returned": list(reminder.returned),
    }
