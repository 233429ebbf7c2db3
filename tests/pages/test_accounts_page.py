"""账号."""

import re
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from data_access.audit import acts
from data_access.database import reading, writing
from data_access.settings import set_setting
from models.people import Role
from services.access.refusal import RefusedRequest
from services.accounts.import_accounts import passwords_workbook
from services.accounts.register import NewAccount, accounts, add_account, disable_account
from services.accounts.ways_in import OPEN_TO_VISITORS
from services.intake.templates import template
from tests.pages.filling import field, fill, press, warnings
from tests.pages.visiting import open_page, text_of

PASSWORD = re.compile(r'<code class="once">([^<]+)</code>')


@pytest.fixture
def page(planned_database):
    return open_page("accounts")


def add(page, name="zhangsan", person="张三", role=Role.UNIT, unit="区人社局"):
    fill(page, 账号=name, 姓名=person, 角色=role)
    field(page, "责任单位").set_value(unit)
    return press(page, "新增账号")


def states():
    return {account.name: (account.unit, account.disabled) for account in accounts()}


def test_a_new_account_is_shown_with_its_password_once(page):
    add(page)
    assert len(PASSWORD.findall(text_of(page))) == 1
    press(page, "已交付，返回账号列表")
    assert not PASSWORD.findall(text_of(page)) and "zhangsan" in text_of(page) and "待改密码" in text_of(page)


def test_a_password_stands_neither_in_the_address_nor_in_the_log_nor_in_what_the_visit_keeps(page):
    add(page)
    password = PASSWORD.findall(text_of(page))[0]
    with reading() as session:
        logged = repr(list(acts(session)))
    assert "zhangsan" in logged and password not in logged
    assert password not in repr(dict(page.query_params)) + repr(page.session_state)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "z"}, "应为 2 至 50 个字母"),
        ({"person": " "}, "请填写姓名"),
        ({"role": None}, "请选择角色"),
        ({"unit": None}, "须填写责任单位"),
        ({"role": Role.LEADER}, "角色为领导的账号不填责任单位"),
    ],
)
def test_a_wrong_account_is_refused_with_a_sentence(page, given, sentence):
    add(page, **given)
    assert sentence in warnings(page) and not accounts()


def choose(page, name):
    field(page, "选择账号").set_value(name).run()
    return page


@pytest.mark.long
def test_an_account_is_disabled_and_enabled_again(planned_database):
    add_account("lisi", "李四", Role.LEADER)
    page = choose(open_page("accounts"), "lisi")
    press(page, "停用账号")
    assert (
        "账号“lisi”已停用。" in text_of(page) and "1 个已停用" in text_of(page) and states() == {"lisi": (None, True)}
    )
    press(choose(page, "lisi"), "启用账号")
    assert states() == {"lisi": (None, False)}


def test_in_the_sample_the_page_says_who_gets_in_without_an_account(planned_database):
    assert OPEN_TO_VISITORS not in text_of(open_page("accounts"))
    with writing() as session:
        set_setting(session, "sample_data", True, since=None, reason="试", by="试")
    assert OPEN_TO_VISITORS in text_of(open_page("accounts"))


@pytest.mark.long
def test_single_sign_on_is_opened_when_an_account_is_added_or_later_and_taken_back(page):
    page.checkbox[0].check()
    add(page)
    press(page, "已交付，返回账号列表")
    assert accounts()[0].single_sign_on and ">可用<" in text_of(page)
    press(choose(page, "zhangsan"), "取消统一身份登录")
    assert not accounts()[0].single_sign_on and "账号“zhangsan”已取消统一身份登录。" in text_of(page)
    press(choose(page, "zhangsan"), "开通统一身份登录")
    assert accounts()[0].single_sign_on


@pytest.mark.long
def test_a_reset_shows_a_new_password_once(planned_database):
    add_account("lisi", "李四", Role.LEADER)
    page = press(choose(open_page("accounts"), "lisi"), "重置密码")
    assert len(PASSWORD.findall(text_of(page))) == 1
    press(page, "已交付，返回账号列表")
    assert not PASSWORD.findall(text_of(page))


def test_the_last_account_of_the_bureau_stays(planned_database):
    add_account("wang", "王局", Role.BUREAU)
    page = press(choose(open_page("accounts"), "wang"), "停用账号")
    assert "是管理局最后一个可用的账号，不能停用" in warnings(page)
    add_account("zhao", "赵局", Role.BUREAU)
    disable_account("wang")
    with pytest.raises(RefusedRequest, match="最后一个可用的账号"):
        disable_account("zhao")


def book(*rows):
    made, content = Workbook(), BytesIO()
    for row in (("账号", "姓名", "角色", "责任单位"), *rows):
        made.active.append(row)
    made.save(content)
    return content.getvalue()


def upload(page, *rows):
    page.file_uploader[0].upload("账号.xlsx", book(*rows), "application/octet-stream").run()
    return press(page, "导入账号")


def test_a_workbook_of_accounts_gives_a_table_of_passwords_once(page):
    upload(page, ("zhangsan", "张三", "责任单位", "区人社局"), ("lisi", "李四", "领导", None))
    assert len(set(PASSWORD.findall(text_of(page)))) == 2 and "2 个账号的一次性密码" in text_of(page)
    assert states() == {"zhangsan": ("区人社局", False), "lisi": (None, False)}
    press(page, "已交付，返回账号列表")
    assert not PASSWORD.findall(text_of(page)) and "2 个账号" in text_of(page)


def test_a_wrong_row_is_told_with_its_cell_and_nothing_is_imported(page):
    upload(page, ("zhangsan", "张三", "责任单位", "区人社局"), ("lisi", "李四", "局长", None))
    assert "C3" in warnings(page) and "“局长”不在“角色”的选项内" in warnings(page) and not accounts()


def test_the_list_is_searched_by_name_person_unit_role_and_state(planned_database):
    add_account("zhangsan", "张三", Role.UNIT, "区人社局")
    add_account("lisi", "李四", Role.LEADER)
    searched = text_of(open_page("accounts", words="人社"))
    assert "zhangsan" in searched and "lisi" not in searched
    assert "没有符合筛选条件的内容" in text_of(open_page("accounts", words="没有这个人"))


def test_the_passwords_go_into_a_workbook_as_text(planned_database):
    sheet = load_workbook(BytesIO(passwords_workbook((NewAccount("zhangsan", "张三", "=abc-def"),)))).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["账号", "姓名", "一次性密码"],
        ["zhangsan", "张三", "=abc-def"],
    ]


def test_there_is_a_template_for_accounts(planned_database):
    assert [cell.value for cell in load_workbook(BytesIO(template("accounts")))["账号"][1]] == [
        "账号",
        "姓名",
        "角色",
        "责任单位",
        "可用统一身份登录",
    ]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.UNIT])
def test_nobody_else_sees_the_accounts(planned_database, become, role):
    add_account("zhangsan", "张三", Role.UNIT, "区人社局")
    become(role, "区人社局" if role is Role.UNIT else None)
    page = open_page("accounts")
    assert f"{role.word}不能办理此事" in text_of(page) and "zhangsan" not in text_of(page) and not page.button
