"""Which lamps turned since an earlier day: what they turned to in words, then measure by measure with the units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.tables import Column, Row, table
from models.lamps import FACES, Lamp
from services.board.lamp_changes import LampChange

ORDER = tuple(Lamp)
UNITS_NAMED = 8
COLUMNS = (
    Column("举措", css="nowrap"),
    Column("名称"),
    Column("此前", css="nowrap"),
    Column("现在", css="nowrap"),
    Column("单位", number=True),
    Column("责任单位", css="reason"),
)


@dataclass(frozen=True)
class Turn:
    """The units of one measure whose lamps turned the same way."""

    measure: str
    before: Lamp
    after: Lamp
    units: tuple[str | None, ...]


def turns(changes: Iterable[LampChange]) -> list[Turn]:
    """Those that are gravest now first, then the most units."""
    units: dict[tuple[str, Lamp, Lamp], list[str | None]] = defaultdict(list)
    for one in changes:
        units[one.measure, one.before, one.after].append(one.unit)
    found = [Turn(*key, tuple(names)) for key, names in units.items()]
    return sorted(found, key=lambda turn: (ORDER.index(turn.after), -len(turn.units), turn.measure))


def changes_in_words(changes: Sequence[LampChange]) -> str:
    """“转为逾期 2 项，转为已完成 142 项”, the gravest first."""
    now = Counter(one.after for one in changes)
    return "，".join(f"转为{FACES[lamp].word} {now[lamp]:,} 项" for lamp in ORDER if now[lamp]) or "没有变化"


def changes_table(shown: Sequence[Turn], titles: Mapping[str, str], here: PageContext) -> Markup:
    """`titles`: measure code → its name."""
    return table(COLUMNS, [_row(turn, titles, here) for turn in shown])


def _row(turn: Turn, titles: Mapping[str, str], here: PageContext) -> Row:
    named = Markup("、").join(
        link(unit or "未明确", here.address("lamp", measure=turn.measure, unit=unit))
        for unit in turn.units[:UNITS_NAMED]
    )
    more = f" 等 {len(turn.units)} 个" if len(turn.units) > UNITS_NAMED else ""
    return turn.measure, titles[turn.measure], chip(turn.before), chip(turn.after), len(turn.units), named + more
