"""A run of a page, recorded: the messages that it sent and the widgets that it asked for, to be given to other visits
without running the page.

A visit to which a recording is played is afterwards what it would be after a run: it has the same elements, and its
widgets are known by the same numbers, values and callbacks.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any

import streamlit as st
from markupsafe import Markup
from streamlit.cursor import get_container_cursor
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.common import WidgetMetadata

from components.elements.this_visit import Step, is_noted, noting_steps

FRAGMENT = "a fragment belongs to its visit"
PLAIN = (str, int, float, bool, date, type(None))


@dataclass(frozen=True)
class Write:
    """A value that the page put into the visit's memory, from which a widget takes it."""

    key: str
    value: Any

    def play(self, context: ScriptRunContext) -> None:
        context.session_state[self.key] = deepcopy(self.value)


@dataclass(frozen=True)
class Widget:
    """A widget that the page asked for; `is_set`: the page itself said its value."""

    metadata: WidgetMetadata[Any]
    key: str | None
    is_set: bool

    def play(self, context: ScriptRunContext) -> None:
        context.session_state.register_widget(self.metadata, self.key)

    def is_untouched(self, context: ScriptRunContext) -> bool:
        """Return whether the widget would say the same as when it was recorded: what it says of itself."""
        if self.is_set:
            return True
        state = context.session_state
        with state._lock:
            memory = state._state
            if self.metadata.id not in memory and (self.key is None or self.key not in memory):
                return True
            memory._set_widget_metadata(self.metadata)
            if self.key is not None:
                memory._set_key_widget_mapping(self.metadata.id, self.key)
            return is_as_declared(self.metadata, memory[self.metadata.id])


@dataclass
class Recording:
    """One run of one page. Why it cannot be played to others: `of_visit`, for what this visit holds; `of_page`, nor
    could any other run of it.
    """

    place: int
    messages: list[ForwardMsg] = field(default_factory=list)
    acts: list[Write | Widget] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    names: tuple[frozenset[str], ...] = ()
    is_stopped: bool = False
    of_visit: set[str] = field(default_factory=set)
    of_page: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Return about how many bytes it takes."""
        return sum(message.ByteSize() for message in self.messages) + 1000 * len(self.acts)

    @property
    def head(self) -> Markup:
        """Return the HTML with which the page begins, down to the first that is to be operated: a widget or a form."""
        elements = (message.delta.new_element for message in self.messages if _is_element_of_main(message))
        bodies = takewhile(bool, (element.html.body for element in elements))
        return Markup("").join(Markup(body) for body in takewhile(lambda body: "<form" not in body, bodies))


class WatchedMemory:
    """The memory of a visit (st.session_state) while its page is recorded: what the page reads and writes is noted."""

    def __init__(self, memory: Any, recording: Recording) -> None:
        self._memory, self._recording = memory, recording
        self._written = set[str]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._memory, name)

    def __contains__(self, key: str) -> bool:
        is_there = key in self._memory
        self._note_read(key, is_there=is_there)
        return is_there

    def __getitem__(self, key: str) -> Any:
        try:
            value = self._memory[key]
        except KeyError:
            self._note_read(key, is_there=False)
            raise
        self._note_read(key, is_there=True)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        self._memory[key] = value
        if not is_noted():
            return
        self._written.add(key)
        if is_plain(value):
            self._recording.acts.append(Write(key, deepcopy(value)))
        else:
            self._recording.of_visit.add("the visit remembers something of the page")

    def __delitem__(self, key: str) -> None:
        del self._memory[key]
        if is_noted():
            self._recording.of_visit.add("the visit forgets something")

    def register_widget(self, metadata: WidgetMetadata[Any], key: str | None) -> Any:
        result = self._memory.register_widget(metadata, key)
        is_set = key in self._written
        self._recording.acts.append(Widget(metadata, key, is_set))
        if key is not None:
            self._written.add(key)
        if not is_set and not is_as_declared(metadata, result.value):
            self._recording.of_visit.add("somebody entered something")
        return result

    def _note_read(self, key: str, *, is_there: bool) -> None:
        if not is_noted() or key in self._written:
            return
        if is_there:
            self._recording.of_visit.add("the visit remembered something")
        else:
            self._recording.absent.add(key)


def is_plain(value: Any) -> bool:
    """Return whether a value can be given to other visits: nothing in it changes."""
    items = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(item, PLAIN) for item in items)


def is_as_declared(metadata: WidgetMetadata[Any], value: Any) -> bool:
    """Return whether a widget says what it says before anybody touches it; no pressed button does."""
    return bool(value == metadata.deserializer(None))


def record(run: Callable[[], None]) -> Recording:
    """Run the page and return the recording. Raises whatever the run raises, but for the page's own st.stop()."""
    context = _context()
    recording = Recording(_place(context))
    names, query, fragments = _names(context), _query(context), context.shared.new_fragment_ids.snapshot()
    with _watched(context, recording), noting_steps() as recording.steps:
        try:
            run()
        except StopException as stop:
            if not is_own_stop(stop):
                raise
            recording.is_stopped = True
    recording.names = tuple(after - before for before, after in zip(names, _names(context), strict=True))
    if _query(context) != query:
        recording.of_visit.add("the page changes its address")
    if context.shared.new_fragment_ids.snapshot() != fragments:
        recording.of_page.add(FRAGMENT)
    return recording


