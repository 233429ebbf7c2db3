"""Files made when they are asked for: a link for whoever looks at the page, good for that sign-in alone and while the
page offers it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

import streamlit as st
from markupsafe import Markup

from services.access.current_user import current_user
from services.access.refusal import RefusedRequest

HELD = "offered files"


@dataclass(eq=False)
class Offer:
    """Lives in the memory of its visit and goes with it. `still`: the page offers it in its present run."""

    number: str  # cannot be guessed
    sign_in: str
    file_name: str
    make: Callable[[], bytes]
    still: bool = True


_offers: WeakValueDictionary[str, Offer] = WeakValueDictionary()  # what a visit that is over held is not kept for it


def offer_file(label: str, file_name: str, make: Callable[[], bytes]) -> Markup:
    """A button that gives the file. `make` asks the services when it is clicked, as the person who clicks; one offer a
    label on a page.
    """
    return Markup('<p class="offer"><a href="{}" target="_self">{}</a></p>').format(
        offered_address(label, file_name, make), label
    )


def offered_address(key: str, file_name: str, make: Callable[[], bytes]) -> str:
    """Return the address of a file that this run of the page offers under `key`."""
    here: dict[str, Offer] = st.session_state.setdefault(HELD, {})
    asks, one = current_user().sign_in, here.get(key)
    if one is None or one.sign_in != asks:
        one = here[key] = Offer(secrets.token_urlsafe(24), asks, file_name, make)
        _offers[one.number] = one
    one.file_name, one.make, one.still = file_name, make, True
    return f"/made/{one.number}"


@contextmanager
def offered_by_this_run() -> Iterator[None]:
    """Around a run of a page: what it does not offer again is gone."""
    before: dict[str, Offer] = st.session_state.setdefault(HELD, {})
    for one in before.values():
        one.still = False
    try:
        yield
    finally:
        for label in [label for label, one in before.items() if not one.still]:
            _offers.pop(before.pop(label).number, None)


def made(number: str) -> tuple[str, bytes]:
    """Name and bytes for whoever asks now. Raises RefusedRequest for what this sign-in was not offered, as if it were
    not there.
    """
    one = _offers.get(number)
    if one is None or one.sign_in != current_user().sign_in:
        raise RefusedRequest("这个下载已经失效，请回到原来的页面，刷新后重新点击。")
    return one.file_name, one.make()
