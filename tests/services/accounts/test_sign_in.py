"""Signing in: what is kept of a token, when a sign-in ends, who is locked out and when freed, and what a password must
be.
"""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select, update

from data_access.database import data_version, noting, reading, writing
from data_access.settings import set_setting
from models.people import Role
from models.tables import Account, AuditEntry, FailedSignIn, SignIn
from rules.as_of import day_of
from services.access.current_user import acting_as
from services.access.refusal import RefusedRequest
from services.accounts import passwords
from services.accounts.register import accounts, add_account, disable_account, enable_account, reset_password
from services.accounts.sessions import (
    FromWhere,
    digest_of,
    last_visit_day,
    own_sign_ins,
    sign_out,
    sign_out_everywhere,
    signed_in,
)
from services.accounts.sign_in import DISABLED, WRONG, change_password, demonstrate, demonstration_units, sign_in

DESK = FromWhere("10.0.0.5", "Chrome")
ELSEWHERE = FromWhere("10.0.0.6")
NEW = "三月的风吹过东关街道"


@pytest.fixture
def password(district: None) -> str:
    """The one-time password of 张三's account zhangsan, of 区人社局."""
    return add_account("zhangsan", "张三", "unit", "区人社局").password


def earlier(**moved: timedelta) -> None:
    """Sets the times of every sign-in and failure back."""
    with noting() as session:
        for row in session.exec(select(SignIn)):
            for name, by in moved.items():
                setattr(row, name, getattr(row, name) - by)
            session.add(row)


def failures_set_back(by: timedelta) -> None:
    with noting() as session:
        for row in session.exec(select(FailedSignIn)):
            row.at -= by
            session.add(row)


def fail(times: int, name: str = "zhangsan", where: FromWhere = DESK) -> None:
    for _ in range(times):
        with pytest.raises(RefusedRequest, match=WRONG):
            sign_in(name, "not the password", where)


def test_the_token_says_who_it_is_and_where_from(password):
    who = signed_in(sign_in("zhangsan", password, DESK))
    assert (who.person.name, who.person.role, who.person.unit, who.person.address) == (
        "张三",
        Role.UNIT,
        "区人社局",
        "10.0.0.5",
    )
    assert who.must_change and not who.person.demonstration


def test_only_the_hash_of_a_token_is_kept(password):
    token = sign_in("zhangsan", password, DESK)
    with reading() as session:
        tokens = session.exec(select(SignIn.token)).all()
    assert tokens == [digest_of(token)] and token not in tokens


def test_every_sign_in_has_a_token_of_its_own(password):
    assert sign_in("zhangsan", password, DESK) != sign_in("zhangsan", password, DESK)


def test_full_width_letters_and_capitals_make_no_difference_in_a_name(password):
    assert signed_in(sign_in(" ＺhangSan ", password, DESK))


def test_an_unknown_name_and_a_wrong_password_are_told_in_the_same_words(password):
    for name in ("zhangsan", "nobody"):
        fail(1, name)


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(password, monkeypatch):
    compared = []
    monkeypatch.setattr(passwords._hasher.__class__, "verify", lambda _, stored, typed: compared.append(stored) or True)
    with pytest.raises(RefusedRequest, match=WRONG):
        sign_in("nobody", "whatever it is", DESK)
    assert len(compared) == 1


@pytest.mark.parametrize("token", [None, "", "x", "x" * 5000, "' OR 1=1 --", "令牌"])
def test_a_token_that_was_never_given_is_nobodys(district, token):
    assert signed_in(token) is None


def test_a_token_is_worth_nothing_after_signing_out(password):
    token = sign_in("zhangsan", password, DESK)
    sign_out(token)
    assert signed_in(token) is None


def test_signing_out_leaves_the_other_sign_ins_and_signing_out_everywhere_ends_them(password):
    first, second = (sign_in("zhangsan", password, where) for where in (DESK, ELSEWHERE))
    sign_out(first)
    assert signed_in(second)
    sign_out_everywhere(sign_in("zhangsan", password, DESK))
    assert signed_in(second) is None


def test_four_hours_without_a_sign_of_life_end_a_sign_in(password):
    token = sign_in("zhangsan", password, DESK)
    earlier(seen_at=timedelta(hours=3, minutes=59))
    assert signed_in(token)
    earlier(seen_at=timedelta(hours=4))
    assert signed_in(token) is None


def test_twelve_hours_end_a_sign_in_however_busy(password):
    token = sign_in("zhangsan", password, DESK)
    earlier(at=timedelta(hours=11, minutes=59))
    assert signed_in(token)
    earlier(at=timedelta(minutes=2))
    assert signed_in(token) is None


def test_the_limits_are_settings(password):
    token = sign_in("zhangsan", password, DESK)
    with writing() as session:
        set_setting(session, "idle_hours", 1, since=None, reason="试", by="试")
    earlier(seen_at=timedelta(minutes=61))
    assert signed_in(token) is None


