"""Enter in a field never decides anything: whoever types a reason and presses Enter has changed nothing."""

from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from models.lamps import Lamp
from models.people import Role
from services.board.scorecard import assess
from tests.browser.conftest import wait_until_drawn
from tests.browser.entering import state_of_a_visitor
from tests.browser.every_page import OF_A_UNIT, visits
from tests.browser.serving import start_app, stop
from tests.examples import sweep

DAY = date(2023, 8, 22)
OPEN_ALL = "document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary').forEach(s => s.click())"
FIELDS = "[data-testid=stForm] :is(input[type=text], input[type=number], textarea)"
PAGES = (
    "/plan",
    "/reporting",
    "/settings",
    "/calendar",
    "/units",
    "/accounts",
    "/submission?number=5",
    "/guide_accuracy?view=rules",
    "/audit",
)


EVERY_FIELD = "[data-testid=stMain] :is([data-testid=stTextInput] input, [data-testid=stTextArea] textarea)"


def milestone_to_verify() -> tuple[str, str]:
    row = next(row for row in assess(DAY).lamps if row.lamp is Lamp.TO_VERIFY)
    return row.measure, row.unit or ""


def type_and_press_enter_everywhere(page: Page) -> int:
    """In every field of every form of the page; returns how many there were."""
    page.locator("[data-testid=stExpander], [data-testid=stForm]").first.wait_for()
    wait_until_drawn(page)
    page.evaluate(OPEN_ALL)
    page.locator(FIELDS).first.wait_for(state="attached")
    fields = page.locator(FIELDS)
    number = fields.count()
    for index in range(number):
        entry_field = fields.nth(index)
        if (
            not entry_field.is_visible()
            or not entry_field.is_enabled()
            or entry_field.get_attribute("role") == "combobox"
        ):
            continue
        if entry_field.get_attribute("type") == "number" or entry_field.get_attribute("inputmode") == "decimal":
            entry_field.press("Enter")
            continue
        entry_field.fill("按回车键")
        entry_field.press("Enter")
        wait_until_drawn(page)
    return number


def log_length(page: Page) -> str:
    page.goto("/audit")
    wait_until_drawn(page)
    return page.locator("[data-testid=stMain] h1").inner_text()


@pytest.mark.parametrize("path", sweep(PAGES, 8))
def test_enter_in_any_field_of_any_form_changes_nothing(page: Page, path: str):
    before = log_length(page)
    page.goto(path)
    wait_until_drawn(page)
    assert type_and_press_enter_everywhere(page) > 0
    expect(page.locator(".question")).to_have_count(0)
    assert log_length(page) == before


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.BUREAU, Role.INSPECTOR, Role.UNIT], ids=lambda role: role.value)
def test_enter_in_any_field_of_any_page_changes_nothing(browser: Browser, server: str, page: Page, role: Role):
    context = browser.new_context(
        base_url=server,
        locale="zh-CN",
        storage_state=state_of_a_visitor(browser, server, role.value, OF_A_UNIT if role is Role.UNIT else ""),
    )
    typing, before, typed = context.new_page(), log_length(page), dict[str, int]()
    for visit in visits(role):
        typing.goto(visit.address)
        typing.locator("[data-testid=stMain] h1").wait_for()
        wait_until_drawn(typing)
        typing.evaluate(OPEN_ALL)
        typing.wait_for_timeout(300)  # what is unfolded is drawn
        fields = typing.locator(EVERY_FIELD)
        for index in range(fields.count()):
            if fields.nth(index).is_visible() and fields.nth(index).is_enabled():
                fields.nth(index).fill("按回车键")
                fields.nth(index).press("Enter")
                wait_until_drawn(typing)
                typed[visit.name] = typed.get(visit.name, 0) + 1
        assert typing.locator(".question").count() == 0, visit.name
    context.close()
    assert len(typed) >= 5, typed
    assert log_length(page) == before


@pytest.mark.long
def test_enter_in_a_returns_reason_neither_returns_nor_approves(page: Page, sample_file: Path):
    measure, unit = milestone_to_verify()
    before = log_length(page)
    page.goto(f"/assignment?measure={measure}&unit={quote(unit)}")
    wait_until_drawn(page)
    assert type_and_press_enter_everywhere(page) > 2
    expect(page.locator(".question")).to_have_count(0)
    expect(page.get_by_role("button", name="核验通过")).to_be_visible()
    assert log_length(page) == before


@pytest.mark.long
def test_who_returns_is_asked_once_more_and_only_then_is_it_returned(
    browser, sample_file: Path, tmp_path: Path
) -> None:
    url, process = start_app(sample_file, tmp_path / "server.log")
    try:
        context = browser.new_context(
            base_url=url,
            locale="zh-CN",
            storage_state=state_of_a_visitor(browser, url),
            viewport={"width": 1440, "height": 900},
        )
        page = context.new_page()
        measure, unit = milestone_to_verify()
        page.goto(f"/assignment?measure={measure}&unit={quote(unit)}")
        wait_until_drawn(page)
        page.get_by_label("退回理由（必填，存入记录）").fill("缺少印章")
        page.get_by_role("button", name="退回", exact=True).click()
        expect(page.locator(".question")).to_contain_text("缺少印章")
        page.get_by_role("button", name="确认退回").click()
        expect(page.locator(".banner", has_text="已退回：缺少印章")).to_be_visible()
        context.close()
    finally:
        stop(process)
