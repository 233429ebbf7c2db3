"""Files made when they are asked for: a link for whoever looks at the page, good for that sign-in alone and while the
page offers it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from weakref import WeakValueDictionary

import streamlit as st
from markupsafe import Markup

from components.elements.templates import from_template
from components.elements.this_visit import for_this_visit
from services.access.chosen_plan import asking_of, chosen_plan
from services.access.current_user import current_user
from services.access.refusal import RefusedRequest

HELD = "offered files"


@dataclass(eq=False, frozen=True)
class Offer:
    """Lives in the memory of the visits to which it is made, and goes with the last of them."""

    number: str  # cannot be guessed; the same for every visit to which the same page is shown
    sign_in: str
    file_name: str
    make: Callable[[], bytes]


@dataclass(eq=False)
class _Held:
    """The offers of a visit by key; `again`: those that the run which goes on has made so far."""

    offers: dict[str, Offer] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)


_offers: WeakValueDictionary[tuple[str, str], Offer] = WeakValueDictionary()
"""By number and sign-in."""


def offer_file(label: str, file_name: str, make: Callable[[], bytes]) -> Markup:
    """Return a button that gives the file. `make` asks the services when it is clicked, as the person who clicks; one
    offer a label on a page.
    """
    return from_template("elements/offer.html", href=offered_address(label, file_name, make), label=label)


def offered_address(key: str, file_name: str, make: Callable[[], bytes]) -> str:
    """Return the address of a file that this run of the page offers under `key`."""
    number = secrets.token_urlsafe(24)
    for_this_visit(partial(_offer, key, number, file_name, partial(_made_of, chosen_plan(), make)))
    return f"/made/{number}"


def _made_of(plan: str | None, make: Callable[[], bytes]) -> bytes:
    """The file as of the plan that the page was of."""
    with asking_of(plan):
        return make()


def _offer(key: str, number: str, file_name: str, make: Callable[[], bytes]) -> None:
    offered: _Held = st.session_state.setdefault(HELD, _Held())
    sign_in = current_user().sign_in
    offered.offers[key] = _offers.setdefault((number, sign_in), Offer(number, sign_in, file_name, make))
    offered.again.add(key)


@contextmanager
def offered_by_this_run() -> Iterator[None]:
    """Yield around a run of a page: what it does not offer again is gone."""
    offered: _Held = st.session_state.setdefault(HELD, _Held())
    offered.again.clear()
    try:
        yield
    finally:
        offered.offers = {key: offer for key, offer in offered.offers.items() if key in offered.again}


def made(number: str) -> tuple[str, bytes]:
    """Return name and bytes for whoever asks now. Raises RefusedRequest for what this sign-in was not offered, as if it
    were not there.
    """
    offer = _offers.get((number, current_user().sign_in))
    if offer is None:
        raise RefusedRequest("这个下载已经失效，请回到原来的页面，刷新后重新下载。")
    return offer.file_name, offer.make()
