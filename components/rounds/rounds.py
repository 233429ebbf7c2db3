"""Rounds on the screen: the list, and one with its course, its conclusions and what hangs on it."""

from __future__ import annotations

from markupsafe import Markup

from catalogue.areas import area_of
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note, section
from components.elements.facts import clock, facts
from components.elements.links import link
from components.elements.rendering import Content
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.rounds import Attached, AttachedKind, PastStep, Round, RoundState, RoundStep
from rules.numbering import number_printed

PAGES = {
    AttachedKind.SPOT_CHECK: "spot_check",
    AttachedKind.RECTIFICATION: "rectification",
    AttachedKind.BULLETIN: "bulletin",
    AttachedKind.MEETING: "meeting",
}


def rounds_table(here: PageContext) -> Table[Round]:
    """Return the table of rounds."""
    return Table(
        "rounds",
        "督查轮次",
        (
            Column("number", "编号", lambda item: item.number, width=Width.UNBROKEN),
            Column(
                "name",
                "名称",
                lambda item: item.name,
                width=Width.PROSE,
                href=lambda item: here.address("round", number=item.number),
            ),
            Column("kind", "类别", lambda item: item.kind.word, is_filter=True, width=Width.UNBROKEN),
            Column("from", "自", lambda item: item.starts_on, Kind.DAY, Width.UNBROKEN),
            Column("to", "至", lambda item: item.ends_on, Kind.DAY, Width.UNBROKEN),
            Column("units", "单位", lambda item: len(item.units) or None, Kind.NUMBER),
            Column("leader", "组长", lambda item: item.leader, width=Width.UNBROKEN),
            Column("state", "状态", lambda item: item.state.word, is_filter=True, width=Width.UNBROKEN),
        ),
        counted="轮",
        nothing="截至该日没有安排督查轮次。",
        what_to_do="管理局或督查室可以在本页安排。",
    )


def round_facts(item: Round, here: PageContext) -> Markup:
    """Return the facts of a round as it was set."""
    if item.is_hidden and not item.units:
        return note("该轮次不发通知、保密进行，结束后公布对各单位的结论。")
    units = Markup("、").join(link(unit, here.address("unit", unit=unit)) for unit in item.units)
    pairs: list[tuple[str, str | Markup]] = [
        ("类别", item.kind.word + ("，四不两直（结束前保密）" if item.sealed else "")),
        ("日期", f"{item.starts_on} 至 {item.ends_on}"),
        ("领域", "、".join(area_of(area).title for area in item.areas)),
        ("任务", "、".join(item.tasks)),
        ("单位", units),
        ("组长", item.leader),
        ("成员", "、".join(item.members)),
        ("方案", item.scheme),
        ("依据", item.legal_basis),
        ("状态", item.state.word),
    ]
    return facts(*((name, value) for name, value in pairs if value))


def conclusions_markup(item: Round, here: PageContext) -> Content:
    """Return the conclusion of each unit."""
    if item.state is not RoundState.CONCLUDED:
        return Markup("")
    rows = list(item.conclusions.items())
    columns: tuple[Column[tuple[str, str]], ...] = (
        Column(
            "whose",
            "责任单位",
            lambda row: row[0],
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda row: here.address("unit", unit=row[0]),
        ),
        Column("text", "结论", lambda row: row[1], width=Width.PROSE, sortable=False),
    )
    table = Table("conclusions", "督查结论", columns, counted="个单位", page_size=None)
    return section("结论", "已告知各单位") + table_parts(table, rows, here)


def attached_markup(item: Round, here: PageContext) -> Content:
    """Return what is attached to the round, each a link."""
    if not item.attached:
        where = "可在上方“关联抽查、整改、通报、会议”中按编号关联。"
        return section("关联") + empty_state("没有关联的抽查、整改、通报和会议。", where)
    columns: tuple[Column[Attached], ...] = (
        Column("kind", "类别", lambda attached: attached.kind.word, is_filter=True),
        Column(
            "number",
            "编号",
            lambda attached: number_printed(attached.kind.word, attached.number),
            href=lambda attached: here.address(PAGES[attached.kind], number=attached.number),
        ),
    )
    table = Table("attached", "关联", columns, counted="项", page_size=None)
    return section("关联", f"{len(item.attached)} 项") + table_parts(table, item.attached, here)


def course_markup(item: Round, here: PageContext) -> Content:
    """Return every step of the round from its setting on."""
    columns: tuple[Column[PastStep], ...] = (
        Column("at", "时间", lambda step: clock(step.at), width=Width.UNBROKEN, sortable=False),
        Column("step", "经过", lambda step: step.step.word, width=Width.UNBROKEN, sortable=False),
        Column("text", "说明", _words, width=Width.PROSE, sortable=False),
        Column("by", "办理人", lambda step: step.by, sortable=False),
    )
    detail = f"{clock(item.at)} 由{item.by}安排" if item.by else ""
    table = Table("course", "经过", columns, counted="条", page_size=None, nothing="安排以后没有记录。")
    return section("经过", detail) + table_parts(table, item.steps, here)


def _words(step: PastStep) -> str:
    return "已告知各单位结论" if step.step is RoundStep.CONCLUDE else step.text
