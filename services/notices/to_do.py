"""What waits for whom (待办): by role, the oldest first. Source: supervision.md 6."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Any

from catalogue.datasets import DATASETS
from data_access.database import Session, reading
from data_access.milestones import decisions_of
from data_access.notices import notice_rows, receipts
from data_access.spot_check_counts import undecided_elements
from models.bulletins import BulletinState
from models.deadline_requests import RequestState
from models.lamps import FACES, Lamp, Scorecard
from models.notices import LEVEL_WORDS, Matter, MatterKind, Notice, Suggestion
from models.people import Role
from models.rectifications import Rectification, RectificationState
from models.rounds import RoundState
from rules.as_of import day_of, end_of_day
from rules.numbering import number_of, number_printed
from rules.units.changes import family, names_answering
from rules.working_days import CalendarMissing
from services.access.current_user import current_user
from services.access.permission import EVERYONE, Forbidden, requires_role
from services.board.scorecard import gather, lamps_of
from services.bulletins.fact_check import lines_to_check_in
from services.bulletins.register import BulletinSummary, bulletins
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named
from services.notices.matters import DistrictMatters, matters_in
from services.notices.notices import notices_in
from services.notices.reminders import steps_of, talks_suggested_in
from services.plan.deadline_requests import deadline_requests
from services.rectifications.ledger import open_rectifications_in
from services.rounds.rounds import rounds_in
from services.spot_checks.acts import answer_until, opens_on
from services.spot_checks.checks_as_of import elements_in
from services.spot_checks.summaries import summaries_in

VISITED = timedelta(days=7)
"""A leader whose last visit is not known is told of a week."""
REDS = (Lamp.OVERDUE,)
ROUND_NEAR = 5
"""Working days before a round begins, from which on it is told."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """`code`: number or code of what it is about; `since`: from which day it waits; `words`: the whole of it."""

    what: str
    code: str
    unit: str | None
    due: date | None
    since: date | None
    words: str


@requires_role(*EVERYONE, own="unit")
def to_do(
    as_of: date,
    *,
    role: Role | None = None,
    unit: str | None = None,
    since: date | None = None,
    card: Scorecard | None = None,
) -> tuple[ToDo, ...]:
    """Return what waits at the end of the day for a role, the oldest first; without one for whoever asks.

    `unit` is needed for the role of a unit; `since`: a leader's last visit; `card`: the board of that day, where it has
    been judged already. Raises Forbidden for the list of another
    role (a unit's is open to all who see the unit), RefusedRequest for an unknown unit, CalendarMissing.
    """
    asking = current_user().role
    role = role or asking
    if role not in (asking, Role.UNIT) and asking is not Role.BUREAU:
        raise Forbidden("只能查看本角色的待办。")
    with reading() as session:
        if role is Role.UNIT:
            return to_do_of_unit_in(session, as_of, unit) if unit else ()
        if unit is not None:
            unit_id_named(district_state(session, end_of_day(as_of)), unit)
        if role is Role.INSPECTOR:
            return _oldest_first(_for_inspectors(session, as_of))
        district = matters_in(session, as_of, card=card)
        if role is Role.LEADER:
            return _oldest_first(_for_leaders(session, district, since or as_of - VISITED))
        return _oldest_first(_for_bureau(session, district))


def _for_bureau(session: Session, district: DistrictMatters) -> Iterator[ToDo]:
    yield from _decisions(district)
    yield from _deadline_requests(district.as_of)
    yield from _rectifications(district.rectifications, district.state)
    yield from _bulletins_of_bureau(district.as_of)
    yield from _notices(session, district)


def _for_inspectors(session: Session, as_of: date) -> Iterator[ToDo]:
    state = district_state(session, end_of_day(as_of))
    yield from _elements_not_recorded(session, as_of, state)
    yield from _findings_to_decide(session, as_of, state)
    yield from _answers(open_rectifications_in(session, as_of, state), state)
    yield from _bulletins_to_co_sign(as_of)
    yield from _rounds(session, as_of, state)
    yield from _own_notices(session, as_of, state)


@requires_role(*EVERYONE, own="unit")
def to_do_of_unit(as_of: date, unit: str) -> tuple[ToDo, ...]:
    """Return a unit's list, for everybody who sees the unit. Raises RefusedRequest for an unknown unit."""
    with reading() as session:
        return to_do_of_unit_in(session, as_of, unit)


def to_do_of_unit_in(session: Session, as_of: date, unit: str) -> tuple[ToDo, ...]:
    """Return a unit's list, within a transaction."""
    district = matters_in(session, as_of, unit)
    [name] = district.units
    return _oldest_first(
        [
            *(_report(name, matter) for matter in district.units[name].matters if matter.kind is MatterKind.REPORT),
            *(_returned(session, district, name, measure) for measure in district.units[name].returned),
            *_open(district.rectifications),
            *_findings_to_answer(session, district, name),
            *_lines_to_check(session, as_of, name),
            *(
                ToDo(
                    "notice-to-receive",
                    notice.number,
                    name,
                    notice.reply_by,
                    day_of(notice.sent_at),
                    f"签收{number_printed(notice.level.word, notice.number)}，限 {notice.reply_by} 前答复",
                )
                for notice in notices_in(session, district)
                if notice.received_at is None
            ),
        ]
    )


def _oldest_first(waiting: Iterable[ToDo]) -> tuple[ToDo, ...]:
    """Those that wait since a day come first; the others by their due day."""
    return tuple(sorted(waiting, key=lambda item: (item.since or date.max, item.due or date.max)))


def _report(unit: str, matter: Matter) -> ToDo:
    dataset, _, month = matter.about.partition(":")
    name = f"{DATASETS[dataset].title}{f' {month} 月报' if month else ''}"
    if matter.lamp is Lamp.NOT_REPORTED:
        since = matter.due + timedelta(days=1)
        return ToDo("report-missing", matter.about, unit, matter.due, since, f"补报{name}，{matter.due} 已到期")
    return ToDo("report-due", matter.about, unit, matter.due, None, f"报送{name}，{matter.due} 到期")


def _returned(session: Session, district: DistrictMatters, unit: str, measure: str) -> ToDo:
    end, plan = end_of_day(district.as_of), district.state.plan
    made = (decisions_of(session, plan.key_of(measure), number, end) for number in family(plan, district.ids[unit]))
    decision = next(decisions[-1] for decisions in made if decisions)
    words = f"举措 {measure} 被退回，请改正后重新报送完成：{decision.reason}"
    return ToDo("milestone-returned", measure, unit, None, day_of(decision.at), words)


def _open(items: Sequence[Rectification]) -> Iterator[ToDo]:
    for item in items:
        course = item.course
        if course.state is RectificationState.OPEN:
            words = f"{number_printed('整改', item.number)}{FACES[item.lamp].word}，时限 {course.due}：{item.issue}"
            yield ToDo("rectification-open", item.number, item.unit, course.due, course.opened_on, words)


def _answers(items: Sequence[Rectification], state: DistrictState) -> Iterator[ToDo]:
    """Answers to review; overdue where they wait longer than the setting allows."""
    review_days = int(state.settings["review_days"])
    for item in items:
        answered_on = item.course.answered_on
        if item.course.state is RectificationState.ANSWERED and answered_on is not None:
            words = f"复核{number_printed('整改', item.number)}的答复（{item.unit}，{answered_on} 答复）"
            due = _working_days_after(state, answered_on, review_days)
            yield ToDo("answer-to-review", item.number, item.unit, due, answered_on, words)


def _working_days_after(state: DistrictState, day: date, days: int) -> date | None:
    return _day_told(partial(state.calendar.add_working_days, day, days))


def _rectifications(items: Sequence[Rectification], state: DistrictState) -> Iterator[ToDo]:
    yield from _answers(items, state)
    for item in items:
        course = item.course
        if course.applied_until is not None:
            words = f"{item.unit}申请将{number_printed('整改', item.number)}延至 {course.applied_until}"
            yield ToDo("extension-asked", item.number, item.unit, course.due, course.applied_on, words)


def _elements_not_recorded(session: Session, as_of: date, state: DistrictState) -> Iterator[ToDo]:
    """One line a check that runs."""
    for check in summaries_in(session, state, end_of_day(as_of)):
        if check.voided_at is None and check.unrecorded:
            words = f"录入{number_printed('抽查', check.number)}的核查结果，还有 {check.unrecorded} 个"
            yield ToDo("element-not-recorded", check.number, None, None, day_of(check.at), words)


def _findings_to_decide(session: Session, as_of: date, state: DistrictState) -> Iterator[ToDo]:
    """Findings that were told to the unit and on which it has spoken, or had its days."""
    end = end_of_day(as_of)
    for check, element in elements_in(session, state, end, undecided_elements(end)):
        opens = _day_told(partial(opens_on, check, element, state.calendar))
        if opens is not None and opens <= as_of:
            words = f"认定{number_printed('抽查', check.number)}的问题（{element.unit}）"
            yield ToDo("finding-to-decide", check.number, element.unit, None, opens, words)


def _findings_to_answer(session: Session, district: DistrictMatters, unit: str) -> Iterator[ToDo]:
    end = end_of_day(district.as_of)
    undecided = [undecided_elements(end, number) for number in family(district.state.plan, district.ids[unit])]
    for check, element in chain.from_iterable(elements_in(session, district.state, end, ids) for ids in undecided):
        until = _day_told(partial(answer_until, check, district.state.calendar))
        if element.response is None and until is not None and district.as_of <= until and check.released_at:
            words = f"对{number_printed('抽查', check.number)}发现的问题提出意见，{until} 前"
            yield ToDo("finding-to-answer", check.number, unit, until, day_of(check.released_at), words)


def _day_told(ask: Callable[[], date]) -> date | None:
    """None where no entered calendar tells it."""
    try:
        return ask()
    except CalendarMissing:
        return None


def _bulletins_of_bureau(as_of: date) -> Iterator[ToDo]:
    """Objections of the fact check that are not settled, and bulletins that only wait for their issue."""
    for bulletin in bulletins(as_of):
        if bulletin.state not in (BulletinState.FACT_CHECK, BulletinState.CO_SIGNED):
            continue
        for objection in bulletin.objections:
            if not objection.settled:
                words = f"答复{objection.unit}对通报（截至 {bulletin.as_of}）的意见：{objection.reason}"
                since = day_of(objection.at)
                yield ToDo("fact-check-objection", str(bulletin.id), objection.unit, bulletin.check_until, since, words)
        is_checked = bulletin.check_until is None or as_of > bulletin.check_until
        if bulletin.state is BulletinState.CO_SIGNED and is_checked:
            words = f"印发通报（截至 {bulletin.as_of}）"
            yield ToDo("bulletin-to-issue", str(bulletin.id), None, None, _open_for_issue(bulletin), words)


def _open_for_issue(bulletin: BulletinSummary) -> date | None:
    """The day from which it only waits for its issue: co-signed, and the fact check over."""
    if bulletin.co_signed_on is None or bulletin.check_until is None:
        return bulletin.co_signed_on
    return max(bulletin.co_signed_on, bulletin.check_until + timedelta(days=1))


def _bulletins_to_co_sign(as_of: date) -> Iterator[ToDo]:
    for bulletin in bulletins(as_of):
        if bulletin.state is BulletinState.FACT_CHECK:
            words = f"会签通报（截至 {bulletin.as_of}）"
            yield ToDo(
                "bulletin-to-co-sign", str(bulletin.id), None, bulletin.check_until, bulletin.submitted_on, words
            )


def _rounds(session: Session, as_of: date, state: DistrictState) -> Iterator[ToDo]:
    """Rounds that begin within five working days or should have begun, and those that run beyond their last day."""
    for item in rounds_in(session, end_of_day(as_of)):
        if item.state is RoundState.PLANNED and item.starts_on <= _last_near_day(as_of, state):
            words = f"督查轮次 {item.number}“{item.name}”{item.starts_on} 开始，{len(item.units)} 个单位"
            since = item.starts_on if item.starts_on <= as_of else None
            yield ToDo("round-near", item.number, None, item.starts_on, since, words)
        elif item.state is RoundState.UNDER_WAY and item.ends_on < as_of:
            words = f"督查轮次 {item.number}“{item.name}”应于 {item.ends_on} 结束，请写明对各单位的结论"
            yield ToDo("round-to-conclude", item.number, None, item.ends_on, item.ends_on, words)


def _last_near_day(as_of: date, state: DistrictState) -> date:
    return _working_days_after(state, as_of, ROUND_NEAR) or as_of + timedelta(days=7)


def _lines_to_check(session: Session, as_of: date, unit: str) -> Iterator[ToDo]:
    for check in lines_to_check_in(session, as_of, unit):
        if check.is_open and check.objection is None:
            words = f"核对通报（截至 {check.as_of}）中涉及本单位的 {len(check.lines)} 处"
            yield ToDo("bulletin-to-check", str(check.bulletin), unit, check.until, check.since, words)


def _deadline_requests(as_of: date) -> Iterator[ToDo]:
    """Later deadlines that units asked for and nobody decided."""
    for request in deadline_requests(as_of):
        if request.state is RequestState.OPEN:
            words = f"审核{request.unit}的申请：任务 {request.task} 的时限由 {request.deadline} 调整为 {request.until}"
            code, since = str(request.number), day_of(request.at)
            yield ToDo("deadline-request", code, request.unit, request.deadline, since, words)


def _decisions(district: DistrictMatters) -> Iterator[ToDo]:
    """Milestones to verify, doubts of the plan to settle, baselines that are missing."""
    names = {unit.id: unit.name for unit in district.state.plan.units.values()}
    for task in district.state.plan.tasks:
        if task.doubts:
            yield ToDo("doubt", task.code, None, None, None, f"核定任务 {task.code} 的存疑：{''.join(task.doubts)}")
        for measure in task.measures:
            for target in measure.targets:
                if target.increases and target.value is None:
                    words = f"录入举措 {measure.code} 的基数"
                    yield ToDo("baseline-missing", target.indicator, None, task.deadline, None, words)
            for unit_id in task.units if measure.milestone else ():
                state = district.milestones.get((measure.code, unit_id))
                if state and state.verified_on is None and state.reported_done_on is not None:
                    yield ToDo(
                        "milestone-to-verify",
                        measure.code,
                        names[unit_id],
                        task.deadline,
                        state.first_reported_at,
                        f"核验{names[unit_id]}报告完成的举措 {measure.code}",
                    )


def _notices(session: Session, district: DistrictMatters) -> Iterator[ToDo]:
    """Steps suggested, one line a unit and step, and notices that nobody has received in time."""
    for unit, steps in steps_of(session, district).items():
        numbers: Counter[Suggestion] = Counter(
            step.advice.suggestion
            for step in steps
            if step.declined is None and step.advice.suggestion is not Suggestion.WAIT
        )
        for suggestion in Suggestion:
            if numbers[suggestion]:
                words = f"{unit}：建议{suggestion.word} {numbers[suggestion]} 件"
                yield ToDo("suggested-notice", suggestion.value, unit, None, None, words)
    yield from _not_received(district, notices_in(session, district))


def _own_notices(session: Session, as_of: date, state: DistrictState) -> Iterator[ToDo]:
    """Those that the inspector who asks has sent; the bureau has those of all."""
    if current_user().role is not Role.INSPECTOR:
        return
    end, sender = end_of_day(as_of), current_user().login
    known_receipts = receipts(session, end)
    numbers: dict[int, set[str]] = defaultdict(set)
    for row in notice_rows(session, end):
        if row.account == sender and (row.id, True) not in known_receipts:
            numbers[row.unit_id].add(number_of(row.year, row.serial))
    for unit_id, sent in numbers.items():
        district = matters_in(session, as_of, names_answering(state.plan)[unit_id])
        own = [notice for notice in notices_in(session, district) if notice.number in sent]
        yield from _not_received(district, own)


def _not_received(district: DistrictMatters, notices: Iterable[Notice]) -> Iterator[ToDo]:
    receive_days = int(district.state.settings["receive_days"])
    for notice in notices:
        due = _working_days_after(district.state, day_of(notice.sent_at), receive_days)
        if notice.received_at is None and not notice.settled and due is not None and due < district.as_of:
            words = f"{notice.unit}尚未签收{number_printed(LEVEL_WORDS[notice.level], notice.number)}"
            yield ToDo("notice-not-received", notice.number, notice.unit, due, day_of(notice.sent_at), words)


def _for_leaders(session: Session, district: DistrictMatters, since: date) -> Iterator[ToDo]:
    """What was issued, whom to talk to, and what turned red since the last visit."""
    for bulletin in bulletins(district.as_of):
        issued_on = day_of(bulletin.issued_at) if bulletin.issued_at else None
        if issued_on is not None and issued_on > since:
            words = f"{issued_on} 印发通报 {bulletin.document_number}"
            yield ToDo("bulletin-issued", bulletin.number or "", None, None, issued_on, words)
    for talk in talks_suggested_in(session, district):
        if not talk.answer:
            yield ToDo("talk-suggested", "", talk.unit, None, None, f"建议约谈{talk.unit}：{talk.reason}")
    before = {(lamp.measure, lamp.unit): lamp.lamp for lamp in lamps_of(gather(session, since)).lamps}
    for lamp in district.lamps:
        if lamp.lamp in REDS and before.get((lamp.measure, lamp.unit)) not in REDS:
            words = f"{lamp.unit or '未定单位'}的举措 {lamp.measure} 转为{FACES[lamp.lamp].word}"
            yield ToDo("turned-red", lamp.measure, lamp.unit, lamp.deadline, None, words)


def to_do_json(as_of: date, role: Role, items: Sequence[ToDo]) -> dict[str, Any]:
    """Return the list as supervision_cli.md has it."""
    return {
        "as_of": as_of.isoformat(),
        "role": role.value,
        "items": [
            {
                "what": item.what,
                "code": item.code,
                "unit": item.unit,
                "due": item.due.isoformat() if item.due else None,
                "since": item.since.isoformat() if item.since else None,
            }
            for item in items
        ],
    }
