"""The kinds of cases of one unit or of all, with their counts by lamp; each leads to its open cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.cases.table import SHOWN
from components.elements.context import PageContext
from components.elements.lamp_column import lamp_bar_column
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.cases import Caseload
from models.lamps import FACES, Lamp

LAMPS = (*SHOWN[:2], Lamp.TO_VERIFY, *SHOWN[2:])


@dataclass(frozen=True)
class CasesOfKind:
    """How many cases of a kind have each lamp, and where they are listed."""

    title: str
    address: str
    numbers: Mapping[Lamp, int]


def cases_table(
    loads: Sequence[Caseload], rectifications: Mapping[Lamp, int], unit: str | None, here: PageContext
) -> Parts:
    """Return a row a kind of case of which the unit, or of None anybody, has any; each opens its open cases.

    `rectifications`: how many have each lamp.
    """
    rows = [
        CasesOfKind(load.kind.title, here.address("cases", kind=load.kind.code, unit=unit), load.of(unit))
        for load in loads
        if load.of(unit)
    ]
    if rectifications:
        rows.append(CasesOfKind("整改事项", here.address("rectifications", unit=unit), rectifications))
    nothing = "截至该日没有这个单位的案件。" if unit else "截至该日没有报送过这类案件。"
    columns = (
        Column[CasesOfKind](
            "kind", "案件", lambda kind: kind.title, width=Width.UNBROKEN, href=lambda kind: kind.address
        ),
        lamp_bar_column(lambda kind: kind.numbers, rows),
        *(_count(lamp) for lamp in LAMPS),
        Column[CasesOfKind]("all", "合计", lambda kind: sum(kind.numbers.values()), Kind.NUMBER),
    )
    table = Table("case_kinds", "案件时限", columns, counted="类", page_size=None, nothing=nothing)
    return table_parts(table, rows, here)


def _count(lamp: Lamp) -> Column[CasesOfKind]:
    return Column(lamp.value, FACES[lamp].word, lambda kind: kind.numbers.get(lamp, 0), Kind.NUMBER)
