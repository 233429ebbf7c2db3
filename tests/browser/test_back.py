"""Address and way back: a link, the menu, the search box and a chosen date are one entry each, and Back returns to
where one was, scrolled as one left it.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_until_drawn

PAST = "/?as_of=2023-08-20"


def wait_for(page: Page, expression: str) -> None:
    """Until the expression holds; the page's own policy forbids Playwright to wait for it."""
    for _ in range(150):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never: {expression}")


def open_and_scroll(page: Page, address: str, down: int) -> None:
    page.goto(address)
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    wait_until_drawn(page)
    wait_for(page, f"document.querySelector('[data-testid=stMain]').scrollHeight > {down} + innerHeight")
    page.locator("[data-testid=stMain]").evaluate(f"main => main.scrollTo(0, {down})")
    wait_for(page, f"history.state && history.state.scrolled === {down}")


def test_back_returns_to_the_place_on_the_page_that_a_link_was_followed_from(page: Page):
    open_and_scroll(page, PAST, 500)
    page.locator("table.matrix td a").first.click()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("好差评")
    page.go_back()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("24 项任务")
    wait_for(page, "document.querySelector('[data-testid=stMain]').scrollTop === 500")


@pytest.mark.long
def test_the_menu_keeps_the_day_and_is_one_entry(page: Page):
    page.goto(PAST)
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    wait_until_drawn(page)
    before = page.evaluate("history.length")
    page.get_by_role("link", name="用户体验").first.click()
    expect(page.locator(".provenance")).to_contain_text("截至 2023年8月20日")
    expect(page).to_have_url(re.compile(r"/experience\?as_of=2023-08-20$"))
    wait_until_drawn(page)
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("24 项任务")
    expect(page).to_have_url(re.compile(r"/\?as_of=2023-08-20$"))


@pytest.mark.long
def test_the_latest_day_is_one_click_away_and_back_undoes_it(page: Page):
    page.goto(PAST)
    page.locator(".past a").click()
    expect(page.locator(".past")).to_have_count(0)
    page.go_back()
    expect(page.locator(".provenance")).to_contain_text("截至 2023年8月20日")
    expect(page.locator(".past")).to_contain_text("历史日期")


@pytest.mark.long
def test_a_unit_is_one_search_away_from_any_page_without_loading_anew_and_back_returns(page: Page):
    documents: list[str] = []
    page.goto("/hotline?as_of=2023-08-20")
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    page.on("request", lambda request: documents.append(request.url) if request.resource_type == "document" else None)
    page.locator("form.search input[type=search]").fill("人社")
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("查找“人社”")
    page.get_by_role("link", name="区人社局", exact=True).first.click()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("区人社局")
    expect(page).to_have_title(re.compile("^区人社局 · 责任单位"))
    for words in ("查找“人社”", "12345"):
        page.go_back()
        expect(page.locator("h1, .overline").filter(has_text=words).first).to_be_visible()
    assert documents == [] and "as_of=2023-08-20" in page.url
