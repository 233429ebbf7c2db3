"""/wall: the screens for a room, as plain pages that ask for themselves anew; ?screen=overview|matrix|checks, ?turn=1
for one after the other, ?dark=1, ?as_of=2023-08-22. /?wall=1 leads there, all in turn.
"""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from components.elements.context import can_be_shown, parse_day
from components.wall.wall import Screen, WallRequest, wall_page
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
    if requested is not None and not can_be_shown(requested):
        raise RefusedRequest(f"未录入{requested.year}年工作日历，大屏不能显示这一天。")
    return wall_page(
        WallRequest(None if "turn" in query else _screen(query.get("screen", "")), requested, "dark" in query),
        styles=address("wall.css"),
        now=datetime.now(UTC),
    )


def _screen(word: str) -> Screen:
    """Return the screen of this name; an unknown one is the overview."""
    return Screen(word) if word in tuple(Screen) else Screen.OVERVIEW


async def from_the_board(request: Request) -> RedirectResponse:
    """Return the way from the board's address to the wall, with the day and the ground that were asked for."""
    query = {name: value for name, value in request.query_params.items() if name in ("as_of", "dark")}
    return RedirectResponse(f"/wall?{urlencode({'turn': 1} | query)}", status_code=307)


class AskedByQuery(Route):
    """The board's address where it asks for the wall; else it is Streamlit's to answer."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        is_wall = scope["type"] == "http" and "wall" in parse_qs(scope["query_string"].decode("latin-1"))
        return super().matches(scope) if is_wall else (Match.NONE, {})


def routes() -> list[Route]:
    return [Route("/wall", wall), AskedByQuery("/", from_the_board)]
