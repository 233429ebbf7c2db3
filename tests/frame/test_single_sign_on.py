"""The district's single sign-on, against a provider run beside the test: who is let in, bound, refused, and what is not
believed.
"""

import warnings
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc.jwk import RSAKey
from sqlmodel import select

from data_access import identity_provider
from data_access.database import reading
from models.audit import AuditQuestion
from models.tables import Account
from services.accounts.register import accounts, add_account, allow_single_sign_on, disable_account
from services.audit.search import find_acts
from tests.frame.board import HERE, Browser

with warnings.catch_warnings(action="ignore"):  # the provider's mock uses what its own libraries have outgrown
    from oidc_provider_mock import User, run_server_in_thread

PEOPLE = (
    User(sub="1001", claims={"preferred_username": "ZhangSan"}),
    User(sub="1002", claims={"preferred_username": "lisi"}),
    User(sub="1003", claims={}),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(provider: str, planned_database, monkeypatch: pytest.MonkeyPatch) -> str:
    identity_provider._description.cache_clear()
    monkeypatch.setenv("OIDC_ISSUER", provider)
    monkeypatch.setenv("OIDC_CLIENT_ID", "board")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "secret")
    monkeypatch.setenv("OIDC_NAME", "政务统一认证")
    add_account("zhangsan", "张三", "unit", "区人社局", single_sign_on=True)
    return provider


