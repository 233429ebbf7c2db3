"""Rewrite Streamlit's index.html: language, title, style sheet, the script that puts Streamlit's own words into
Chinese, and what stands there until Streamlit has drawn the page.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.elements.templates import from_template
from frame.appearance import TITLE, address, icon
from frame.navigation import is_page
from frame.opening import NOTHING_KEPT, Opening, opening_of
from frame.sign_in_pages import no_such_page

INLINE_SCRIPT = re.compile(r"<script>.*?</script>", re.S)
WEB_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', re.S)
NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.S)
AGENT_LINK = re.compile(r'<!--(?:(?!-->).)*?agent API.*?-->\s*<link rel="service-desc"[^>]*>', re.S)
FAVICON = re.compile(r'<link rel="shortcut icon"[^>]*>')


def rewrite(page: str, opening: Opening = NOTHING_KEPT) -> str:
    """Return the whole index.html rewritten; no inline script is left, so that the content security policy needs no
    exception. Until Streamlit has drawn something the page says what is being opened. Our script stands before
    Streamlit's, which it tells where the server is.
    """
    for pattern in (INLINE_SCRIPT, WEB_FONT, AGENT_LINK, NO_SCRIPT):
        page = pattern.sub("", page)
    page = FAVICON.sub(lambda _: icon(), page)
    page = page.replace('<html lang="en">', '<html lang="zh-CN">').replace(
        "<title>Streamlit</title>", f"<title>{TITLE}</title>"
    )
    script = from_template("frame/page_script.html", script=address("screen.js"))
    styles = from_template("frame/page_styles.html", styles=address("styles.css"))
    page = page.replace('<script type="module"', f'{script}<script type="module"', 1)
    return page.replace("</head>", f"{styles}</head>").replace("<body>", f"<body>{opening.markup}", 1)


class ChineseScreen:
    """Pure ASGI. Asks for HTML uncompressed (deep links come compressed otherwise and escape the rewriting)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not wants_page(scope):
            await self.app(scope, receive, send)
            return
        opening = await run_in_threadpool(opening_of, scope)
        await self.app(uncompressed(scope), receive, PageSender(scope["path"], opening, send).send)


def wants_page(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "") or scope["path"] in ("/", "/index.html")


def uncompressed(scope: Scope) -> Scope:
    unwanted = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in unwanted]}


class PageSender:
    """Holds an HTML answer back until it is whole, then sends it rewritten; passes everything else on.

    Streamlit answers any address with its page; where the board has none at `path`, that is said instead.
    """

    def __init__(self, path: str, opening: Opening, send: Send) -> None:
        self._path, self._opening, self._send = path, opening, send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and is_streamlits_page(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            await self._gather(message, self._start)
        else:
            await self._send(message)

    async def _gather(self, message: Message, start: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = rewrite(self._body.decode(), self._opening).encode() if self._body else b""
        headers = MutableHeaders(scope=start)
        if not is_page(self._path) and start["status"] == 200:
            page = no_such_page(self._path)
            start["status"], body = page.status_code, bytes(page.body)
        for name in ("etag", "last-modified"):
            del headers[name]
        if body:
            headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store" if self._opening.is_begun else "no-cache"
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def is_streamlits_page(message: Message) -> bool:
    """Return whether it is a page of Streamlit's; our own pages are in Chinese already, and say that nobody may keep
    them.
    """
    headers = Headers(raw=message["headers"])
    return "text/html" in headers.get("content-type", "") and headers.get("cache-control") != "no-store"