def test_a_visit_is_noted_at_most_once_a_minute_and_empties_no_cache(password):
    token = sign_in("zhangsan", password, DESK)
    version = data_version()

    def seen() -> datetime:
        with reading() as session:
            return session.exec(select(SignIn.seen_at)).one()

    at_first = seen()
    assert signed_in(token) and seen() == at_first
    earlier(seen_at=timedelta(minutes=2))
    assert signed_in(token) and seen() > at_first
    assert data_version() == version


def test_a_visit_does_not_wait_for_an_upload_that_is_being_stored(password):
    token = sign_in("zhangsan", password, DESK)
    earlier(seen_at=timedelta(minutes=2))
    inside, done = threading.Event(), threading.Event()

    def store() -> None:
        with writing():
            inside.set()
            done.wait(20)

    storing = threading.Thread(target=store)
    storing.start()
    inside.wait(20)
    begun = datetime.now(UTC)
    signed_in_user = signed_in(token)
    took = datetime.now(UTC) - begun
    done.set()
    storing.join()
    assert signed_in_user and took < timedelta(seconds=5)


@pytest.mark.long
def test_five_wrong_passwords_lock_the_account_even_for_the_right_one_and_a_quarter_of_an_hour_frees_it(password):
    fail(5)
    for typed in ("not the password", password):
        with pytest.raises(RefusedRequest, match="暂停登录"):
            sign_in("zhangsan", typed, DESK)
    failures_set_back(timedelta(minutes=15))
    assert signed_in(sign_in("zhangsan", password, DESK))


def test_a_name_that_does_not_exist_is_locked_alike(password):
    fail(5, "nobody")
    with pytest.raises(RefusedRequest, match="暂停登录"):
        sign_in("nobody", "not the password", DESK)


@pytest.mark.long
def test_attempts_while_locked_do_not_prolong_the_lock(password):
    fail(5)
    failures_set_back(timedelta(minutes=10))
    with pytest.raises(RefusedRequest, match="暂停登录"):
        sign_in("zhangsan", "not the password", DESK)
    failures_set_back(timedelta(minutes=5))
    assert signed_in(sign_in("zhangsan", password, DESK))


def test_one_address_is_locked_out_after_thirty_failures_whatever_the_names(password):
    with noting() as session:
        for number in range(30):
            session.add(FailedSignIn(name=f"guess{number}", address=DESK.address, at=datetime.now(UTC)))
    with pytest.raises(RefusedRequest, match="暂停登录"):
        sign_in("zhangsan", password, DESK)
    assert signed_in(sign_in("zhangsan", password, ELSEWHERE))


@pytest.mark.long
def test_a_success_begins_the_count_anew(password):
    fail(4)
    sign_in("zhangsan", password, DESK)
    fail(4)
    assert signed_in(sign_in("zhangsan", password, DESK))


@pytest.mark.long
def test_attempts_made_at_once_are_all_counted(password):
    sentences = []

    def attempt() -> None:
        try:
            sign_in("zhangsan", "not the password", DESK)
        except RefusedRequest as refused:
            sentences.append(str(refused))

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sentences.count(WRONG) == 5 and len(sentences) == 12


def test_attempts_empty_no_cache(password):
    version = data_version()
    fail(2)
    sign_in("zhangsan", password, DESK)
    assert data_version() == version


def test_a_disabled_account_is_out_at_once_and_told_so_only_with_its_password(password):
    token = sign_in("zhangsan", password, DESK)
    disable_account("zhangsan")
    assert signed_in(token) is None
    fail(1)
    with pytest.raises(RefusedRequest, match=DISABLED):
        sign_in("zhangsan", password, DESK)
    enable_account("zhangsan")
    assert signed_in(token) is None and signed_in(sign_in("zhangsan", password, DESK))


@pytest.mark.long
def test_a_new_password_ends_every_earlier_sign_in(password):
    first, second = (sign_in("zhangsan", password, where) for where in (DESK, ELSEWHERE))
    third = change_password(signed_in(first).person, password, NEW, NEW, DESK)
    assert signed_in(first) is None and signed_in(second) is None
    assert signed_in(third).must_change is False
    with pytest.raises(RefusedRequest, match=WRONG):
        sign_in("zhangsan", password, DESK)
    assert signed_in(sign_in("zhangsan", NEW, DESK))


@pytest.mark.long
def test_a_wrong_current_password_counts_as_a_failed_attempt(password):
    person = signed_in(sign_in("zhangsan", password, DESK)).person
    for _ in range(5):
        with pytest.raises(RefusedRequest, match="当前密码不正确"):
            change_password(person, "wrong", NEW, NEW, DESK)
    with pytest.raises(RefusedRequest, match="暂停登录"):
        change_password(person, password, NEW, NEW, DESK)


