"""The kinds of cases of one unit or of all, with their counts by lamp; each leads to its open cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from components.cases.table import SHOWN
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.links import link
from components.elements.tables import Column, Row, table
from models.cases import Caseload
from models.lamps import FACES, Lamp

LAMPS = (*SHOWN[:2], Lamp.TO_VERIFY, *SHOWN[2:])
COLUMNS = (
    Column("案件", css="nowrap"),
    Column("红绿灯分布", css="wide"),
    *(Column(FACES[lamp].word, number=True) for lamp in LAMPS),
    Column("合计", number=True),
)


def cases_table(
    loads: Sequence[Caseload], rectifications: Mapping[Lamp, int], unit: str | None, here: PageContext
) -> Markup:
    """A row a kind of case of which the unit, or of None anybody, has any; each opens its open cases.

    `rectifications`: how many stand on each lamp.
    """
    rows = [
        _counted(load.kind.title, here.address("cases", kind=load.kind.code, unit=unit), load.of(unit))
        for load in loads
        if load.of(unit)
    ]
    if rectifications:
        rows.append(_counted("整改事项", here.address("rectifications", unit=unit), rectifications))
    return (
        table(COLUMNS, rows)
        if rows
        else empty_state("截至该日没有这个单位的案件。" if unit else "截至该日没有报送过这类案件。")
    )


def _counted(title: str, where: str, numbers: Mapping[Lamp, int]) -> Row:
    counts = {lamp: numbers.get(lamp, 0) for lamp in Lamp}
    return (link(title, where), lamp_bar(counts), *(counts[lamp] for lamp in LAMPS), sum(counts.values()))
