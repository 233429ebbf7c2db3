"""Addresses that no link of ours writes, asked of the running board: refused in Chinese, with every header, never an
error of the server.
"""

import re
from urllib.parse import quote, urlencode

import pytest
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from frame.headers import HEADERS
from frame.routes import routes
from tests.browser.entering import Answer, Caller, demonstrator

HOSTILE = [
    "-1",
    "0",
    "9" * 25,
    "9" * 5000,
    " ",
    "٣",
    "²",
    "\x00",
    "1\x00",
    "../1",
    "..",
    "1.0",
    "1e3",
    "0x1",
    "1;2",
    "%2e%2e",
    "[]",
    "[1]",
    "{}",
    "x" * 10_000,
    "1\r\nSet-Cookie: x=1",
    "<script>",
    "' OR 1=1 --",
]
OURS = routes()


def is_calm(answer: Answer) -> bool:
    """Any answer but an error of the server; a refusal in Chinese without a word of the machinery; every header."""
    headers = {name: answer.headers.get(name) for name in HEADERS}
    if answer.status == 500 or headers != HEADERS or "x" in answer.headers.get("set-cookie", "").split("=")[0]:
        return False
    return answer.status < 400 or (
        re.search("[\u4e00-\u9fff]{4}", answer.text) is not None
        and "Traceback" not in answer.text
        and "<script" not in answer.text
    )


def test_every_route_with_an_argument_bears_whatever_stands_there(server):
    insider, patterns = demonstrator(server), [route.path for route in OURS if "{" in route.path]
    assert len(patterns) >= 5
    for pattern in patterns:
        for value in HOSTILE:
            answer = insider.ask(re.sub(r"\{.*?\}", quote(value, safe=""), pattern))
            assert is_calm(answer) and answer.status in (400, 403, 404), (
                pattern,
                value[:30],
                answer.status,
                answer.text[:200],
            )


def test_every_route_bears_whatever_is_asked_of_it(server):
    caller = Caller(server)
    for route in (ours for ours in OURS if "{" not in ours.path and "GET" in (ours.methods or ())):
        for value in HOSTILE:
            answer = caller.ask(f"{route.path}?{urlencode(dict.fromkeys(('next', 'state', 'code', 'v'), value))}")
            assert is_calm(answer), (route.path, value[:30], answer.status, answer.text[:200])


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND"])
def test_every_route_refuses_in_chinese_what_it_does_not_do(server, method):
    insider = demonstrator(server)
    for path in (
        "/files/1",
        "/evidence/1",
        "/templates/reviews",
        "/made/x",
        "/account",
        "/",
        "/reviews",
        "/nothing-here/at-all",
        "/static/nothing.js",
        "/static/",
    ):
        answer = insider.ask(path, method, b"", Accept="*/*")
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.status < 500
        assert answer.status < 400 or method == "HEAD" or not answer.content.isascii(), (
            path,
            answer.status,
            answer.text,
        )


OPEN_OF_STREAMLIT = {
    "/_stcore/health": "open to all: ok and nothing else",
    "/_stcore/host-config": "the limits of the page, of nobody's data",
    "/_stcore/upload_file/{session_id}/{file_id}": "the visits of the own sign-in alone",
    "/_stcore/stream": "the websocket, by the guard",
    "/": "index.html and Streamlit's own bundle",
}


class Anything:
    """Stands for a runtime while Streamlit makes its list of routes."""

    def __getattr__(self, _: str) -> "Anything":
        return self


def of_streamlit() -> set[str]:
    routes = create_streamlit_routes(Anything())  # type: ignore[arg-type]
    assert all(isinstance(route, Route | Mount | WebSocketRoute) for route in routes)
    return {route.path or "/" for route in routes}  # type: ignore[attr-defined]


def test_every_address_of_streamlit_that_no_page_needs_is_closed_to_insiders_too(server):
    insider, closed = demonstrator(server), of_streamlit() - set(OPEN_OF_STREAMLIT)
    assert len(closed) >= 8 and set(OPEN_OF_STREAMLIT) <= of_streamlit()
    for pattern in closed:
        for method in ("GET", "POST", "OPTIONS"):
            answer = insider.ask(re.sub(r"\{.*?\}", "x", pattern), method, b"", Accept="*/*")
            assert (answer.status, answer.text) == (404, "没有这个地址。"), (method, pattern, answer.text)


def test_no_address_of_streamlit_but_the_sign_of_life_answers_a_stranger(server):
    for pattern in of_streamlit() - {"/_stcore/health"}:
        assert Caller(server).ask(re.sub(r"\{.*?\}", "x", pattern), Accept="*/*").status == 401
    assert Caller(server).ask("/_stcore/health", Accept="*/*").text == "ok"


@pytest.mark.parametrize(
    "path",
    [
        "/../data/board.sqlite3",
        "/..%2f..%2fdata/board.sqlite3",
        "/static/..%2f..%2f..%2f..%2fetc/passwd",
        "/static/%2e%2e/%2e%2e/index.html",
        "/static/..%5c..%5capp.py",
        "/static/%00",
        "//etc/passwd",
        "/app.py",
        "/.streamlit/config.toml",
        "/.git/config",
        "/data/board.sqlite3",
        "/appearance/..%2fheaders.py",
        "/appearance/%2e%2e%2fapp.py",
    ],
)
def test_no_path_leads_out_of_what_is_served(server, path):
    answer = demonstrator(server).ask(path)
    assert answer.status in (200, 400, 404) and {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    if answer.status == 200:  # Streamlit's index.html, whatever is asked: the page says that there is none of that name
        assert answer.text.startswith("<!doctype html>") or "<title>政务服务督查看板</title>" in answer.text
    for secret in ("root:", "SQLite format", "[server]", "repositoryformatversion", "import streamlit"):
        assert secret not in answer.text


@pytest.mark.parametrize("name", ["\x00", "bureau\x00"])
def test_a_form_with_nul_which_postgresql_does_not_take_is_refused_before_it_is_looked_up(server, name):
    answer = Caller(server).send("/login", name=name, password="x")
    assert is_calm(answer) and answer.status == 403
