"""What wraps the server: addresses, headers, the page in Chinese."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from frame.addresses import SENTENCE, LoopbackOnly, is_loopback, refuse_open_address
from frame.appearance import address
from frame.appearance import routes as appearance_routes
from frame.chinese import ChineseScreen, rewrite
from frame.headers import SecurityHeaders

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "unix:///run/board.sock"])
def test_this_machines_addresses_are_its_own(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", [None, "", "0.0.0.0", "::", "192.168.1.5", "board.example"])
def test_every_other_address_and_none_at_all_is_open(host):
    assert not is_loopback(host)


def test_the_app_does_not_start_on_an_open_address_and_says_why(capsys):
    with pytest.raises(SystemExit) as ended:
        refuse_open_address("0.0.0.0")
    assert ended.value.code == 2 and SENTENCE in capsys.readouterr().err


class Answer:
    """What an ASGI app sent for one GET."""

    def __init__(self) -> None:
        self.status, self.headers, self.content = 0, {}, b""

    async def take(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.content += message.get("body", b"")


def ask(app: ASGIApp, path: str, *, host: str = "127.0.0.1", **headers: str) -> Answer:
    """A GET that came in on `host`; in a thread of its own, as browser tests keep a loop running in theirs."""
    answer = Answer()
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "http_version": "1.1", "server": (host, 8501), "client": ("127.0.0.1", 5),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }

    async def nothing() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, nothing, answer.take)).result()
    return answer


def served(middleware: type) -> Starlette:
    pages = [Route("/", lambda _: HTMLResponse(INDEX)), Route("/file", lambda _: PlainTextResponse("Upload"))]
    app = Starlette(routes=pages)
    app.add_middleware(middleware)
    return app


def test_a_connection_on_an_open_address_is_refused_however_the_server_was_started():
    assert ask(served(LoopbackOnly), "/", host="10.0.0.7").status == 403
    assert ask(served(LoopbackOnly), "/").status == 200


def test_the_page_is_chinese_and_loads_our_own_files():
    page = rewrite(INDEX)
    assert '<html lang="zh-CN">' in page and "<title>政务服务督查看板</title>" in page
    assert "/appearance/styles.css?v=" in page and "/appearance/screen.js?v=" in page


def test_the_page_has_no_inline_script_left_so_that_the_policy_needs_no_exception():
    assert not re.search(r"<script(?![^>]*src=)", rewrite(INDEX))


def test_a_page_is_rewritten_even_where_the_browser_asks_for_it_compressed():
    answer = ask(served(ChineseScreen), "/", accept="text/html", accept_encoding="gzip")
    assert int(answer.headers["content-length"]) == len(answer.content) and "zh-CN" in answer.content.decode()


def test_only_pages_are_rewritten():
    assert ask(served(ChineseScreen), "/file", accept="text/html").content == b"Upload"


def test_every_answer_carries_the_security_headers():
    answer = ask(served(SecurityHeaders), "/file")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_style_sheet_and_script_are_served_under_the_names_that_the_page_asks_for():
    app = Starlette(routes=appearance_routes())
    for name in ("styles.css", "screen.js"):
        assert ask(app, address(name).split("?")[0]).status == 200
    assert ask(app, "/appearance/other").status == 404
