"""From the reports owed to counts: expected, received, on time, late, missing, zero reports, and the reporting rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from services.reporting.reports import Reporting, ReportOwed

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class ReportingTotals:
    """Reports that are exempt or not yet due are not expected, unless they came."""

    on_time: int
    late: int
    partial: int  # received without all that is owed: neither on time nor missing
    missing: int
    exempt: int
    not_due: int
    zero: int  # received with headings and no rows

    @property
    def received(self) -> int:
        return self.on_time + self.late

    @property
    def expected(self) -> int:
        return self.received + self.partial + self.missing

    @property
    def rate(self) -> float | None:
        """Received ÷ expected; None where nothing was expected."""
        return self.received / self.expected if self.expected else None


def totals(lines: Iterable[ReportOwed]) -> ReportingTotals:
    every = list(lines)
    number = {status: sum(line.status is status for line in every) for status in Reporting}
    return ReportingTotals(
        number[Reporting.ON_TIME],
        number[Reporting.LATE],
        number[Reporting.PARTIAL],
        number[Reporting.MISSING],
        number[Reporting.EXEMPT],
        number[Reporting.NOT_DUE],
        sum(line.is_zero for line in every),
    )


def totals_by(lines: Iterable[ReportOwed], key: Callable[[ReportOwed], Key]) -> dict[Key, ReportingTotals]:
    """Return key → totals, in the order in which the keys first come."""
    groups: dict[Key, list[ReportOwed]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return {name: totals(group) for name, group in groups.items()}
