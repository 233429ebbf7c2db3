"""帮办代办 in figures: cases by way of service and client, in time, and the key projects."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from models.chart_data import Stack
from rules.breakdowns import CLOSED, IN_TIME, LATE, OPEN
from services.areas.breakdowns import Frames
from services.areas.items import stacked

WAYS = ("全程代办", "上门帮办", "延时帮办", "预约帮办", "大厅帮办")
CLIENTS = ("重点项目", "企业", "老年人", "残疾人", "其他群众")
OVERDUE = "逾期未办"
STATES = (IN_TIME, CLOSED, OPEN, LATE, OVERDUE)
"""From what is well to what is not, as the greys go."""


def ways_by_client(frames: Frames) -> list[Stack]:
    """Return help cases, a row a way of service, aligned with CLIENTS."""
    numbers = frames["help"].groupby(["way", "client"])["number"].sum().to_dict()
    rows = [Stack(way, tuple(int(numbers.get((way, client), 0)) for client in CLIENTS)) for way in WAYS]
    return sorted(rows, key=lambda row: -row.total)


def states_by_unit(frames: Frames, as_of: date) -> list[Stack]:
    """Return help cases of each unit, aligned with STATES; the most overdue first."""
    rows = stacked(told_overdue(frames["help"], as_of), "state", STATES)
    return sorted(rows, key=lambda row: (-(row.parts[4] or 0), -(row.parts[3] or 0), row.label))


def states_by(frames: Frames, key: str, words: tuple[str, ...], as_of: date) -> list[Stack]:
    """Return help cases, a row a way of service or kind of client, aligned with STATES."""
    numbers = told_overdue(frames["help"], as_of).groupby([key, "state"])["number"].sum().to_dict()
    return [Stack(word, tuple(int(numbers.get((word, state), 0)) for state in STATES)) for word in words]


def key_projects(frames: Frames, as_of: date) -> list[tuple[str, Stack]]:
    """Return (unit, a row a key project aligned with STATES); what is overdue or late first."""
    projects = told_overdue(frames["help_projects"], as_of)
    numbers: dict[Any, int] = projects.groupby(["unit", "project", "state"])["number"].sum().to_dict()
    pairs = sorted({(str(key[0]), str(key[1])) for key in numbers})
    rows = [
        (unit, Stack(project, tuple(int(numbers.get((unit, project, state), 0)) for state in STATES)))
        for unit, project in pairs
    ]
    return sorted(rows, key=lambda pair: (-(pair[1].parts[4] or 0), -(pair[1].parts[3] or 0), -pair[1].total))


def told_overdue(cases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the cases with the state of what is open past its due day as OVERDUE."""
    late = cases["due"].notna() & (cases["due"].fillna("") < as_of.isoformat())
    return cases.assign(state=cases["state"].mask(late, OVERDUE))
