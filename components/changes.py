"""Which lamps turned since an earlier day: counts in words, then one row a change, the gravest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from components.lamp import chip
from components.links import Value, address, link
from components.tables import Column, table
from models.lamps import Lamp
from services.lamp_changes import LampChange

ORDER = tuple(Lamp)
COLUMNS = (Column("举措", css="nowrap"), Column("名称"), Column("责任单位", css="nowrap"), Column("此前", css="nowrap"), Column("现在", css="nowrap"))


def is_worse(change: LampChange) -> bool:
    return ORDER.index(change.after) < ORDER.index(change.before)


def gravest_first(turned: Sequence[LampChange]) -> list[LampChange]:
    return sorted(turned, key=lambda one: (not is_worse(one), ORDER.index(one.after), one.measure, one.unit or ""))


def changes_in_words(turned: Sequence[LampChange]) -> str:
    worse = sum(is_worse(one) for one in turned)
    return f"变差 {worse:,} 项，变好 {len(turned) - worse:,} 项" if turned else "没有变化"


def changes_table(turned: Sequence[LampChange], titles: Mapping[str, str], **query: Value) -> Markup:
    """`titles`: measure code → its name."""
    return table(COLUMNS, [_row(one, titles, query) for one in turned])


def _row(one: LampChange, titles: Mapping[str, str], query: Mapping[str, Value]) -> tuple[str | Markup, ...]:
    detail = address("lamp", measure=one.measure, unit=one.unit, **query)
    return link(one.measure, detail), titles[one.measure], one.unit or "未明确", chip(one.before), link(chip(one.after), detail)
