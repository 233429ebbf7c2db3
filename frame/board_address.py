"""/board typed by hand: the board's address is /, and Streamlit would show the board beneath its “page not found”."""

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route


async def to_the_board(request: Request) -> RedirectResponse:
    """Return the way to the same question at the board's own address."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", status_code=307)


def routes() -> list[Route]:
    return [Route("/board", to_the_board), Route("/board/", to_the_board)]
