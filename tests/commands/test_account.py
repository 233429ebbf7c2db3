"""manage.py account: accounts from the command line, with a one-time password told once; a workbook goes in whole or
not at all.
"""

import pytest

from services.accounts.sessions import FromWhere, signed_in
from services.accounts.sign_in import sign_in
from tests.commands.files import write

DESK = FromWhere("10.0.0.5")
HEADINGS = ["账号", "姓名", "角色", "责任单位", "可用统一身份登录"]


def names(run) -> list[str]:
    return [account["name"] for account in run("account", "list", "--json").json["accounts"]]


@pytest.mark.long
def test_the_password_of_a_new_account_signs_in_once_it_is_told(run):
    answer = run("account", "add", "Li.Si", "--person", "李四", "--role", "unit", "--unit", "人社局", "--json")
    new = answer.json["accounts"][0]
    assert answer.status == 0 and new["name"] == "li.si"
    who = signed_in(sign_in("li.si", new["password"], DESK))
    assert who.must_change and who.person.unit == "区人社局"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "a", "--person", "甲", "--role", "bureau"), "2 至 50"),
        (("add", "甲 乙", "--person", "甲", "--role", "bureau"), "2 至 50"),
        (("add", "jia", "--person", " ", "--role", "bureau"), "姓名"),
        (("add", "jia", "--person", "甲", "--role", "unit"), "须填写责任单位"),
        (("add", "jia", "--person", "甲", "--role", "unit", "--unit", "区没有局"), "没有“区没有局”"),
        (("add", "jia", "--person", "甲", "--role", "leader", "--unit", "区人社局"), "不填责任单位"),
        (("add", "jia", "--person", "甲", "--role", "root"), "参数有误"),
        (("disable", "nobody"), "没有账号"),
        (("enable", "nobody"), "没有账号"),
        (("password", "nobody"), "没有账号"),
        ((), "参数有误"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(run, arguments, why):
    answer = run("account", *arguments)
    assert answer.status == 2 and why in answer.stderr
    assert names(run) == []


def test_a_name_is_taken_once(run):
    for status in (0, 2):
        assert run("account", "add", "jia", "--person", "甲", "--role", "bureau", "--json").status == status


def test_an_account_is_disabled_enabled_and_given_another_password(run):
    first = run("account", "add", "jia", "--person", "甲", "--role", "inspector", "--json").json["accounts"][0][
        "password"
    ]
    assert run("account", "disable", "jia", "--json").json == {"name": "jia", "disabled": True}
    assert run("account", "disable", "jia").status == 2
    assert run("account", "list", "--json").json["accounts"][0]["disabled"] is True
    assert run("account", "enable", "jia", "--json").status == 0
    second = run("account", "password", "jia", "--json").json["accounts"][0]["password"]
    assert first != second and signed_in(sign_in("jia", second, DESK))


def test_single_sign_on_is_opened_and_taken_back(run):
    run("account", "add", "jia", "--person", "甲", "--role", "leader", "--single-sign-on", "--json")
    assert run("account", "single-sign-on", "jia").status == 2
    assert run("account", "single-sign-on", "jia", "--off", "--json").json == {"name": "jia", "single_sign_on": False}
    assert run("account", "list", "--json").json["accounts"][0]["single_sign_on"] is False
    assert run("account", "single-sign-on", "jia", "--json").json == {"name": "jia", "single_sign_on": True}
    assert run("account", "single-sign-on", "nobody").status == 2


def test_a_workbook_of_accounts_goes_in(run, tmp_path):
    path = write(
        tmp_path / "账号.xlsx",
        [HEADINGS, ["jia", "甲", "管理局", None, None], ["yi", "乙", "责任单位", "住建局", "是"]],
    )
    answer = run("account", "import", path, "--json")
    assert {
        account["name"]: account["single_sign_on"] for account in run("account", "list", "--json").json["accounts"]
    } == {
        "jia": False,
        "yi": True,
    }
    assert answer.status == 0 and [account["name"] for account in answer.json["accounts"]] == ["jia", "yi"]
    assert signed_in(sign_in("yi", answer.json["accounts"][1]["password"], DESK)).person.unit == "区住建局"


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (["yi", "乙", "主任", None], "C3", "角色"),
        (["yi", None, "管理局", None], "B3", "姓名"),
        (["jia", "乙", "管理局", None], "A3", ""),
        (["yi", "乙", "责任单位", None], "D3", "须填写责任单位"),
        (["yi", "乙", "责任单位", "区没有局"], "D3", "区没有局"),
        (["yi", "乙", "领导", "区人社局"], "D3", "不填责任单位"),
        (["乙 乙", "乙", "领导", None], "A3", "2 至 50"),
    ],
)
def test_one_wrong_cell_keeps_every_account_out_and_is_named(run, tmp_path, row, cell, why):
    path = write(tmp_path / "账号.xlsx", [HEADINGS, ["jia", "甲", "管理局", None], row])
    answer = run("account", "import", path)
    assert answer.status == 2 and cell in answer.stderr and why in answer.stderr
    assert names(run) == []


def test_a_workbook_with_an_account_that_exists_keeps_every_account_out(run, tmp_path):
    run("account", "add", "yi", "--person", "乙", "--role", "leader", "--json")
    path = write(tmp_path / "账号.xlsx", [HEADINGS, ["jia", "甲", "管理局", None], ["yi", "乙", "管理局", None]])
    answer = run("account", "import", path)
    assert answer.status == 2 and "A3" in answer.stderr and "已经存在" in answer.stderr and names(run) == ["yi"]
