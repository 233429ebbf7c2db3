"""/wall: the screens for a room, as plain pages that ask for themselves anew; ?screen=overview|matrix|checks, ?turn=1
for one after the other, ?as_of=2023-08-22.
"""

from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from components.elements.context import is_entered, parse_day
from components.wall.wall import wall_page
from frame.appearance import address
from frame.files import status_of
from frame.refused import refused as refusal_page
from services.access.refusal import RefusedRequest


async def wall(request: Request) -> Response:
    """Return the screen asked for, or the sentence why there is none."""
    try:
        return HTMLResponse(await run_in_threadpool(_page, request), headers={"cache-control": "no-store"})
    except RefusedRequest as refused:
        return refusal_page(request.scope, str(refused), status_of(refused))


def _page(request: Request) -> str:
    query = request.query_params
    requested = parse_day(query.get("as_of"))
    if requested is not None and not is_entered(requested):
        raise RefusedRequest(f"{requested.year} 年的工作日历尚未录入，大屏不能显示这一天。")
    return wall_page(
        query.get("screen", ""),
        requested,
        in_turn="turn" in query,
        styles=address("wall.css"),
        now=datetime.now(UTC),
    )


def routes() -> list[Route]:
    return [Route("/wall", wall)]
