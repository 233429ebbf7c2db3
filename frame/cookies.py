"""The board's own cookies: out of reach of scripts, sent to this host only, and under HTTPS never without it."""

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

SESSION = "board_session"
FORM = "board_form"
SINGLE_SIGN_ON = "board_sso"
KNOWN = "board_known"
"""Digests of the sign-ins that this browser had last: they open nothing (frame.sign_in_routes)."""
HOST_ONLY = "__Host-"  # browsers take such a cookie only over HTTPS, from this very host


def is_https(scope: Scope) -> bool:
    return scope.get("scheme") in ("https", "wss")


def _name(scope: Scope, cookie: str) -> str:
    return HOST_ONLY + cookie if is_https(scope) else cookie


def read(scope: Scope, cookie: str) -> str | None:
    return HTTPConnection(scope).cookies.get(_name(scope, cookie))


def put(response: Response, scope: Scope, cookie: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie, until the browser is closed unless `seconds` says otherwise."""
    response.set_cookie(
        _name(scope, cookie), value, max_age=seconds, path="/", secure=is_https(scope), httponly=True, samesite="lax"
    )


def drop(response: Response, scope: Scope, cookie: str) -> None:
    response.delete_cookie(_name(scope, cookie), path="/", secure=is_https(scope), httponly=True, samesite="lax")
