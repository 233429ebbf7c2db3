"""Units by areas: the worst lamp of each with how many stand on it, every cell a link to its measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from catalogue.areas import areas_of_plan
from components.elements.area_links import area_address
from components.elements.context import PageContext
from components.elements.lamp import css_class, in_words, tally
from components.elements.links import link
from components.elements.table import SEVERITY, Column, Kind, Table, table_markup
from components.elements.templates import from_template
from models.definitions import Area
from models.lamps import FACES, MeasureLamp, RollUp, Scorecard

Cells = Mapping[tuple[str, str], Sequence[MeasureLamp]]


def matrix(card: Scorecard, groups: Mapping[str, Sequence[str]], here: PageContext) -> Markup:
    """Return a table of units by areas for each of the `groups`: heading (镇街, 部门) → its units in order. Wide
    screens set them side by side.
    """
    cells: dict[tuple[str, str], list[MeasureLamp]] = defaultdict(list)
    for lamp in card.lamps:
        if lamp.unit is not None:
            cells[lamp.unit, lamp.area].append(lamp)
    tables = [
        table_markup(_table(f"units_{index}", title, cells, here), units, here)
        for index, (title, units) in enumerate(groups.items())
        if units
    ]
    return from_template("board/matrices.html", tables=tables)


def _table(name: str, title: str, cells: Cells, here: PageContext) -> Table[str]:
    columns = (
        Column[str](
            "unit",
            title,
            lambda unit: unit,
            Kind.UNIT,
            drawn=lambda unit: link(unit, here.address("unit", unit=unit), unit),
        ),
        *(_area(area, cells, here) for area in areas_of_plan(here.district.plan)),
    )
    return Table(name, f"{title}：各领域最差的红绿灯", columns, counted="个单位", page_size=None, css="matrix")


def _area(area: Area, cells: Cells, here: PageContext) -> Column[str]:
    def counts(unit: str) -> RollUp:
        return tally(cells.get((unit, area.code), ()))

    def gravity(unit: str) -> tuple[int, int] | None:
        """Return what orders the units: the worst lamp, then how many have it, most first."""
        worst = counts(unit)
        return (SEVERITY[worst.worst], -worst.counts[worst.worst]) if worst.counted else None

    def words(unit: str) -> str:
        worst = counts(unit)
        return f"{FACES[worst.worst].word} {worst.counts[worst.worst]}" if worst.counted else ""

    def cell(unit: str) -> Markup:
        worst = counts(unit)
        if not worst.counted:
            return Markup("")
        label = from_template(
            "elements/cell.html", shape=FACES[worst.worst].shape, words=f"{worst.counts[worst.worst]}"
        )
        hint = f"{unit}·{area.title}：{in_words(worst.counts)}"
        return link(label, area_address(area, here, unit=unit), hint, css_class(worst.worst))

    return Column(area.code, area.title, words, Kind.TEXT, order=gravity, drawn=cell)
