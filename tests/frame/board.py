"""Our routes behind our guard without Streamlit's: enough of the board to sign in to, asked as a browser asks."""

import re
import warnings
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from frame.appearance import routes as appearance_routes
from frame.headers import SecurityHeaders
from frame.hosts import KnownHosts
from frame.session_guard import SessionGuard
from frame.sign_in_routes import routes as sign_in_routes
from frame.single_sign_on_routes import routes as single_sign_on_routes
from services.access.current_user import current_user

with warnings.catch_warnings(
    action="ignore"
):  # it would rather have httpx2 than the httpx that the provider's mock brings
    from starlette.testclient import TestClient

HERE = "http://localhost:8501"


async def whoever_asks(_: Request) -> Response:
    return PlainTextResponse(current_user().name)


async def health(_: Request) -> Response:
    return PlainTextResponse("ok")


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("accepted")
    await socket.close()


def board() -> Starlette:
    return Starlette(
        routes=[
            *appearance_routes(),
            *sign_in_routes(),
            *single_sign_on_routes(),
            WebSocketRoute("/_stcore/stream", stream),
            Route("/_stcore/health", health),
            Route("/{path:path}", whoever_asks, methods=["GET", "POST", "PUT", "DELETE"]),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(KnownHosts), Middleware(SessionGuard)],
    )


class Browser(TestClient):
    """Sends what a browser sends; follows nothing by itself."""

    def __init__(self, address: str = HERE, client: tuple[str, int] = ("10.0.0.5", 50000)) -> None:
        super().__init__(board(), base_url=address, follow_redirects=False, client=client)
        self.address = address
        self.headers["accept"] = "text/html"

    def submit(self, path: str, form_page: str = "/login", headers: dict[str, str] | None = None, **fields: str) -> Any:
        """Opens the page of a form, then sends the form with its token."""
        match = re.search(r'name="form_token" value="(\w+)"', self.get(form_page).text)
        data = {"form_token": match.group(1) if match else "", **fields}
        return self.post(path, data=data, headers={"origin": self.address, **(headers or {})})

    def open_stream(self, **headers: str) -> Any:
        """The websocket of a page of this host, unless `headers` say otherwise."""
        address = self.address.replace("http", "ws", 1)
        return self.websocket_connect(f"{address}/_stcore/stream", headers={"origin": self.address, **headers})

    def plant(self, value: str) -> None:
        """A session cookie that this browser was not given."""
        self.cookies.set("board_session", value, domain="localhost.local", path="/")

    def session(self) -> str | None:
        return self.cookies.get("board_session") or self.cookies.get("__Host-board_session")
