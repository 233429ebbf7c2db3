"""The board's own style sheet and script, served from this machine under names that change with their content."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.elements.lamp import css_rules

FOLDER = Path(__file__).resolve().parent
STYLE_SHEETS = (
    "styles.css",
    "elements/table/table.css",
    "bulletins/bulletins.css",
)  # from components/, the later over the earlier
CACHE = {"cache-control": "public, max-age=31536000, immutable"}


def styles() -> str:
    """The lamps' colours, then the rest of the look."""
    components = FOLDER.parent / "components"
    return css_rules() + "\n".join((components / name).read_text(encoding="utf-8") for name in STYLE_SHEETS)


def script() -> str:
    return (FOLDER / "screen.js").read_text(encoding="utf-8")


def sign_in_styles() -> str:
    """Of the pages before Streamlit."""
    return (FOLDER / "sign_in.css").read_text(encoding="utf-8")


FILES = {
    "styles.css": (styles, "text/css"),
    "sign_in.css": (sign_in_styles, "text/css"),
    "screen.js": (script, "text/javascript"),
}


def address(name: str) -> str:
    """`styles.css` → `/appearance/styles.css?v=1a2b3c4d`."""
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
