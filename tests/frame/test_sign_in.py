"""The forms around signing in and the guard before everything: who gets in, who does not, and where it leads."""

import pytest
from starlette.websockets import WebSocketDisconnect

import frame.sign_in_routes
from data_access.database import writing
from data_access.settings import set_setting
from frame.hosts import is_known, warn_of_plain_http
from frame.safe_redirect import within
from services.accounts.register import add_account, disable_account
from services.accounts.sessions import FromWhere, signed_in
from services.accounts.sign_in import change_password, sign_in
from tests.frame.board import HERE, Browser

pytestmark = pytest.mark.usefixtures("quick_passwords")
NEW = "三月的风吹过东关街道"


@pytest.fixture
def first_password(planned_database) -> str:
    return add_account("zhangsan", "张三", "unit", "区人社局").password


@pytest.fixture
def password(first_password) -> str:
    """Of an account that has changed its first password."""
    desk = FromWhere("10.0.0.9")
    change_password(signed_in(sign_in("zhangsan", first_password, desk)).person, first_password, NEW, NEW, desk)
    return NEW


@pytest.fixture
def sample(planned_database) -> None:
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="试", by="试")


THIS_MACHINE = ("127.0.0.1", 50000)


@pytest.fixture
def inside(password) -> Browser:
    """A browser in which 张三 is signed in."""
    browser = Browser()
    assert browser.submit("/login", name="zhangsan", password=password).status_code == 303
    return browser


def test_a_stranger_who_asks_for_a_page_is_led_to_the_form_and_from_there_back(password):
    browser = Browser()
    refused = browser.get("/reviews?as_of=2023-08-20&unit=区人社局")
    assert refused.status_code == 303 and refused.headers["location"].startswith(
        "/login?next=%2Freviews%3Fas_of%3D2023-08-20"
    )
    form = browser.get(refused.headers["location"])
    to = form.text.split('name="next" value="')[1].split('"')[0].replace("&amp;", "&")
    entered = browser.submit("/login", name="zhangsan", password=password, next=to)
    assert entered.status_code == 303
    assert browser.get(entered.headers["location"]).text == "张三" and "unit=%E5%8C%BA" in entered.headers["location"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/files/1"),
        ("GET", "/static/js/index.js"),
        ("GET", "/media/abc.xlsx"),
        ("GET", "/component/x/index.html"),
        ("PUT", "/_stcore/upload_file/a/b"),
        ("DELETE", "/_stcore/upload_file/a/b"),
        ("POST", "/logout"),
        ("GET", "/_stcore/host-config"),
        ("GET", "/_stcore/health/"),
        ("GET", "//_stcore/health"),
        ("GET", "/appearance/../files/1"),
        ("GET", "/appearance/x/../../files/1"),
        ("GET", "/login/"),
        ("GET", "/LOGIN"),
    ],
)
def test_anything_but_a_page_is_refused_to_a_stranger(planned_database, method, path):
    answer = Browser().request(method, path, headers={"accept": "*/*", "origin": HERE})
    assert answer.status_code == 401 and "请重新登录" in answer.text


def test_only_the_form_its_looks_and_the_sign_of_life_are_open(planned_database):
    browser = Browser()
    assert browser.get("/login").status_code == 200
    assert browser.get("/appearance/sign_in.css").headers["content-type"].startswith("text/css")
    assert browser.get("/_stcore/health").text == "ok"


def test_a_stranger_gets_no_websocket(planned_database):
    with pytest.raises(WebSocketDisconnect), Browser().open_stream():
        pass


def test_a_websocket_needs_the_cookie_and_a_page_of_this_host(inside):
    with inside.open_stream() as socket:
        assert socket.receive_text() == "accepted"
    for origin in (
        "http://elsewhere.example",
        "null",
        "http://localhost:8502",
        "http://localhost:8501.elsewhere.example",
        "",
    ):
        with pytest.raises(WebSocketDisconnect), inside.open_stream(origin=origin):
            pass


def test_what_a_request_asks_is_asked_by_its_person(inside):
    assert inside.get("/reviews").text == "张三"


def test_a_wrong_password_says_so_keeps_the_name_and_gives_no_cookie(password):
    browser = Browser()
    answer = browser.submit("/login", name='zhangsan"><b>', password="wrong")
    assert answer.status_code == 401 and "账号或密码不正确。" in answer.text and browser.session() is None
    assert 'value="zhangsan&#34;&gt;&lt;b&gt;"' in answer.text


@pytest.mark.long
def test_guessing_is_locked_out_with_the_right_password_too(password):
    browser = Browser()
    answers = [browser.submit("/login", name="zhangsan", password="wrong").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]
    assert browser.submit("/login", name="zhangsan", password=password).status_code == 429 and browser.session() is None


