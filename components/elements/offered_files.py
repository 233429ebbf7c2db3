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

from components.elements.templates import from_template
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
    """Return a button that gives the file. `make` asks the services when it is clicked, as the person who clicks; one
    offer a label on a page.
    """
    return from_template("elements/offer.html", href=offered_address(label, file_name, make), label=label)


def offered_address(key: str, file_name: str, make: Callable[[], bytes]) -> str:
    """Return the address of a file that this run of the page offers under `key`."""
    here: dict[str, Offer] = st.session_state.setdefault(HELD, {})
    sign_in, offer = current_user().sign_in, here.get(key)
    if offer is None or offer.sign_in != sign_in:
        offer = here[key] = Offer(secrets.token_urlsafe(24), sign_in, file_name, make)
        _offers[offer.number] = offer
    offer.file_name, offer.make, offer.still = file_name, make, True
    return f"/made/{offer.number}"


@contextmanager
def offered_by_this_run() -> Iterator[None]:
    """Yield around a run of a page: what it does not offer again is gone."""
    before: dict[str, Offer] = st.session_state.setdefault(HELD, {})
    for offer in before.values():
        offer.still = False
    try:
        yield
    finally:
        for label in [label for label, offer in before.items() if not offer.still]:
            _offers.pop(before.pop(label).number, None)


def made(number: str) -> tuple[str, bytes]:
    """Return name and bytes for whoever asks now. Raises RefusedRequest for what this sign-in was not offered, as if it
    were not there.
    """
    offer = _offers.get(number)
    if offer is None or offer.sign_in != current_user().sign_in:
        raise RefusedRequest("这个下载已经失效，请回到原来的页面，刷新后重新下载。")
    return offer.file_name, offer.make()
