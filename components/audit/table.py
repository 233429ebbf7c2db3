"""The audit log on a page: the form that searches it, its entries in words, and the state of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.lamp import word_chip
from components.elements.links import Value, address, link
from components.elements.phrases import as_typed, lines, with_line_below
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.templates import from_template
from models.audit import ACTIONS, AuditQuestion, LoggedAct
from models.lamps import Lamp
from rules.as_of import SHANGHAI
from rules.asked_numbers import asked_number
from rules.audit_chain import ChainState
from rules.audit_words import act_in_words, change_in_words, detail_in_words
from services.audit.search import chain_in_words, days

PAGE = "audit"
ENOUGH = 16
"""Characters of a digest that are written down by hand: nobody finds another entry with the same."""


def question_in_address() -> AuditQuestion:
    """Return what the address asks for; a day that cannot be read is as if it were not there."""
    given = st.query_params
    return replace(
        days(_day(given.get("from")), _day(given.get("to"))),
        words=given.get("words", "").strip(),
        person=given.get("person", "").strip(),
        action=given.get("action", "") if given.get("action") in ACTIONS else "",
        before=asked_number(given.get("before", "")),
    )


def _day(text: str | None) -> date | None:
    """Return the day, or None where it cannot be read, or has no day before or after it."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and date.min < day < date.max else None


def search_form() -> None:
    """Draw the form. What is asked goes into the address, so that it can be kept and sent."""
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


def entries_table(acts: Sequence[LoggedAct], here: PageContext) -> Parts:
    """Return one page of the log, which is read page by page: its workbook is offered below it."""
    columns = (
        Column[LoggedAct](
            "at", "时间", lambda act: f"{act.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", width=Width.UNBROKEN
        ),
        Column[LoggedAct]("by", "人员", lambda act: act.by, width=Width.UNBROKEN, drawn=_who),
        Column[LoggedAct]("action", "操作", lambda act: ACTIONS.get(act.action, act.action), width=Width.UNBROKEN),
        Column[LoggedAct]("subject", "对象", act_in_words, drawn=_subject),
        Column[LoggedAct](
            "change",
            "变更前 → 变更后",
            lambda act: "；".join(change_in_words(act)),
            width=Width.PROSE,
            drawn=lambda act: lines(change_in_words(act)),
        ),
        Column[LoggedAct]("detail", "说明", detail_in_words, width=Width.PROSE),
        Column[LoggedAct]("address", "来源地址", lambda act: act.address, width=Width.UNBROKEN),
        Column[LoggedAct]("number", "编号", lambda act: act.number, Kind.NUMBER, drawn=lambda act: str(act.number)),
    )
    table = Table(
        "entries",
        "审计日志",
        columns,
        page_size=None,
        is_exported=False,
        is_whole=False,
        nothing="没有符合条件的条目。",
        what_to_do="请放宽条件后再查。",
    )
    return table_parts(table, acts, here)


def _who(act: LoggedAct) -> str | Markup:
    """Return the name; two people of one name are told apart by account and unit, as both were then."""
    account = " ".join(filter(None, (act.account, act.unit)))
    return with_line_below(act.by, as_typed(account)) if account else act.by


def _subject(act: LoggedAct) -> str | Markup:
    first, _, number = act.subject.partition(" ")
    return link(act_in_words(act), address("submission", number=number)) if first == "submission" else act_in_words(act)


def turn_pages(older: int | None, *, at_the_newest: bool) -> Markup:
    """Return links either way without counting: the log grows, a page does not."""
    back = link("最新", address(PAGE, **in_the_address())) if not at_the_newest else Markup("")
    on = link("更早", address(PAGE, **in_the_address(), before=older)) if older else Markup("")
    return from_template("audit/turn_pages.html", links=back + on) if back or on else Markup("")


def to_write_down(entries: int, digest: str) -> Markup:
    """Return what the log is known by later, when whoever can rewrite the database can rewrite the chain in it too."""
    return from_template("audit/to_write_down.html", entries=entries, digest=digest[:ENOUGH], length=ENOUGH)


def chain(state: ChainState) -> Markup:
    """Return whether the chain is whole, or its first wrong entry, by word and colour."""
    mark = word_chip(Lamp.DONE, "完整") if state.whole else word_chip(Lamp.OVERDUE, "不完整")
    return note(Markup("{} {}").format(mark, _log_state(chain_in_words(state))))


def _log_state(words: str) -> Markup:
    return from_template("elements/span.html", css="log-state", words=words, hint="")
