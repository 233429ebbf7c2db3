"""Until sign-in exists the board answers only this machine: a listening address in, a refusal out."""

import ipaddress
import sys

from starlette.types import ASGIApp, Receive, Scope, Send

SENTENCE = "看板尚未启用登录，只在本机地址（127.0.0.1）提供服务。请将 server.address 设为 127.0.0.1 后重新启动。"


def is_loopback(host: str | None) -> bool:
    """True for 127.0.0.0/8, ::1, localhost and a unix socket; False for an unset address, which means every address."""
    if not host:
        return False
    if host == "localhost" or host.startswith("unix://"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_open_address(address: str | None) -> None:
    """Ends the start-up with one sentence and exit status 2 if the configured address is not of this machine."""
    if not is_loopback(address):
        print(SENTENCE, file=sys.stderr)  # noqa: T201
        raise SystemExit(2)


class LoopbackOnly:
    """Refuses connections that came in on another address, however the server was started (e.g. by uvicorn)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or came_in_locally(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "login not enabled"})
        else:
            await refuse(send)


def came_in_locally(scope: Scope) -> bool:
    """The server's own end of the connection; a unix socket has no port."""
    server = scope.get("server")
    return server is not None and (server[1] is None or is_loopback(server[0]))


async def refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": SENTENCE.encode()})