@pytest.mark.long
def test_guesses_at_one_address_do_not_lock_the_account_out_at_another(password):
    guesser = Browser(client=("10.0.1.7", 50000))
    answers = [guesser.submit("/login", name="zhangsan", password="wrong").status_code for _ in range(7)]
    assert answers == [401] * 5 + [429] * 2
    owner = Browser(client=("10.0.2.7", 50000))
    assert owner.submit("/login", name="zhangsan", password=password).status_code == 303


@pytest.mark.long
def test_a_browser_that_signed_in_before_is_slowed_down_and_not_refused_whatever_others_do_at_its_address(
    password, waited
):
    owner, guesser = Browser(), Browser()
    assert owner.submit("/login", name="zhangsan", password=password).status_code == 303
    owner.submit("/logout", form_page="/account")
    assert [guesser.submit("/login", name="zhangsan", password="wrong").status_code for _ in range(6)][-1] == 429
    assert [owner.submit("/login", name="zhangsan", password="wrong").status_code for _ in range(7)] == [401] * 7
    assert waited == [0] * 12 + [2, 4]
    assert owner.submit("/login", name="zhangsan", password=password).status_code == 303


@pytest.mark.long
def test_a_browser_is_known_for_the_accounts_that_signed_in_with_it_alone(password, waited):
    browser = Browser()
    assert browser.submit("/login", name="zhangsan", password=password).status_code == 303
    browser.submit("/logout", form_page="/account")
    answers = [browser.submit("/login", name="lisi", password="wrong").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


@pytest.mark.long
@pytest.mark.parametrize("planted", ["x", "0" * 64, ".".join(["0" * 64] * 1000), "a" * 4000])
def test_a_cookie_that_nobody_was_given_makes_no_browser_known(password, planted):
    browser = Browser()
    browser.cookies.set("board_known", planted, domain="localhost.local", path="/")
    assert [browser.submit("/login", name="zhangsan", password="wrong").status_code for _ in range(6)][-1] == 429


@pytest.mark.long
def test_a_known_browser_that_goes_on_guessing_is_a_strangers(password, waited):
    browser = Browser()
    assert browser.submit("/login", name="zhangsan", password=password).status_code == 303
    browser.submit("/logout", form_page="/account")
    answers = [browser.submit("/login", name="zhangsan", password="wrong").status_code for _ in range(26)]
    assert answers == [401] * 25 + [429] and max(waited) == 10


def test_the_cookie_that_makes_a_browser_known_opens_nothing(inside):
    known = inside.cookies["board_known"]
    browser = Browser()
    for name in ("board_session", "board_known"):
        browser.cookies.set(name, known, domain="localhost.local", path="/")
    assert browser.get("/reviews").status_code == 303


@pytest.fixture
def waited(monkeypatch):
    """The seconds that each attempt had to wait, without waiting."""
    seconds = []

    async def wait(pause: float) -> None:
        seconds.append(pause)

    monkeypatch.setattr(frame.sign_in_routes, "sleep", wait)
    return seconds


@pytest.mark.long
def test_an_address_is_locked_out_however_many_accounts_it_tries(password):
    answers = [
        Browser(client=("10.0.0.66", 50000 + number))
        .submit("/login", name=f"guess{number}", password="wrong")
        .status_code
        for number in range(31)
    ]
    assert answers == [401] * 30 + [429]
    assert Browser(client=("10.0.0.67", 50000)).submit("/login", name="zhangsan", password=password).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(inside):
    headers = inside.submit("/login", form_page="/account").headers  # signed in already: no new cookie by chance
    assert "set-cookie" not in headers
    answer = Browser().submit("/login", name="zhangsan", password=NEW)
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("board_session="))
    assert (
        "HttpOnly" in cookie
        and "SameSite=lax" in cookie
        and "Path=/" in cookie
        and "Max-Age" not in cookie
        and "Domain" not in cookie
    )


def test_under_https_the_cookie_is_secure_and_bound_to_the_host(password):
    browser = Browser("https://localhost")
    answer = browser.submit("/login", name="zhangsan", password=password)
    cookie = next(line for line in answer.headers.get_list("set-cookie") if "board_session=" in line)
    assert cookie.startswith("__Host-board_session=") and "Secure" in cookie


def test_under_https_a_cookie_that_could_be_set_from_elsewhere_is_not_read(inside):
    over_https = Browser("https://localhost")
    over_https.plant(inside.session())
    assert over_https.get("/reviews").status_code == 303


def test_a_cookie_planted_before_signing_in_is_worth_nothing_after(password):
    browser = Browser()
    browser.plant("planted-by-somebody-else")
    browser.submit("/login", name="zhangsan", password=password)
    assert browser.session() != "planted-by-somebody-else"
    attacker = Browser()
    attacker.plant("planted-by-somebody-else")
    assert attacker.get("/reviews").status_code == 303


