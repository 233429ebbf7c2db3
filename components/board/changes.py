"""Which lamps turned since an earlier day: what they turned to in words, then measure by measure with the units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.links import link
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.templates import from_template
from models.lamps import FACES, Lamp
from services.board.lamp_changes import LampChange

ORDER = tuple(Lamp)
UNITS_NAMED, ON_A_PAGE = 8, 20


@dataclass(frozen=True)
class Turn:
    """The units of one measure whose lamps turned the same way."""

    measure: str
    before: Lamp
    after: Lamp
    units: tuple[str | None, ...]


def turns(changes: Iterable[LampChange]) -> list[Turn]:
    """Return the turns, those that are gravest now first, then the most units."""
    units: dict[tuple[str, Lamp, Lamp], list[str | None]] = defaultdict(list)
    for change in changes:
        units[change.measure, change.before, change.after].append(change.unit)
    turned = [Turn(*key, tuple(names)) for key, names in units.items()]
    return sorted(turned, key=lambda turn: (ORDER.index(turn.after), -len(turn.units), turn.measure))


def changes_in_words(changes: Sequence[LampChange]) -> str:
    """Return “转为逾期 2 项，转为已完成 142 项”, the gravest first."""
    now = Counter(change.after for change in changes)
    return "，".join(f"转为{FACES[lamp].word} {now[lamp]:,} 项" for lamp in ORDER if now[lamp]) or "没有变化"


def changes_table(turns_shown: Sequence[Turn], titles: Mapping[str, str], here: PageContext) -> Parts:
    """Return the turns as a table; `titles`: measure code → its name, of the plan of the page."""

    def named(turn: Turn) -> Markup:
        units = [(unit or "未明确", here.address("lamp", measure=turn.measure, unit=unit)) for unit in turn.units]
        return from_template("board/units_named.html", units=units[:UNITS_NAMED], number=len(units), link=link)

    columns = (
        Column[Turn]("measure", "举措", lambda turn: turn.measure, width=Width.UNBROKEN),
        Column[Turn]("title", "名称", lambda turn: titles.get(turn.measure, ""), phone_label=False),
        Column[Turn]("before", "此前", lambda turn: turn.before, Kind.LAMP, Width.UNBROKEN),
        Column[Turn]("after", "当前", lambda turn: turn.after, Kind.LAMP, Width.UNBROKEN),
        Column[Turn]("number", "单位", lambda turn: len(turn.units), Kind.NUMBER),
        Column[Turn](
            "units",
            "责任单位",
            lambda turn: "、".join(unit or "未明确" for unit in turn.units),
            width=Width.REASON,
            drawn=named,
        ),
    )
    table = Table("change", "红绿灯变化", columns, counted="类变化", page_size=ON_A_PAGE)
    return table_parts(table, turns_shown, here)
