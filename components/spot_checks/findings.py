"""Findings: what failed, what the unit says to it, who decided, and what follows; with the forms that each role has."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.context import PageContext
from components.elements.downloads import spot_check_file_link
from components.elements.empty_state import empty_state, note, section
from components.elements.facts import clock, facts
from components.elements.forms import ask_once_more, draw_question, entry_form, submit
from components.elements.links import link
from components.elements.rendering import render
from components.spot_checks.entry import papers
from models.plan import Plan
from models.spot_checks import Element, SpotCheck
from rules.working_days import CalendarMissing
from services.access.chosen_plan import asking_of
from services.access.permission import may
from services.rectifications.acts import Opening, open_rectification
from services.spot_checks.acts import answer_until, decide, is_of_checker, opens_on, respond, settle
from services.spot_checks.measures import measures_of

COUNTS = {"pass": "计为合格", "unable": "计为无法核查"}


def findings(check: SpotCheck, here: PageContext) -> None:
    """Draw every failed element with its course; forms only once the check was told."""
    failed = check.findings
    render(section("问题", f"{len(failed)} 个不合格"))
    if not failed:
        render(empty_state("没有不合格的对象。"))
        return
    if check.released_at is None:
        render(note("告知各单位之后，由单位提出意见，再由另一人认定。"))
    for element in failed:
        with st.container(border=True, key=f"finding_{check.number}_{element.position}"):
            render(_course(check, element, here))
            if check.released_at is not None:
                _forms(check, element, here)


def _course(check: SpotCheck, element: Element, here: PageContext) -> Markup:
    record = element.record
    wrong = [question.text for question in element.questions if record and record.answers.get(question.code) is False]
    pairs: list[tuple[str, str | Markup]] = [
        ("对象", element.key),
        ("不符", "；".join(wrong)),
        ("情况", record.note if record else ""),
        ("核查", f"{record.checker}，{clock(record.checked_at)}" if record else ""),
    ]
    if element.files:
        names = (spot_check_file_link(file.number, file.file_name) for file in element.files)
        pairs.append(("材料", Markup("、").join(names)))
    if element.response is not None:
        word = "认可" if element.response.act == "accept" else "有异议"
        pairs.append(
            ("单位意见", f"{word}（{clock(element.response.at)} {element.response.by}）{element.response.text}")
        )
    if element.decision is not None:
        word = "认定" if element.is_confirmed else f"不予认定，{COUNTS[element.result.value]}"
        pairs.append(("认定", f"{word}（{clock(element.decision.at)} {element.decision.by}）{element.decision.text}"))
    if element.rectification is not None:
        address = here.address("rectification", number=element.rectification)
        pairs.append(("整改", link(f"整改 {element.rectification}", address)))
    elif element.settled is not None:
        pairs.append(("不立整改", element.settled.text))
    return facts(*pairs)


def _forms(check: SpotCheck, element: Element, here: PageContext) -> None:
    if element.decision is None:
        if may(respond):
            _respond_form(check, element, here)
        if may(decide):
            _decide_form(check, element, here)
    elif element.is_confirmed and not element.is_done_with and may(settle):
        _follow_form(check, element, here)


def _respond_form(check: SpotCheck, element: Element, here: PageContext) -> None:
    key = f"respond {check.number} {element.position}"
    try:
        render(note(f"请于 {answer_until(check, here.district.calendar)} 前提出意见；期满可以直接认定。"))
    except CalendarMissing as missing:
        render(note(str(missing)))
    with entry_form(key):
        word = st.radio("意见", ["认可", "有异议"], horizontal=True, key=f"{key} word")
        text = st.text_area("说明（有异议的必填）", max_chars=2000, key=f"{key} text")
        files = papers("证明材料（照片、录音、文件，可不附）", f"{key} files")
        if st.form_submit_button("提交意见"):
            accepts = word == "认可"
            ask_once_more(
                key,
                f"将对“{element.key}”{'认可' if accepts else '提出异议'}。",
                lambda: _told(
                    respond(check.number, element.key, accepts=accepts, text=text, files=files, at=here.now),
                    "意见已提交",
                ),
            )
    draw_question(key)


def _decide_form(check: SpotCheck, element: Element, here: PageContext) -> None:
    key = f"decide {check.number} {element.position}"
    if is_of_checker(element):
        render(note("由您核查或录入，须由另一人认定。"))
        return
    try:
        opens = opens_on(check, element, here.district.calendar)
    except CalendarMissing as missing:
        render(note(str(missing)))
        return
    if here.now.date() < opens:
        render(note(f"单位尚未答复，{opens} 起可以认定。"))
        return
    with entry_form(key):
        word = st.radio("认定", ["认定为问题", "不予认定"], horizontal=True, key=f"{key} word")
        counts_as = st.selectbox("不予认定的，此后", list(COUNTS), format_func=COUNTS.__getitem__, key=f"{key} counts")
        reason = st.text_area("理由（不予认定的必填）", max_chars=2000, key=f"{key} reason")
        if st.form_submit_button("提交"):
            confirms = word == "认定为问题"
            ask_once_more(
                key,
                f"“{element.key}”将{_follows(check) if confirms else f'不予认定，{COUNTS[counts_as]}'}。",
                lambda: _told(
                    decide(
                        check.number, element.key, confirms=confirms, reason=reason, counts_as=counts_as, at=here.now
                    ),
                    "已认定" if confirms else "已记为不予认定",
                ),
                reason=None if confirms else reason,
            )
    draw_question(key)


def _follows(check: SpotCheck) -> str:
    follows = {"milestones": "该举措退回重报", "rectifications": "该整改事项重新打开"}
    return f"认定为问题，{follows.get(check.kind.code, '在该单位的举措旁标注抽查不符，红绿灯不变')}"


def _follow_form(check: SpotCheck, element: Element, here: PageContext) -> None:
    """Draw the rectification that a confirmed finding offers, filled in; or why there is none."""
    key = f"follow {check.number} {element.position}"
    record = element.record
    wrong = [question.text for question in element.questions if record and record.answers.get(question.code) is False]
    finding = f"{element.key.partition('|')[2]}：抽查核实不符（{'；'.join(wrong)}）。"
    with entry_form(key):
        issue = st.text_area(
            "问题",
            value=f"{finding}{record.note if record else ''}",
            max_chars=2000,
            key=f"{key} issue",
        )
        requirement = st.text_area("要求", value="查明原因，整改到位，并更正报送。", max_chars=2000, key=f"{key} ask")
        if st.form_submit_button("立为整改事项", type="primary"):
            opening = Opening(
                element.unit,
                issue,
                requirement,
                f"spot-check:{check.number}:{element.key}",
                measure=next(iter(measures_of(check.kind, _plan_of(check, here))), None),
                rule=check.kind.hand_rule,
            )
            submit(lambda: f"已立为整改 {open_rectification(opening, at=here.now).number}。")
    with entry_form(f"{key} settle"):
        reason = st.text_input("不立整改的理由", max_chars=500, key=f"{key} reason")
        if st.form_submit_button("不立整改"):
            submit(lambda: _told(settle(check.number, element.key, reason=reason, at=here.now), "已记下理由"))


def _plan_of(check: SpotCheck, here: PageContext) -> Plan:
    """The plan under which it was drawn."""
    with asking_of(check.plan if check.plan in {plan.facts.code for plan in cache.plans()} else None):
        return cache.district(here.day).plan


def _told(_: SpotCheck, sentence: str) -> str:
    return f"{sentence}。"
