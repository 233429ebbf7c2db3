"""The pack for a meeting, one page a unit: what was promised, lamps and figures now and at the last meeting, what is
open, and questions to ask. Source: supervision.md 6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from data_access.database import Session, reading
from models.definitions import Frequency, NumberFormat
from models.lamps import IndicatorResult, Lamp, MeasureLamp
from models.notices import Notice
from models.rectifications import Rectification, Source
from rules.as_of import day_of, end_of_day
from rules.lamp import roll_up
from rules.notices.questions import (
    Question,
    QuestionRule,
    claim_false,
    figure_fell,
    not_reported_twice,
    overdue_without_progress,
    returned_twice,
    tiny_perfect,
)
from services.access.permission import WHO_SEES_ALL, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.board.scorecard import Duty, gather, lamps_of
from services.figures.district_state import asking_of_plan_on
from services.milestones.progress import assignments
from services.notices.matters import DistrictMatters, matters_in
from services.notices.notices import notices_in
from services.rectifications.ledger import rectifications_in
from services.rectifications.ledger_json import item_json
from services.spot_checks.summaries import confirmed_in


@dataclass(frozen=True, slots=True)
class Figure:
    measure: str
    now: IndicatorResult
    before: IndicatorResult | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was promised at a meeting: a rectification by instruction. `in_time` None: its day is not over."""

    rectification: Rectification
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a spot check found and somebody confirmed. `claimed`: the unit had said otherwise."""

    check: str
    key: str
    content: str
    decided_on: date
    claimed: bool


@dataclass(frozen=True)
class UnitPage:
    unit: str
    commitments: tuple[Commitment, ...]
    lamps: Mapping[Lamp, int]
    lamps_before: Mapping[Lamp, int]
    figures: tuple[Figure, ...]
    rectifications: tuple[Rectification, ...]  # those that are not over
    notices: tuple[Notice, ...]  # those that are not settled
    findings: tuple[Finding, ...]  # confirmed since the last meeting
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class MeetingPack:
    as_of: date
    since: date
    units: tuple[UnitPage, ...]


@requires_role(*WHO_SEES_ALL)
def meeting_pack(as_of: date, since: date, unit: str | None = None) -> MeetingPack:
    """Return the pages of every unit that answers for something, or of one, compared with the last meeting's day.

    Raises RefusedRequest for an unknown unit or a last meeting that is not earlier, CalendarMissing.
    """
    if since >= as_of:
        raise RefusedRequest(f"上次会议（{since}）应早于截至日期（{as_of}）。")
    with reading() as session:
        district = matters_in(session, as_of, unit)
        with asking_of_plan_on(session, as_of):
            before = gather(session, since)
        notices = notices_in(session, district)
        findings = _findings(session, district, since)
        items = rectifications_in(session, as_of, district.state, None if unit is None else district.ids[unit])
    lamps, lamps_before = district.lamps, lamps_of(before).lamps
    accounts = {
        (assignment.measure, assignment.unit): assignment.latest.account if assignment.latest else None
        for assignment in assignments(as_of)
    }
    pages = []
    for name in district.units:
        mine = [lamp for lamp in lamps if lamp.unit == name]
        own_items = tuple(item for item in items if item.unit == name)
        if not mine and not own_items:
            continue
        figures = _figures(mine, [lamp for lamp in lamps_before if lamp.unit == name])
        pages.append(
            UnitPage(
                name,
                tuple(_commitments(own_items, since)),
                _counts(mine),
                _counts([lamp for lamp in lamps_before if lamp.unit == name]),
                figures,
                tuple(item for item in own_items if not item.course.is_over),
                tuple(notice for notice in notices if notice.unit == name and not notice.settled),
                tuple(findings.get(name, ())),
                (
                    *_questions(district, district.ids[name], mine, figures, own_items, accounts),
                    *(
                        claim_false(finding.check, finding.content)
                        for finding in findings.get(name, ())
                        if finding.claimed
                    ),
                ),
            )
        )
    return MeetingPack(as_of, since, tuple(pages))


def _counts(lamps: Sequence[MeasureLamp]) -> dict[Lamp, int]:
    """Lamp → how many, worst first, without those that do not apply and those of which there are none."""
    return {lamp: number for lamp, number in roll_up(row.lamp for row in lamps).counts.items() if number}


def _findings(session: Session, district: DistrictMatters, since: date) -> dict[str, list[Finding]]:
    """Unit → findings confirmed after the last meeting, by check."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for _, finding in confirmed_in(session, district.state, end_of_day(district.as_of)):
        if day_of(finding.decided_at) > since:
            content = masked_words(finding.content or finding.key, finding.unit)
            findings[finding.unit].append(
                Finding(finding.number, finding.key, content, day_of(finding.decided_at), bool(finding.claim))
            )
    return findings


