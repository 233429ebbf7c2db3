"""本周要紧的事: three sentences made by rule, each with the way to what it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from catalogue.areas import area_of
from components.board.lamp_list import to_list
from components.elements.context import PageContext
from components.elements.links import link
from components.elements.templates import from_template
from models.lamps import Lamp, Scorecard
from rules.pressing import SOON, DueSoon, Movers, Reds, due_soon, movers, reds
from services.board.lamp_changes import LampChange


def pressing(card: Scorecard, changed: Iterable[LampChange], since: date, here: PageContext) -> Markup:
    """Return the three sentences; `changed`: what turned since that day."""
    near = due_soon(card.lamps, here.day, here.district.days_left)
    moved = movers((change.unit, change.before, change.after) for change in changed)
    sentences = (_reds(reds(card.lamps), here), _near(near, here), _moved(moved, since, here))
    return from_template("board/pressing.html", sentences=sentences)


def _reds(where: Reds, here: PageContext) -> Markup:
    if where.area is None:
        return Markup("没有逾期的责任项。")
    area, of_area = where.area
    parts = [
        to_list(f"逾期 {where.number:,} 项", here, Lamp.OVERDUE),
        Markup("其中{}最多，{:,} 项").format(to_list(area_of(area).title, here, Lamp.OVERDUE, area), of_area),
    ]
    if where.unit:
        unit, of_unit = where.unit
        parts.append(Markup("{}有 {:,} 项，为各单位之首").format(link(unit, here.address("unit", unit=unit)), of_unit))
    return Markup("，").join(parts) + "。"


def _near(near: DueSoon | None, here: PageContext) -> Markup:
    if near is None:
        return Markup(f"今后 {SOON} 个工作日内没有到期的责任项。")
    first = to_list(f"{near.first:%-m月%-d日}", here, deadline=near.first.isoformat())
    words = Markup("{} 个工作日内到期 {:,} 项，最近一期为{}；尚未完成 {:,} 项").format(
        SOON, near.number, first, near.unfinished
    )
    waiting = link("待核验", here.address("verification")) if here.own_unit is None else "待核验"
    return words + (Markup("，其中{} {:,} 项").format(waiting, near.to_verify) if near.to_verify else "") + "。"


def _moved(moved: Movers, since: date, here: PageContext) -> Markup:
    sentences = [
        Markup("{}{}{:,} 项").format(link(most[0], here.address("unit", unit=most[0])), words, most[1])
        for most, words in ((moved.finished, "完成最多，"), (moved.turned_red, "新增逾期最多，"))
        if most
    ]
    if not sentences:
        return Markup(f"自 {since:%-m月%-d日} 以来没有新完成和新逾期的责任项。")
    return Markup(f"自 {since:%-m月%-d日} 以来，") + Markup("；").join(sentences) + "。"