def sent_to_provider(browser: Browser, to: str = "/reviews") -> str:
    answer = browser.get(f"/oidc/start?next={to}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def agreed(address: str, subject: str) -> str:
    """What the provider sends the browser back to, once the person has agreed."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=20)
    return answer.headers["location"].removeprefix(HERE)


def signed_in_as(subject: str) -> tuple[Browser, requests.Response]:
    browser = Browser()
    return browser, browser.get(agreed(sent_to_provider(browser), subject))


def bound_subject() -> str | None:
    with reading() as session:
        return session.exec(select(Account.subject).where(Account.name == "zhangsan")).one()


def test_without_configuration_there_is_no_button_and_no_way(planned_database):
    browser = Browser()
    assert "/oidc/start" not in browser.get("/login").text
    assert (
        browser.get("/oidc/start").status_code == 404
        and browser.get("/oidc/callback?code=x&state=y").status_code == 502
    )


def test_the_form_offers_it_under_its_name_and_asks_nothing_of_the_provider_before(configured, monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", "http://localhost:9")
    assert "政务统一认证登录" in Browser().get("/login?next=/reviews").text


def test_the_browser_is_sent_with_state_nonce_and_a_challenge(configured):
    query = parse_qs(urlsplit(sent_to_provider(Browser())).query)
    assert (
        query["code_challenge_method"] == ["S256"]
        and query["response_type"] == ["code"]
        and query["redirect_uri"] == [f"{HERE}/oidc/callback"]
    )
    assert len(query["state"][0]) > 30 and len(query["nonce"][0]) > 30 and len(query["code_challenge"][0]) == 43
    again = parse_qs(urlsplit(sent_to_provider(Browser())).query)
    assert query["state"] != again["state"] and query["nonce"] != again["nonce"]


def test_the_first_time_a_person_is_bound_to_the_account_of_the_same_name(configured):
    browser, answer = signed_in_as("1001")
    assert (answer.status_code, answer.headers["location"]) == (303, "/reviews")
    assert browser.get("/reviews").text == "张三" and bound_subject() == f"{configured} 1001"


@pytest.mark.long
def test_the_binding_is_logged_with_what_was_before_and_after_once(configured):
    signed_in_as("1001")
    signed_in_as("1001")
    bound = find_acts(AuditQuestion(action="bind")).acts
    assert [(act.by, act.account, act.unit, act.subject, act.address) for act in bound] == [
        ("张三", "zhangsan", "区人社局", "zhangsan", "10.0.0.5")
    ]
    assert (bound[0].before, bound[0].after) == (
        {"subject": None, "one_time_password": True},
        {"subject": f"{configured} 1001", "one_time_password": False},
    )


@pytest.mark.long
def test_an_account_that_the_bureau_did_not_mark_is_not_bound_and_the_person_is_told(configured):
    add_account("lisi", "李四", "leader")
    browser, answer = signed_in_as("1002")
    assert (
        answer.status_code == 403
        and "没有开通统一身份登录" in answer.text
        and "管理局" in answer.text
        and browser.session() is None
    )
    assert [account.bound for account in accounts()] == [False, False]
    allow_single_sign_on("lisi", allowed=True)
    assert signed_in_as("1002")[0].get("/reviews").text == "李四"


@pytest.mark.long
def test_taking_it_back_unbinds_the_account_and_ends_its_sign_ins(configured):
    browser, _ = signed_in_as("1001")
    allow_single_sign_on("zhangsan", allowed=False)
    assert browser.get("/reviews").status_code == 303 and bound_subject() is None
    assert signed_in_as("1001")[1].status_code == 403
    act = find_acts(AuditQuestion(action="single sign-on")).acts[0]
    assert (act.before, act.after) == (
        {"single_sign_on": True, "subject": f"{configured} 1001"},
        {"single_sign_on": False, "subject": None},
    )


@pytest.mark.long
def test_afterwards_the_subject_counts_and_not_the_name(configured, monkeypatch):
    signed_in_as("1001")
    monkeypatch.setitem(PEOPLE[1].claims, "preferred_username", "zhangsan")
    browser, answer = signed_in_as("1002")
    assert answer.status_code == 403 and browser.session() is None
    assert signed_in_as("1001")[0].get("/reviews").text == "张三"


@pytest.mark.parametrize("subject", ["1002", "1003"])
def test_an_unknown_person_is_told_whom_to_ask_and_gets_no_account(configured, subject):
    browser, answer = signed_in_as(subject)
    assert (
        answer.status_code == 403
        and "没有账号" in answer.text
        and "管理局" in answer.text
        and browser.session() is None
    )
    with reading() as session:
        assert session.exec(select(Account.name)).all() == ["zhangsan"]


def test_a_disabled_account_is_not_let_in_nor_bound(configured):
    disable_account("zhangsan")
    browser, answer = signed_in_as("1001")
    assert (
        answer.status_code == 403 and "已停用" in answer.text and browser.session() is None and bound_subject() is None
    )


def test_a_one_time_password_that_nobody_used_is_void_once_the_account_is_bound(configured):
    signed_in_as("1001")
    with reading() as session:
        account = session.exec(select(Account)).one()
    assert account.password is None and not account.must_change


def test_an_answer_that_this_browser_did_not_ask_for_is_not_taken(configured):
    asking, other = Browser(), Browser()
    answer = agreed(sent_to_provider(asking), "1001")
    assert other.get(answer).status_code == 502 and other.session() is None
    sent_to_provider(other)
    assert other.get(answer).status_code == 502 and other.session() is None


def test_an_answer_is_taken_once(configured):
    browser = Browser()
    answer = agreed(sent_to_provider(browser), "1001")
    assert browser.get(answer).status_code == 303
    browser.cookies.delete("board_session")
    assert browser.get(answer).status_code == 502


def test_a_person_who_declines_is_told_calmly(configured):
    browser = Browser()
    state = parse_qs(urlsplit(sent_to_provider(browser)).query)["state"][0]
    answer = browser.get("/oidc/callback?" + urlencode({"error": "access_denied", "state": state}))
    assert answer.status_code == 502 and "统一认证没有完成" in answer.text


@pytest.mark.parametrize("claim", ["aud", "iss", "nonce", "exp"])
def test_an_identity_token_for_somebody_else_is_not_believed(configured, monkeypatch, claim):
    decode = identity_provider.jwt.decode

    def forged(*arguments, **options):
        token = decode(*arguments, **options)
        token.claims[claim] = 1 if claim == "exp" else "elsewhere"
        return token

    monkeypatch.setattr(identity_provider.jwt, "decode", forged)
    browser, answer = signed_in_as("1001")
    assert answer.status_code == 502 and browser.session() is None


def test_an_identity_token_signed_by_another_key_is_not_believed(configured, monkeypatch):
    other = RSAKey.generate_key(2048).as_dict(private=False)
    fetched, swapped = identity_provider._fetched, []

    def of_another(address):
        fetched_user = fetched(address)
        if "keys" not in fetched_user:
            return fetched_user
        swapped.append(address)
        return {"keys": [{**key, "n": other["n"]} for key in fetched_user["keys"]]}

    monkeypatch.setattr(identity_provider, "_fetched", of_another)
    browser, answer = signed_in_as("1001")
    assert swapped and answer.status_code == 502 and browser.session() is None


def test_a_provider_that_calls_itself_something_else_is_not_believed(configured, monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", configured.replace("localhost", "127.0.0.1"))
    fetched = identity_provider._fetched
    monkeypatch.setattr(identity_provider, "_fetched", lambda address: {**fetched(address), "issuer": configured})
    assert Browser().get("/oidc/start").status_code == 502


def test_a_provider_that_does_not_answer_is_told_calmly(configured, monkeypatch):
    monkeypatch.setenv("OIDC_ISSUER", "http://localhost:9")
    answer = Browser().get("/oidc/start")
    assert answer.status_code == 502 and "统一认证没有完成" in answer.text


def test_it_leads_only_to_an_address_of_this_board(configured):
    browser = Browser()
    answer = browser.get(agreed(sent_to_provider(browser, "//elsewhere.example"), "1001"))
    assert answer.headers["location"] == "/unit"  # where a unit begins
