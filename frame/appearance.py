"""The board's own style sheet and script, served from this machine under names that change with their content."""

import hashlib
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.elements.lamp import css_rules
from components.elements.page_header import BOARD
from components.elements.templates import from_template

TITLE = BOARD
FOLDER = Path(__file__).resolve().parent
STYLE_SHEETS = (
    "frame/streamlit_internals/parts.css",
    "components/styles.css",
    "components/elements/table/table.css",
    "components/bulletins/bulletins.css",
    "components/rounds/rounds.css",
    "components/paper.css",
)  # the later over the earlier
SCRIPTS = ("connection.js", "screen.js", "unsent.js", "paper.js")
CACHE = {"cache-control": "public, max-age=31536000, immutable"}


def icon() -> Markup:
    """Return the icon of the board, which no page has to fetch."""
    return from_template("frame/icon.html")


def styles() -> str:
    """Return the lamps' colours, then the rest of the look."""
    return css_rules() + "\n".join((FOLDER.parent / name).read_text(encoding="utf-8") for name in STYLE_SHEETS)


def script() -> str:
    """Return the script that runs in every page, one part after the other."""
    return "\n".join((FOLDER / "streamlit_internals" / name).read_text(encoding="utf-8") for name in SCRIPTS)


def sign_in_styles() -> str:
    """Return the style sheet of the pages before Streamlit."""
    return (FOLDER / "sign_in.css").read_text(encoding="utf-8")


def wall_styles() -> str:
    """Return the style sheet of the screens for a room, with the lamps' colours."""
    return css_rules() + (FOLDER.parent / "components" / "wall" / "wall.css").read_text(encoding="utf-8")


FILES = {
    "styles.css": (styles, "text/css"),
    "sign_in.css": (sign_in_styles, "text/css"),
    "wall.css": (wall_styles, "text/css"),
    "screen.js": (script, "text/javascript"),
}


def address(name: str) -> str:
    """Return the address of a file: `styles.css` → `/appearance/styles.css?v=1a2b3c4d`."""
    digest = hashlib.sha256(FILES[name][0]().encode()).hexdigest()[:8]
    return f"/appearance/{name}?v={digest}"


async def serve(request: Request) -> Response:
    file = FILES.get(request.path_params["name"])
    if file is None:
        return Response(status_code=404)
    text, media_type = file
    return Response(text(), media_type=media_type, headers=CACHE)


def routes() -> list[Route]:
    return [Route("/appearance/{name}", serve)]
