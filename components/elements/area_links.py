"""Areas and their pages: a shipped area's own page, /area?area=名称 of any other; those of the menu; what a table of an
area is called.
"""

from __future__ import annotations

from catalogue.areas import OWN_PAGE, area_of, code_of_area
from components.elements import cache
from components.elements.context import AREA, PageContext, can_be_shown, shown_day
from components.elements.links import Address
from models.definitions import Area
from services.plan.in_force import areas_as_of


def area_address(area: Area, here: PageContext, **query: Address) -> str:
    """Return the address as of the same day and of the same plan."""
    return here.address(area.page, **({"area": area.code} if area.page == OWN_PAGE else {}), **query)


def table_name(area: Area, place: int) -> str:
    """Return what the table of an area is called among those of a page; a name that was typed is no part of it."""
    return f"area_{place}" if area.page == OWN_PAGE else area.code


def area_shown(here: PageContext) -> Area:
    """Return the area of an area page: that of its own address, or the one that the address names."""
    return area_of(code_of_area(here.parameter(AREA)) if here.page == AREA else here.page)


def areas_of_menu() -> tuple[Area, ...]:
    """Return the areas of the plan of this visit, in its order: as of the day of its address, else the opening one."""
    day = shown_day()
    return cache.answer(areas_as_of, day if can_be_shown(day) else cache.opening_day())
