"""One check: what was drawn and how to draw it again, the elements, and the acts on the whole of it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.facts import facts
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.offered_files import offer_file
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from components.elements.templates import from_template
from models.people import Role
from models.spot_checks import Element, Method, SpotCheck, State
from rules.spot_checks.field_sheet import annex_name
from services.access.permission import may
from services.spot_checks.acts import release, void, withdraw_checker
from services.spot_checks.control_copy import control_copy
from services.spot_checks.drawing import extend, population_content, reproduced
from services.spot_checks.field_sheets import head_lines, replay_line

YES_NO = {True: "是", False: "否", None: ""}
RISK = "（按风险加权的以号除以权重排列，必抽的在前）"


def drawn_section(check: SpotCheck, here: PageContext) -> None:
    """Draw how it was drawn, and the sentence with which a stranger draws again."""
    lines = [line.split("：", 1) for line in head_lines(check)[:-1]]
    pairs = [(words[0], words[1]) if len(words) == 2 else ("总体", words[0]) for words in lines]
    render(section("抽取") + facts(*pairs))
    if check.elements:
        first = check.elements[0]
        render(
            from_template(
                "spot_checks/replay.html",
                command=replay_line(check, first.key),
                position=first.position,
                ticket=first.drawn.ticket,
                rest=RISK if check.method is Method.RISK else "",
            )
        )
    if may(reproduced):
        render(offer_file("下载抽取总体（附件）", annex_name(check.number), lambda: population_content(check.number)))
        address = (st.context.url or "").rpartition("/")[0]
        render(
            note("控制联有自报、权重和风险信号（附查看依据的链接），不交核查人；下载记入审计日志。")
            + offer_file(
                "下载控制联",
                f"抽查{check.number}控制联.xlsx",
                lambda: control_copy(check.number, board=address, at=here.now)[1],
            )
        )
        if st.button("按现有数据重新抽取并核对", key=f"verify {check.number}"):
            same = reproduced(check.number)
            st.info("重新抽取的总体和样本与存档一致。" if same else "与存档不一致：抽取之后数据有补录或撤回。")


def elements_table(check: SpotCheck, here: PageContext) -> None:
    """Draw every element drawn; claims only where they are not masked, weights never."""
    claims: tuple[Column[Element], ...] = ()
    if not check.masked:
        claims = (Column("claim", "自报", lambda element: YES_NO[element.claim]),)
    table: Table[Element] = Table(
        "elements",
        "抽查对象",
        (
            Column("position", "序号", lambda element: element.position, Kind.NUMBER),
            Column("unit", "责任单位", lambda element: element.unit, Kind.UNIT, Width.UNBROKEN, is_filter=True),
            Column("key", "编号", lambda element: element.key.partition("|")[2], width=Width.PROSE),
            Column("content", "内容", lambda element: element.content, width=Width.PROSE),
            *claims,
            Column("result", "结果", lambda element: element.result.word, width=Width.UNBROKEN, is_filter=True),
            Column("checker", "核查人", lambda element: _checker(element), width=Width.UNBROKEN),
            Column("ticket", "号（前 16 位）", lambda element: element.drawn.ticket[:16], width=Width.UNBROKEN),
        ),
        counted="个",
        page_size=20,
    )
    draw_table(table, check.elements, here)


def _checker(element: Element) -> str:
    return element.record.checker if element.record else element.checker or ""


def acts(check: SpotCheck, here: PageContext) -> None:
    """Draw what the supervision office may do with the whole check in its present state."""
    if not may(release):
        return
    if check.state is State.COMPLETE:
        key = f"release {check.number}"
        days = here.district.settings["objection_days"]
        render(note(f"全部对象已录入。告知后，各单位看到本单位的结果，{days} 个工作日内提出意见，结果不能再改。"))
        if st.button("告知各单位", type="primary", key=f"{key} now"):
            ask_once_more(
                key,
                f"将把抽查 {check.number} 的结果告知各单位，此后不能再改结果。",
                lambda: _done(release(check.number, at=here.now), "已告知各单位"),
                yes="确认告知",
            )
        draw_question(key)
    if check.state in (State.DRAWN, State.RECORDING, State.COMPLETE):
        if check.method is Method.SIMPLE and len(check.elements) < check.population:
            with st.expander("续抽"):
                _extend_form(check, here)
        if check.checkers:
            with st.expander("核查人回避"):
                _withdraw_form(check, here)
        with st.expander("作废"):
            _void_form(check, here)


def _extend_form(check: SpotCheck, here: PageContext) -> None:
    key = f"extend {check.number}"
    with entry_form(key):
        most = check.population - len(check.elements)
        by = int(st.number_input("再抽多少个（按原次序接着抽）", 1, most, min(10, most), key=f"{key} by"))
        if st.form_submit_button("续抽"):
            ask_once_more(
                key,
                f"将再抽 {by} 个，已抽的不变。",
                lambda: _done(extend(check.number, by, at=here.now), f"已续抽 {by} 个"),
            )
    draw_question(key)


def _withdraw_form(check: SpotCheck, here: PageContext) -> None:
    key = f"withdraw {check.number}"
    everything = "全部对象"
    with entry_form(key):
        checker = st.selectbox("核查人", check.checkers, key=f"{key} who")
        what = st.selectbox("回避", [everything, *(element.key for element in check.elements)], key=f"{key} what")
        reason = st.text_input("理由（必填）", max_chars=200, key=f"{key} reason")
        if st.form_submit_button("回避"):
            chosen = None if what == everything else what
            ask_once_more(
                key,
                f"{checker}将回避{what}，由下一人接手。",
                lambda: _done(
                    withdraw_checker(check.number, checker, key=chosen, reason=reason, at=here.now), "已登记回避"
                ),
                reason=reason,
            )
    draw_question(key)


def _void_form(check: SpotCheck, here: PageContext) -> None:
    key = f"void {check.number}"
    with entry_form(key):
        reason = st.text_input("作废的理由（必填；编号保留，计入抽取次数）", max_chars=500, key=f"{key} reason")
        if st.form_submit_button("作废"):
            ask_once_more(
                key,
                f"抽查 {check.number} 将作废，不能恢复。",
                lambda: _done(void(check.number, reason=reason, at=here.now), "已作废"),
                reason=reason,
            )
    draw_question(key)


def _done(_: SpotCheck, sentence: str) -> str:
    return f"{sentence}。"


def sealed_words(check: SpotCheck, role: Role) -> Markup:
    """Return what a leader is told of a sealed check that runs."""
    if role is Role.LEADER and check.sealed and check.released_at is None:
        return note("这次抽查正在进行，告知之前内容保密。")
    return Markup("")
