"""What wraps the server: headers, the page in Chinese."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from frame.appearance import address, script
from frame.appearance import routes as appearance_routes
from frame.board_address import routes as board_routes
from frame.headers import SecurityHeaders
from frame.opening import NOTHING_KEPT, Opening, opening_of
from frame.server_errors import ChineseErrors
from frame.streamlit_internals import index_page
from frame.streamlit_internals.index_page import ChineseScreen, rewrite

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()


class Answer:
    """What an ASGI app sent for one GET."""

    def __init__(self) -> None:
        self.status, self.headers, self.content = 0, {}, b""

    async def take(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.content += message.get("body", b"")


def ask(app: ASGIApp, path: str, query: str = "", **headers: str) -> Answer:
    """A GET; in a thread of its own, as browser tests keep a loop running in theirs."""
    answer = Answer()
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8501),
        "client": ("127.0.0.1", 5),
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


def test_the_page_is_chinese_and_loads_our_own_files():
    page = rewrite(INDEX)
    assert '<html lang="zh-CN">' in page and "<title>政务服务督查看板</title>" in page
    assert "/appearance/styles.css?v=" in page and "/appearance/screen.js?v=" in page


def test_until_something_is_drawn_the_page_says_what_is_being_opened_and_without_scripts_what_it_needs():
    body = rewrite(INDEX).partition("<body>")[2]
    assert "政务服务督查看板" in body and "正在打开" in body
    said = re.findall(r"<noscript>(.*?)</noscript>", body, re.S)
    assert len(said) == 1 and "需要浏览器运行脚本" in said[0] and not re.search("[A-Za-z<]", said[0])


def test_a_page_that_is_kept_begins_with_its_head_until_it_is_drawn():
    head = Markup("<header class='page-head'><h1>28 件差评处理逾期</h1></header>")
    body = rewrite(INDEX, Opening(head)).partition("<body>")[2]
    assert head in body and body.index(head) < body.index('id="root"') and "正在打开" in body


def test_of_a_page_with_something_of_the_district_in_it_no_cache_keeps_a_copy(monkeypatch):
    monkeypatch.setattr(index_page, "opening_of", lambda scope: Opening(Markup("<h1>28 件差评处理逾期</h1>")))
    assert ask(served(ChineseScreen), "/", accept="text/html").headers["cache-control"] == "no-store"


def test_a_stranger_s_page_begins_with_nothing_of_the_district():
    assert opening_of({"type": "http", "path": "/", "query_string": b""}) == NOTHING_KEPT
    assert opening_of({"type": "http", "path": "/", "query_string": b"", "signed_in": None}) == NOTHING_KEPT


def test_our_script_runs_before_streamlit_s_which_it_tells_where_the_server_is():
    page = rewrite(INDEX)
    assert page.index("/appearance/screen.js") < page.index('<script type="module"')
    assert script().index("BACKEND_BASE_URL") < script().index("WORDS")


def test_the_page_has_no_inline_script_left_so_that_the_policy_needs_no_exception():
    page = rewrite(INDEX)
    assert re.search("<script[^>]*src=", page) and not re.search(r"<script(?![^>]*src=)", page)


def test_a_page_is_rewritten_even_where_the_browser_asks_for_it_compressed():
    answer = ask(served(ChineseScreen), "/", accept="text/html", accept_encoding="gzip")
    assert int(answer.headers["content-length"]) == len(answer.content) and "zh-CN" in answer.content.decode()


def test_a_page_of_our_own_is_left_as_it_is():
    app = Starlette(routes=[Route("/login", lambda _: HTMLResponse(INDEX, headers={"cache-control": "no-store"}))])
    app.add_middleware(ChineseScreen)
    assert ask(app, "/login", accept="text/html").content.decode() == INDEX


@pytest.mark.parametrize("path", ["/nosuch", "/reviews/xyz", "/<b>x", "/index.html"])
def test_an_address_without_a_page_says_so_and_offers_the_search(path):
    app = Starlette(routes=[Route("/{any:path}", lambda _: HTMLResponse(INDEX))])
    app.add_middleware(ChineseScreen)
    answer = ask(app, path, accept="text/html")
    shown = answer.content.decode()
    assert answer.status == 404 and "没有这个页面" in shown and 'action="/search"' in shown and "<b>x" not in shown
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("path", ["/", "/reviews", "/reviews/", "/case"])
def test_an_address_with_a_page_opens_it(path):
    app = Starlette(routes=[Route("/{any:path}", lambda _: HTMLResponse(INDEX))])
    app.add_middleware(ChineseScreen)
    answer = ask(app, path, accept="text/html")
    assert answer.status == 200 and "screen.js" in answer.content.decode()


def test_only_pages_are_rewritten():
    assert ask(served(ChineseScreen), "/file", accept="text/html").content == b"Upload"


def test_every_answer_carries_the_security_headers():
    answer = ask(served(SecurityHeaders), "/file")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_the_page_may_ask_of_this_host_alone():
    policy = ask(served(SecurityHeaders), "/file").headers["content-security-policy"]
    assert "connect-src 'self';" in policy and "ws:" not in policy and "*" not in policy


def test_that_https_is_to_be_kept_to_is_said_under_https_alone():
    def transport_header(scheme: str) -> str | None:
        async def under(scope, receive, send):
            await SecurityHeaders(PlainTextResponse("x"))({**scope, "scheme": scheme}, receive, send)

        return ask(under, "/").headers.get("strict-transport-security")

    assert transport_header("http") is None and transport_header("https") == "max-age=31536000"


def broken(_: object) -> PlainTextResponse:
    raise ZeroDivisionError("secret of the machinery")


def test_what_fails_in_a_route_is_told_in_chinese_with_a_number_and_the_security_headers(log_lines):
    app = Starlette(
        routes=[Route("/broken", broken)], middleware=[Middleware(SecurityHeaders), Middleware(ChineseErrors)]
    )
    for accept in ("text/html", "*/*"):
        answer = ask(app, "/broken", accept=accept)
        said = answer.content.decode()
        number = re.search("编号 ([0-9a-f]{8})", said)
        assert answer.status == 500 and "secret" not in said and "x-frame-options" in answer.headers
        assert number and number.group(1) in [line["request"] for line in log_lines()]


def test_refusals_of_the_server_are_in_chinese_and_ours_stay_as_they_are():
    ours = Route("/ours", lambda _: PlainTextResponse("没有编号为 7 的报送。", status_code=404))
    app = Starlette(
        routes=[ours, Route("/form", lambda _: PlainTextResponse("x"), methods=["POST"])],
        middleware=[Middleware(ChineseErrors)],
    )
    assert ask(app, "/ours").content.decode() == "没有编号为 7 的报送。"
    assert (ask(app, "/none").status, ask(app, "/none").content.decode()) == (404, "没有这个地址。")
    refused = ask(app, "/form", accept="text/html")
    assert refused.status == 405 and refused.headers["allow"] == "POST" and "不接受" in refused.content.decode()


def test_style_sheet_and_script_are_served_under_the_names_that_the_page_asks_for():
    app = Starlette(routes=appearance_routes())
    for name in ("styles.css", "sign_in.css", "screen.js"):
        assert ask(app, address(name).split("?")[0]).status == 200
    assert ask(app, "/appearance/other").status == 404


def test_the_board_by_its_name_leads_to_its_own_address_with_what_was_asked() -> None:
    app = Starlette(routes=board_routes())
    answer = ask(app, "/board", "as_of=2023-07-31&since=2023-06-30")
    assert (answer.status, answer.headers["location"]) == (307, "/?as_of=2023-07-31&since=2023-06-30")
    assert ask(app, "/board").headers["location"] == "/"
