"""抽查不符 k／n beside what was reported: the marks of a unit or a measure, with the check that each comes from."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.templates import from_template
from models.spot_checks import Element, Mark, Result
from services.spot_checks.marks import marks_as_of
from services.spot_checks.showing import spot_checks_as_of


def marks_of(here: PageContext, unit: str | None = None, measure: str | None = None) -> list[Mark]:
    """Return the marks that stand on the day of the page, as whoever asks may see them."""
    own = here.own_unit
    if own is not None and unit not in (None, own):
        return []
    marks = cache.kept(marks_as_of, here.day, own or unit)
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
    checks = cache.kept(spot_checks_as_of, here.day, unit)
    drawn = [(check, element) for check in checks if (element := check.element(key)) is not None]
    if not drawn:
        return Markup("")
    return section("抽查", f"抽到 {len(drawn)} 次") + from_template(
        "spot_checks/element.html",
        lines=[(check, element, _found(element)) for check, element in drawn],
        address=lambda check: here.address("spot_check", number=check.number),
    )


def _found(element: Element) -> str:
    if element.found is not Result.FAIL:
        return element.found.word
    if element.decision is None:
        return "不合格，待认定"
    return "不合格，已认定" if element.is_confirmed else "不合格，未予认定"