def can_be_played(recording: Recording) -> bool:
    """Return whether a run for the present visit would be the recorded one, as far as the visit itself goes."""
    context = _context()
    return (
        recording.place == _place(context)
        and not any(key in context.session_state for key in recording.absent)
        and all(act.is_untouched(context) for act in recording.acts if isinstance(act, Widget))
    )


def play(recording: Recording, page: st.Page) -> None:
    """Give the recording to the present visit, which runs this page."""
    context = _context()
    for act in recording.acts:
        act.play(context)
    for names, added in zip(_sets(context), recording.names, strict=True):
        for name in added:
            names.check_and_add(name)
    for step in recording.steps:
        step()
    with context.run_with_active_hash(page._script_hash):
        for message in recording.messages:
            context.enqueue(_copy(message))


def _is_element_of_main(message: ForwardMsg) -> bool:
    return message.delta.WhichOneof("type") == "new_element" and message.metadata.delta_path[0] == RootContainer.MAIN


def _copy(message: ForwardMsg) -> ForwardMsg:
    """Return a message of its own: what is sent to one visit is marked on its way."""
    own = ForwardMsg()
    own.CopyFrom(message)
    return own


def is_own_stop(stop: BaseException) -> bool:
    """Tell whether the page itself came to its end by st.stop(), and was not cut short from outside."""
    own = inspect.unwrap(st.stop).__code__
    return any(frame.f_code is own for frame, _ in traceback.walk_tb(stop.__traceback__))


@contextmanager
def _watched(context: ScriptRunContext, recording: Recording) -> Iterator[None]:
    """Note what is sent, and what is done to the memory of the visit."""
    memory, send = context.session_state, context.enqueue

    def enqueue(message: ForwardMsg) -> None:
        send(message)
        recording.messages.append(_copy(message))

    context.enqueue = enqueue  # type: ignore[method-assign,assignment]
    context.session_state = WatchedMemory(memory, recording)  # type: ignore[assignment]
    try:
        yield
    finally:
        context.session_state = memory
        context.enqueue = send  # type: ignore[method-assign]


def _context() -> ScriptRunContext:
    context = get_script_run_ctx()
    assert context is not None, "pages run in Streamlit alone"
    return context


def _place(context: ScriptRunContext) -> int:
    """Return below how many elements of the frame the page begins."""
    cursor = get_container_cursor(RootContainer.MAIN)
    return cursor.index if cursor is not None else 0


def _query(context: ScriptRunContext) -> dict[str, Any]:
    return deepcopy(context.session_state._state.query_params._query_params)


def _sets(context: ScriptRunContext) -> tuple[Any, ...]:
    shared = context.shared
    return shared.widget_ids_this_run, shared.widget_user_keys_this_run, shared.form_ids_this_run


def _names(context: ScriptRunContext) -> tuple[frozenset[str], ...]:
    return tuple(names.snapshot() for names in _sets(context))