def _commitments(items: Sequence[Rectification], since: date) -> Iterator[Commitment]:
    """What was promised and not settled when the last meeting was held; what was withdrawn is promised no more."""
    for item in items:
        closed_on = item.course.closed_on
        is_settled = closed_on is not None and closed_on < since
        if item.source_kind is Source.INSTRUCTION and not is_settled and item.course.withdrawn_on is None:
            yield Commitment(item, {Lamp.DONE: True, Lamp.DONE_LATE: False, Lamp.OVERDUE: False}.get(item.lamp))


def _figures(now: Sequence[MeasureLamp], before: Sequence[MeasureLamp]) -> tuple[Figure, ...]:
    earlier = {(lamp.measure, result.code): result for lamp in before for result in lamp.indicators}
    return tuple(
        Figure(lamp.measure, result, earlier.get((lamp.measure, result.code)))
        for lamp in now
        for result in lamp.indicators
    )


def _questions(
    district: DistrictMatters,
    unit_id: int,
    lamps: Sequence[MeasureLamp],
    figures: Sequence[Figure],
    items: Sequence[Rectification],
    accounts: Mapping[tuple[str, str], str | None],
) -> Iterator[Question]:
    titles = {measure.code: measure for task in district.state.plan.tasks for measure in task.measures}
    questions = [
        *(
            overdue_without_progress(lamp.measure, titles[lamp.measure].title, accounts.get((lamp.measure, lamp.unit)))
            for lamp in lamps
            if lamp.lamp is Lamp.OVERDUE and titles[lamp.measure].milestone and lamp.unit is not None
        ),
        *(
            question
            for figure in figures
            for indicator in [INDICATORS[figure.now.code]]
            for is_share in [indicator.number_format is NumberFormat.SHARE]
            for question in (
                figure_fell(figure.measure, indicator.title, figure.now, figure.before, is_share=is_share),
                tiny_perfect(figure.measure, indicator.title, figure.now, is_share=is_share),
            )
        ),
        *(_not_reported(district.duty, unit_id)),
        *(returned_twice(item) for item in items),
    ]
    yield from (question for question in questions if question is not None)


def _not_reported(duty: Duty, unit_id: int) -> Iterator[Question | None]:
    for dataset, declared in DATASETS.items():
        first = duty.owed_from.get((unit_id, dataset))
        if first is not None and declared.frequency is not Frequency.SNAPSHOT:
            missing = [month for _, month in duty.missing(unit_id, dataset)]
            yield not_reported_twice(dataset, declared.title, duty.months_due(first, dataset), missing)


def pack_json(pack: MeetingPack) -> dict[str, Any]:
    """Return the pack as supervision_cli.md has it."""
    return {
        "as_of": pack.as_of.isoformat(),
        "since": pack.since.isoformat(),
        "units": [_page_json(page, pack.as_of) for page in pack.units],
    }


def _page_json(page: UnitPage, as_of: date) -> dict[str, Any]:
    return {
        "unit": page.unit,
        "commitments": [
            item_json(commitment.rectification) | {"kept": commitment.in_time} for commitment in page.commitments
        ],
        "lamps": {
            "now": {lamp.value: number for lamp, number in page.lamps.items()},
            "before": {lamp.value: number for lamp, number in page.lamps_before.items()},
        },
        "indicators": [_figure_json(figure) for figure in page.figures],
        "rectifications": [item_json(item) for item in page.rectifications],
        "findings": [
            {
                "spot_check": finding.check,
                "key": finding.key,
                "decided_on": finding.decided_on.isoformat(),
                "claimed": finding.claimed,
            }
            for finding in page.findings
        ],
        "questions": [
            {"rule": question.rule.value, "text": question.text, "link": link_of(question, page.unit, as_of)}
            for question in page.questions
        ],
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    now, before = figure.now, figure.before
    return {
        "code": now.code,
        "measure": figure.measure,
        "numerator": now.numerator,
        "denominator": now.denominator,
        "value": now.value,
        "target": now.target,
        "met": now.met,
        "before": before and {"numerator": before.numerator, "denominator": before.denominator, "value": before.value},
    }


def link_of(question: Question, unit: str, as_of: date) -> str:
    """Return the address of the page that proves it, within the board."""
    match question.rule:
        case QuestionRule.NOT_REPORTED_TWICE:
            page, query = "reporting", {"dataset": question.about, "unit": unit}
        case QuestionRule.CLAIM_FALSE:
            page, query = "spot_check", {"number": question.about}
        case QuestionRule.RETURNED_TWICE:
            page, query = "rectification", {"number": question.about}
        case QuestionRule.ENTERED:
            page, query = "unit", {"unit": unit}
        case _:
            page, query = "lamp", {"measure": question.about, "unit": unit}
    return f"/{page}?{urlencode(query | {'as_of': as_of.isoformat()})}"
