"""Forms of ours come back from pages of ours: where a request comes from, and a token that a page elsewhere cannot
know.
"""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from frame import cookies

FIELD = "form_token"
SAFE = ("GET", "HEAD", "OPTIONS")
LARGEST = 16 * 1024  # bytes of a form


def is_of_this_host(scope: Scope) -> bool:
    """Return whether the browser says that the page that asks is of this host. False where it says nothing."""
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        return site is not None
    return bool(origin_host := _host_of(origin)) and origin_host == headers.get("host", "").lower()


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def seed_of(scope: Scope) -> str:
    """Return the value of the form cookie, or a new one."""
    return cookies.read(scope, cookies.FORM) or secrets.token_urlsafe(16)


def token_for(scope: Scope, seed: str) -> str:
    """Return the token, bound to the form cookie, and to the sign-in once there is one."""
    session = cookies.read(scope, cookies.SESSION) or ""
    return hmac.new(f"{seed} {session}".encode(), b"form", hashlib.sha256).hexdigest()


def keep_seed(response: Response, scope: Scope, seed: str) -> None:
    if cookies.read(scope, cookies.FORM) != seed:
        cookies.put(response, scope, cookies.FORM, seed)


async def checked_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form of ours; None for one too large, of another kind, not from a page of ours, or with
    NUL, which no keyboard writes and PostgreSQL does not take.
    """
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LARGEST or not is_of_this_host(request.scope):
        return None
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    fields = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    if any("\0" in value for value in fields.values()):
        return None
    seed = cookies.read(request.scope, cookies.FORM)
    if seed is None or not hmac.compare_digest(token_for(request.scope, seed).encode(), fields.get(FIELD, "").encode()):
        return None
    return fields
