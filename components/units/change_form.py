"""机构变动 on screen: what happens to units from a day on, with all that follows told before it is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import streamlit as st

from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import NO_REASON, ask_once_more, draw_question, entry_form
from components.elements.phrases import lines
from components.elements.plain import plain
from components.elements.rendering import render
from models.units import UNIT_KINDS, UnitChangeKind
from services.access.refusal import RefusedRequest
from services.units.changes import UnitChangeEffects, UnitChangeForm, enter_unit_change, preview_unit_change

KEY = "unit change"
WHO = {
    UnitChangeKind.RENAME: "更名的单位（必选）",
    UnitChangeKind.SPLIT: "拆分的单位（必选）",
    UnitChangeKind.ABOLISH: "撤销的单位（必选）",
}
INTO = {
    UnitChangeKind.RENAME: "新名称（必填）",
    UnitChangeKind.MERGE: "并入哪个单位（必填，名册中没有的即为新设）",
    UnitChangeKind.SPLIT: "分为哪些单位（必填，多个用顿号分隔，名册中没有的即为新设）",
    UnitChangeKind.FOUND: "设立的单位（必填）",
    UnitChangeKind.ABOLISH: "承接单位（没有的不填）",
}
ABOUT = {
    UnitChangeKind.RENAME: "自该日起用新名称，该日以前仍是原名称；工作簿写原名称或新名称都能识别。",
    UnitChangeKind.MERGE: "自该日起，被并入单位的任务、缺报的月份、未销号整改和在办案件由承接单位负责。",
    UnitChangeKind.SPLIT: "自该日起，原单位的任务由各承接单位分别承担；分工不同的，再到“方案”核定责任单位。",
    UnitChangeKind.FOUND: "自该日起，新单位承担方案中按类别布置给它的任务，自当月起报送。",
    UnitChangeKind.ABOLISH: "有承接单位的，任务、缺报的月份、未销号整改和在办案件由其负责；没有的，任务不再有人承担。",
}


@st.fragment
def unit_change_form(existing: Sequence[str], here: PageContext) -> None:
    """Draw the form of one kind of change; `existing`: the names of the units that are still there."""
    chosen = st.radio("变动", [kind.word for kind in UnitChangeKind], horizontal=True, key=KEY)
    kind = next(kind for kind in UnitChangeKind if kind.word == chosen)
    render(note(ABOUT[kind]))
    with entry_form(f"{KEY} {kind}"):
        form = _fields(kind, existing, here)
        if st.form_submit_button("查看影响", type="primary"):
            _ask(form, here)
    draw_question(KEY)


def _fields(kind: UnitChangeKind, existing: Sequence[str], here: PageContext) -> UnitChangeForm:
    units: list[str] = []
    if kind is UnitChangeKind.MERGE:
        units = st.multiselect(
            "被并入的单位（必选，可选多个）", existing, placeholder="请选择单位", key=f"units {kind}"
        )
    elif kind in WHO:
        unit = st.selectbox(WHO[kind], existing, index=None, placeholder="请选择单位", key=f"units {kind}")
        units = [unit] if unit else []
    into = st.text_input(INTO[kind], max_chars=400, key=f"into {kind}")
    unit_kind = ""
    if kind is UnitChangeKind.FOUND:
        unit_kind = st.selectbox("新单位类别", UNIT_KINDS, key=f"unit kind {kind}")
    left, right = st.columns(2)
    day = left.date_input("生效日期（必填）", here.day, format="YYYY-MM-DD", key=f"day {kind}")
    document = right.text_input("依据的文件（文号和标题）", max_chars=200, key=f"document {kind}")
    reason = st.text_input("变动理由（必填，存入记录）", max_chars=200, key=f"reason {kind}")
    names = tuple(word for word in re.split(r"[、,，;；\s]+", into) if word)
    return UnitChangeForm(kind, tuple(units), names, day, reason, document, unit_kind)


def _ask(form: UnitChangeForm, here: PageContext) -> None:
    """Tell what follows and ask once more; what is not filled in, and what cannot be, is told instead."""
    if not form.reason.strip():
        st.warning(NO_REASON)
        return
    try:
        effects = preview_unit_change(form, at=here.sample_time)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    ask_once_more(
        KEY,
        lines(_told(form, effects, here)),
        lambda: _enter(form, effects, here),
        yes="确认录入",
        reason=form.reason,
    )


def _enter(form: UnitChangeForm, seen: UnitChangeEffects, here: PageContext) -> str:
    effects = enter_unit_change(form, at=here.sample_time, seen=seen)
    return f"已录入：自 {form.day} 起{effects.in_words}。理由：{form.reason}。"


def _told(form: UnitChangeForm, effects: UnitChangeEffects, here: PageContext) -> Iterator[str]:
    yield f"自 {form.day} 起{effects.in_words}。该日以前的报送和红绿灯不变，仍用当时的名称。"
    yield from effects.duties_in_words
    if not effects.tasks and form.kind is not UnitChangeKind.RENAME:
        yield "没有任务的责任单位因此改变。"
    for change in effects.accounts:
        if change.acting_for is not None:
            yield f"{change.unit}已报的月份计入{change.acting_for}，缺报的月份由其补报；台账快照待其重报后替换。"
            yield f"{change.unit}的 {change.accounts} 个账号自该日起归{change.acting_for}，仍可查看原单位的材料。"
        else:
            yield f"{change.unit}此前缺报的月份不再补报。"
            yield f"{change.unit}的 {change.accounts} 个账号此后不能报送，可继续答复原单位名下的整改。"
        yield _still_open(change.unit, change.acting_for, here)


def _still_open(unit: str, acting_for: str | None, here: PageContext) -> str:
    """What is open of the unit on the day of the page."""
    rectifications = sum(not item.course.is_over for item in cache.rectifications(here.day, unit).rectifications)
    cases = sum(len(load.open) for load in cache.caseloads(here.day, unit))
    notices = sum(not notice.settled for notice in cache.notices(here.day, unit))
    words = (
        f"{unit}未销号整改 {rectifications} 件、在办案件 {cases} 件、未办结的催办督办 {notices} 件（截至 {here.day}）"
    )
    return f"{words}，由{acting_for}办理。" if acting_for else f"{words}，仍记在原单位名下，请另行指定办理单位。"
