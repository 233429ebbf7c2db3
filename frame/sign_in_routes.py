"""/login, /logout, /logout-everywhere, /password and /account: the forms around signing in, and what they set off."""

import os
import re
from asyncio import sleep
from ipaddress import ip_address

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frame import cookies
from frame.form_tokens import checked_form, keep_seed, seed_of, token_for
from frame.navigation import first_page
from frame.safe_redirect import within
from frame.session_guard import address_of
from frame.sign_in_pages import account_page, password_page, sign_in_page
from models.people import SignedIn
from services.access.refusal import RefusedRequest
from services.accounts.attempts import LockedOut, pause_before
from services.accounts.sessions import FromWhere, digest_of, own_sign_ins, sign_out, sign_out_everywhere, signed_in
from services.accounts.sign_in import account_name, change_password, demonstrate, demonstration_units, sign_in
from services.accounts.single_sign_on import provider_name
from services.accounts.ways_in import is_sample

EVERYONE = "everyone"
DIGEST = re.compile(r"[0-9a-f]{64}")
REMEMBERED, REMEMBERED_SECONDS = 4, 90 * 24 * 3600
"""Sign-ins that a browser remembers, colleagues at one machine among them, and for how long."""
NOT_FROM_ELSEWHERE = "演示身份只在服务器本机提供。需要对外演示的，请以 DEMONSTRATION=everyone 启动看板。"
STALE = "页面停留时间过长或不是从本看板打开，请重新填写。"


def offers_demonstration(request: Request) -> bool:
    """Return whether the parts of a sample may be played from there: at this machine alone, unless
    DEMONSTRATION=everyone asks for more. Whoever comes through a proxy is elsewhere.
    """
    if os.environ.get("DEMONSTRATION") == EVERYONE:
        return True
    if any(name in request.headers for name in ("x-forwarded-for", "forwarded")):
        return False
    try:
        return ip_address(address_of(request.scope)).is_loopback
    except ValueError:
        return False


def where_from(request: Request) -> FromWhere:
    before = cookies.read(request.scope, cookies.KNOWN) or ""
    digests = [digest for digest in before.split(".") if DIGEST.fullmatch(digest)]
    return FromWhere(address_of(request.scope), request.headers.get("user-agent", ""), tuple(digests[:REMEMBERED]))


def who(request: Request) -> SignedIn:
    """Return who is signed in: the guard lets nobody else through."""
    signed_in: SignedIn = request.scope["signed_in"]
    return signed_in


async def show_sign_in(request: Request) -> Response:
    to = within(request.query_params.get("next", "/"))
    if request.scope["signed_in"] is not None:
        return RedirectResponse(to, status_code=303)
    return await sign_in_form(request, to)


async def sign_in_form(request: Request, to: str, refused: str = "", name: str = "", status: int = 200) -> Response:
    seed = seed_of(request.scope)
    units = await run_in_threadpool(demonstration_units) if offers_demonstration(request) else None
    page = sign_in_page(
        token_for(request.scope, seed),
        to=to,
        refused=refused,
        name=name,
        units=units,
        single_sign_on=provider_name(),
        status=status,
    )
    keep_seed(page, request.scope, seed)
    return page


async def try_sign_in(request: Request) -> Response:
    fields = await checked_form(request)
    if fields is None:
        return await sign_in_form(request, "/", STALE, status=403)
    to = within(fields.get("next", "/"))
    if "demonstration" in fields and not offers_demonstration(request) and await run_in_threadpool(is_sample):
        return await sign_in_form(request, to, NOT_FROM_ELSEWHERE, status=403)
    try:
        await pause(fields.get("name", ""), request)
        token = await run_in_threadpool(_token, fields, where_from(request))
    except RefusedRequest as refused:
        status = 429 if isinstance(refused, LockedOut) else 401
        return await sign_in_form(request, to, str(refused), fields.get("name", "")[:100], status)
    return await enter(request, token, to)


async def pause(name: str, request: Request) -> None:
    """Let whoever has mistyped too often wait, without holding up anybody else."""
    await sleep(await run_in_threadpool(pause_before, account_name(name), where_from(request)))


def _token(fields: dict[str, str], where: FromWhere) -> str:
    if "demonstration" in fields:
        return demonstrate(fields["demonstration"], fields.get("unit"), where)
    return sign_in(fields.get("name", ""), fields.get("password", ""), where)


async def enter(request: Request, token: str, to: str) -> Response:
    """Return the answer with the new token to where it was going; a sign-in that this browser had before ends."""
    await run_in_threadpool(sign_out, cookies.read(request.scope, cookies.SESSION))
    if to == "/" and (entered := await run_in_threadpool(signed_in, token)):
        to = first_page(entered.person.role)
    response = RedirectResponse(to, status_code=303)
    cookies.put(response, request.scope, cookies.SESSION, token)
    digests = [digest_of(token), *where_from(request).signed_in_before][:REMEMBERED]
    cookies.put(response, request.scope, cookies.KNOWN, ".".join(digests), REMEMBERED_SECONDS)
    return response


async def leave(request: Request) -> Response:
    return await _leave(request, everywhere=False)


async def leave_everywhere(request: Request) -> Response:
    return await _leave(request, everywhere=True)


async def _leave(request: Request, *, everywhere: bool) -> Response:
    if await checked_form(request) is None:
        return await show_account(request)
    end = sign_out_everywhere if everywhere else sign_out
    await run_in_threadpool(end, cookies.read(request.scope, cookies.SESSION))
    response = RedirectResponse("/login", status_code=303)
    cookies.drop(response, request.scope, cookies.SESSION)
    return response


async def show_account(request: Request) -> Response:
    seed, signed_in = seed_of(request.scope), who(request)
    sign_ins = await run_in_threadpool(own_sign_ins, signed_in.person)
    page = account_page(
        token_for(request.scope, seed), signed_in.person, sign_ins, sample=await run_in_threadpool(is_sample)
    )
    keep_seed(page, request.scope, seed)
    return page


async def show_password(request: Request) -> Response:
    return password_form(request)


def password_form(request: Request, refused: str = "", status: int = 200) -> Response:
    seed, signed_in = seed_of(request.scope), who(request)
    if signed_in.person.account is None:
        return RedirectResponse("/account", status_code=303)
    page = password_page(
        token_for(request.scope, seed), signed_in.person, first=signed_in.must_change, refused=refused, status=status
    )
    keep_seed(page, request.scope, seed)
    return page


async def try_password(request: Request) -> Response:
    fields, signed_in = await checked_form(request), who(request)
    if fields is None:
        return password_form(request, STALE, 403)
    current, new, repeated = (fields.get(name, "") for name in ("current", "new", "repeated"))
    try:
        await pause(signed_in.person.login, request)
        token = await run_in_threadpool(change_password, signed_in.person, current, new, repeated, where_from(request))
    except RefusedRequest as refused:
        return password_form(request, str(refused), 429 if isinstance(refused, LockedOut) else 400)
    return await enter(request, token, "/")


def routes() -> list[Route]:
    return [
        Route("/login", show_sign_in),
        Route("/login", try_sign_in, methods=["POST"]),
        Route("/logout", leave, methods=["POST"]),
        Route("/logout-everywhere", leave_everywhere, methods=["POST"]),
        Route("/account", show_account),
        Route("/password", show_password),
        Route("/password", try_password, methods=["POST"]),
    ]
