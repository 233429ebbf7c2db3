"""Guide accuracy from submission to submission, from kept figures alone: from an as-of date to one step an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from catalogue.datasets.guides import GUIDES
from data_access.database import Session, reading
from data_access.figures import FigureSpan, spans
from data_access.submissions import list_submissions
from models.lamps import SubmissionSummary
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import district_state
from services.figures.guide_rule_settings import rule_book_at
from services.guides.accuracy import Accuracy


@dataclass(frozen=True, slots=True)
class Step:
    """What all rules counted came to after one submission (or withdrawal)."""

    at: datetime
    units: tuple[str, ...]  # whose figures it changed
    accuracy: Accuracy  # of the district, or of the one unit asked for


@requires_role(*EVERYONE, own="unit")
def course(as_of: date, unit: str | None = None) -> tuple[Step, ...]:
    """Return the accuracy after each submission of guides up to the as-of date, by the rules in force at that date."""
    with reading() as session:
        end = end_of_day(as_of)
        plan = district_state(session, end).plan
        unit_id = plan.unit_id(unit) if unit else None
        counted = {code for rules in rule_book_at(session, end).measures.values() for code in rules}
        names = {unit.id: unit.name for unit in plan.units.values()}
        return tuple(_steps(session, counted, end, unit_id, names)) if unit is None or unit_id else ()


def _steps(
    session: Session, counted: Iterable[str], end: datetime, unit_id: int | None, names: Mapping[int, str]
) -> list[Step]:
    figures = spans(session, counted, end, unit_id)
    events = sorted(
        {figure.since for figure in figures}
        | {figure.until for figure in figures if figure.until is not None and figure.until < end}
    )
    figures_now: dict[tuple[int, str], FigureSpan] = {}
    begun = _by_instant(figures)
    steps = []
    for at in events:
        ended = {key for key, figure in figures_now.items() if figure.until is not None and figure.until <= at}
        new = {(figure.unit_id, figure.code): figure for figure in begun.get(at, [])}
        figures_now = {key: figure for key, figure in figures_now.items() if key not in ended} | new
        changed = {unit for unit, _ in ended | new.keys()}
        steps.append(Step(at, tuple(names[unit] for unit in sorted(changed)), _sum(figures_now.values())))
    return steps


def _by_instant(figures: Iterable[FigureSpan]) -> dict[datetime, list[FigureSpan]]:
    begun: dict[datetime, list[FigureSpan]] = {}
    for figure in figures:
        begun.setdefault(figure.since, []).append(figure)
    return begun


def _sum(figures_now: Iterable[FigureSpan]) -> Accuracy:
    known = [figure for figure in figures_now if figure.numerator is not None and figure.denominator is not None]
    return Accuracy(sum(figure.numerator or 0 for figure in known), sum(figure.denominator or 0 for figure in known))


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission of guides and the accuracy that stood after it."""

    submission: SubmissionSummary
    accuracy: Accuracy


@requires_role(*EVERYONE, own="unit")
def submissions(as_of: date, unit: str) -> tuple[Sent, ...]:
    """Return the unit's submissions of guides up to the as-of date, oldest first, those withdrawn since among them."""
    steps = course(as_of, unit)
    with reading() as session:
        end = end_of_day(as_of)
        unit_id = district_state(session, end).plan.unit_id(unit)
        sent = list_submissions(session, end, unit_id=unit_id, dataset=GUIDES.code) if unit_id else []
    return tuple(Sent(submission, _after(steps, submission.accepted_at)) for submission in reversed(sent))


def _after(steps: tuple[Step, ...], instant: datetime) -> Accuracy:
    return next((step.accuracy for step in reversed(steps) if step.at <= instant), Accuracy())
