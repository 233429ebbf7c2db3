"""Notices on the screen: the list with receipts, one notice, and the forms to send, to receive and to decline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.facts import clock, facts
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import link
from components.elements.phrases import lines
from components.elements.table import Column, Kind, Table, Width
from components.notices.reminders import matter_address, matter_in_words, matter_word
from models.notices import Level, Matter, Notice, Suggestion
from rules.numbering import number_printed
from services.access.permission import may
from services.notices.notices import receive_notice, send_notice
from services.notices.reminders import SuggestedStep, UnitReminder, decline_suggestion

STEP_OF_LEVEL = {Level.REMIND: Suggestion.REMIND, Level.SUPERVISE: Suggestion.SUPERVISE}


def notices_table(here: PageContext) -> Table[Notice]:
    """Return the declaration of the list."""
    return Table(
        "sent",
        "催办督办通知",
        (
            Column(
                "number",
                "编号",
                lambda notice: number_printed(notice.level.word, notice.number),
                width=Width.UNBROKEN,
                href=lambda notice: here.address("notice", number=notice.number),
            ),
            Column("level", "类别", lambda notice: notice.level.word, is_filter=True, width=Width.UNBROKEN),
            Column(
                "whose",
                "责任单位",
                lambda notice: notice.unit,
                Kind.UNIT,
                Width.UNBROKEN,
                href=lambda notice: here.address("unit", unit=notice.unit),
                is_filter=True,
            ),
            Column(
                "matters", "事项", lambda notice: "、".join(map(matter_in_words, notice.matters)), width=Width.PROSE
            ),
            Column("sent", "发出", lambda notice: notice.sent_at, Kind.MOMENT, Width.UNBROKEN),
            Column("reply_by", "答复期限", lambda notice: notice.reply_by, Kind.DAY, Width.UNBROKEN),
            Column("state", "状态", state_in_words, is_filter=True, width=Width.UNBROKEN),
            Column("receipt", "查看和签收", _receipt_in_words, width=Width.PROSE),
        ),
        counted="份",
        nothing="截至该日没有发出催办单、督办单。",
        what_to_do="在上方选择单位，可以就它的事项发出。",
    )


def state_in_words(notice: Notice) -> str:
    if notice.settled:
        return "已办结"
    return "已签收" if notice.received_at else "未签收"


def _receipt_in_words(notice: Notice) -> str:
    receipts = [
        f"{clock(at)} {by}{what}"
        for at, by, what in (
            (notice.opened_at, notice.opened_by, "首次查看"),
            (notice.received_at, notice.received_by, "签收"),
        )
        if at is not None
    ]
    return "；".join(receipts) or "未查看"


def notice_facts(notice: Notice, matters: Sequence[Matter], here: PageContext) -> Markup:
    """Return one notice; a matter that still stands leads to its page, the others are told as settled."""
    current_matters = {matter.code: matter for matter in matters}
    words = [
        link(
            f"{matter_word(current_matters[code])} {current_matters[code].title}（期限 {current_matters[code].due}）",
            matter_address(current_matters[code], notice.unit, here),
        )
        if code in current_matters
        else Markup("{}（已办结）").format(matter_in_words(code))
        for code in notice.matters
    ]
    return facts(
        ("责任单位", link(notice.unit, here.address("unit", unit=notice.unit))),
        ("事项", lines(words)),
        ("要求", notice.text or "请按期办理并答复。"),
        ("答复期限", notice.reply_by.isoformat()),
        ("发出", f"{clock(notice.sent_at)} {notice.sent_by}"),
        ("查看和签收", _receipt_in_words(notice)),
        ("状态", state_in_words(notice)),
    )


def receive_form(notice: Notice, here: PageContext) -> None:
    """Draw the one button with which the unit receives it."""
    if not may(receive_notice) or notice.received_at is not None:
        return
    key = f"receive {notice.number}"
    with entry_form(key):
        if st.form_submit_button("签收"):
            ask_once_more(
                key,
                f"将以本人名义签收{number_printed(notice.level.word, notice.number)}。",
                lambda: _received(notice, here),
                yes="确认签收",
            )
    draw_question(key)


def _received(notice: Notice, here: PageContext) -> str:
    receive_notice(notice.number, notice.unit, at=here.now)
    return f"已签收，请于 {notice.reply_by} 前办理；报送、进展、整改答复即为答复。"


def sending_form(reminder: UnitReminder, here: PageContext) -> None:
    """Send a notice about matters of the unit; those for which the step is suggested are chosen already."""
    titles = {
        step.matter.code: f"{matter_word(step.matter)} {step.matter.title}（{step.advice.suggestion.word}）"
        for step in reminder.steps
    }
    level = st.segmented_control(
        "类别", list(Level), default=_wanted(reminder), format_func=lambda item: item.word, required=True
    )
    key = f"send {reminder.unit} {level}"
    with entry_form(key):
        chosen = st.multiselect(
            "事项",
            list(titles),
            default=_suggested(reminder, level),
            format_func=titles.__getitem__,
            key=f"{key} matters",
        )
        reply_by = st.date_input(
            "答复期限",
            value=here.day + timedelta(days=5),
            min_value=here.day + timedelta(days=1),
            format="YYYY-MM-DD",
        )
        text = st.text_area("要求", max_chars=2000, placeholder="可不填，缺省为“请按期办理并答复。”")
        if st.form_submit_button("发出"):
            if not chosen:
                st.warning("请至少选择一个事项。")
            else:
                ask_once_more(
                    key,
                    f"将向{reminder.unit}发出{level.word}单：{len(chosen)} 个事项，{reply_by} 前答复。",
                    lambda: _sent(send_notice(reminder.unit, level, chosen, reply_by=reply_by, text=text, at=here.now)),
                    yes="确认发出",
                )
    draw_question(key)


def _wanted(reminder: UnitReminder) -> Level:
    suggested = {step.advice.suggestion for step in reminder.steps}
    return Level.SUPERVISE if Suggestion.SUPERVISE in suggested else Level.REMIND


def _suggested(reminder: UnitReminder, level: Level) -> list[str]:
    return [
        step.matter.code
        for step in reminder.steps
        if step.advice.suggestion is STEP_OF_LEVEL[level] and step.declined is None
    ]


def _sent(notice: Notice) -> str:
    return (
        f"已发出{number_printed(notice.level.word, notice.number)}，{notice.unit}登录后可见，{notice.reply_by} 前答复。"
    )


def declining_form(reminder: UnitReminder, here: PageContext) -> None:
    """Say why a suggested step is not taken."""
    open_steps: dict[str, SuggestedStep] = {
        step.matter.code: step
        for step in reminder.steps
        if step.advice.suggestion is not Suggestion.WAIT and step.declined is None
    }
    if not open_steps:
        return
    key = f"decline {reminder.unit}"
    with entry_form(key, clear_on_submit=False):
        code = st.selectbox(
            "不采取的建议",
            list(open_steps),
            index=None,
            placeholder="请选择事项",
            format_func=lambda code: f"{open_steps[code].advice.suggestion.word}：{open_steps[code].matter.title}",
        )
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("不采取这一步"):
            if code is None:
                st.warning("请选择事项。")
            else:
                ask_once_more(
                    key,
                    f"将记录不{open_steps[code].advice.suggestion.word}的理由：{reason}",
                    lambda: _declined(reminder.unit, code, reason, here),
                    reason=reason,
                )
    draw_question(key)


def _declined(unit: str, code: str, reason: str, here: PageContext) -> str:
    decline_suggestion(unit, code, reason=reason, at=here.now)
    return f"已记录：{unit}的{matter_in_words(code)}暂不采取建议的步骤。"
