"""Visits to the board as it is served, with all that a run sent to them and what they remember afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.testing.v1.util import patch_config_options

from frame import kept_pages
from frame.streamlit_internals.recorded_run import Recording
from tests.pages.visiting import open_page

MAIN = Path(__file__).resolve().parents[2] / "frame" / "main.py"
OFFERED = re.compile(rb"/made/[\w-]{32}")


@dataclass
class Board:
    """What the runs of all visits have done: `sent` by the last, the recordings that were `made` and `played`."""

    sent: list[ForwardMsg] = field(default_factory=list)
    made: list[Recording] = field(default_factory=list)
    played: list[Recording] = field(default_factory=list)

    def visit(self) -> Visit:
        return Visit(self, AppTest.from_file(str(MAIN), default_timeout=60))


@dataclass
class Visit:
    """One tab, which stays the same from page to page."""

    board: Board
    app: AppTest

    def open(self, page: str, **query: str) -> str:
        """Open a page; return the HTML that it drew."""
        self.app._tree = AppTest.from_file(str(MAIN))._tree  # a link says nothing of the page that is left
        self.app._tree._runner = self.app
        self.app.query_params.clear()
        self.app.query_params.update(query)
        self.app.switch_page(f"../pages/{page}.py").run()
        assert not self.app.exception
        return self.shown

    def learn_choices(self, page: str) -> None:
        """Let AppTest know what there is to choose from on the page: it notes that of pages that it runs itself."""
        kept_pages.KEPT.clear()
        with patch_config_options({"global.appTest": True}):
            self.app.session_state[TESTING_KEY] = open_page(page)._session_state[TESTING_KEY]

    @property
    def shown(self) -> str:
        return "\n".join(message.delta.new_element.html.body for message in self.board.sent)

    @property
    def messages(self) -> list[bytes]:
        """All that was sent, in order; the numbers of files that are offered differ from run to run."""
        return [OFFERED.sub(b"/made/", _without_digest(message)) for message in self.board.sent]

    @property
    def widgets(self) -> dict[str, Any]:
        """The widgets that the visit knows, with what they say and whether something happens when they change."""
        state = self.app._session_state._state
        metadata = state._new_widget_state.widget_metadata
        return {name: (state[name], metadata[name].callback is None) for name in metadata if name in state}


def _as_served(options: dict[str, Any]) -> AbstractContextManager[None]:
    return nullcontext()


def _without_digest(message: ForwardMsg) -> bytes:
    own = ForwardMsg()
    own.CopyFrom(message)
    own.ClearField("hash")
    return own.SerializeToString(deterministic=True)


@pytest.fixture
def board(sample_database: str) -> Iterator[Board]:
    """The sample district as it is served: AppTest else notes in a visit's memory what is offered to choose from."""
    seen, record, play, run = Board(), kept_pages.record, kept_pages.play, LocalScriptRunner.run

    def noting_run(self: LocalScriptRunner, *arguments: Any, **named: Any) -> Any:
        tree = run(self, *arguments, **named)
        seen.sent[:] = self.forward_msgs()
        return tree

    def noting_record(page: Any) -> Recording:
        recording = record(page)
        seen.made.append(recording)
        return recording

    def noting_play(recording: Recording, page: Any) -> None:
        seen.played.append(recording)
        play(recording, page)

    kept_pages.KEPT.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_test, "patch_config_options", _as_served)
        patch.setattr(LocalScriptRunner, "run", noting_run)
        patch.setattr(kept_pages, "record", noting_record)
        patch.setattr(kept_pages, "play", noting_play)
        yield seen
    kept_pages.KEPT.clear()
