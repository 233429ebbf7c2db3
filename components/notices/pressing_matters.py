"""What presses a unit, on one line each: its red measures, its overdue cases, guides to mend, the next day on which a
report is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from catalogue.cases import CASE_KINDS
from components.elements import cache
from components.elements.context import PageContext
from components.elements.facts import facts
from components.elements.links import link
from components.elements.phrases import listed
from models.cases import Caseload
from models.lamps import Lamp
from services.access.refusal import RefusedRequest
from services.guides.unit_guides import unit_guides
from services.reporting.reports import Reporting, ReportOwed

NONE = "没有"


def pressing_matters(unit: str, owed: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Return the lines, each with the ways to what it speaks of; `owed`: the reports that the unit owes."""
    days = [line.due_on for line in owed if line.status is Reporting.NOT_DUE and line.due_on is not None]
    return facts(
        ("逾期举措", _red_measures(unit, here) or NONE),
        ("逾期案件", _overdue_cases(unit, here) or NONE),
        ("待改指南", _guides_to_mend(unit, here) or NONE),
        ("下一个报送期限", f"{min(days)}（含当日）" if days else NONE),
    )


def overdue_cases_in_words(loads: Iterable[Caseload]) -> str:
    """Return “逾期案件 3 件”, or that there are none."""
    number = sum(load.of(None).get(Lamp.OVERDUE, 0) for load in loads)
    return f"逾期案件 {number:,} 件" if number else "没有逾期案件"


def _red_measures(unit: str, here: PageContext) -> Markup:
    red = [row for row in cache.scorecard(here.day).select(unit=unit) if row.lamp is Lamp.OVERDUE]
    return listed(link(row.measure, here.address("lamp", measure=row.measure, unit=unit), row.reason) for row in red)


def _overdue_cases(unit: str, here: PageContext) -> Markup:
    overdue = cache.overdue_by_kind(here.day, unit)
    return listed(
        link(
            f"{CASE_KINDS[kind].title} {number:,} 件", here.address("cases", kind=kind, unit=unit, case_lamp="overdue")
        )
        for kind, number in overdue.items()
        if number
    )


def _guides_to_mend(unit: str, here: PageContext) -> str | Markup:
    try:
        guides = cache.answer(unit_guides, unit, here.day)
    except RefusedRequest:
        return ""
    wrong = sum(item.errors > 0 for item in guides.items) if guides else 0
    return link(f"{wrong:,} 个事项有错误", here.address("guide_accuracy", unit=unit)) if wrong else ""
