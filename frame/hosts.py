"""The names by which the board may be asked for, and what is said at the start of an address that others reach."""

import ipaddress
import os
import sys

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN = (
    "注意：看板在 {address} 上以明文 HTTP 提供服务，密码和数据在网络上未加密。"
    "请在前面设 HTTPS 反向代理（见 README“Serving the district”），或配置 server.sslCertFile。"
)


def is_loopback(host: str | None) -> bool:
    """Return True for 127.0.0.0/8, ::1 and localhost; False for an unset address, which means every address."""
    if not host:
        return False
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def warn_of_plain_http(address: str | None, certificate: str | None) -> None:
    """Print one line at the start where others can reach the server and nothing encrypts the way to it."""
    if not is_loopback(address) and not certificate:
        print(OPEN.format(address=address or "所有地址"), file=sys.stderr)  # noqa: T201


def known_names() -> frozenset[str]:
    """Return HOSTS: the names that the network has for this machine, separated by commas."""
    return frozenset(name.strip().lower() for name in os.environ.get("HOSTS", "").split(",") if name.strip())


class KnownHosts:
    """Answers to localhost, to any bare IP address and to the names in HOSTS: a page elsewhere that lets its own name
    point to this machine (DNS rebinding) gets nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or is_known(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("看板不以这个地址提供服务，请管理员将它加入 HOSTS。", status_code=400)(
                scope, receive, send
            )


def is_known(host: str) -> bool:
    """Return whether a request may name the host; `host` as in the header, with or without a port."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and not host.endswith("]") else host
    if name.lower() in known_names() | {"localhost"}:
        return True
    try:
        ipaddress.ip_address(name[1:-1] if name.startswith("[") and name.endswith("]") else name)
    except ValueError:
        return False
    return True
