"""Attacks on the running board: strangers, forged requests, replay, guessing, and what a whole visit asks of others."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from frame.headers import HEADERS
from frame.navigation import SECTIONS
from tests.browser.conftest import wait_until_drawn
from tests.browser.entering import Caller, demonstrator
from tests.browser.serving import start_app, stop
from tests.browser.streaming import stream, tab_of
from tests.conftest import manage
from tests.engines import copied

EVERY_PAGE = ["", *(entry.name for entries in SECTIONS.values() for entry in entries)]
NEW = "三月的风吹过东关街道"


@dataclass(frozen=True)
class Board:
    address: str
    passwords: dict[str, str]  # account → its first password


@pytest.fixture(scope="module")
def board(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """A board of its own, with an account: guessing locks out the whole machine."""
    database = copied(sample_template, tmp_path_factory.mktemp("attacked"))
    passwords = {}
    for name in ("zhangsan", "lisi"):
        added = manage(
            "account",
            "add",
            name,
            "--person",
            name,
            "--role",
            "unit",
            "--unit",
            "区人社局",
            "--json",
            database=database,
        )
        passwords[name] = json.loads(added.stdout)["accounts"][0]["password"]
    url, process = start_app(database, database.parent / "server.log")
    yield Board(url, passwords)
    stop(process)


# Strangers


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_stranger_is_led_from_every_page_to_the_form(server, name):
    answer = Caller(server).ask(f"/{name}")
    assert answer.status == 303 and answer.headers["location"].startswith("/login")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/files/1"),
        ("GET", "/evidence/1"),
        ("GET", "/templates/reviews"),
        ("GET", "/audit/export"),
        ("GET", "/media/0123456789abcdef.xlsx"),
        ("GET", "/_stcore/host-config"),
        ("GET", "/_stcore/metrics"),
        ("GET", "/_stcore/agent"),
        ("GET", "/_stcore/script-health-check"),
        ("GET", "/component/streamlit/index.html"),
        ("GET", "/_stcore/bidi-components/x/y.js"),
        ("GET", "/static/js/index.js"),
        ("GET", "/index.html"),
        ("GET", "/oauth2callback"),
        ("GET", "/auth/login"),
        ("GET", "/app/static/board.sqlite3"),
        ("GET", "/healthz/files/1"),
        ("HEAD", "/reviews"),
        ("OPTIONS", "/"),
        ("GET", "//reviews"),
        ("GET", "/%2e%2e/data/board.sqlite3"),
        ("GET", "/appearance/..%2ffiles/1"),
        ("GET", "/_stcore/health/../../files/1"),
        ("PUT", "/_stcore/upload_file/session/file"),
        ("POST", "/_stcore/upload_file/session/file"),
        ("DELETE", "/_stcore/upload_file/session/file"),
        ("POST", "/logout"),
        ("POST", "/password"),
        ("GET", "/_stcore/stream"),
    ],
)
def test_a_stranger_gets_neither_file_nor_upload_nor_script_nor_state(server, method, path):
    answer = Caller(server).ask(path, method, b"x" if method in ("PUT", "POST") else None, Accept="*/*")
    assert answer.status == 401 and len(answer.content) < 200


def test_a_stranger_gets_no_websocket(server):
    for cookie in (
        "",
        "board_session=",
        "board_session=forged",
        "__Host-board_session=forged",
        "_streamlit_user=forged",
        "board_session=" + "x" * 4000,
    ):
        with (
            pytest.raises(InvalidStatus) as refused,
            connect(stream(server), origin=server, additional_headers={"Cookie": cookie}),
        ):
            pass
        assert refused.value.response.status_code == 403


def test_the_token_is_not_taken_from_the_address_or_a_header(server):
    token = demonstrator(server).cookies["board_session"]
    stranger = Caller(server)
    assert stranger.ask(f"/files/1?board_session={token}&token={token}", Accept="*/*").status == 401
    assert stranger.ask("/files/1", Accept="*/*", Authorization=f"Bearer {token}", X_Board_Session=token).status == 401


# Forged requests


def test_forwarding_headers_of_just_anybody_are_not_believed(server):
    forged = {
        "X_Forwarded_For": "203.0.113.7",
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "elsewhere.example",
        "Forwarded": "for=203.0.113.7;proto=https",
    }
    caller = Caller(server)
    form = caller.ask("/login", **forged)
    assert "__Host-" not in "".join(form.set_cookies) and "Secure" not in "".join(form.set_cookies)
    insider = demonstrator(server)
    assert "203.0.113.7" not in insider.ask("/account", **forged).text
    led = caller.ask("/reviews", **forged)
    assert led.headers["location"] == "/login?next=%2Freviews"


@pytest.mark.long
def test_a_believed_proxy_tells_whom_it_asks_for_and_that_it_is_https(sample_template, tmp_path):
    database = copied(sample_template, tmp_path)
    url, process = start_app(
        database, tmp_path / "log", FORWARDED_ALLOW_IPS="127.0.0.1", HOSTS="board.gov.example", DEMONSTRATION="everyone"
    )
    try:
        proxied = {
            "X_Forwarded_For": "198.51.100.1, 203.0.113.7",
            "X_Forwarded_Proto": "https",
            "Host": "board.gov.example",
        }
        caller = Caller(url)
        match = re.search(r'name="form_token" value="(\w+)"', caller.ask("/login", **proxied).text)
        answer = caller.ask(
            "/login",
            "POST",
            f"form_token={match.group(1)}&demonstration=bureau".encode(),
            **{**proxied, "Origin": "https://board.gov.example", "Content_Type": "application/x-www-form-urlencoded"},
        )
        assert answer.status == 303
        assert any(line.startswith("__Host-board_session=") and "Secure" in line for line in answer.set_cookies)
    finally:
        stop(process)


@pytest.mark.parametrize("host", ["elsewhere.example", "elsewhere.example:8501", "127.0.0.1.elsewhere.example", ""])
def test_a_request_under_a_strange_name_is_not_answered(server, host):
    insider = demonstrator(server)
    answer = insider.ask("/reviews", Host=host or " ")
    assert answer.status == 400
    if host:
        with (
            pytest.raises(InvalidStatus),
            connect(
                stream(server), origin=f"http://{host}", additional_headers={"Cookie": insider.cookie, "Host": host}
            ),
        ):
            pass


def test_a_page_elsewhere_can_send_no_form_and_no_upload_in_somebodys_name(server):
    insider = demonstrator(server)
    for headers in (
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
    ):
        for method, path in (
            ("POST", "/logout"),
            ("POST", "/logout-everywhere"),
            ("POST", "/login"),
            ("PUT", "/_stcore/upload_file/a/b"),
            ("DELETE", "/_stcore/upload_file/a/b"),
        ):
            assert insider.ask(path, method, b"", **headers).status == 403
    assert insider.ask("/reviews").status == 200


def test_a_form_without_its_token_does_nothing(server):
    insider = demonstrator(server)
    insider.ask("/logout", "POST", b"form_token=0", Content_Type="application/x-www-form-urlencoded")
    assert insider.ask("/reviews").status == 200


def test_a_sign_in_leads_nowhere_else(server):
    for to in (
        "//elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
    ):
        assert Caller(server).send("/login", demonstration="bureau", next=to).headers["location"] == "/"


# Sessions


def test_a_cookie_planted_before_signing_in_is_worth_nothing_after(server):
    victim = Caller(server, {"board_session": "planted"})
    assert victim.send("/login", demonstration="bureau").status == 303
    assert victim.cookies["board_session"] != "planted"
    assert Caller(server, {"board_session": "planted"}).ask("/reviews").status == 303


def test_after_signing_out_the_cookie_is_worth_nothing(server):
    insider = demonstrator(server)
    cookies = dict(insider.cookies)
    assert insider.send("/logout", "/account").status == 303
    replay = Caller(server, cookies)
    assert replay.ask("/reviews").status == 303 and replay.ask("/files/1", Accept="*/*").status == 401
    with (
        pytest.raises(InvalidStatus),
        connect(stream(server), origin=server, additional_headers={"Cookie": replay.cookie}),
    ):
        pass


def test_an_open_websocket_learns_nothing_more_after_signing_out(server):
    insider = demonstrator(server)
    with tab_of(insider) as tab:
        assert "节点举措" in tab.ask("progress")
        insider.send("/logout", "/account")
        after = tab.ask("progress")
    assert "请重新登录" in after and "节点举措" not in after


def test_on_screen_a_click_after_signing_out_shows_the_sentence_and_the_way_back(page: Page, browser: Browser, server):
    own = browser.new_context(base_url=server, locale="zh-CN")
    visit = own.new_page()
    visit.goto("/login?next=/upload")
    visit.click("button[value=bureau]")
    wait_until_drawn(visit)
    away = own.new_page()
    away.goto("/account")
    away.get_by_role("button", name="退出", exact=True).click()
    expect(away).to_have_url(f"{server}/login")
    visit.locator("[data-testid=stSelectbox] input").first.click()
    visit.get_by_role("option").nth(1).click()
    expect(visit.get_by_text("请重新登录").first).to_be_visible()
    visit.get_by_role("link", name="登录", exact=True).click()
    expect(visit).to_have_url(f"{server}/login?next=%2Fupload")  # and back to where it was
    own.close()


@pytest.mark.long
def test_a_browser_whose_sign_in_has_ended_is_led_to_the_form_when_it_loads_anew(browser: Browser, server):
    own = browser.new_context(base_url=server, locale="zh-CN")
    visit = own.new_page()
    visit.goto("/login?next=/reviews")
    visit.click("button[value=leader]")
    wait_until_drawn(visit)
    own.clear_cookies()
    visit.reload()
    expect(visit).to_have_url(f"{server}/login?next=%2Freviews")
    own.close()


# Guessing, and a first password


@pytest.mark.long
def test_the_first_password_must_be_changed_before_anything_is_shown(board):
    insider = Caller(board.address)
    assert insider.send("/login", name="zhangsan", password=board.passwords["zhangsan"]).headers["location"] == "/unit"
    assert insider.ask("/reviews").headers["location"] == "/password"
    with (
        pytest.raises(InvalidStatus),
        connect(stream(board.address), origin=board.address, additional_headers={"Cookie": insider.cookie}),
    ):
        pass
    old = dict(insider.cookies)
    assert (
        insider.send("/password", "/password", current=board.passwords["zhangsan"], new=NEW, repeated=NEW).status == 303
    )
    assert insider.ask("/reviews").status == 200 and Caller(board.address, old).ask("/reviews").status == 303


def test_a_name_that_exists_and_one_that_does_not_take_the_same_time(board):
    def seconds(name: str) -> float:
        caller, took = Caller(board.address), []
        for _ in range(4):
            begun = time.perf_counter()
            assert caller.send("/login", name=name, password="guess").status == 401
            took.append(time.perf_counter() - begun)
        return min(took)

    there, not_there = seconds("zhangsan"), seconds("nobody")
    assert not_there > there / 2  # hashing is most of it


def test_guessing_is_locked_out_even_with_the_right_password(board):
    guesser = Caller(board.address)
    answers = [guesser.send("/login", name="lisi", password=f"guess {number}").status for number in range(6)]
    assert answers == [401] * 5 + [429]
    answer = Caller(board.address).send(
        "/login", headers={"X_Forwarded_For": "203.0.113.7"}, name="lisi", password=board.passwords["lisi"]
    )
    assert answer.status == 429 and "分钟后再试" in answer.text


# What every answer carries, and what a visit asks for


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/reviews",
        "/login",
        "/account",
        "/files/1",
        "/files/999999",
        "/nothing-here",
        "/static/nothing.js",
        "/_stcore/health",
        "/healthz",
        "/readyz",
        "/_stcore/host-config",
        "/media/nothing",
        "/appearance/sign_in.css",
        "/appearance/nothing",
        "/oidc/start",
    ],
)
def test_every_answer_carries_the_security_headers_to_strangers_and_insiders(server, path):
    for caller in (Caller(server), demonstrator(server)):
        headers = caller.ask(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_a_refused_form_carries_the_security_headers_too(server):
    assert (
        Caller(server).ask("/login", "POST", b"", Origin="http://elsewhere.example").headers["x-frame-options"]
        == "DENY"
    )


def test_a_whole_visit_from_the_form_to_the_way_out_asks_nothing_of_any_other_machine(browser: Browser, server):
    own = browser.new_context(base_url=server, locale="zh-CN")
    requested: list[str] = []
    blocked: list[str] = []
    own.on("request", lambda request: requested.append(request.url))
    visit = own.new_page()
    visit.on(
        "console", lambda message: blocked.append(message.text) if "Content Security Policy" in message.text else None
    )
    visit.goto("/login")
    visit.click("button[value=bureau]")
    wait_until_drawn(visit)
    for name in ("reviews", "upload", "progress"):
        visit.goto(f"/{name}")
        wait_until_drawn(visit)
    visit.get_by_role("link", name="退出").click()
    visit.get_by_role("button", name="退出", exact=True).click()
    own.close()
    assert (
        len(requested) > 20
        and [url for url in requested if not url.startswith((server, "data:", "blob:"))] == []
        and blocked == []
    )


def test_the_forms_work_on_a_phone_without_script(browser: Browser, server):
    phone = browser.new_context(
        base_url=server, locale="zh-CN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    visit = phone.new_page()
    visit.goto("/account")
    assert visit.evaluate("document.documentElement.scrollWidth") <= 390
    visit.select_option("select", "区人社局")
    visit.click("button[value=unit]")
    assert "区人社局" in visit.inner_text("main") and visit.evaluate("document.documentElement.scrollWidth") <= 390
    visit.get_by_role("button", name="退出").click()
    expect(visit).to_have_url(f"{server}/login")
    phone.close()
