"""机构沿革: what happened to units, of the district or of one with those that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.links import address, link
from components.elements.phrases import listed
from components.elements.table import Column, Kind, Table, Width, table_markup
from models.units import UnitChangeKind
from rules.units.changes import answering, ending
from services.units.changes import UnitHistoryEntry


def history_section(entries: Sequence[UnitHistoryEntry], here: PageContext) -> Markup:
    """Return the entries as a section of a page, or nothing where there is none."""
    if not entries:
        return Markup("")
    return section("机构沿革", f"{len(entries)} 次变动，从早到晚") + history_table(entries, here)


def no_lamps(unit: str, here: PageContext) -> tuple[str, str, str]:
    """Return title, reason and what to do on the page of a unit that has no lamp on the day; "": of none."""
    plan = here.district.plan
    number = plan.unit_id(unit) if unit else None
    ended = None if number is None else ending(number, plan.unit_changes)
    if number is not None and ended is not None:
        successors = "、".join(plan.units[successor].name for successor in answering(number, plan.unit_changes))
        why = f"自该日起，{unit}的任务由{successors}承担。" if successors else f"自该日起，没有单位承接{unit}的任务。"
        return f"{unit}已于 {ended.day} {ended.kind.word}", why, "变动前的情况从下表“变动前”进入。"
    if unit:
        return "没有这个责任单位", f"截至该日，名册中没有承担任务的“{unit}”。", LOOK_ELSEWHERE
    return "请选择责任单位", "这一页展示一个责任单位，地址中没有写明是哪个。", LOOK_ELSEWHERE


LOOK_ELSEWHERE = "请从总览的单位进入，或用“查找”。"


def history_table(entries: Sequence[UnitHistoryEntry], here: PageContext) -> Markup:
    """Return a row an entry; the units before it lead to their pages as of the day before."""
    columns: Sequence[Column[UnitHistoryEntry]] = (
        Column[UnitHistoryEntry]("day", "自", lambda entry: entry.day, Kind.DAY, Width.UNBROKEN),
        Column[UnitHistoryEntry]("kind", "变动", lambda entry: entry.kind.word, width=Width.UNBROKEN),
        Column[UnitHistoryEntry]("words", "内容", _words, width=Width.PROSE),
        Column[UnitHistoryEntry](
            "before", "变动前", lambda entry: "、".join(_before(entry)), drawn=lambda entry: _links_before(entry)
        ),
        Column[UnitHistoryEntry](
            "after",
            "变动后",
            lambda entry: "、".join(_after(entry)),
            drawn=lambda entry: listed(link(unit, here.address("unit", unit=unit)) for unit in _after(entry)),
        ),
        Column[UnitHistoryEntry]("reason", "理由", lambda entry: entry.reason, width=Width.PROSE),
        Column[UnitHistoryEntry]("document", "文件", lambda entry: entry.document, width=Width.PROSE),
        Column[UnitHistoryEntry]("by", "录入", lambda entry: entry.by, width=Width.UNBROKEN),
    )
    table = Table("history", "机构沿革", columns, counted="次变动", page_size=None, nothing="没有机构变动。")
    return table_markup(table, entries, here)


def _words(entry: UnitHistoryEntry) -> str:
    return f"{entry.in_words}（尚未到）" if entry.is_to_come else entry.in_words


def _before(entry: UnitHistoryEntry) -> tuple[str, ...]:
    return () if entry.kind is UnitChangeKind.FOUND else entry.units


def _after(entry: UnitHistoryEntry) -> tuple[str, ...]:
    return entry.units if entry.kind is UnitChangeKind.FOUND else entry.successors


def _links_before(entry: UnitHistoryEntry) -> Markup:
    eve = entry.day - timedelta(days=1)
    return listed(link(unit, address("unit", unit=unit, as_of=eve), f"截至 {eve} 的情况") for unit in _before(entry))
