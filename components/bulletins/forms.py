"""What each office does with a bulletin: draft, submit, co-sign or return, settle objections, issue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.elements.context import PageContext
from components.elements.forms import ask_once_more, draw_question, entry_form, is_asked, submit
from components.elements.plain import plain
from models.bulletins import BulletinState
from models.people import Role
from services.access.refusal import LONGEST_REASON
from services.bulletins.drafting import LAST, Compared, draft
from services.bulletins.register import BulletinDetails, BulletinSummary
from services.bulletins.way import co_sign, issue, send_back, settle_objection
from services.bulletins.way import submit as submit_for_check

WITH_LAST, WITH_NONE, WITH_DAY = "上一期", "不对比", "另选日期"


def draw_draft_form(summaries: Sequence[BulletinSummary], here: PageContext) -> None:
    """Draw the bureau's form for a new draft."""
    issued = {summary.number: summary for summary in summaries if summary.number}
    with entry_form("draft bulletin"):
        left, right = st.columns(2)
        as_of = left.date_input("截至日期（须已过完）", here.day - timedelta(days=1), format="YYYY-MM-DD")
        how = right.radio("与哪一天对比", [WITH_LAST, WITH_NONE, WITH_DAY], horizontal=True)
        day = right.date_input("对比日期（选“另选日期”时填写）", None, format="YYYY-MM-DD")
        corrects = left.selectbox("更正哪一期（不是更正的不选）", list(issued), index=None, placeholder="不是更正")
        if st.form_submit_button("起草"):
            with st.spinner("正在计算全区数据…"):
                submit(lambda: _draft(as_of, how, day, corrects, here))


def _draft(as_of: date, how: str, day: date | None, corrects: str | None, here: PageContext) -> str:
    compare: Compared = {WITH_LAST: LAST, WITH_NONE: None}.get(how, day)
    number = draft(as_of, compare=compare, corrects=corrects, at=here.now)
    return f"草稿 {number} 已生成，请打开核对后提交。"


def draw_acts(details: BulletinDetails, here: PageContext) -> None:
    """Draw what whoever looks may do next; nothing where there is nothing to do."""
    state = details.summary.state
    if here.role is Role.BUREAU:
        if state in (BulletinState.DRAFT, BulletinState.RETURNED):
            _draw_submission(details, here)
        elif state is not BulletinState.ISSUED:
            _draw_objections(details, here)
            _draw_issue(details, here)
    elif here.role is Role.INSPECTOR and state is BulletinState.FACT_CHECK:
        _draw_co_sign(details, here)


def _draw_submission(details: BulletinDetails, here: PageContext) -> None:
    number = details.summary.id
    key = f"submit bulletin {number}"
    if not is_asked(key) and st.button("提交事实核对", key=f"ask {key}", type="primary"):
        ask_once_more(
            key,
            "提交后，通报中涉及的单位可以看到各自的内容并提出意见；数据不再变动，有变动的须重新起草。",
            lambda: _submitted(number, here),
            yes="提交",
        )
    draw_question(key)


def _submitted(number: int, here: PageContext) -> str:
    submit_for_check(number, at=here.now)
    return "已提交，涉及的单位可以核对各自的内容，督查室可以会签。"


def _draw_co_sign(details: BulletinDetails, here: PageContext) -> None:
    number = details.summary.id
    if st.button("同意会签", key="co-sign", type="primary"):
        submit(lambda: _co_signed(number, here))
    with entry_form(f"return bulletin {number}"):
        reason = st.text_input("退回理由", max_chars=LONGEST_REASON)
        if st.form_submit_button("退回修改"):
            submit(lambda: _returned(number, reason, here))


def _co_signed(number: int, here: PageContext) -> str:
    co_sign(number, at=here.now)
    return "已会签。"


def _returned(number: int, reason: str, here: PageContext) -> str:
    send_back(number, reason=reason, at=here.now)
    return "已退回管理局修改。"


def _draw_objections(details: BulletinDetails, here: PageContext) -> None:
    number = details.summary.id
    for objection in details.summary.objections:
        st.markdown(f"**{plain(objection.unit)}的意见**（{plain(objection.by)}）")
        st.text(objection.reason)
        if objection.settled:
            continue
        with entry_form(f"settle {number} {objection.unit}"):
            reason = st.text_input("如何处理（写明后通报中不再注明“该单位另有意见”）", max_chars=LONGEST_REASON)
            if st.form_submit_button("处理完毕"):
                submit(lambda unit=objection.unit, words=reason: _settled(number, unit, words, here))  # type: ignore[misc]


def _settled(number: int, unit: str, reason: str, here: PageContext) -> str:
    settle_objection(number, unit, reason=reason, at=here.now)
    return f"{unit}的意见已处理。"


def _draw_issue(details: BulletinDetails, here: PageContext) -> None:
    number, until = details.summary.id, details.summary.check_until
    waits = until is not None and here.day <= until
    key = f"issue bulletin {number}"
    with entry_form(f"form {key}"):
        reason = (
            st.text_input(plain(f"核对到 {until} 截止；提前印发的写明理由"), max_chars=LONGEST_REASON) if waits else ""
        )
        if st.form_submit_button("印发", type="primary"):
            ask_once_more(
                key,
                "印发后编号，文件和数据就此固定，不能修改或撤回；有误的另发更正通报。",
                lambda: _issued(number, reason, waits, here),
                yes="印发",
            )
    draw_question(key)


def _issued(number: int, reason: str, waits: bool, here: PageContext) -> str:
    name = issue(number, skip_fact_check=reason if waits and reason.strip() else None, at=here.now)
    return f"已印发，编号 {name}。"
