"""What every part of a page needs to know: which page, as of when, for whom, and addresses that keep the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from catalogue.areas import OWN_PAGE
from components.elements import cache
from components.elements.links import Address, address
from components.elements.list_page import Item, ListPage, list_page
from models.people import Person, Role
from rules.asked_numbers import asked_number
from services.access.chosen_plan import chosen_plan
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import own_unit
from services.board.district import District, moment

PLAN = "plan"
"""The parameter of an address that names another plan than the day's current one."""
AREA = OWN_PAGE
"""The page of the areas that a plan brings along, and the parameter that names one."""


@dataclass(frozen=True)
class PageContext:
    """One run of a page. `query`: what stands in its address; `requested_day`: the day asked for, where it is too far
    from the years entered in the working calendar and another is shown; `not_a_day`: what stands in its place and is
    none.
    """

    page: str
    day: date
    person: Person
    query: Mapping[str, Sequence[str]]
    requested_day: date | None = None
    not_a_day: str = ""

    @property
    def district(self) -> District:
        return cache.district(self.day)

    @property
    def role(self) -> Role:
        return self.person.role

    @property
    def own_unit(self) -> str | None:
        """Return the unit whose person looks; None for the bureau, the inspectors and the leaders."""
        return self._on_the_day(own_unit())

    @property
    def unit(self) -> str | None:
        """Return the unit that the address names, for a unit's person the own; by the name that it had on the day.

        Raises Forbidden where that is another's.
        """
        return self._on_the_day(own_unit(self.parameter("unit") or None))

    def _on_the_day(self, unit: str | None) -> str | None:
        plan = self.district.plan
        number = None if unit is None else plan.unit_id(unit)
        return unit if number is None else plan.units[number].name

    @property
    def unit_kinds(self) -> Mapping[str, str]:
        """Return unit → 部门, 镇街 …, as registered on the day."""
        return {unit.name: unit.kind for unit in self.district.plan.units.values()}

    @property
    def now(self) -> datetime:
        """Return when what is entered on this page takes effect: now; with sample data, on the as-of date."""
        return self.sample_time or present()

    @property
    def sample_time(self) -> datetime | None:
        """Return, with sample data, the time of day on the as-of date, at which the clock stands; None: it is really
        now.
        """
        return moment(self.district)

    def parameter(self, name: str) -> str:
        """Return the first value of a parameter of the address, "" where there is none."""
        return next(iter(self.query.get(name, ())), "")

    def number_parameter(self, name: str) -> int | None:
        """Return a parameter as a whole number from 0 on, or None."""
        return asked_number(self.parameter(name))

    def address(self, page: str, /, **query: Address) -> str:
        """Return the address of a page as of the same day and of the same plan; the page of an area that a plan brings
        along keeps its area.
        """
        area = {AREA: self.parameter(AREA)} if page == self.page == AREA else {}
        return address(page, **{"as_of": self.parameter("as_of"), PLAN: self.parameter(PLAN), **area, **query})

    def list_page(self, items: Sequence[Item], name: str, size: int) -> ListPage[Item]:
        """Return the page of a list that the address asks for under `name`, with links that keep the rest of it."""
        return list_page(items, self.number_parameter(name) or 1, size, lambda number: self.same_page(**{name: number}))

    def same_page(self, **changes: Address) -> str:
        """Return the address of this page with parameters changed; None takes one out."""
        return address(self.page, **{**self.query, **changes})


def open_page(page: str) -> PageContext:
    """Settle the day and the plan of this run, write them into the address where they are not the opening day and its
    current plan, and return the context.

    The day is the one in the address alone, so that Back undoes it, else the opening day; where it is beyond all years
    whose working days are entered, the nearest day within.
    """
    opening, written = cache.opening_day(), st.query_params.get("as_of", "")
    requested = parse_day(written) or opening
    not_a_day = "" if parse_day(written) else written
    day = requested if can_be_shown(requested) else _nearest_entered(opening)
    if day != opening and written != day.isoformat():
        st.query_params["as_of"] = day.isoformat()
    elif day == opening and (day != requested or not_a_day):
        st.query_params.pop("as_of", None)
    if PLAN in st.query_params and chosen_plan() in (None, cache.current_plan(day)):
        st.query_params.pop(PLAN)
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    return PageContext(page, day, current_user(), query, None if day == requested else requested, not_a_day)


def first_day() -> date:
    """Return the day of a page whose address names none."""
    opening = cache.opening_day()
    return opening if can_be_shown(opening) else _nearest_entered(opening)


def shown_day() -> date:
    """Return the day of the page that is being drawn: open_page leaves it in the address where it is not the opening
    one.
    """
    return parse_day(st.query_params.get("as_of")) or cache.opening_day()


def parse_day(text: str | None) -> date | None:
    """Return an ISO day, or None for anything else that stands in an address."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def can_be_shown(day: date) -> bool:
    """Return whether the working days of that year are entered, or of years around it: the next year's are published
    only shortly before it.
    """
    years = cache.calendar_year(day.year).years_entered
    return bool(years) and years[0] <= day.year <= years[-1] + 1


def _nearest_entered(day: date) -> date:
    """Return the day itself, else the last day entered before it, else the first entered after it."""
    years = cache.calendar_year(day.year).years_entered
    if not years or day.year in years:
        return day
    before = [year for year in years if year < day.year]
    return date(before[-1], 12, 31) if before else date(years[0], 1, 1)
