"""12345 热线 in figures: calls day by day with their gaps, tickets by stage and by type, three rates, repeat
handling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from catalogue.breakdowns.cases import IN_HAND, UNSIGNED
from models.chart_data import Share, Stack
from rules.breakdowns import CLOSED, IN_TIME, LATE
from services.areas.breakdowns import Frames
from services.areas.items import stacked

TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他")
OVERDUE = "逾期未办"
STAGES = (IN_TIME, CLOSED, UNSIGNED, IN_HAND, LATE, OVERDUE)
"""From what is well to what is not, as the greys go."""


@dataclass(frozen=True, slots=True)
class CallDay:
    """One day's calls; `at_night` None: the column was not filled."""

    day: date
    calls: int
    answered: int
    at_night: int | None


@dataclass(frozen=True)
class CallGaps:
    """Where seven days by twenty-four hours has a gap."""

    missing: tuple[date, ...]  # days between the first and the last reported one that no row speaks for
    silent_nights: tuple[date, ...]  # nights without an answered call
    nights_unknown: int  # days whose night column is blank


def call_days(frames: Frames) -> list[CallDay]:
    days = frames["calls_by_day"].groupby("day")[["calls", "answered", "at_night"]].sum(min_count=1)
    return [
        CallDay(date.fromisoformat(str(day)), _int(calls) or 0, _int(answered) or 0, _int(night))
        for day, calls, answered, night in days.itertuples()
    ]


def gaps(days: Sequence[CallDay]) -> CallGaps:
    known = {day.day for day in days}
    span = (max(known) - min(known)).days if known else 0
    missing = (
        tuple(day for day in (min(known) + timedelta(days=n) for n in range(span)) if day not in known) if known else ()
    )
    return CallGaps(
        missing, tuple(day.day for day in days if day.at_night == 0), sum(day.at_night is None for day in days)
    )


def stages_by_unit(frames: Frames, as_of: date) -> list[Stack]:
    """Return tickets of each unit, aligned with STAGES; what is open past its due day is OVERDUE and in
    no other stage.
    """
    rows = stacked(_told_overdue(frames["tickets"], as_of), "stage", STAGES)
    return sorted(rows, key=lambda row: (-(row.parts[5] or 0), -(row.parts[4] or 0), row.label))


def stages(frames: Frames, as_of: date) -> list[Share]:
    tickets = _told_overdue(frames["tickets"], as_of)
    numbers = tickets.groupby("stage")["number"].sum().to_dict()
    return [Share(stage, int(numbers.get(stage, 0)), int(tickets["number"].sum())) for stage in STAGES]


def types_by_month(frames: Frames) -> tuple[list[str], list[Stack]]:
    """Return the months in which tickets were received, and a row a type aligned with them; the most frequent first."""
    tickets = frames["ticket_months"].dropna(subset=["month"])
    months = sorted(tickets["month"].unique())
    numbers = tickets.groupby(["type", "month"])["number"].sum().to_dict()
    rows = [Stack(kind, tuple(int(numbers.get((kind, month), 0)) for month in months)) for kind in TYPES]
    return months, sorted((row for row in rows if row.total), key=lambda row: -row.total)


@dataclass(frozen=True, slots=True)
class TicketRates:
    """Three rates and repeat handling of the tickets of one type or one unit."""

    label: str
    number: int
    on_time: Share
    solved: Share
    satisfied: Share
    redone: Share


def rates_by_type(frames: Frames, as_of: date) -> list[TicketRates]:
    """Return the rates of each type as 6.2.1 counts: in time among those whose due day has come; solved and satisfied
    among those called back with an answer.
    """
    rows = {row.label: row for row in _rates(frames["tickets"], "type", as_of)}
    return [rows[kind] for kind in TYPES if kind in rows]


def rates_by_unit(frames: Frames, as_of: date, targets: Sequence[float | None]) -> list[TicketRates]:
    """Return the rates of each unit; the one furthest below one of the three targets (in time, solved, satisfied) comes
    first.
    """
    return sorted(_rates(frames["tickets"], "unit", as_of), key=lambda row: (_furthest_below(row, targets), row.label))


def _furthest_below(row: TicketRates, targets: Sequence[float | None]) -> float:
    """The least of rate − target, a missing target being the whole; a unit without any rate comes last."""
    rates = (row.on_time.value, row.solved.value, row.satisfied.value)
    return min(
        (
            rate - (1.0 if target is None else target)
            for rate, target in zip(rates, targets, strict=True)
            if rate is not None
        ),
        default=1.0,
    )


def _rates(tickets: pd.DataFrame, key: str, as_of: date) -> list[TicketRates]:
    """One addition for all rows: a group at a time costs more than the page has."""
    due = tickets["number"].where(_due_has_come(tickets, as_of), 0)
    closed = tickets["number"].where(tickets["stage"].isin((IN_TIME, LATE, CLOSED)), 0)
    added = tickets.assign(due_number=due, in_time=due.where(tickets["stage"] == IN_TIME, 0), closed=closed)
    totals = added.groupby(key)[
        ["number", "in_time", "due_number", "solved", "solved_of", "satisfied", "satisfied_of", "redone", "closed"]
    ].sum()
    return [
        TicketRates(
            str(label),
            int(number),
            Share("按时办结率", int(in_time), int(come)),
            Share("解决率", int(solved), int(solved_of)),
            Share("满意率", int(satisfied), int(satisfied_of)),
            Share("重办率", int(redone), int(ended)),
        )
        for label, number, in_time, come, solved, solved_of, satisfied, satisfied_of, redone, ended in totals.itertuples()  # noqa: E501
    ]


def redone_by_unit(frames: Frames) -> list[Share]:
    """Return tickets handled again ÷ closed tickets; the units that had to do most again first."""
    tickets = frames["tickets"]
    closed = tickets[tickets["stage"].isin((IN_TIME, LATE, CLOSED))].groupby("unit")["number"].sum()
    redone = tickets.groupby("unit")["redone"].sum()
    shares = [Share(str(unit), int(number), int(closed.get(unit, 0))) for unit, number in redone.items() if number]
    return sorted(shares, key=lambda share: (-(share.value or 0), -(share.part or 0)))


def _due_has_come(tickets: pd.DataFrame, as_of: date) -> pd.Series:
    """Of what is closed only a due day that may still come is kept."""
    return tickets["due"].isna() & tickets["stage"].isin((IN_TIME, LATE)) | (
        tickets["due"].fillna("~") <= as_of.isoformat()
    )


def _told_overdue(tickets: pd.DataFrame, as_of: date) -> pd.DataFrame:
    late = (
        tickets["stage"].isin((UNSIGNED, IN_HAND))
        & tickets["due"].notna()
        & (tickets["due"].fillna("") < as_of.isoformat())
    )
    return tickets.assign(stage=tickets["stage"].mask(late, OVERDUE))


def _int(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
