"""Nothing is answered without a live sign-in, be it page, file, upload or websocket; what a request asks is asked by
its person. Of Streamlit's own addresses those are open that the board needs.
"""

import re
from dataclasses import replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from frame import cookies
from frame.event_log import account_number
from frame.form_tokens import SAFE, is_of_this_host
from frame.refused import refused, wants_page
from frame.streamlit_internals.addresses import HEALTH, UPLOAD, is_unneeded
from frame.streamlit_internals.visits import visit_resumed
from frame.streamlit_internals.websocket_messages import needed_alone
from frame.visitor import opened_with
from models.people import SignedIn
from services.access.current_user import acting_as
from services.accounts.sessions import signed_in

OPEN = re.compile(rf"{HEALTH}|/healthz|/readyz|/metrics|/appearance/[\w.-]+|/favicon\.(?:ico|png)")
"""Answered to anyone: nothing of the district is in it, or (/metrics) it is asked about again."""
ENTRANCE = ("/login", "/oidc/start", "/oidc/callback")
FOR_A_FIRST_PASSWORD = ("/password", "/logout", "/logout-everywhere")
STRANGER = "尚未登录，或者登录已经失效，请重新登录。"


class SessionGuard:
    """Pure ASGI, so that it stands before websockets too. Leaves the SignedIn in scope["signed_in"]."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or (scope["type"] == "http" and OPEN.fullmatch(scope["path"])):
            await self.app(scope, receive, send)
            return
        person = await run_in_threadpool(signed_in, cookies.read(scope, cookies.SESSION))
        if scope["type"] == "websocket":
            await self._websocket(person, scope, receive, send)
        else:
            await self._http(person, scope, receive, send)

    async def _websocket(self, person: SignedIn | None, scope: Scope, receive: Receive, send: Send) -> None:
        if person is None or person.must_change or not is_of_this_host(scope) or takes_up_anothers(scope):
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: 403
        else:
            await self.app(scope, needed_alone(receive), send)

    async def _http(self, person: SignedIn | None, scope: Scope, receive: Receive, send: Send) -> None:
        instead = refusal(person, scope)
        if instead is not None:
            await instead(scope, receive, send)
            return
        scope["signed_in"] = person
        account_number.set(person.person.account if person else None)
        if person is None:
            await self.app(scope, receive, send)
            return
        with acting_as(replace(person.person, address=address_of(scope))):
            await self.app(scope, receive, send)


def refusal(person: SignedIn | None, scope: Scope) -> Response | None:
    """Return what is said instead of an answer; None where the request may go on."""
    path = scope["path"]
    if scope["method"] not in SAFE and not is_of_this_host(scope):
        return PlainTextResponse("请求不是从本看板的页面发出的，未予办理。", status_code=403)
    if person is None and path not in ENTRANCE:
        return to_sign_in(scope) if wants_page(scope) else PlainTextResponse(STRANGER, status_code=401)
    if person is not None and person.must_change and path not in (*ENTRANCE, *FOR_A_FIRST_PASSWORD):
        if wants_page(scope):
            return RedirectResponse("/password", status_code=303)
        return PlainTextResponse("请先修改初始密码。", status_code=403)
    if is_unneeded(path):
        return refused(scope, "没有这个地址。", 404)
    upload = UPLOAD.fullmatch(path)
    if upload and opened_with(upload["visit"]) != cookies.read(scope, cookies.SESSION):
        return refused(scope, "这次打开的页面已经失效，请刷新后重新上传。", 403)
    return None


def takes_up_anothers(scope: Scope) -> bool:
    """Tell whether the websocket asks to go on with a visit that is open under another sign-in."""
    visit = visit_resumed(scope)
    opened = opened_with(visit) if visit is not None else None
    return opened is not None and opened != cookies.read(scope, cookies.SESSION)


def to_sign_in(scope: Scope) -> Response:
    """Return the way to the form, and from there back to what was asked for."""
    path, query = (
        (scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
        scope["query_string"].decode("latin-1"),
    )
    address = f"{path}?{query}" if query else path
    return RedirectResponse("/login" if address == "/" else f"/login?next={quote(address, safe='')}", status_code=303)


def address_of(scope: Scope) -> str:
    """Return the other end of the connection; behind a trusted proxy (TRUSTED_PROXIES) what it says of its own."""
    client = scope.get("client")
    return client[0] if client else ""
