"""The responsibilities behind a count of the board: by lamp, area or deadline as the address asks; unit, measure,
deadline and reason, each leading to its proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from catalogue.areas import area_of, areas_of_plan
from components.elements.area_column import area_column
from components.elements.context import PageContext, parse_day
from components.elements.empty_state import section
from components.elements.lamp import COUNTED
from components.elements.last_day import last_day
from components.elements.links import link
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from components.elements.templates import from_template
from models.lamps import FACES, Lamp, MeasureLamp, Scorecard
from services.access.permission import may
from services.notices.notices import send_notice

ON_A_PAGE = 30
LISTED = "listed"
"""Where the list stands on the board."""
UNDATED = "none"
OPEN_ENDED = "long-term"


@dataclass(frozen=True)
class ListQuestion:
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
            and self.deadline in (None, day_asked(row))
        )

    def in_words(self) -> str:
        undated = {UNDATED: "期限未定", OPEN_ENDED: "长期坚持", None: ""}
        when = undated.get(self.deadline, f"{self.deadline} 到期")
        return "·".join(
            word
            for word in (
                area_of(self.area).title if self.area else "",
                when,
                FACES[self.lamp].word if self.lamp else "",
            )
            if word
        )


def requested_list(here: PageContext) -> ListQuestion:
    """Return the list that the address asks for; what is no lamp, area or day there is not asked for."""
    lamp, area, deadline = (here.parameter(name) for name in ("lamp", "area", "deadline"))
    return ListQuestion(
        Lamp(lamp) if lamp in COUNTED else None,
        area if area in {area.code for area in areas_of_plan(here.district.plan)} else None,
        deadline if deadline in (UNDATED, OPEN_ENDED) or parse_day(deadline) else None,
    )


def to_list(
    label: str | Markup,
    here: PageContext,
    lamp: Lamp | None = None,
    area: str | None = None,
    deadline: str | None = None,
) -> Markup:
    """Return a label that opens the list. `deadline`: as `day_asked` says it."""
    return link(
        label,
        here.same_page(lamp=lamp, area=area, deadline=deadline, listed=None, turned=None) + f"#{LISTED}",
        "列出这些责任项",
    )


def draw_lamp_list(card: Scorecard, question: ListQuestion, here: PageContext) -> None:
    """Draw the list, by unit, the earliest deadline first, then the worst, with whom to call."""
    rows = sorted(
        filter(question.holds, card.lamps),
        key=lambda row: (row.deadline or date.max, tuple(Lamp).index(row.lamp), row.measure, row.unit or ""),
    )
    away = here.same_page(lamp=None, area=None, deadline=None, listed=None)
    render(section(f"{question.in_words()}：{len(rows):,} 项", link("收起", away), LISTED))
    draw_table(lamp_table(question.in_words(), here), rows, here)


def lamp_table(title: str, here: PageContext) -> Table[MeasureLamp]:
    """Return the table of responsibilities, grouped by the unit that answers for them."""
    plan = here.district.plan
    titles = {measure.code: measure.title for task in plan.tasks for measure in task.measures}
    units = {unit.name: unit for unit in plan.units.values()}

    def proof(row: MeasureLamp) -> str:
        return here.address("lamp", measure=row.measure, unit=row.unit)

    def of_unit(row: MeasureLamp, field: str) -> str | None:
        unit = units.get(row.unit or "")
        return getattr(unit, field) if unit else None

    columns: Sequence[Column[MeasureLamp]] = (
        Column[MeasureLamp]("measure", "举措", lambda row: row.measure, width=Width.UNBROKEN, href=proof),
        Column[MeasureLamp]("title", "内容", lambda row: titles[row.measure], width=Width.PROSE),
        Column[MeasureLamp](
            "unit", "责任单位", lambda row: row.unit or "未明确", Kind.UNIT, Width.UNBROKEN, href=proof, is_filter=True
        ),
        area_column(lambda row: row.area, only_exported=False),
        Column[MeasureLamp](
            "lamp", "红绿灯", lambda row: row.lamp, Kind.LAMP, Width.UNBROKEN, href=proof, is_filter=True
        ),
        Column[MeasureLamp](
            "deadline",
            "期限",
            last_day,
            Kind.DAY,
            Width.UNBROKEN,
            order=lambda row: row.deadline,
        ),
        Column[MeasureLamp]("reason", "理由", lambda row: row.reason, width=Width.REASON),
        Column[MeasureLamp]("leader", "责任领导", lambda row: of_unit(row, "leader"), only_exported=True),
        Column[MeasureLamp]("person", "责任人", lambda row: of_unit(row, "person"), only_exported=True),
        Column[MeasureLamp]("phone", "联系电话", lambda row: of_unit(row, "phone"), only_exported=True),
    )

    def whom_to_call(name: str) -> Markup:
        reminder = here.address("notices", unit=name) if name in units and may(send_notice) else ""
        return from_template("board/whom_to_call.html", unit=units.get(name), reminder=reminder)

    return Table(
        LISTED,
        title,
        columns,
        page_size=ON_A_PAGE,
        group_by="unit",
        is_grouped=True,
        group_detail=whom_to_call,
        nothing="截至该日没有这样的责任项。",
    )


def day_asked(row: MeasureLamp) -> str:
    """Return how the address asks for what is due like this one: a day, OPEN_ENDED or UNDATED."""
    if row.deadline is not None:
        return row.deadline.isoformat()
    return OPEN_ENDED if row.open_ended else UNDATED