@pytest.mark.parametrize(
    ("new", "repeated", "sentence"),
    [
        ("short", "short", "至少 10 个字符"),
        (NEW, NEW + "x", "不一致"),
        ("1234567890", "1234567890", "常见"),
        ("PassWord123", "PassWord123", "常见"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "常见"),
        ("zhangsan12", "zhangsan12", "账号名"),
        ("x" * 129, "x" * 129, "最多 128"),
    ],
)
def test_a_new_password_must_be_long_and_not_a_known_one(password, new, repeated, sentence):
    person = signed_in(sign_in("zhangsan", password, DESK)).person
    with pytest.raises(RefusedRequest, match=sentence):
        change_password(person, password, new, repeated, DESK)


def test_the_one_time_password_cannot_be_kept(password):
    person = signed_in(sign_in("zhangsan", password, DESK)).person
    with pytest.raises(RefusedRequest, match="不能与当前密码相同"):
        change_password(person, password, password, password, DESK)


def test_a_password_is_kept_as_argon2_of_the_chosen_cost_and_hashed_anew_when_the_cost_changes(password):
    from argon2 import PasswordHasher

    def stored_password() -> str:
        with reading() as session:
            return session.exec(select(Account.password)).one()

    assert stored_password().startswith("$argon2id$v=19$m=19456,t=2,p=1$") and password not in stored_password()
    with noting() as session:
        session.exec(
            update(Account).values(password=PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(password))
        )
    sign_in("zhangsan", password, DESK)
    assert "m=19456,t=2,p=1" in stored_password()


@pytest.mark.long
def test_a_reset_gives_another_one_time_password_ends_the_sign_ins_and_lifts_the_lock(password):
    token = sign_in("zhangsan", password, DESK)
    fail(5)
    other = reset_password("zhangsan").password
    assert signed_in(token) is None and other != password
    assert signed_in(sign_in("zhangsan", other, DESK)).must_change


def test_signing_in_and_out_and_failing_stand_in_the_log_without_any_password(password):
    fail(5)
    reset_password("zhangsan")
    with reading() as session:
        entries = session.exec(select(AuditEntry)).all()
    assert [entry.action for entry in entries if entry.subject == "zhangsan"] == [
        "add account",
        *["sign-in failed"] * 5,
        "locked out",
        "reset password",
    ]
    assert entries[-2].address == DESK.address
    assert not any(password in f"{entry.detail}{entry.before}{entry.after}" for entry in entries)


def test_the_accounts_own_sign_ins_are_listed(password):
    token = sign_in("zhangsan", password, DESK)
    sign_in("zhangsan", password, ELSEWHERE)
    assert {address for _, _, address, _ in own_sign_ins(signed_in(token).person)} == {"10.0.0.5", "10.0.0.6"}


def test_the_bureau_sees_every_account_and_nothing_of_a_password(password):
    only = accounts()[0]
    assert (only.name, only.person, only.role, only.unit, only.must_change, only.last_sign_in) == (
        "zhangsan",
        "张三",
        Role.UNIT,
        "区人社局",
        True,
        None,
    )
    assert password not in repr(only)


def sample(on: bool) -> None:
    with writing() as session:
        set_setting(session, "sample_data", on, since=None, reason="试", by="试")


def test_no_demonstration_is_offered_or_given_where_the_data_are_real(district):
    assert demonstration_units() is None
    with pytest.raises(RefusedRequest, match="示例数据"):
        demonstrate("bureau", None, DESK)


def test_in_the_sample_district_a_visitor_takes_a_role_and_is_marked(district):
    sample(True)
    assert "区人社局" in demonstration_units()
    person = signed_in(demonstrate("unit", "区人社局", DESK)).person
    assert (person.role, person.unit, person.demonstration, person.account) == (Role.UNIT, "区人社局", True, None)
    assert signed_in(demonstrate("leader", "区人社局", DESK)).person.unit is None


@pytest.mark.parametrize(("role", "unit"), [("root", None), ("", None), ("unit", None), ("unit", "没有的单位")])
def test_a_demonstration_has_one_of_the_four_roles_and_a_unit_has_its_name(district, role, unit):
    sample(True)
    with pytest.raises(RefusedRequest):
        demonstrate(role, unit, DESK)


def test_a_demonstration_ends_when_the_data_become_real(district):
    sample(True)
    token = demonstrate("bureau", None, DESK)
    sample(False)
    assert signed_in(token) is None


def test_the_last_visit_is_the_day_of_an_earlier_sign_in_and_none_of_a_first(password):
    with acting_as(signed_in(sign_in("zhangsan", password, DESK)).person):
        assert last_visit_day() is None
    earlier(at=timedelta(days=3), seen_at=timedelta(days=3))
    with acting_as(signed_in(sign_in("zhangsan", password, DESK)).person):
        assert last_visit_day() == day_of(datetime.now(UTC) - timedelta(days=3))
