"""What is not handed in yet is not lost in silence: text typed while the sign-in ends comes back, a page with a file
asks before it is left.
"""

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import wait_until_drawn
from tests.browser.entering import state_of_a_visitor
from tests.browser.serving import start_app, stop
from tests.browser.test_enter import milestone_to_verify

RETURNED = Path(__file__).resolve().parents[2] / "sample_data" / "district" / "退回" / "区城管局6月好差评明细.xlsx"
ACCOUNT = "进展情况（必填）"
STANDS_STILL = "() => document.getAnimations().every((movement) => movement.playState !== 'running')"


def end_every_sign_in(database: Path) -> None:
    """As idleness does."""
    with sqlite3.connect(database) as connection:
        connection.execute("update sign_in set seen_at = '2020-01-01 00:00:00.000000'")


@pytest.mark.long
def test_text_typed_while_the_sign_in_ended_stands_in_its_field_after_signing_in_again(
    browser: Browser, sample_file: Path, tmp_path: Path
) -> None:
    measure, unit = milestone_to_verify()
    url, process = start_app(sample_file, tmp_path / "server.log")
    try:
        state = state_of_a_visitor(browser, url)
        page = browser.new_context(base_url=url, locale="zh-CN", storage_state=state).new_page()
        address = f"/assignment?measure={measure}&unit={unit}"
        page.goto(address)
        wait_until_drawn(page)
        page.locator("summary", has_text="填报进展").click()
        page.get_by_label(ACCOUNT).fill("写到一半")
        page.wait_for_function(STANDS_STILL)  # a click on what still moves meets nothing
        end_every_sign_in(sample_file)
        page.get_by_role("button", name="报送进展").click()
        page.locator("[data-signed-out] a").click()
        page.click("button[value=bureau]")
        expect(page.get_by_label(ACCOUNT)).to_have_value("写到一半")
        expect(page.locator(".banner", has_text="登录失效之前填写的文字已恢复")).to_be_visible()
        assert f"measure={measure}" in page.url
        page.context.close()
    finally:
        stop(process)


@pytest.mark.long
def test_leaving_the_upload_page_with_a_file_asks_and_stays_where_it_is_declined(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/upload")
    page.set_input_files("input[type=file]", RETURNED)
    page.locator(".verdict").wait_for()
    page.locator("[data-testid=stSidebarNavLink]").nth(2).click()
    wait_until_drawn(page)
    assert len(dialogs) == 1 and "还没有报送，离开后需要重新上传" in dialogs[0] and page.url.endswith("/upload")


@pytest.mark.long
def test_the_back_key_asks_too_and_the_page_stays_with_its_file_where_it_is_declined(page: Page) -> None:
    answers = [False, True]
    page.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    page.goto("/cases")
    wait_until_drawn(page)
    page.locator("[data-testid=stSidebarNavLink][href$='/upload']").click()
    page.set_input_files("input[type=file]", RETURNED)
    page.locator(".verdict").wait_for()
    page.evaluate("history.back()")
    page.wait_for_function("location.pathname === '/upload'")
    wait_until_drawn(page)
    assert answers == [True] and page.locator(".verdict").is_visible()
    page.evaluate("history.back()")
    page.wait_for_url("**/cases*")
    expect(page.locator(".verdict")).not_to_be_visible()  # the address changes before the page does
    assert answers == []


def test_the_menu_and_the_search_box_ask_before_they_leave_a_file_behind(page: Page) -> None:
    questions: list[str] = []
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.dismiss()))
    page.goto("/upload")
    wait_until_drawn(page)
    page.set_input_files("input[type=file]", RETURNED)
    page.locator(".verdict").wait_for()
    page.locator("[data-testid=stSidebarNav] a", has_text="案件时限").click()
    page.locator("form.search input[type=search]").fill("人社")
    with page.expect_event("dialog"):
        page.keyboard.press("Enter")
    assert len(questions) == 2 and page.url.endswith("/upload") and page.locator(".verdict").is_visible()
