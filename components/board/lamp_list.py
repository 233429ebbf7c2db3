"""The responsibilities behind a count of the board: by lamp, area or deadline as the address asks; unit, measure,
deadline and reason, each leading to its proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from catalogue.areas import AREAS
from components.elements.context import PageContext, parse_day
from components.elements.empty_state import empty_state, section
from components.elements.lamp import COUNTED, chip
from components.elements.links import link
from components.elements.tables import Column, Row, table
from models.lamps import FACES, Lamp, MeasureLamp, Scorecard

ON_A_PAGE = 20
LISTED = "listed"
"""Where the list stands on the board."""
UNDATED = "none"
COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("举措"),
    Column("红绿灯", css="nowrap"),
    Column("期限", css="nowrap"),
    Column("理由", css="reason"),
)


@dataclass(frozen=True)
class Asked:
    """What is listed; None: whatever it is."""

    lamp: Lamp | None = None
    area: str | None = None
    deadline: str | None = None

    def __bool__(self) -> bool:
        return any((self.lamp, self.area, self.deadline))

    def holds(self, row: MeasureLamp) -> bool:
        return (
            (row.lamp is self.lamp if self.lamp else row.lamp in COUNTED)
            and self.area in (None, row.area)
            and self.deadline in (None, _day(row.deadline))
        )

    def in_words(self) -> str:
        when = "期限未定" if self.deadline == UNDATED else f"{self.deadline} 到期" if self.deadline else ""
        return "·".join(
            word
            for word in (AREAS[self.area].title if self.area else "", when, FACES[self.lamp].word if self.lamp else "")
            if word
        )


def asked_list(here: PageContext) -> Asked:
    """From the address; what is no lamp, area or day there is not asked for."""
    lamp, area, deadline = (here.asked(name) for name in ("lamp", "area", "deadline"))
    return Asked(
        Lamp(lamp) if lamp in COUNTED else None,
        area if area in AREAS else None,
        deadline if deadline == UNDATED or parse_day(deadline) else None,
    )


def to_list(
    label: str | Markup,
    here: PageContext,
    lamp: Lamp | None = None,
    area: str | None = None,
    deadline: date | str | None = None,
) -> Markup:
    """A label that opens the list. `deadline`: a day, or UNDATED."""
    return link(
        label, here.same_page(lamp=lamp, area=area, deadline=deadline, listed=None) + f"#{LISTED}", "列出这些责任项"
    )


def lamp_list(card: Scorecard, asked: Asked, titles: Mapping[str, str], here: PageContext) -> Markup:
    """The earliest deadline first, then the worst. `titles`: measure → its name."""
    rows = sorted(
        filter(asked.holds, card.lamps),
        key=lambda row: (row.deadline or date.max, tuple(Lamp).index(row.lamp), row.measure, row.unit or ""),
    )
    shown_page = here.list_page(rows, LISTED, ON_A_PAGE)
    away = here.same_page(lamp=None, area=None, deadline=None, listed=None)
    head = section(f"{asked.in_words()}：{len(rows):,} 项", link("收起", away), LISTED)
    if not rows:
        return head + empty_state("截至该日没有这样的责任项。")
    return head + table(COLUMNS, [_row(row, titles, here) for row in shown_page.items], css="cards") + shown_page.links


def _row(row: MeasureLamp, titles: Mapping[str, str], here: PageContext) -> Row:
    proof = here.address("lamp", measure=row.measure, unit=row.unit)
    return (
        link(row.unit or "未明确", proof),
        f"{row.measure} {titles[row.measure]}",
        link(chip(row.lamp), proof),
        row.deadline.isoformat() if row.deadline else "未定",
        row.reason,
    )


def _day(deadline: date | None) -> str:
    return deadline.isoformat() if deadline else UNDATED
