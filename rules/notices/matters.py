"""References to matters as written, and which reports to come are one. Source: supervision.md 5.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from models.lamps import Lamp
from models.notices import MatterKind
from rules.measure_addresses import read_address
from rules.numbering import number_read
from rules.working_days import Calendar

MEASURE = re.compile(r"[0-9A-Za-z/.-]+")
REPORT = re.compile(r"([a-z_0-9]+):(\d{4}-(?:0[1-9]|1[0-2]))?")
FORMS = "measure:1.2.1、report:reviews:2023-07、report:guides:（一次性报送）或 rectification:2023-1"


def is_matter(text: str) -> bool:
    """Return whether a matter is written so."""
    kind, _, about = text.partition(":")
    match kind:
        case MatterKind.MEASURE:
            return MEASURE.fullmatch(about) is not None
        case MatterKind.REPORT:
            return REPORT.fullmatch(about) is not None
        case MatterKind.RECTIFICATION:
            return number_read(about) is not None
    return False


def of_one_plan(matters: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the plan that measures name (measure:2024/1.2.1), None where none is named, and the matters as that plan
    writes them. Where measures are of several plans every matter stays as it is written.
    """
    plans, plain = set(), []
    for matter in matters:
        kind, _, about = matter.partition(":")
        plan, code = read_address(about) if kind == MatterKind.MEASURE else (None, about)
        plans |= {plan} if kind == MatterKind.MEASURE else set()
        plain.append(matter if plan is None else f"{kind}:{code}")
    return (plans.pop(), plain) if len(plans) == 1 else (None, list(matters))


def report_lamp(due: date, as_of: date, calendar: Calendar, warning_days: int) -> Lamp | None:
    """Return the lamp of a report that is not there: missing after its due day, due soon within so many working days
    of it, None while it is further off.

    Raises CalendarMissing.
    """
    if as_of > due:
        return Lamp.NOT_REPORTED
    return Lamp.DUE_SOON if calendar.working_days_between(as_of, due) <= warning_days else None
