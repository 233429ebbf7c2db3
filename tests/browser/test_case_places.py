"""Where a case stands in the file is what an official looks for: its cell is never cut at the edge of the table."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_until_drawn

pytestmark = pytest.mark.long

PLACES = "table:has(th:has-text('原文件位置')) td a[href*='/submission?']"
BEYOND = "all => all.map(one => one.getBoundingClientRect().right - one.closest('.table-frame').getBoundingClientRect().right)"  # noqa: E501


@pytest.mark.parametrize(
    "path",
    [
        "/engineering_approvals?view=detail",
        "/cases?kind=approvals",
        "/cases?kind=approvals&case_lamp=done_late",
        "/cases?kind=bad_reviews",
    ],
)
def test_the_cells_of_cases_stand_whole_within_their_table_beside_the_open_sidebar(page: Page, path: str):
    page.goto(path)
    expect(page.locator(PLACES).first).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    wait_until_drawn(page)
    beyond = page.locator(PLACES).evaluate_all(BEYOND)
    assert beyond and max(beyond) <= 0


def test_on_a_phone_the_table_of_cases_scrolls_within_itself(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/cases?kind=approvals")
    expect(page.locator(PLACES).first).to_be_attached()
    wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
