"""抽查不符 k／n beside what was reported: the marks of a unit or a measure, with the check that each comes from."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.rendering import Content
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.templates import from_template
from models.spot_checks import Element, Mark, Result, SpotCheckSummary
from services.spot_checks.marks import marks_as_of
from services.spot_checks.measures import measures_of
from services.spot_checks.showing import drawn_of_unit
from services.spot_checks.summaries import spot_checks_as_of


def marks_of(here: PageContext, unit: str | None = None, measure: str | None = None) -> list[Mark]:
    """Return the marks that stand on the day of the page, as whoever asks may see them."""
    own = here.own_unit
    if own is not None and unit not in (None, own):
        return []
    marks = cache.answer(marks_as_of, here.day, own or unit)
    return [mark for mark in marks if measure in (None, mark.measure)]


def draw_marks(marks: Sequence[Mark], here: PageContext, *, with_unit: bool = False) -> Markup:
    """Return the section of marks; nothing where none stands."""
    if not marks:
        return Markup("")
    return section("抽查不符", "抽查核实与报送不一致，已经认定") + from_template(
        "spot_checks/marks.html",
        marks=marks,
        with_unit=with_unit,
        address=lambda mark: here.address("spot_check", number=mark.number),
    )


def checks_of_element(key: str, here: PageContext, unit: str) -> Markup:
    """Return the spot checks that drew this very thing and what they found; nothing where none did."""
    drawn = cache.answer(drawn_of_unit, key, here.day, unit)
    if not drawn:
        return Markup("")
    return section("抽查", f"抽到 {len(drawn)} 次") + from_template(
        "spot_checks/element.html",
        lines=[(check, element, _found(element)) for check, element in drawn],
        address=lambda check: here.address("spot_check", number=check.number),
    )


def checks_of_unit(unit: str, here: PageContext, measure: str | None = None) -> Content:
    """Return the spot checks that drew something of the unit, of all kinds or those that bear on a measure; nothing
    where none did.
    """
    if here.own_unit not in (None, unit):
        return Markup("")
    chosen = list(cache.answer(spot_checks_as_of, here.day, unit))
    if measure is not None:
        drew = {check.number for check, _ in cache.answer(drawn_of_unit, f"{unit}|{measure}", here.day, unit)}
        plan = here.district.plan
        chosen = [check for check in chosen if measure in measures_of(check.kind, plan) or check.number in drew]
    if not chosen:
        return Markup("")
    return section("抽查", "抽到本单位的") + table_parts(_table_of_unit(here), chosen, here)


def _table_of_unit(here: PageContext) -> Table[SpotCheckSummary]:
    return Table(
        "checks",
        "抽到本单位的抽查",
        (
            Column(
                "number",
                "编号",
                lambda check: check.number,
                width=Width.UNBROKEN,
                href=lambda check: here.address("spot_check", number=check.number),
            ),
            Column("kind", "对象", lambda check: check.kind.title, width=Width.UNBROKEN),
            Column("state", "状态", lambda check: check.state.word, width=Width.UNBROKEN),
            Column("drawn", "抽取时间", lambda check: check.at, Kind.MOMENT, Width.UNBROKEN),
            Column("sample", "抽到", lambda check: check.sample, Kind.NUMBER, unit=" 个"),
            Column("failed", "不合格", lambda check: check.failed, Kind.NUMBER, unit=" 个"),
            Column("open", "待认定", lambda check: check.undecided, Kind.NUMBER, unit=" 个"),
        ),
        counted="次",
    )


def _found(element: Element) -> str:
    if element.checked_result is not Result.FAIL:
        return element.checked_result.word
    if element.decision is None:
        return "不合格，待认定"
    return "不合格，已认定" if element.is_confirmed else "不合格，未予认定"
