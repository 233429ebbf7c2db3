"""待办: what waits for whoever looks, the oldest first, each a link."""

from __future__ import annotations

from collections.abc import Sequence

from components.elements import cache
from components.elements.context import PageContext
from components.elements.table import Column, Kind, Table, Width, draw_table
from models.people import Role
from services.access.permission import may
from services.accounts.sessions import last_visit_day
from services.intake.upload import submit
from services.notices.to_do import ToDo

BESIDE_OTHERS = 5
PAGES = {
    "milestone-to-verify": ("verification", "measure"),
    "milestone-returned": ("assignment", "measure"),
    "doubt": ("plan", "task"),
    "baseline-missing": ("plan", "indicator"),
    "answer-to-review": ("rectification", "number"),
    "deadline-request": ("deadline_requests", ""),
    "extension-asked": ("rectification", "number"),
    "rectification-open": ("rectification", "number"),
    "notice-not-received": ("notice", "number"),
    "notice-to-receive": ("notice", "number"),
    "suggested-notice": ("notices", ""),
    "talk-suggested": ("talks", ""),
    "report-missing": ("reporting", ""),
    "report-due": ("reporting", ""),
    "round-near": ("round", "number"),
    "round-to-conclude": ("round", "number"),
    "turned-red": ("lamp", "measure"),
    "element-not-recorded": ("spot_check", "number"),
    "finding-to-decide": ("spot_check", "number"),
    "finding-to-answer": ("spot_check", "number"),
    "bulletin-issued": ("bulletin", "number"),
    "bulletin-to-check": ("bulletins", ""),
    "bulletin-to-co-sign": ("bulletin", "number"),
    "bulletin-to-issue": ("bulletin", "number"),
    "fact-check-objection": ("bulletin", "number"),
}
"""What waits → the page where it is done, and the parameter that takes its code."""
REPORTS = ("report-missing", "report-due")
"""Done on the upload page, with dataset and month chosen."""


def to_do_of(here: PageContext) -> Sequence[ToDo]:
    """Return what waits for whoever looks; for a leader since the last visit, where that was before the page's day."""
    visited_on = last_visit_day() if here.role is Role.LEADER else None
    return cache.to_do(here.day, visited_on if visited_on and visited_on < here.day else None)


def address_of(item: ToDo, here: PageContext) -> str:
    page, parameter = PAGES[item.what]
    if item.what in REPORTS and may(submit):
        dataset, _, month = item.code.partition(":")
        return here.address("upload", dataset=dataset, month=month, unit=item.unit)
    query = {parameter: item.code} if parameter else {}
    if page not in ("rectification", "notice", "plan", "reporting", "spot_check", "bulletin", "bulletins", "round"):
        query["unit"] = item.unit or ""
    return here.address(page, **query)


def draw_to_do(items: Sequence[ToDo], here: PageContext, *, page_size: int = 20) -> None:
    """Draw the list, so many on a page."""
    draw_table(
        Table(
            "todo",
            "待办",
            (
                Column(
                    "what",
                    "待办",
                    lambda item: item.words,
                    width=Width.PROSE,
                    href=lambda item: address_of(item, here),
                    sortable=False,
                ),
                Column("since", "始于", lambda item: item.since, Kind.DAY, Width.UNBROKEN),
                Column("due", "期限", lambda item: item.due, Kind.DAY, Width.UNBROKEN),
            ),
            counted="件",
            page_size=page_size,
            nothing="没有待办。",
        ),
        items,
        here,
    )
