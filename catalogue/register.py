"""What the program ships and what plans of the board declare, under one name: whoever asks for a dataset, an indicator
or an area by its code gets a declaration, wherever it came from.

Which declarations there are is a matter of the database asked, like who asks is of the request: services tell it at the
beginning of every transaction (services/figures/declared.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from models.breakdowns import Breakdown
from models.cases import CaseKind
from models.definitions import Area, Dataset, Indicator

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Beside:
    """An indicator shown beside a measure (by its key); no lamp looks at it. None: from the beginning, until now."""

    measure: str
    indicator: str
    since: datetime | None
    until: datetime | None

    def holds_at(self, end: datetime) -> bool:
        return (self.since is None or self.since < end) and (self.until is None or self.until >= end)


@dataclass(frozen=True, eq=False)
class Declared:
    """What the plans of one board declare, by code. `datasets`: their own, and shipped ones with fields added."""

    areas: Mapping[str, Area] = field(default_factory=dict)
    area_places: Mapping[tuple[str, str], int] = field(default_factory=dict)  # (plan, area) → its place there
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    case_kinds: Mapping[str, CaseKind] = field(default_factory=dict)
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    keys: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (plan, code in it) → the indicator's key now
    merged: dict[str, Mapping[str, Any]] = field(default_factory=dict, init=False)  # with what is shipped, made once


NOTHING = Declared()
_last = NOTHING
_told: ContextVar[Declared | None] = ContextVar("declared", default=None)


def declared_in_force() -> Declared:
    """Return what the plans of the board declare that was asked last."""
    return _told.get() or _last


def declare(declared: Declared, *, for_everybody: bool = True) -> None:
    """Tell what is declared from now on: to whoever asks here, and, unless it is not sure yet to stay, to every thread
    that was told nothing.
    """
    global _last
    _told.set(declared)
    if for_everybody:
        _last = declared


class Register(Mapping[str, Entry]):
    """Shipped and declared entries of one kind by code, the shipped first; `name`: the field of Declared."""

    def __init__(self, name: str, shipped: Mapping[str, Entry]) -> None:
        self.name, self.shipped = name, dict(shipped)

    @property
    def _all(self) -> Mapping[str, Entry]:
        declared = declared_in_force()
        if declared is NOTHING:
            return self.shipped
        if self.name not in declared.merged:
            declared.merged[self.name] = self.shipped | self._declared(declared)
        return declared.merged[self.name]

    def _declared(self, declared: Declared) -> dict[str, Entry]:
        return dict(getattr(declared, self.name))

    def __getitem__(self, code: str | None) -> Entry:
        """Return the entry; nothing has the code None."""
        return self._all[code or ""]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __or__(self, other: Mapping[str, Entry]) -> dict[str, Entry]:
        return {**self, **other}

    def __ror__(self, other: Mapping[str, Entry]) -> dict[str, Entry]:
        return {**other, **self}


class DatasetOfPart(Register[str]):
    """Part → the code of its dataset."""

    def _declared(self, declared: Declared) -> dict[str, str]:
        return {part.code: code for code, dataset in declared.datasets.items() for part in dataset.parts}