def test_after_signing_out_the_old_cookie_opens_nothing(inside):
    old = inside.session()
    answer = inside.submit("/logout", form_page="/account")
    assert answer.status_code == 303 and answer.headers["location"] == "/login" and not inside.session()
    replay = Browser()
    replay.plant(old)
    assert replay.get("/reviews").status_code == 303
    with pytest.raises(WebSocketDisconnect), replay.open_stream():
        pass


@pytest.mark.long
def test_signing_out_everywhere_ends_the_other_browsers_too(inside, password):
    other = Browser()
    other.submit("/login", name="zhangsan", password=password)
    assert other.get("/reviews").status_code == 200
    inside.submit("/logout-everywhere", form_page="/account")
    assert other.get("/reviews").status_code == 303


def test_a_disabled_account_is_out_with_the_next_request(inside):
    disable_account("zhangsan")
    assert inside.get("/reviews").status_code == 303


@pytest.mark.parametrize("path", ["/", "/reviews", "/files/1", "/account"])
def test_until_the_first_password_is_changed_every_page_leads_to_changing_it(first_password, path):
    browser = Browser()
    browser.submit("/login", name="zhangsan", password=first_password)
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/password")


def test_until_the_first_password_is_changed_nothing_else_is_answered(first_password):
    browser = Browser()
    browser.submit("/login", name="zhangsan", password=first_password)
    assert browser.get("/media/x", headers={"accept": "*/*"}).status_code == 403
    assert browser.put("/_stcore/upload_file/a/b", headers={"accept": "*/*", "origin": HERE}).status_code == 403
    with pytest.raises(WebSocketDisconnect), browser.open_stream():
        pass
    changed = browser.submit("/password", form_page="/password", current=first_password, new=NEW, repeated=NEW)
    assert changed.status_code == 303 and browser.get("/reviews").text == "张三"


def test_a_password_that_breaks_the_rule_is_refused_with_the_reason(first_password):
    browser = Browser()
    browser.submit("/login", name="zhangsan", password=first_password)
    answer = browser.submit("/password", form_page="/password", current=first_password, new="short", repeated="short")
    assert answer.status_code == 400 and "至少 10 个字符" in answer.text


def form_of(browser: Browser, password: str) -> dict[str, str]:
    return {
        "form_token": browser.get("/login").text.split('name="form_token" value="')[1].split('"')[0],
        "name": "zhangsan",
        "password": password,
    }


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://elsewhere.example"},
        {"origin": "null"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "same-site"},
        {"origin": "http://localhost:8501@elsewhere.example"},
        {"origin": "http://["},
    ],
)
def test_a_form_sent_from_a_page_elsewhere_does_nothing(password, headers):
    browser = Browser()
    answer = browser.post("/login", data=form_of(browser, password), headers=headers)
    assert answer.status_code == 403 and browser.session() is None


def test_a_form_needs_the_token_of_this_browser(password):
    browser, other = Browser(), Browser()
    stolen = form_of(other, password)
    browser.get("/login")
    for form in (stolen, {**stolen, "form_token": ""}, {**stolen, "form_token": "令牌"}):
        assert browser.post("/login", data=form, headers={"origin": HERE}).status_code == 403
    browser.cookies.clear()
    assert browser.post("/login", data=stolen, headers={"origin": HERE}).status_code == 403
    assert browser.session() is None


def test_a_form_of_another_kind_or_size_is_not_read(password):
    browser = Browser()
    form = form_of(browser, password)
    assert browser.post("/login", json=form, headers={"origin": HERE}).status_code == 403
    assert browser.post("/login", data={**form, "more": "x" * 20000}, headers={"origin": HERE}).status_code == 403
    assert browser.post("/login", files={"form_token": form["form_token"]}, headers={"origin": HERE}).status_code == 403


@pytest.mark.parametrize("path", ["/logout", "/logout-everywhere", "/password"])
def test_no_form_works_without_its_token_once_signed_in(inside, path):
    inside.post(
        path,
        data={"current": NEW, "new": "another long password", "repeated": "another long password"},
        headers={"origin": HERE},
    )
    assert inside.get("/reviews").text == "张三"


