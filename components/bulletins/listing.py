"""The bulletins of the board as a table, and what a unit has to check."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.forms import entry_form, submit
from components.elements.links import link
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from components.elements.templates import from_template
from services.bulletins.fact_check import LinesToCheck
from services.bulletins.register import BulletinSummary
from services.bulletins.way import object_to

LONGEST = 500


def draw_list(summaries: Sequence[BulletinSummary], here: PageContext) -> None:
    """Draw the bulletins, newest first; each leads to its page."""
    columns: list[Column[BulletinSummary]] = [
        Column(
            "number",
            "文号",
            lambda row: row.document_number or f"草稿 {row.id}",
            width=Width.UNBROKEN,
            href=lambda row: here.address("bulletin", number=row.number or str(row.id)),
        ),
        Column("as_of", "截至日期", lambda row: row.as_of, Kind.DAY),
        Column("compared", "对比日期", lambda row: row.compared, Kind.DAY),
        Column("state", "状态", lambda row: row.state.word, is_filter=True),
        Column("check", "核对截止", lambda row: row.check_until, Kind.DAY),
        Column("objections", "未处理的意见", _objections, Kind.NUMBER, folds=True),
        Column("corrects", "更正", lambda row: row.corrects, folds=True),
        Column("issued", "印发时间", lambda row: row.issued_at, Kind.MOMENT),
        Column("by", "起草", lambda row: row.by),
    ]
    table = Table(
        "",
        "通报",
        columns,
        counted="期",
        nothing="还没有通报。",
        what_to_do="管理局在“起草通报”中选择截至日期即可起草；印发后各单位在此查看。",
    )
    draw_table(table, summaries, here)


def _objections(row: BulletinSummary) -> int:
    return sum(not objection.settled for objection in row.objections)


def draw_checks(checks: Sequence[LinesToCheck], unit: str, here: PageContext) -> None:
    """Draw, for a unit's person, the lines about the unit with the form for an objection while it is open."""
    for check in checks:
        last = f"{check.until:%-m月%-d日}（含当日）前" if check.until else ""
        until = f"{last}可提出意见，逾期视为无意见" if last else "本期不经核对"
        render(
            section(f"请核对：截至 {check.as_of:%Y年%-m月%-d日} 的通报中涉及{unit}的内容", until),
            from_template("bulletins/lines.html", check=check),
        )
        if check.is_open and check.objection is None:
            _draw_objection_form(check, unit, here)


def _draw_objection_form(check: LinesToCheck, unit: str, here: PageContext) -> None:
    with entry_form(f"object {check.bulletin}", clear_on_submit=False):
        reason = st.text_area("意见和依据（必填，印发前由管理局处理）", max_chars=LONGEST)
        if st.form_submit_button("提出意见"):
            submit(lambda: _object(check.bulletin, unit, reason, here))


def _object(number: int, unit: str, reason: str, here: PageContext) -> str:
    object_to(number, unit, reason=reason, at=here.now)
    return "意见已提出，管理局将核实处理；未处理的在通报中注明。"


def compare_links(summaries: Sequence[BulletinSummary], here: PageContext) -> Markup:
    """Return a link to the comparison of the last two issues, or nothing where there are not two."""
    issued = [summary.number for summary in summaries if summary.number]
    if len(issued) < 2:
        return Markup("")
    return _compare_link(f"比较最近两期（{issued[1]} 与 {issued[0]}）", issued[0], issued[1], here)


def other_issues(summaries: Sequence[BulletinSummary], current: BulletinSummary, here: PageContext) -> Markup:
    """Return a link for each other issue that the bulletin can be compared with."""
    name = current.number or str(current.id)
    return Markup("").join(
        _compare_link(f"与 {other.number} 比较（截至 {other.as_of}）", name, other.number, here)
        for other in summaries
        if other.number and other.id != current.id
    )


def _compare_link(label: str, later: str, earlier: str, here: PageContext) -> Markup:
    return note(link(label, here.address("bulletin", number=later, compare=earlier)))
