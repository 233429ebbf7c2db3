"""A tab's websocket spoken by hand, as a page of Streamlit's speaks it, or as somebody else would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from tests.browser.entering import ANY_CERTIFICATE, Caller


def stream(address: str) -> str:
    return address.replace("http", "ws", 1) + "/_stcore/stream"


@dataclass
class Tab:
    """One visit; keeps what the last run of the script sent."""

    socket: ClientConnection
    sent: list[ForwardMsg] = field(default_factory=list)
    visit: str = ""  # its number

    def ask(
        self,
        page: str = "",
        query: str = "",
        widgets: tuple[WidgetState, ...] = (),
        page_hash: str = "",
        fragment: str = "",
    ) -> str:
        """Runs the script; the HTML that it drew."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        message.rerun_script.page_script_hash, message.rerun_script.fragment_id = page_hash, fragment
        message.rerun_script.widget_states.widgets.extend(widgets)
        return self.say(message)

    def say(self, message: BackMsg) -> str:
        self.socket.send(message.SerializeToString())
        self.sent = []
        while not self.sent or self.sent[-1].WhichOneof("type") != "script_finished":
            self.sent.append(ForwardMsg.FromString(self.socket.recv(timeout=60)))
        self.visit = next(
            (
                message.new_session.initialize.session_id
                for message in self.sent
                if message.WhichOneof("type") == "new_session"
            ),
            self.visit,
        )
        return "\n".join(message.delta.new_element.html.body for message in self.sent)

    @property
    def elements(self) -> list[object]:
        return [message.delta.new_element for message in self.sent if message.HasField("delta")]


@contextmanager
def tab_of(caller: Caller, resumed: str = "") -> Iterator[Tab]:
    """Opened with the caller's cookies; `resumed`: the number of a visit that it asks to take up again."""
    with connect(
        stream(caller.address),
        origin=caller.address,
        max_size=None,
        ssl=ANY_CERTIFICATE if caller.address.startswith("https") else None,
        subprotocols=["streamlit", "none", *([resumed] if resumed else [])],
        additional_headers={"Cookie": caller.cookie},
    ) as socket:
        yield Tab(socket)
