"""The single elements and rectifications that a bulletin lists where its figures count them; nothing personal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from data_access.database import Session
from models.rectifications import Rectification
from models.spot_checks import Element, Result, SpotCheck
from rules.as_of import end_of_day
from rules.personal import mask_text
from rules.rectifications.sources import read_reference
from services.figures.district_state import DistrictState
from services.rectifications.ledger import rectifications_in
from services.spot_checks.checks_as_of import spot_checks_in

TYPED_KEYS = "list"
"""The kind whose keys somebody typed; those of the others are numbers of things."""


def failed_elements(
    session: Session, figures: Iterable[Mapping[str, Any]], as_of: date, state: DistrictState
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the elements that failed by A of the spot checks that the figures tell, in their order, and the numbers
    of the checks of which units are not to hear yet, whose elements are left out.
    """
    numbers = {check["number"] for check in figures}
    checks = spot_checks_in(session, state, end_of_day(as_of), numbers)
    failed = [
        _failed(check, element)
        for check in checks
        if not _is_sealed(check)
        for element in check.elements
        if element.result is Result.FAIL
    ]
    return failed, [check.number for check in checks if _is_sealed(check)]


def _is_sealed(check: SpotCheck) -> bool:
    return check.sealed and check.released_at is None


def _failed(check: SpotCheck, element: Element) -> dict[str, Any]:
    key = element.key.partition("|")[2]
    answers = element.record.answers if element.record else {}
    return {
        "check": check.number,
        "unit": element.unit,
        "key": mask_text(key) if check.kind.code == TYPED_KEYS else key,
        "content": mask_text(element.content),
        "questions": [
            question.text for question in element.questions if question.counted and answers.get(question.code) is False
        ],
        "confirmed": element.is_confirmed,
        "rectification": element.rectification,
    }


def ledger_at(session: Session, as_of: date, state: DistrictState) -> list[dict[str, Any]]:
    """Return every rectification opened by A, by number."""
    return [_entry(item) for item in rectifications_in(session, as_of, state)]


def _entry(item: Rectification) -> dict[str, Any]:
    course, reference = item.course, read_reference(item.source)
    return {
        "number": item.number,
        "unit": item.unit,
        "issue": mask_text(item.issue),
        "source": mask_text(reference.words if reference else item.source),
        "opened_on": course.opened_on.isoformat(),
        "due": course.due.isoformat(),
        "answered_on": _day(course.answered_on),
        "closed_on": _day(course.closed_on),
        "state": course.state.value,
        "lamp": item.lamp.value,
        "days": item.days,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
