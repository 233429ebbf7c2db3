"""A place on a page for files of the visitor's own: the server knows what the present run of a visit offers, and takes
files nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from components.elements.this_visit import for_this_visit
from rules.file_sizes import MEGABYTE

SEVERAL = 20
"""Files that a place for several takes."""
LARGEST = 100
"""Megabytes of a file, where a place does not say less (.streamlit/config.toml)."""
HELD = "offered uploaders"


@dataclass(frozen=True)
class Place:
    """How many files it takes, and of how many bytes each."""

    files: int
    largest: int


@dataclass(eq=False)
class Offered:
    """Lives in the memory of its visit and goes with it. `places`: by label and key, where the visit may put files;
    `again`: those that the run which goes on has offered so far.
    """

    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    again: set[tuple[str, str]] = field(default_factory=set)

    @property
    def files(self) -> int:
        return sum(place.files for place in self.places.values())

    @property
    def largest(self) -> int:
        return max((place.largest for place in self.places.values()), default=0)

    def begin(self) -> None:
        """Begin a run: until it is over, what the last one offered is still taken."""
        self.again.clear()

    def add(self, name: tuple[str, str], place: Place) -> None:
        self.places[name] = place
        self.again.add(name)

    def end(self) -> None:
        """End a run: what it did not offer is not taken any more."""
        self.places = {name: place for name, place in self.places.items() if name in self.again}


_of_visits: WeakValueDictionary[str, Offered] = WeakValueDictionary()


def offered_in(visit: str) -> Offered | None:
    """Return what the visit of this number offers, or None where none is open."""
    return _of_visits.get(visit)


def begin_run(visit: str) -> Offered:
    """Return what the visit offers, to be counted anew by a run that begins."""
    offered: Offered = st.session_state.setdefault(HELD, Offered())
    _of_visits[visit] = offered
    offered.begin()
    return offered


def file_uploader(label: str, **options: Any) -> Any:
    """Return what st.file_uploader does, and let the server take what is put there."""
    several = bool(options.get("accept_multiple_files"))
    place = Place(SEVERAL if several else 1, options.get("max_upload_size", LARGEST) * MEGABYTE)
    for_this_visit(partial(_offer, (label, str(options.get("key"))), place))
    return st.file_uploader(label, **options)


def _offer(name: tuple[str, str], place: Place) -> None:
    offered: Offered = st.session_state.setdefault(HELD, Offered())
    offered.add(name, place)
