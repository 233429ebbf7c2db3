"""What the server could not answer, in Chinese, whoever raised it: Streamlit's and Starlette's own refusals, and what
failed in a route.
"""

import logging

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frame.event_log import new_request, request_number
from frame.refused import refused
from services.access.events import note
from services.access.refusal import DatabaseFailure, sentence_of

SENTENCES = {404: "没有这个地址。", 405: "这个地址不接受这样的请求。", 413: "文件太大，没有接收。"}
OTHERWISE = "请求有误，未予办理。"
FAILED = "暂时不能办理，数据未受影响。请稍后重试；仍不成功的，请将编号 {number} 告知管理员。"


class ChineseErrors:
    """Pure ASGI. An answer of ours passes as it is: it is in Chinese already, or JSON for a machine."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = Answer(scope, receive, send)
        try:
            await self.app(scope, receive, answer.send)
        except Exception as problem:
            number = request_number.get() or new_request()
            note("error", level=logging.ERROR, problem=problem)
            if answer.begun:
                raise
            sentence = FAILED.format(number=number)
            if isinstance(problem, DatabaseFailure):
                sentence = sentence_of(problem)
            await refused(scope, sentence, 503 if isinstance(problem, DatabaseFailure) else 500)(scope, receive, send)


class Answer:
    """Holds a refusal back until it is whole."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._held: Message | None = None
        self._body = b""
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] >= 400:
            self._held = message
        elif self._held is None:
            self.begun = True
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._give(self._held)

    async def _give(self, start: Message) -> None:
        self.begun = True
        headers = Headers(raw=start["headers"])
        if not self._body.isascii() or headers.get("content-type") == "application/json":
            await self._send(start)
            await self._send({"type": "http.response.body", "body": self._body})
            return
        instead = refused(self._scope, SENTENCES.get(start["status"], OTHERWISE), start["status"])
        if allowed := headers.get("allow"):
            instead.headers["allow"] = allowed
        await instead(self._scope, self._receive, self._send)
