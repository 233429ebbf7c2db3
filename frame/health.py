"""/healthz: the process answers; /readyz: the board can be used, and first pages wait for no figures; /metrics: what is
counted, for this machine or whoever has METRICS_TOKEN.
"""

import hmac
import os
from dataclasses import asdict

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from frame.asked_again import are_first_answers_there
from frame.hosts import is_loopback
from frame.metrics import counted
from frame.refused import refused
from services.operations.readiness import readiness

FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded")
NO_STORE = {"cache-control": "no-store"}


async def alive(_: Request) -> Response:
    return PlainTextResponse("ok", headers=NO_STORE)


async def ready(_: Request) -> Response:
    state = await run_in_threadpool(readiness)
    is_prepared = are_first_answers_there()
    is_ready = state.is_ready and is_prepared
    content = {"ready": is_ready, **asdict(state), "answers": is_prepared}
    return JSONResponse(content, status_code=200 if is_ready else 503, headers=NO_STORE)


async def metrics(request: Request) -> Response:
    if not may_count(request):
        return refused(request.scope, "没有这个地址。", 404)
    content = await run_in_threadpool(counted)
    return Response(content, headers={"content-type": CONTENT_TYPE_LATEST, **NO_STORE})


def may_count(request: Request) -> bool:
    """Tell whether the token is right, or the request came from this machine itself and not through a proxy."""
    token = os.environ.get("METRICS_TOKEN", "")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    is_through_proxy = any(name in request.headers for name in FORWARDED)
    return not is_through_proxy and is_loopback(request.client.host if request.client else None)


def routes() -> list[Route]:
    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]
