"""One way to hand in what a form says: act, tell a refusal in place, or run the page again with what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.templates import from_template
from services.access.events import note
from services.access.refusal import RefusedRequest

DONE, QUESTION, DRAWN = "what the last form did", "asked once more: ", "drawn with: "
NO_REASON = "请写明理由，理由存入记录。"
Act = Callable[[], str]
"""Carries out what was entered and returns the sentence that says so. Raises RefusedRequest."""


@dataclass(frozen=True)
class _Question:
    """What waits for a second word; kept in the memory of the visit."""

    change: str | Markup
    yes: str
    act: Act


def entry_form(key: str, *, clear_on_submit: bool = False) -> DeltaGenerator:
    """Return a form that no Enter hands in: in a field one confirms what was typed, a button alone decides."""
    return st.form(key, clear_on_submit=clear_on_submit, enter_to_submit=False)


def submit(act: Act) -> None:
    """Carry it out and run the page again, which says what was done; a refusal is told where the form stands."""
    try:
        sentence = act()
    except RefusedRequest as refusal:
        note("refused", of="form")
        st.warning(plain(refusal).replace("\n", "\n\n"))
        return
    st.session_state[DONE] = sentence
    st.rerun()


def tell_what_was_done() -> None:
    """Draw what the last form did, once, after the page has run again."""
    sentence = st.session_state.pop(DONE, None)
    if sentence:
        render(from_template("elements/done.html", sentence=sentence))


def ask_once_more(key: str, change: str | Markup, act: Act, *, yes: str = "确认", reason: str | None = None) -> None:
    """Hold what was entered until somebody confirms it: `change` says what will be different afterwards.

    `key` names the subject too, so that the question waits where it was asked. A `reason` that is blank is asked for
    first.
    """
    if reason is not None and not reason.strip():
        _forget(key)
        st.warning(NO_REASON)
        return
    st.session_state[QUESTION + key] = _Question(change, yes, act)


def as_drawn(key: str, standing: Sequence[str], *, handed_in: bool) -> tuple[str, ...]:
    """Return what stood on the screen when somebody filled in the form: as it is handed in the page is drawn anew, with
    what another has decided meanwhile.
    """
    if not handed_in:
        st.session_state[DRAWN + key] = tuple(standing)
    return tuple(st.session_state.get(DRAWN + key, standing)) if handed_in else tuple(standing)


def waits_for_an_answer(key: str, button: str) -> bool:
    """Return whether the form was just handed in by this button, or waits for its second word, though it may stand on
    the page no longer.
    """
    return is_asked(key) or bool(st.session_state.get(f"FormSubmitter:{key}-{button}"))


def forget_question(key: str) -> None:
    """Take back what the form asked once more."""
    _forget(key)


def is_asked(key: str) -> bool:
    """Return whether a form waits for its second word."""
    return QUESTION + key in st.session_state


def draw_question(key: str) -> None:
    """Draw what `ask_once_more` holds with its two buttons; nothing where nothing waits. Stands below the form."""
    question: _Question | None = st.session_state.get(QUESTION + key)
    if question is None:
        return
    with st.container(border=True, key=f"question_{key.replace(' ', '_')}"):
        render(from_template("elements/question.html", change=question.change))
        with st.container(horizontal=True):
            confirmed = st.button(plain(question.yes), key=f"yes {key}", type="primary")
            st.button("返回修改", key=f"no {key}", on_click=_forget, args=(key,))
    if confirmed:
        _forget(key)
        submit(question.act)


def _forget(key: str) -> None:
    st.session_state.pop(QUESTION + key, None)
