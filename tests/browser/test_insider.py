"""Attacks on the running board by somebody who is signed in for a unit, with bare requests and a websocket of their
own.
"""

import re
import socket as sockets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus

from components.elements.offered_files import HELD
from frame.headers import UNDER_HTTPS
from frame.streamlit_internals.websocket_messages import NEEDED
from frame.visitor import OPENED_BY
from tests.browser.entering import Caller, demonstrator
from tests.browser.streaming import Tab, tab_of

pytestmark = pytest.mark.long

OWN = "区人社局"
OF_THE_BUREAU = ("accounts", "units", "settings", "audit")
HELD_IN_A_VISIT = (
    OPENED_BY,
    HELD,
    "offered uploaders",
    "one-time passwords",
    "checked",
    "said",
    "settled",
    "rule changed",
    "as_of_picker",
)
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1\r\n--x--\r\n'


@pytest.fixture
def unit(server) -> Caller:
    return demonstrator(server, "unit", OWN)


def forged(name: str) -> list[WidgetState]:
    """One widget's state in every shape that a browser sends."""
    return [
        WidgetState(id=name, trigger_value=True),
        WidgetState(id=name, string_value="区政府办"),
        WidgetState(id=name, int_value=0),
        WidgetState(id=name, bool_value=True),
        WidgetState(id=name, json_value='{"x": 1}'),
    ]


def widgets_of(tab: Tab) -> set[str]:
    return set(re.findall(r'id: "(\$\$ID[^"]+)"', "".join(map(str, tab.sent))))


def kinds_of(tab: Tab) -> set[str | None]:
    return {message.WhichOneof("type") for message in tab.sent} - {"ref_hash"}


def drawn(tab: Tab) -> set[str]:
    """What a run drew; what a tab has already, Streamlit may only name again."""
    return {message.delta.new_element.html.body for message in tab.sent}


def acts_of(address: str, person: str) -> list[str]:
    """What the log says that somebody did, without coming and going."""
    with tab_of(demonstrator(address)) as tab:
        shown = tab.ask("audit", f"person={person}")
    return [
        row
        for row in re.findall(r"<tr.*?</tr>", shown, re.S)
        if person in row and "登录" not in row and "退出" not in row
    ]


def test_widgets_of_other_roles_do_nothing_in_a_units_visit(server, unit):
    acts = acts_of(server, OWN)
    with tab_of(demonstrator(server)) as bureau, tab_of(unit) as tab:
        for page in (*OF_THE_BUREAU, "calendar", "reporting"):
            bureau.ask(page)
            buttons = widgets_of(bureau)
            assert len(buttons) > 2
            for shape in range(5):
                tab.ask(page, widgets=tuple(forged(name)[shape] for name in buttons))
                said = tab.ask(page, widgets=tuple(forged(name)[shape] for name in buttons))
                assert page not in OF_THE_BUREAU or "责任单位不能办理此事" in said
                assert "已改为" not in said and "已停用" not in said and "一次性密码" not in said
    assert acts_of(server, OWN) == acts


@pytest.mark.parametrize("page", ["reporting", "upload", "accounts"])
def test_what_a_visit_holds_cannot_be_put_there_as_a_widget(server, unit, page):
    with tab_of(unit) as tab:
        tab.ask(page)
        before = drawn(tab)
        for shape in range(5):
            for _ in range(2):
                tab.ask(page, widgets=tuple(forged(name)[shape] for name in HELD_IN_A_VISIT))
                assert drawn(tab) <= before and len(drawn(tab)) > 2


def test_the_hash_of_a_page_of_another_role_leads_to_the_sentence(server, unit):
    with tab_of(demonstrator(server)) as bureau, tab_of(unit) as tab:
        for page in OF_THE_BUREAU:
            bureau.ask(page)
            page_hash = next(
                message.navigation.page_script_hash
                for message in bureau.sent
                if message.WhichOneof("type") == "navigation"
            )
            for name in (page, "", "reviews"):
                assert "责任单位不能办理此事" in tab.ask(name, page_hash=page_hash)


