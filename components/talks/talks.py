"""Talks on the screen: whom it is suggested to talk to, what was said and promised, the forms."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.facts import clock, facts
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import link
from components.elements.plain import plain
from components.elements.rendering import Content, render
from components.elements.table import Column, Kind, Table, Width, draw_table, table_parts
from components.rectifications.ledger import ledger_table
from components.rectifications.promises import PromiseLines, in_words, promise_lines
from models.meetings import Talk
from rules.numbering import number_printed
from rules.units.changes import existing_names
from services.notices.reminders import SuggestedTalk
from services.talks.talks import TalkNotes, decline_talk, record_talk


def suggestions_table(here: PageContext) -> Table[SuggestedTalk]:
    """Return the table of units to talk to."""
    return Table(
        "suggested",
        "建议约谈",
        (
            Column(
                "whose",
                "责任单位",
                lambda item: item.unit,
                Kind.UNIT,
                Width.UNBROKEN,
                href=lambda item: here.address("notices", unit=item.unit),
            ),
            Column("reason", "理由", lambda item: item.reason, width=Width.PROSE),
            Column("answer", "办理", lambda item: item.answer, width=Width.PROSE),
        ),
        counted="个单位",
        nothing="目前没有建议约谈的单位。",
        what_to_do="通报点名后仍未办结的、连续两期列后三位的单位会列在这里。",
    )


def draw_talks(talks: Sequence[Talk], here: PageContext) -> None:
    """Draw each talk with what was promised, the last first."""
    if not talks:
        render(empty_state("截至该日没有约谈记录。", "约谈后由管理局或督查室登记。"))
    for talk in reversed(talks):
        render(_talk(talk, here))


def _talk(talk: Talk, here: PageContext) -> Content:
    talk_facts = facts(
        ("单位", link(talk.unit, here.address("unit", unit=talk.unit))),
        ("参加", talk.attendees),
        ("事由", talk.reason),
        ("内容", talk.text),
        ("登记", f"{clock(talk.at)} {talk.by}"),
    )
    head = section(
        f"{number_printed('约谈', talk.number)}　{talk.unit}", f"{talk.held_on}，承诺 {len(talk.commitments)} 项"
    )
    if not talk.commitments:
        return head + talk_facts
    return head + talk_facts + table_parts(ledger_table(here, f"约谈 {talk.number} 承诺事项"), talk.commitments, here)


def draw_suggestions(suggested: Sequence[SuggestedTalk], here: PageContext) -> None:
    draw_table(suggestions_table(here), suggested, here)


def recording_form(unit: str | None, here: PageContext) -> None:
    """Record a talk that was held."""
    units = existing_names(here.district.plan)
    whose = st.selectbox(
        "约谈单位",
        units,
        index=units.index(unit) if unit in units else None,
        placeholder="请选择责任单位",
        key="talk unit",
    )
    if whose is None:
        return
    key = f"talk {whose}"
    with entry_form(key):
        first, second = st.columns([1, 3])
        held_on = first.date_input("约谈日期", here.day, max_value=here.day, format="YYYY-MM-DD")
        attendees = second.text_input("约谈人和被约谈人（必填）", max_chars=200)
        reason = st.text_input("约谈事由（必填）", max_chars=500)
        text = st.text_area("约谈内容（必填）", max_chars=4000)
        st.caption("承诺事项：每项立为该单位的一件整改，没有的可不填")
        lines = promise_lines([whose], here, key=key)
        if st.form_submit_button("登记约谈"):
            notes = TalkNotes(
                whose,
                held_on,
                attendees,
                reason,
                text,
                [(promise.text, promise.due) for promise in lines.promises],
            )
            _ask(key, notes, lines, here)
    draw_question(key)


def _ask(key: str, notes: TalkNotes, lines: PromiseLines, here: PageContext) -> None:
    promises = lines.promises
    if not (notes.attendees.strip() and notes.reason.strip() and notes.text.strip()):
        st.warning("请写明约谈人和被约谈人、约谈事由和约谈内容。")
        return
    if lines.problem:
        st.warning(plain(lines.problem))
        return
    opens = f"并立项整改 {len(promises)} 件：{in_words(promises)}" if promises else "没有承诺事项。"
    ask_once_more(
        key,
        f"将登记 {notes.held_on} 对{notes.unit}的约谈，登记后不能改，{opens}",
        lambda: _recorded(record_talk(notes, at=here.now)),
        yes="确认登记",
    )


def _recorded(talk: Talk) -> str:
    return f"已登记{number_printed('约谈', talk.number)}（{talk.unit}），承诺 {len(talk.commitments)} 项。"


def declining_form(suggested: Sequence[SuggestedTalk], here: PageContext) -> None:
    """Say why a unit is not talked to although it is suggested."""
    open_units = [item.unit for item in suggested if not item.answer]
    if not open_units:
        return
    key = "decline talk"
    with st.expander("不约谈的理由"), entry_form(key):
        unit = st.selectbox("建议约谈的单位", open_units, index=None, placeholder="请选择")
        reason = st.text_input("不约谈的理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("不约谈"):
            if unit is None:
                st.warning("请选择单位。")
            else:
                ask_once_more(
                    key,
                    f"将记录不约谈{unit}的理由：{reason}",
                    lambda: _declined(unit, reason, here),
                    reason=reason,
                )
    draw_question(key)


def _declined(unit: str, reason: str, here: PageContext) -> str:
    decline_talk(unit, reason=reason, at=here.now)
    return f"已记录暂不约谈{unit}。"
