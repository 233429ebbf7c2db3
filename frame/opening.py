"""What stands on a page until Streamlit has drawn it: the head of a page that is kept, else what is being opened.

Streamlit draws its first words some 300 ms after the last message has come (docs/performance.md); what the page says
first goes with its first bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.types import Scope

from components.elements.cache import current_version
from components.elements.templates import from_template
from frame.appearance import TITLE
from frame.kept_pages import Query, kept_head
from frame.navigation import BOARD
from frame.person_block import sample_banner
from models.people import Person, SignedIn
from services.access.current_user import current_user
from services.accounts.ways_in import is_sample


@dataclass(frozen=True)
class Opening:
    """`head`: the HTML with which the page begins, as it was kept for whoever asks; "" where it is not."""

    head: Markup = Markup("")

    @property
    def is_begun(self) -> bool:
        """Return whether something of the district is in it, which no cache may keep."""
        return bool(self.head)

    @property
    def markup(self) -> Markup:
        return from_template("frame/opening.html", title=TITLE, head=self.head)


NOTHING_KEPT = Opening()


def opening_of(scope: Scope) -> Opening:
    """Return what the page that is asked for begins with."""
    signed_in: SignedIn | None = scope.get("signed_in")
    if signed_in is None:
        return NOTHING_KEPT
    person, version = current_user(), current_version()
    head = kept_head(scope["path"].strip("/") or BOARD.name, _query(scope), person, version)
    return Opening(_banner(person, version) + head) if head else NOTHING_KEPT


def _query(scope: Scope) -> Query:
    """Return the parameters as Streamlit reads them."""
    asked_for = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return tuple((name, tuple(values)) for name, values in asked_for.items())


def _banner(person: Person, version: int) -> Markup:
    return sample_banner(person) if is_sample(version) else Markup("")