def test_a_fragment_of_another_visit_is_not_run(server, unit):
    with tab_of(demonstrator(server)) as bureau, tab_of(unit) as tab:
        bureau.ask("accounts")
        fragments = set(re.findall(r'fragment_id: "([^"]+)"', "".join(map(str, bureau.sent))))
        assert fragments
        tab.ask("reporting")
        for fragment in fragments:
            message = BackMsg()
            message.rerun_script.fragment_id = fragment
            tab.socket.send(message.SerializeToString())
        shown = tab.ask("reporting")
        assert "新增账号" not in shown + "".join(map(str, tab.sent))


@contextmanager
def resumed(caller: Caller, number: str) -> Iterator[Tab]:
    """A tab that asks for a visit that was just closed, once the server has noticed that it is."""
    give_up = time.monotonic() + 60
    while True:
        try:
            with tab_of(caller, number) as tab:
                yield tab
            return
        except InvalidStatus:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


def test_another_visit_is_not_taken_up_while_it_is_open_nor_after(server, unit):
    with tab_of(demonstrator(server)) as bureau:
        assert "账号" in bureau.ask("accounts")
        with pytest.raises(InvalidStatus) as refused, tab_of(unit, bureau.visit):
            pass
        assert refused.value.response.status_code == 403
        assert "账号" in bureau.ask("accounts")
        number = bureau.visit
    with resumed(unit, number) as taken:
        shown = taken.ask("accounts")
        assert "请重新登录" in shown and "个账号" not in shown


def test_a_visit_is_taken_up_again_by_its_own_sign_in(server, unit):
    with tab_of(unit) as tab:
        tab.ask("reporting")
        number = tab.visit
    with resumed(unit, number) as again:
        assert "报送率" in again.ask("reporting") and again.visit == number


def test_a_file_goes_into_visits_of_the_own_sign_in_alone(server, unit):
    unit.ask("/_stcore/health")  # gives the token that an upload must show
    headers = {
        "Content_Type": "multipart/form-data; boundary=x",
        "X_Xsrftoken": unit.cookies["_streamlit_xsrf"].strip('"'),
    }
    with tab_of(demonstrator(server)) as bureau, tab_of(unit) as tab:
        bureau.ask("upload")
        tab.ask("upload")
        for method in ("PUT", "DELETE"):
            assert unit.ask(f"/_stcore/upload_file/{tab.visit}/file", method, MULTIPART, **headers).status == 204
            for visit in (bureau.visit, "x", "%00", "x" * 5000):
                answer = unit.ask(f"/_stcore/upload_file/{visit}/file", method, MULTIPART, **headers)
                assert (answer.status, answer.text) == (403, "这次打开的页面已经失效，请刷新后重新上传。")


@pytest.mark.parametrize(
    "kind", [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields if field.name not in NEEDED]
)
def test_a_tab_cannot_say_what_would_touch_everybody(server, unit, kind):
    message, field = BackMsg(), BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()
    with tab_of(unit) as tab:
        tab.ask("reporting")
        answered, offered = kinds_of(tab), re.findall(r"/made/[\w-]+", tab.ask("reporting"))
        tab.socket.send(message.SerializeToString())
        assert re.findall(r"/made/[\w-]+", tab.ask("reporting")) == offered != []  # the visit's memory is as it was
        assert kinds_of(tab) <= answered
    assert demonstrator(server).ask("/reviews").status == 200


@pytest.mark.parametrize("junk", ["text", b"", b"\xff" * 100, b"\x00", b"x" * 1_000_000])
def test_junk_on_the_websocket_harms_nobody(server, unit, junk):
    with tab_of(unit) as tab:
        try:
            tab.socket.send(junk)
            assert "方案" in tab.ask("plan")
        except ConnectionClosed:
            pass
    assert demonstrator(server).ask("/reviews").status == 200


@pytest.mark.parametrize("order", [("unit", "bureau"), ("bureau", "unit")])
def test_of_two_cookies_of_one_name_page_and_websocket_take_the_same(server, order):
    tokens = {
        "unit": demonstrator(server, "unit", OWN).cookies["board_session"],
        "bureau": demonstrator(server).cookies["board_session"],
    }
    both = Caller(server, {"board_session": "; board_session=".join(tokens[role] for role in order)})
    page = both.ask("/account").text
    with tab_of(both) as tab:
        assert ("责任单位不能办理此事" in tab.ask("accounts")) == (OWN in page)


