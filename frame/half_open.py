"""Connections that do not come to the point: a request's head or body that stops coming is not waited for.

uvicorn has no time-outs for either; whoever opens many connections and sends half a line on each would hold them all.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10
"""From the opening of a connection, or the first byte of a further request, to the end of its head."""
BODY_SECONDS = 20
"""Between two pieces of a body, while the server is ready for more."""
LOOKED_AT_EVERY = 2


class Watch:
    """One connection's: since when its head is awaited, and when something came last."""

    def __init__(self, protocol: Any) -> None:
        self._protocol, self._loop = protocol, asyncio.get_running_loop()
        self._head_since: float | None = self._loop.time()
        self._heard = self._loop.time()
        self._loop.call_later(LOOKED_AT_EVERY, self.look)

    def hear(self) -> None:
        """Note that something came."""
        self._heard = self._loop.time()
        if self._protocol.conn.their_state is not h11.IDLE:
            self._head_since = None
        elif self._head_since is None:
            self._head_since = self._heard

    def look(self) -> None:
        """Close the connection if it has been waited for long enough, else look again later."""
        transport = self._protocol.transport
        if transport.is_closing() or transport.get_protocol() is not self._protocol:  # closed, or a websocket now
            return
        if self._is_too_slow():
            transport.abort()
        else:
            self._loop.call_later(LOOKED_AT_EVERY, self.look)

    def _is_too_slow(self) -> bool:
        state, now = self._protocol.conn.their_state, self._loop.time()
        if state is h11.IDLE:
            return self._head_since is not None and now - self._head_since > HEAD_SECONDS
        is_wanted = state is h11.SEND_BODY and not self._protocol.flow.read_paused
        return is_wanted and now - self._heard > BODY_SECONDS


def watch_connections() -> None:
    """Watch every connection that uvicorn accepts from now on."""
    made, received = H11Protocol.connection_made, H11Protocol.data_received

    def connection_made(self: Any, transport: Any) -> None:
        made(self, transport)
        self.watch = Watch(self)

    def data_received(self: Any, data: bytes) -> None:
        received(self, data)
        self.watch.hear()

    H11Protocol.connection_made = connection_made  # type: ignore[method-assign]
    H11Protocol.data_received = data_received  # type: ignore[method-assign]
