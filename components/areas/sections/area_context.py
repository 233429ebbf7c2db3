"""What a section of an area page rests on, read once: lamps, breakdowns, who owes what; of all units or of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.area_links import area_shown
from components.elements.breakdown_tables import Breakdown, Naming, as_it_is, lamps_of, units_of
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.links import link
from components.elements.phrases import quiet
from components.elements.rendering import Content, Parts, render
from components.elements.task_table import BY_UNIT
from components.reporting.owed_in_words import owed_in_words
from models.chart_data import Placed
from models.lamps import Scorecard
from models.plan import Measure
from services.areas.breakdowns import Frames, area_breakdowns, placed
from services.board.district import District

Answer = TypeVar("Answer")
NOT_BOUND = " " + quiet("不承担", "不承担该举措，不与目标比较")


@dataclass(frozen=True)
class AreaContext:
    """`unit` None: all units."""

    area: str
    district: District
    card: Scorecard
    frames: Frames
    unit: str | None
    page: PageContext
    _gathered: dict[Callable[[AreaContext], Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, gather: Callable[[AreaContext], Answer]) -> Answer:
        """Return what `gather` returns of this page, gathered once a drawing: title and pictures rest on the same."""
        if gather not in self._gathered:
            self._gathered[gather] = gather(self)
        answer: Answer = self._gathered[gather]
        return answer

    def breakdown(self, key: str, title: str, label: str, name: Naming = as_it_is) -> Breakdown:
        """Return how a table of figures of this page is called; see Breakdown."""
        return Breakdown(key, title, label, self.page, name)

    def by_unit(self, key: str, title: str, name: Naming | None = None) -> Breakdown:
        """Return how a table of units of this page is called; their names lead to their part of it, or as `name`
        has it.
        """
        return self.breakdown(key, title, "责任单位", name or units_of(self.page.page, self.page))

    def measure_of(self, indicator: str) -> Measure | None:
        """Return the measure that the plan in force has judged by the indicator, or None."""
        return self.district.plan.measure_judged_by(indicator)

    def proofs(self, indicator: str) -> Naming:
        """Return unit names that lead to the unit's rows; one that only reports what is counted, and does not bear the
        measure, is marked.
        """
        measure = self.measure_of(indicator)
        if measure is None:
            return units_of(self.page.page, self.page)
        bound, named = self.bound(indicator), lamps_of(measure.code, self.page)
        return lambda unit: named(unit) if bound is None or unit in bound else named(unit) + NOT_BOUND

    def bound(self, indicator: str) -> frozenset[str] | None:
        """Return the units that bear the indicator's measure; None: it counts everybody's records or names nobody."""
        plan, measure = self.district.plan, self.measure_of(indicator)
        task = plan.task(measure.task) if measure and not measure.district else None
        return frozenset(plan.units[number].name for number in task.units) if task and task.units else None

    def beyond(self, indicator: str, breakdown: str) -> str:
        """Say why a section counts more than the measure does: units that do not bear it have reported too."""
        bound = self.bound(indicator)
        more = bound is not None and self.unit is None and set(self.frames[breakdown]["unit"]) - bound
        return f"；含不承担该举措的单位 {len(more)} 个" if more else ""

    def counted(self, indicator: str) -> Naming:
        """Return names of categories that lead to what is counted: the rows of the one unit, or of the one that answers
        for the whole district, else the measure's units, each of which leads to its rows.
        """
        measure = self.measure_of(indicator)
        if measure is None:
            return as_it_is
        code = measure.code
        lamp = next((lamp for lamp in self.card.select(measure=code) if self.unit in (None, lamp.unit)), None)
        unit = self.unit or (lamp.unit if lamp and measure.district else None)
        where = (
            self.page.address("lamp", measure=code, unit=unit)
            if unit
            else self.page.address(self.page.page, measure=code) + BY_UNIT
        )
        return lambda label: link(label, where, f"查看 {code} 计入的行" if unit else f"按单位查看 {code}")

    def behind(self, indicator: str, label: str, unit: str | None = None) -> Markup:
        """Return a label that leads to the rows of a figure that no measure judges."""
        return link(label, self.page.address("indicator", code=indicator, unit=self.unit or unit), "查看计入的行")

    def placed(self, code: str, key: str, name: str, *details: str) -> list[Placed]:
        places = cache.answer(placed, code, self.district.as_of, key, name, details)
        return [place for place in places if self.unit in (None, place.unit)]

    def empty(self, *datasets: str) -> Markup:
        """Return which data is missing and who owes it."""
        return empty_state(*owed_in_words(self.district, datasets, self.unit))


def area_context(here: PageContext) -> AreaContext:
    """Return what the sections of this area page rest on."""
    area = area_shown(here).code
    frames = cache.answer(area_breakdowns, area, here.day, here.unit)
    return AreaContext(area, here.district, cache.scorecard(here.day), frames, here.unit, here)


def pair(name: str, *blocks: Content) -> Parts:
    """Return the blocks side by side where there is room; `name` tells several such pairs of a page apart."""
    return Parts((partial(_draw_side_by_side, name, blocks),))


def _draw_side_by_side(name: str, blocks: Sequence[Content]) -> None:
    with st.container(key=f"pair_{name}"):
        for block in blocks:
            with st.container():
                render(block)
