"""screens.md, section 7: what a mouse does the keyboard does; colours of the system's own; windows of every width."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_until_drawn
from tests.browser.test_every_page import beyond_the_edge
from tests.examples import sweep

BETWEEN = (641, 768, 900, 1024, 1100)
GROUNDS = "all => [...new Set(all.map(element => getComputedStyle(element).backgroundColor))]"
APART = """() => {
  const [words, form] = [".page-head", "form.search"].map(name => document.querySelector(name).getBoundingClientRect());
  return words.right <= form.left + 1 || words.bottom <= form.top + 1;
}"""


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("[data-testid=stMain] h1")
    wait_until_drawn(page)


@pytest.mark.long
def test_a_table_is_sorted_filtered_and_left_for_a_row_s_page_without_a_mouse(page: Page):
    opened(page, "/help_on_behalf")
    table = page.locator("table.listing", has=page.locator("th", has_text="服务对象")).first
    table.locator("thead a.sort").first.focus()
    page.keyboard.press("Enter")
    expect(table.locator("thead th[aria-sort]")).to_have_count(1)
    # what a click on the picture's mark filters by
    page.locator("[class*=st-key-filters_] button", has_text=re.compile("逾期 8 至 30 天")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("p.table-tools .count", has_text=re.compile("项中的|件中的"))).to_be_visible()
    table.locator("tbody a.board-link").first.focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/help_on_behalf"))


@pytest.mark.long
def test_bars_keep_their_colours_where_the_system_sets_its_own(page: Page):
    page.emulate_media(forced_colors="active")
    opened(page, "/reviews")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert len(page.eval_on_selector_all(".segment", GROUNDS)) >= 3
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in page.eval_on_selector_all(".segment, .sparkline i", GROUNDS)


@pytest.mark.long
@pytest.mark.parametrize("address", sweep(["/", "/unit?unit=区林草局", "/plan"], 3))
def test_between_a_phone_and_a_desk_nothing_overlaps_or_lies_beyond_the_edge(page: Page, address: str):
    opened(page, address)
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(200)
        assert beyond_the_edge(page) <= 0 and page.evaluate(APART), width


@pytest.mark.long
def test_the_menu_can_be_scrolled_to_its_end_on_a_low_screen(page: Page):
    page.set_viewport_size({"width": 1366, "height": 768})
    opened(page, "/")
    last = page.locator("[data-testid=stSidebarNav] a").last
    last.scroll_into_view_if_needed()
    link, person = last.bounding_box(), page.locator(".person").bounding_box()
    assert link and person and link["y"] + link["height"] <= person["y"] + 1


def test_on_a_phone_the_bar_on_top_holds_title_and_date_and_the_menu_has_targets_for_thumbs(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, "/cases?as_of=2023-07-31")
    bar = page.locator(".bar-on-top")
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 900)")
    expect(bar).to_be_in_viewport()
    assert bar.inner_text().split("\n") == ["案件时限", "截至 2023年7月31日 24 时"]
    page.locator("[data-testid=stExpandSidebarButton]").click()
    box = page.locator("[data-testid=stSidebarNav] a").first.bounding_box()
    assert box and box["height"] >= 44
