"""The audit log on a page: the form that searches it, its entries in words, and the state of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.elements.empty_state import empty_state
from components.elements.links import Value, address, link
from components.elements.tables import Column, Row, table
from models.audit import ACTIONS, AuditQuestion, LoggedAct
from rules.as_of import SHANGHAI
from rules.asked_numbers import asked_number
from rules.audit_chain import ChainState
from rules.audit_words import act_in_words, change_in_words, detail_in_words
from services.audit.search import chain_in_words, days

PAGE = "audit"
ENOUGH = 16
"""Characters of a digest that are written down by hand: nobody finds another entry with the same."""
COLUMNS = (
    Column("时间", css="nowrap"),
    Column("人员", css="nowrap"),
    Column("操作", css="nowrap"),
    Column("对象"),
    Column("变更前 → 变更后", css="prose"),
    Column("说明", css="prose"),
    Column("来源地址", css="nowrap"),
    Column("编号", number=True),
)


def asked_for() -> AuditQuestion:
    """What the address asks for; a day that cannot be read is as if it were not there."""
    given = st.query_params
    return replace(
        days(_day(given.get("from")), _day(given.get("to"))),
        words=given.get("words", "").strip(),
        person=given.get("person", "").strip(),
        action=given.get("action", "") if given.get("action") in ACTIONS else "",
        before=asked_number(given.get("before", "")),
    )


def _day(text: str | None) -> date | None:
    """None where it cannot be read, or has no day before or after it."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and date.min < day < date.max else None


def search_form() -> None:
    """What is asked goes into the address, so that it can be kept and sent."""
    given = st.query_params
    with (
        st.form("audit search", enter_to_submit=False, border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="audit_search"),
    ):
        words = st.text_input("查询词", given.get("words", ""), max_chars=60, placeholder="对象、文件、理由", width=220)
        person = st.text_input("人员", given.get("person", ""), max_chars=40, placeholder="姓名、账号、单位", width=160)
        action = st.selectbox(
            "操作",
            ["", *ACTIONS],
            list(ACTIONS).index(given["action"]) + 1 if given.get("action") in ACTIONS else 0,
            format_func=lambda code: ACTIONS.get(code, "全部"),
            width=180,
        )
        first = st.date_input("自", _day(given.get("from")), format="YYYY-MM-DD", width=150)
        last = st.date_input("至", _day(given.get("to")), format="YYYY-MM-DD", width=150)
        if st.form_submit_button("查询"):
            question = {
                "words": words,
                "person": person,
                "action": action,
                "from": first,
                "to": last,
                "as_of": given.get("as_of"),
            }
            st.query_params.from_dict({name: str(value) for name, value in question.items() if value})
            st.rerun()


def in_the_address() -> dict[str, Value]:
    return {name: st.query_params.get(name) for name in ("words", "person", "action", "from", "to", "as_of")}


def entries_table(acts: Sequence[LoggedAct]) -> Markup:
    if not acts:
        return empty_state("没有符合条件的条目。", "请放宽条件后再查。")
    return table(COLUMNS, [_entry(act) for act in acts], css="log")


def _entry(act: LoggedAct) -> Row:
    changes = Markup("<br>").join(change_in_words(act))
    return (
        f"{act.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
        _who(act),
        ACTIONS.get(act.action, act.action),
        _subject(act),
        changes,
        detail_in_words(act),
        act.address,
        str(act.number),
    )


def _who(act: LoggedAct) -> str | Markup:
    """Two people of one name are told apart by account and unit, as both were then."""
    known = " ".join(filter(None, (act.account, act.unit)))
    return Markup('{}<small class="under" data-as-typed>{}</small>').format(act.by, known) if known else act.by


def _subject(act: LoggedAct) -> str | Markup:
    first, _, number = act.subject.partition(" ")
    return link(act_in_words(act), address("submission", number=number)) if first == "submission" else act_in_words(act)


def turn_pages(older: int | None, *, at_the_newest: bool) -> Markup:
    """Either way without counting: the log grows, a page does not."""
    back = link("最新", address(PAGE, **in_the_address())) if not at_the_newest else Markup("")
    on = link("更早", address(PAGE, **in_the_address(), before=older)) if older else Markup("")
    return Markup('<nav class="pager">{}{}</nav>').format(back, on) if back or on else Markup("")


def to_write_down(entries: int, digest: str) -> Markup:
    """What an entry is known by later, when whoever can rewrite the database can rewrite the chain in it too."""
    return Markup(
        '<p class="note">整个数据库被替换的，日志自身无法发现：请定期抄录 <code>{}:{}</code>（条数和摘要前 {} 位），另处保存，以后用 <code>audit verify --known</code> 核对。</p>'  # noqa: E501
    ).format(entries, digest[:ENOUGH], ENOUGH)


def chain(state: ChainState) -> Markup:
    """Whole, or the first wrong entry, by word and colour."""
    css, shape = ("lamp-done", "●") if state.whole else ("lamp-overdue", "■")
    return Markup(
        '<p class="note"><span class="chip {0}"><span class="shape {0}" aria-hidden="true">{1}</span>{2}</span> <span class="log-state">{3}</span></p>'  # noqa: E501
    ).format(css, shape, "完整" if state.whole else "不完整", chain_in_words(state))