@pytest.mark.parametrize(
    ("requested", "led_to"),
    [
        ("/reviews?as_of=2023-08-20#top", "/reviews?as_of=2023-08-20#top"),
        ("/unit?unit=区人社局", "/unit?unit=%E5%8C%BA%E4%BA%BA%E7%A4%BE%E5%B1%80"),
        ("/unit?unit=%E5%8C%BA", "/unit?unit=%E5%8C%BA"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("///elsewhere.example", "/"),
        ("http://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/elsewhere.example", "/"),
        ("/%09/elsewhere.example", "/%09/elsewhere.example"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("\\\\elsewhere.example", "/"),
        ("", "/"),
        ("reviews", "/"),
        ("/login?next=/", "/"),
        ("/logout", "/"),
        ("/oidc/start", "/"),
        ("/a b", "/"),
        ("/" + "x" * 3000, "/"),
        (" //elsewhere.example", "/"),
    ],
)
def test_a_sign_in_leads_only_to_an_address_of_this_board(requested, led_to):
    assert within(requested) == led_to


def test_whoever_is_signed_in_is_led_on_from_the_form(inside):
    assert inside.get("/login?next=/reviews").headers["location"] == "/reviews"
    assert inside.get("/login?next=//elsewhere.example").headers["location"] == "/"


def test_every_answer_of_the_forms_is_kept_by_nobody_and_has_the_security_headers(inside):
    for path in ("/account", "/password"):
        headers = inside.get(path).headers
        assert headers["cache-control"] == "no-store" and "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_forms_hold_no_script(sample):
    form = Browser().get("/login").text
    assert "<form" in form and "<script" not in form and "onclick" not in form


def test_with_real_data_no_demonstration_is_offered_or_given(password):
    browser = Browser()
    assert "演示身份" not in browser.get("/login").text
    answer = browser.submit("/login", demonstration="bureau")
    assert answer.status_code == 401 and browser.session() is None


def test_with_sample_data_a_visitor_chooses_a_part(sample):
    browser = Browser(client=THIS_MACHINE)
    assert browser.submit("/login", demonstration="unit", unit="区人社局").headers["location"] == "/unit"
    assert browser.get("/reviews").text == "区人社局（演示）"
    assert (
        "演示身份没有密码" not in browser.get("/account").text
        and browser.get("/password").headers["location"] == "/account"
    )


def test_a_part_is_played_from_elsewhere_only_where_a_setting_asks_for_it(sample, monkeypatch):
    elsewhere, proxied = Browser(), Browser(client=THIS_MACHINE)
    proxied.headers["x-forwarded-for"] = "10.0.0.5"
    for browser in (elsewhere, proxied):
        assert 'name="demonstration"' not in browser.get("/login").text
        answer = browser.submit("/login", demonstration="bureau")
        assert answer.status_code == 403 and browser.session() is None
        assert "演示身份只在服务器本机提供" in answer.text
    monkeypatch.setenv("DEMONSTRATION", "everyone")
    assert elsewhere.submit("/login", demonstration="bureau").status_code == 303


def test_the_own_account_says_that_the_data_are_a_samples_and_who_plays_which_part(sample, inside):
    assert "示例数据：单位、人员和数字均为虚构，仅供演示。" in inside.get("/account").text
    demonstrator = Browser(client=THIS_MACHINE)
    demonstrator.submit("/login", demonstration="unit", unit="区人社局")
    assert "当前为演示身份“区人社局”，不是真实用户。" in demonstrator.get("/account").text


def test_the_own_account_says_nothing_of_a_sample_where_the_data_are_real(inside):
    shown = inside.get("/account").text
    assert "张三" in shown and "示例数据" not in shown


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8501", "127.0.0.1:8501", "10.1.2.3", "[::1]:8501", "[fd00::1]"]
)
def test_bare_addresses_and_localhost_are_known(host):
    assert is_known(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "elsewhere.example",
        "elsewhere.example:8501",
        "10.1.2.3.elsewhere.example",
        "127.0.0.1@x",
        "localhost.x",
        "[x]",
    ],
)
def test_a_name_that_nobody_gave_this_machine_is_not_known(host):
    assert not is_known(host)


def test_the_names_in_hosts_are_known(monkeypatch):
    monkeypatch.setenv("HOSTS", "board.gov.example, kanban.gov.example")
    assert is_known("board.gov.example") and is_known("Kanban.gov.example:443") and not is_known("x.board.gov.example")


def test_a_request_for_a_strange_name_gets_nothing(inside):
    assert inside.get("/login", headers={"host": "elsewhere.example"}).status_code == 400
    with (
        pytest.raises(WebSocketDisconnect),
        inside.open_stream(host="elsewhere.example", origin="http://elsewhere.example"),
    ):
        pass


def test_a_start_in_plain_http_where_others_can_reach_it_is_warned_of(capsys):
    warn_of_plain_http("127.0.0.1", None)
    warn_of_plain_http("0.0.0.0", "board.pem")
    assert capsys.readouterr().err == ""
    warn_of_plain_http("0.0.0.0", None)
    assert "明文" in capsys.readouterr().err
