"""Tell who a visit belongs to, asked anew each time, so that a fragment after signing out finds nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components.elements.context import PLAN
from frame.cookies import HOST_ONLY, SESSION
from frame.streamlit_internals.visits import cookies_of, this_visit
from models.people import Person
from services.accounts.sessions import signed_in
from services.plan.in_force import plan_codes

OPENED_BY = "opened by"


def visitor() -> Person | None:
    """Return who visits, by the cookie with which the visit's websocket was opened. A visit is its sign-in's alone:
    whoever takes it up again with another (Streamlit asks for the visit's number only) is nobody there.
    """
    person = signed_in(_token(st.context.cookies))
    if person is None or person.must_change:
        return None
    if st.session_state.setdefault(OPENED_BY, person.person.sign_in) != person.person.sign_in:
        return None
    return replace(person.person, address=st.context.ip_address or person.person.address)


def plan_visited() -> str | None:
    """Return the code of the plan that the visit's address names, or None where it names none of the board's."""
    code = st.query_params.get(PLAN) if this_visit() else None
    return code if code and code in plan_codes() else None


def opened_with(visit: str) -> str | None:
    """Return the token with which the visit of this number was opened; None where none is open now."""
    with_cookies = cookies_of(visit)
    return None if with_cookies is None else _token(with_cookies)


def _token(cookies: Mapping[str, str]) -> str | None:
    return cookies.get(HOST_ONLY + SESSION) or cookies.get(SESSION)
