"""Whom a new round would visit too often: from the rounds that stand to each excess.

Source: supervision.md 6, 检查总量.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from models.rounds import Excess, Round, RoundKind, RoundState


def months_of(starts_on: date, ends_on: date) -> list[str]:
    """Return every month, as 2023-08, that the days from the first to the last touch."""
    months, day = [], starts_on.replace(day=1)
    while day <= ends_on:
        months.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=32)).replace(day=1)
    return months


def excesses(
    kind: RoundKind, starts_on: date, ends_on: date, units: Iterable[str], rounds: Sequence[Round], ceiling: int
) -> tuple[Excess, ...]:
    """Return, for each month and unit of the new round, a visit beyond the ceiling or a second one of the same kind.

    `rounds`: those set already; one that was dropped visits nobody.
    """
    not_dropped = [item for item in rounds if item.state is not RoundState.DROPPED]
    beyond = []
    for month in months_of(starts_on, ends_on):
        in_month = [item for item in not_dropped if month in months_of(item.starts_on, item.ends_on)]
        for unit in units:
            visits = [item for item in in_month if unit in item.units]
            same = [item.number for item in visits if item.kind is kind]
            if len(visits) + 1 > ceiling:
                beyond.append(Excess(unit, month, tuple(item.number for item in visits), same_kind=False))
            elif same:
                beyond.append(Excess(unit, month, tuple(same), same_kind=True))
    return tuple(beyond)


def excess_in_words(excess: Excess, kind: RoundKind, ceiling: int) -> str:
    numbers = "、".join(excess.rounds)
    month = f"{excess.month[:4]}年{int(excess.month[5:])}月"
    if excess.same_kind:
        return f"{excess.unit} {month}已安排{kind.word}督查（{numbers}），这是同类第 {len(excess.rounds) + 1} 次。"
    already = f"已安排 {len(excess.rounds)} 次（{numbers}）" if excess.rounds else "尚未安排"
    return f"{excess.unit} {month}{already}，再安排将超过每月 {ceiling} 次的总量。"
