"""From the rows of a progress report and what stands for the same month to what a person should be asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rules.milestones import DONE

WHOLE = 100  # per cent
ON_SCREEN = "（在线填报）"  # in the name of a workbook that the form made


@dataclass(frozen=True, slots=True)
class ProgressSaid:
    """What one row says of one unit's measure. `on_screen`: it was reported by the form, not by a workbook."""

    unit: str
    measure: str
    state: str | None
    percent: int | None
    on_screen: bool = False


def unfinished_completions(rows: Iterable[ProgressSaid]) -> list[ProgressSaid]:
    """Return the rows that say 已完成 and a share below 100 %."""
    return [row for row in rows if row.state == DONE and row.percent is not None and row.percent < WHOLE]


def unproved_completions(rows: Iterable[ProgressSaid], evidence: Collection[tuple[str, str]]) -> list[ProgressSaid]:
    """Return the rows that say 已完成 of a measure to which no file is attached. `evidence`: (unit, measure)."""
    return [row for row in rows if row.state == DONE and (row.unit, row.measure) not in evidence]


def steps_back(rows: Iterable[ProgressSaid], accepted: Mapping[tuple[str, str], ProgressSaid]) -> list[ProgressSaid]:
    """Return the standing rows that the new report takes back: 已完成 no longer, or reported on screen and now said
    otherwise or not at all. `standing`: (unit, measure) → row of the same month.
    """
    new = {(row.unit, row.measure): row for row in rows}
    units = {unit for unit, _ in new}
    return [
        old
        for (unit, measure), old in accepted.items()
        if unit in units and _is_taken_back(old, new.get((unit, measure)))
    ]


def _is_taken_back(old: ProgressSaid, new: ProgressSaid | None) -> bool:
    if new is None:
        return old.on_screen or old.state == DONE
    if old.state == DONE and new.state != DONE:
        return True
    return old.on_screen and (old.state, old.percent) != (new.state, new.percent)
