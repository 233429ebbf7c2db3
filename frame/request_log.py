"""Every request and visit gets a number and a line in the log; pages' runs have theirs (frame/page_runs.py)."""

from __future__ import annotations

from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frame.event_log import new_request
from services.access.events import note, timed

UNTOLD = ("/static/", "/appearance/", "/_stcore/health", "/healthz", "/readyz", "/metrics")
"""Files of the screen and questions of machines: there are many, and they tell nothing."""
REFUSED_FROM = 400


class RequestLog:
    """Pure ASGI, before everything else. What a request asks after its “?” is never told."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"].startswith(UNTOLD):
            await self.app(scope, receive, send)
            return
        number = new_request()
        if scope["type"] == "websocket":
            await self._visit(scope, receive, send)
        else:
            await self._request(number, scope, receive, send)

    async def _request(self, number: str, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-request-id"] = number
                fields["status"] = message["status"]
            await send(message)

        with timed("request", method=scope["method"], path=scope["path"]) as fields:
            await self.app(scope, receive, send_numbered)
        if int(fields.get("status") or 0) >= REFUSED_FROM:
            note("refused", of="request", path=scope["path"])

    async def _visit(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened: list[float] = []

        async def send_watched(message: Message) -> None:
            if message["type"] == "websocket.accept":
                opened.append(perf_counter())
                note("visit opened")
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        finally:
            if opened:
                note("visit closed", seconds=round(perf_counter() - opened[0], 1))
            else:
                note("refused", of="visit")
