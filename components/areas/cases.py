"""The deadlines of an area's cases: each kind with its counts, and the first that are overdue; the rest stands on the
page of cases.
"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from catalogue.cases import kinds_of_area
from components.cases.kinds import cases_table
from components.cases.table import overdue_cases
from components.elements import cache
from components.elements.empty_state import section
from components.elements.links import Value, address, link
from components.elements.rendering import render
from models.cases import Caseload
from models.lamps import Lamp

FEW = 5


def area_cases(area: str, day: date, unit: str | None, **query: Value) -> None:
    """Draws nothing for an area without cases. `query`: what the page's own address carries, the as-of date among
    it.
    """
    loads = [cache.caseload(kind.code, day, unit) for kind in kinds_of_area(area)]
    if loads:
        render(
            section("案件时限", "各按自己的时限，按法定工作日历计算；点击查看全部", "cases")
            + cases_table(loads, unit, **query)
        )
        render(Markup("").join(_first_overdue(load, unit, query) for load in loads))


def _first_overdue(load: Caseload, unit: str | None, query: dict[str, Value]) -> Markup:
    number = load.of(unit).get(Lamp.OVERDUE, 0)
    if not number:
        return Markup("")
    every = (
        link("查看全部", address("cases", kind=load.kind.code, unit=unit, case_lamp=Lamp.OVERDUE.value, **query))
        if number > FEW
        else ""
    )
    words = f"{number:,} 件" + (f"，列出最早到期的 {FEW} 件" if number > FEW else "")
    head = Markup('<h3 class="sub">{}：逾期<small>{} {}</small></h3>').format(load.kind.title, words, every)
    return head + overdue_cases(load, unit, FEW, **query)