@pytest.mark.parametrize(
    "cookie",
    [
        "board_session",
        "board_session=",
        "Board_Session={}",
        "board_session={}x",
        "board_session=x{}",
        'board_session="{}',
        "x=1,board_session={}",
        "__Secure-board_session={}",
        "__Host-board_session={}",
        "board_session={};board_session=",
    ],
)
def test_a_cookie_that_is_not_quite_the_own_is_none(server, unit, cookie):
    answer = Caller(server).ask("/files/1", Accept="*/*", Cookie=cookie.format(unit.cookies["board_session"]))
    assert answer.status == 401


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-Host",
        "X-Forwarded-User",
        "X-Remote-User",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-HTTP-Method-Override",
        "X-Forwarded-Prefix",
        "Forwarded",
        "X-Real-IP",
        "X-Forwarded-Proto",
        "X-Forwarded-Scheme",
        "X-Streamlit-User",
    ],
)
def test_a_header_says_nothing_of_who_asks_for_what_or_how(server, unit, header):
    for value in ("bureau", "/accounts", "https", "127.0.0.1", "for=127.0.0.1;proto=https", "elsewhere.example"):
        headers = {header.replace("-", "_"): value}
        assert Caller(server).ask("/files/1", Accept="*/*", **headers).status == 401
        answer = unit.ask("/account", **headers)
        assert OWN in answer.text and "elsewhere" not in answer.text and not set(UNDER_HTTPS) & set(answer.headers)


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Content-Length: 4\r\nContent-Length: 90",
        b"Transfer-Encoding: xchunked\r\nContent-Length: 4",
        b"Content-Length: +4",
        b"Content-Length: 4, 90",
        b"Transfer-Encoding: chunked, identity",
    ],
)
def test_a_second_request_cannot_be_hidden_in_the_first(server, unit, framing):
    """Whatever the server makes of it, it does not answer the hidden one as the unit's."""
    url = urlsplit(server)
    hidden = f"GET /account HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode()
    with sockets.create_connection((url.hostname, url.port), timeout=2) as line:
        line.sendall(
            f"POST /logout HTTP/1.1\r\nHost: {url.netloc}\r\nCookie: {unit.cookie}\r\n".encode()
            + framing
            + b"\r\n\r\n0\r\n\r\n"
            + hidden
        )
        received = b""
        try:
            while more := line.recv(65536):
                received += more
        except TimeoutError:
            pass
    assert OWN.encode() not in received and unit.ask("/account").status == 200


@pytest.mark.parametrize(
    "to",
    [
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/%2f%2felsewhere.example",
        "/%5celsewhere.example",
        "/.//elsewhere.example",
        "///elsewhere.example",
        "/..//elsewhere.example",
        "/;@elsewhere.example",
        "/\u2028/elsewhere.example",
        "/\u3002elsewhere.example",
        "https:elsewhere.example",
        "/@elsewhere.example",
        "/?next=//elsewhere.example",
        "/#//elsewhere.example",
        "/\x0b/elsewhere.example",
        "/%0d%0aLocation:%20//elsewhere.example",
        "data:text/html,x",
        "/\uff0felsewhere.example",
    ],
)
def test_a_browser_that_signs_in_stays_on_this_host(browser: Browser, server, to):
    requested: list[str] = []
    own = browser.new_context(base_url=server, locale="zh-CN", java_script_enabled=False)
    own.on("request", lambda request: requested.append(request.url))
    visit = own.new_page()
    visit.goto("/login")
    visit.evaluate("to => document.querySelectorAll('input[name=next]').forEach(one => { one.value = to })", to)
    visit.click("button[value=leader]")
    assert urlsplit(visit.url).netloc == urlsplit(server).netloc
    assert all(url.startswith((server + "/", "data:image")) for url in requested)
    own.close()
