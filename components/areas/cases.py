"""The deadlines of an area's cases: each kind with its counts, and the first that are overdue; the rest stands on the
page of cases.
"""

from __future__ import annotations

from markupsafe import Markup

from components.cases.kinds import cases_table
from components.cases.table import overdue_cases
from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import section, subsection
from components.elements.links import link
from components.elements.rendering import Content, render
from models.cases import Caseload
from models.lamps import Lamp
from services.areas.of_plan import kinds_of

FEW = 5


def area_cases(area: str, unit: str | None, here: PageContext) -> None:
    """Draw the cases of an area by kind and the first overdue ones; nothing for an area without cases."""
    loads = [cache.caseload(kind.code, here.day, unit) for kind in kinds_of(area, here.district.plan)]
    if loads:
        render(section("案件时限", "各按自己的时限，按法定工作日历计算", "cases") + cases_table(loads, {}, unit, here))
        render(*(_first_overdue(load, unit, here) for load in loads))


def _first_overdue(load: Caseload, unit: str | None, here: PageContext) -> Content:
    number = load.of(unit).get(Lamp.OVERDUE, 0)
    if not number:
        return Markup("")
    every = (
        link("查看全部", here.address("cases", kind=load.kind.code, unit=unit, case_lamp=Lamp.OVERDUE.value))
        if number > FEW
        else ""
    )
    words = f"{number:,} 件" + (f"，列出最早到期的 {FEW} 件" if number > FEW else "")
    head = subsection(f"{load.kind.title}：逾期", Markup("{} {}").format(words, every))
    return head + overdue_cases(load, unit, FEW, here)
