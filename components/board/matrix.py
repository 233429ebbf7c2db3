"""Units by areas: the worst lamp of each with how many stand on it, every cell a link to its measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from catalogue.areas import AREAS
from components.elements.context import PageContext
from components.elements.lamp import css_class, in_words, tally
from components.elements.links import link
from models.definitions import Area
from models.lamps import FACES, MeasureLamp, Scorecard

Cells = Mapping[tuple[str, str], list[MeasureLamp]]


def matrix(card: Scorecard, groups: Mapping[str, Sequence[str]], here: PageContext) -> Markup:
    """`groups`: heading (镇街, 部门) → its units in order. Each group is a table; wide screens set them side by
    side.
    """
    cells: dict[tuple[str, str], list[MeasureLamp]] = defaultdict(list)
    for row in card.lamps:
        if row.unit is not None:
            cells[row.unit, row.area].append(row)
    tables = Markup("").join(_table(title, units, cells, here) for title, units in groups.items() if units)
    return Markup('<div class="matrices">{}</div>').format(tables)


def _table(title: str, units: Sequence[str], cells: Cells, here: PageContext) -> Markup:
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(link(area.title, here.address(area.page))) for area in AREAS.values()
    )
    rows = Markup("").join(_row(unit, cells, here) for unit in units)
    return Markup(
        '<div class="table-frame"><table class="board matrix"><thead><tr><th scope="col">{}（{}）</th>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(title, len(units), heads, rows)


def _row(unit: str, cells: Cells, here: PageContext) -> Markup:
    shown = Markup("").join(_cell(unit, area, cells.get((unit, area.code), []), here) for area in AREAS.values())
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(link(unit, here.address("unit", unit=unit), unit), shown)


def _cell(unit: str, area: Area, rows: list[MeasureLamp], here: PageContext) -> Markup:
    found = tally(rows)
    if not found.counted:
        return Markup("<td></td>")
    face = FACES[found.worst]
    label = Markup("{}<small>{}</small>").format(face.shape, found.counts[found.worst])
    said = f"{unit}·{area.title}：{in_words(found.counts)}"
    anchor = link(label, here.address(area.page, unit=unit), said, css_class(found.worst))
    return Markup("<td>{}</td>").format(anchor)
