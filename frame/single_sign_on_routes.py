"""/oidc/start and /oidc/callback: to the district's single sign-on and back, with what was asked kept in a cookie
between.
"""

import hmac
import json
from dataclasses import asdict

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from frame import cookies
from frame.safe_redirect import within
from frame.sign_in_pages import refusal_page
from frame.sign_in_routes import enter, where_from
from models.single_sign_on import Asked
from services.access.refusal import RefusedRequest
from services.accounts.single_sign_on import NoAccount, come_back, provider_name, set_out

MINUTES_AWAY = 10


def back_to(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}/oidc/callback"


async def start(request: Request) -> Response:
    if provider_name() is None:
        return refusal_page("没有统一认证", "看板没有接入统一认证，请用账号和密码登录。", 404)
    try:
        address, question = await run_in_threadpool(set_out, back_to(request))
    except RefusedRequest as refused:
        return refusal_page("统一认证没有完成", str(refused), 502)
    response = RedirectResponse(address, status_code=303, headers={"cache-control": "no-store"})
    remembered = json.dumps({**asdict(question), "next": within(request.query_params.get("next", "/"))})
    cookies.put(response, request.scope, cookies.SINGLE_SIGN_ON, remembered.encode().hex(), MINUTES_AWAY * 60)
    return response


async def callback(request: Request) -> Response:
    """Answer the provider. What was asked is answered once: the cookie goes whatever comes of it."""
    response = await answered(request)
    cookies.drop(response, request.scope, cookies.SINGLE_SIGN_ON)
    return response


async def answered(request: Request) -> Response:
    remembered, answer = kept_with_browser(request), request.query_params
    question = None
    if remembered is not None and hmac.compare_digest(remembered["state"].encode(), answer.get("state", "").encode()):
        question = Asked(remembered["state"], remembered["nonce"], remembered["verifier"])
    try:
        token = await run_in_threadpool(come_back, question, answer.get("code"), back_to(request), where_from(request))
    except NoAccount as refused:
        return refusal_page("不能进入看板", str(refused), 403)
    except RefusedRequest as refused:
        return refusal_page("统一认证没有完成", str(refused), 502)
    return await enter(request, token, within(remembered["next"] if remembered else "/"))


def kept_with_browser(request: Request) -> dict[str, str] | None:
    try:
        remembered = json.loads(bytes.fromhex(cookies.read(request.scope, cookies.SINGLE_SIGN_ON) or ""))
        return {name: str(remembered[name]) for name in ("state", "nonce", "verifier", "next")}
    except (ValueError, KeyError, TypeError):
        return None


def routes() -> list[Route]:
    return [Route("/oidc/start", start), Route("/oidc/callback", callback)]
