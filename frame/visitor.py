"""A visit in; who it is out, asked anew each time, so that a fragment after signing out finds nobody."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from frame.cookies import HOST_ONLY, SESSION
from models.people import Person
from services.sessions import signed_in


def visitor() -> Person | None:
    """By the cookie with which the visit's websocket was opened."""
    cookies = st.context.cookies
    found = signed_in(cookies.get(HOST_ONLY + SESSION) or cookies.get(SESSION))
    if found is None or found.must_change:
        return None
    return replace(found.person, address=st.context.ip_address or found.person.address)
