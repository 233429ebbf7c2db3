"""What signing in leaves behind: refused attempts told once with their number, nothing typed in full, old rows cleared
away, passwords that expire.
"""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from data_access.database import noting, reading, writing
from data_access.settings import set_setting
from models.audit import AuditQuestion, LoggedAct
from models.single_sign_on import Vouched
from models.tables import Account, FailedSignIn, RefusedAttempts, SignIn
from services.access.refusal import RefusedRequest
from services.accounts.register import accounts, add_account, disable_account, reset_password
from services.accounts.sessions import FromWhere, signed_in
from services.accounts.sign_in import DISABLED, change_password, sign_in
from services.accounts.single_sign_on import NoAccount, sign_in_vouched
from services.audit.search import find_acts, verify_log

pytestmark = pytest.mark.usefixtures("quick_passwords")
DESK, ELSEWHERE = FromWhere("10.0.0.5"), FromWhere("10.0.0.6")
NEW = "三月的风吹过东关街道"
SLIP = "My-Real-Password-7"


@pytest.fixture
def password(district: None) -> str:
    return add_account("zhangsan", "张三", "unit", "区人社局").password


def refused(times: int, name: str = "zhangsan", where: FromWhere = DESK) -> None:
    for _ in range(times):
        with pytest.raises(RefusedRequest):
            sign_in(name, "not the password", where)


def acts_of(action: str) -> tuple[LoggedAct, ...]:
    return find_acts(AuditQuestion(action=action)).acts


def set_back(by: timedelta) -> None:
    with noting() as session:
        for table, names in (
            (FailedSignIn, ("at",)),
            (RefusedAttempts, ("since", "last_at")),
            (SignIn, ("at", "seen_at")),
            (Account, ("given_at",)),
        ):
            for row in session.exec(select(table)):  # type: ignore[call-overload]
                for name in names:
                    setattr(row, name, getattr(row, name) - by)
                session.add(row)


def rows(table: type[SignIn] | type[FailedSignIn] | type[RefusedAttempts]) -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.long
def test_a_flood_against_a_locked_account_becomes_one_entry_with_its_number(password: str) -> None:
    refused(5)
    before = verify_log().entries
    refused(200)
    assert verify_log().entries == before
    set_back(timedelta(minutes=15))
    sign_in("zhangsan", password, ELSEWHERE)
    [act] = acts_of("attempts refused")
    assert (act.by, act.account, act.subject, act.address, act.detail["attempts"], act.detail["reason"]) == (
        "未登录",
        "",
        "zhangsan",
        "10.0.0.5",
        200,
        "账号锁定期间",
    )
    assert rows(RefusedAttempts) == 0 and verify_log().entries == before + 2


@pytest.mark.long
def test_a_locked_address_is_told_whatever_names_it_tries(password: str) -> None:
    for number in range(10):
        refused(3, f"guess{number}")
    assert [act.subject for act in acts_of("locked out")] == ["10.0.0.5"]
    refused(40)
    refused(40, "another")
    set_back(timedelta(minutes=15))
    sign_in("zhangsan", password, DESK)
    assert [(act.subject, act.detail["attempts"]) for act in acts_of("attempts refused")] == [("10.0.0.5", 80)]


@pytest.mark.long
def test_every_window_of_a_lock_has_its_own_entry(password: str) -> None:
    for times in (7, 8):
        refused(5 + times)
        set_back(timedelta(minutes=15))
    refused(1)
    assert [act.detail["attempts"] for act in acts_of("attempts refused")] == [8, 7]


def test_a_disabled_account_that_tries_with_its_right_password_is_told(password: str) -> None:
    disable_account("zhangsan")
    with pytest.raises(RefusedRequest, match=DISABLED):
        sign_in("zhangsan", password, DESK)
    [act] = acts_of("sign-in failed")
    assert (act.subject, act.address, act.detail["reason"]) == ("zhangsan", "10.0.0.5", DISABLED)


def test_a_password_typed_as_a_name_is_kept_nowhere(password: str) -> None:
    refused(6, SLIP)
    set_back(timedelta(minutes=15))
    refused(1)
    acts = [act for action in ("sign-in failed", "locked out", "attempts refused") for act in acts_of(action)]
    assert {act.subject for act in acts} == {"无此账号", "zhangsan"}
    assert {act.detail.get("typed") for act in acts if act.subject == "无此账号"} == {"m***"}
    with reading() as session:
        texts = repr([session.exec(select(FailedSignIn.name)).all(), acts]).lower()
    assert SLIP.lower() not in texts and SLIP.lower()[:4] not in texts


@pytest.mark.long
def test_single_sign_on_that_is_refused_is_told_at_once_and_repetitions_by_their_number(district: None) -> None:
    for _ in range(30):
        with pytest.raises(NoAccount):
            sign_in_vouched(Vouched("https://sso 9", "wangwu"), DESK)
    [act] = acts_of("sign-in failed")
    assert (act.subject, act.address) == ("wangwu", "10.0.0.5") and "没有账号" in act.detail["reason"]
    set_back(timedelta(minutes=15))
    with pytest.raises(NoAccount):
        sign_in_vouched(Vouched("https://sso 9", "wangwu"), DESK)
    assert [act.detail["attempts"] for act in acts_of("attempts refused")] == [29]


def test_a_one_time_password_that_nobody_used_expires_and_a_new_one_begins_anew(password: str) -> None:
    set_back(timedelta(days=13, hours=23))
    assert signed_in(sign_in("zhangsan", password, DESK))
    set_back(timedelta(hours=1))
    with pytest.raises(RefusedRequest, match="初始密码已超过 14 天的有效期，请联系管理局重置"):
        sign_in("zhangsan", password, DESK)
    assert accounts()[0].expired and acts_of("sign-in failed")[0].detail["reason"] == "初始密码已过有效期"
    again = reset_password("zhangsan").password
    assert signed_in(sign_in("zhangsan", again, DESK)) and not accounts()[0].expired


def test_for_how_long_is_a_setting_and_the_own_password_never_expires(password: str) -> None:
    with writing() as session:
        set_setting(session, "first_password_days", 1, since=None, reason="试", by="试")
    person = signed_in(sign_in("zhangsan", password, DESK))
    assert person is not None
    change_password(person.person, password, NEW, NEW, DESK)
    set_back(timedelta(days=400))
    assert signed_in(sign_in("zhangsan", NEW, DESK)) and not accounts()[0].expired


def test_a_wrong_password_is_not_told_that_the_right_one_has_expired(password: str) -> None:
    set_back(timedelta(days=20))
    with pytest.raises(RefusedRequest, match="账号或密码不正确"):
        sign_in("zhangsan", "not the password", DESK)


def test_old_sign_ins_and_failures_are_cleared_but_the_last_of_each_account_stays(password: str) -> None:
    other = add_account("lisi", "李四", "leader").password
    for name, given in (("zhangsan", password), ("zhangsan", password), ("lisi", other)):
        sign_in(name, given, DESK)
    refused(2)
    entries = verify_log().entries
    set_back(timedelta(days=89))
    given = reset_password("zhangsan").password
    sign_in("zhangsan", given, DESK)
    assert (rows(SignIn), rows(FailedSignIn)) == (4, 0)  # a reset forgets the failures of its account
    refused(1, "nobody")
    set_back(timedelta(days=2))
    sign_in("zhangsan", given, DESK)
    assert (rows(SignIn), rows(FailedSignIn)) == (3, 1)
    assert {account.name: account.last_sign_in is not None for account in accounts()} == {
        "zhangsan": True,
        "lisi": True,
    }
    assert verify_log().entries > entries
