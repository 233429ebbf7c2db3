"""What a bulletin prints beside its figures: titles, head and foot by the settings, number, day, objections, and single
reports, elements and rectifications where the figures count them.

It is kept with the bulletin, so that the document can be made again from what was stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Particulars:
    """`day` and `document_number` are empty until issue; `objections`: units with one that is not settled."""

    year: int
    masthead: str
    recipients: str
    copies: str
    issuer: str
    document_number: str
    day: str  # ISO, of issue
    made: str  # ISO, the only time in the files: of a draft the day A, of an issue its time with +08:00
    corrects: str  # 发文字号 of the bulletin put right
    objections: Sequence[str]
    minimum: int
    days_to_mend: int  # working days from issue
    areas: Mapping[str, str]
    tasks: Mapping[str, str]
    measures: Mapping[str, str]
    indicators: Mapping[str, str]
    counts: Sequence[str]  # codes of indicators that are counts, not shares
    increases: Sequence[str]  # codes of indicators that are to increase, or to fall where they are among `at_most`
    datasets: Mapping[str, str]
    kinds: Mapping[str, str]  # of spot checks
    late: Sequence[Mapping[str, Any]] = ()  # unit, dataset, months: reports that came after their day
    failed: Sequence[Mapping[str, Any]] = ()  # elements of its spot checks, each with what was not borne out
    untold: Sequence[str] = ()  # numbers of sealed spot checks of which units are not to hear yet
    ledger: Sequence[Mapping[str, Any]] = ()  # rectifications at A, one by one
    at_most: Sequence[str] = ()  # codes of indicators that are to stay at or below their target, or to fall

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Particulars:
        return cls(**stored)

    def issued(self, document_number: str, made: str, objections: Sequence[str]) -> Particulars:
        """Return what is printed at issue; `made`: its ISO time."""
        return replace(self, document_number=document_number, day=made[:10], made=made, objections=tuple(objections))


def document_number(pattern: str, year: int, number: int | str) -> str:
    """Return the 发文字号 by its setting, e.g. 区政服督〔{year}〕{n}号."""
    return pattern.replace("{year}", str(year)).replace("{n}", str(number))
