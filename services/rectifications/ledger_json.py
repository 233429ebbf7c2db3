"""The ledger and an act as JSON documents. Source: supervision_cli.md."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.rectifications import Rectification
from services.rectifications.acts import RectificationStatus
from services.rectifications.ledger import Ledger


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    return {
        "as_of": ledger.as_of.isoformat(),
        "counts": {lamp.value: number for lamp, number in ledger.counts.items()},
        "rectifications": [item_json(item) for item in ledger.rectifications],
    }


def item_json(item: Rectification) -> dict[str, Any]:
    """Return one line of the ledger."""
    course = item.course
    return {
        "number": item.number,
        "unit": item.unit,
        "issue": item.issue,
        "source": item.source,
        "opened_on": course.opened_on.isoformat(),
        "due": course.due.isoformat(),
        "due_first": course.due_first.isoformat(),
        "state": course.state.value,
        "lamp": item.lamp.value,
        "answered_on": _day(course.answered_on),
        "closed_on": _day(course.closed_on),
        "returns": course.returns,
        "extensions": course.extensions,
        "days": item.days,
    }


def status_json(status: RectificationStatus) -> dict[str, Any]:
    return {
        "number": status.number,
        "unit": status.unit,
        "due": status.due.isoformat(),
        "lamp": status.lamp.value,
        "state": status.state.value,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
