"""What a tab may say over its websocket: Streamlit also takes words that empty every visit's cache or ask for the
source's state.
"""

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

NEEDED = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request")


def needed_alone(receive: Receive) -> Receive:
    """Drop every other message, and what is none."""

    async def receive_needed() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or _kind(message.get("bytes")) in NEEDED:
                return message

    return receive_needed


def _kind(content: bytes | None) -> str | None:
    try:
        return BackMsg.FromString(content or b"").WhichOneof("type")
    except DecodeError:
        return None
