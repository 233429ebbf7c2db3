"""On a phone the lamps are in sight: nothing that tells red from green lies beyond the edge, and no page scrolls
sideways.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_until_drawn
from tests.examples import sweep

WIDTH = 390
LAMPS = "table.listing tr:not(.beyond) > td.wide:has(.bar)"
EDGES = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
BEYOND = """() => [...document.querySelectorAll("button[data-variant=pills]")]
  .filter(pill => pill.getBoundingClientRect().right > innerWidth).map(pill => pill.innerText)"""


@pytest.mark.parametrize("path", sweep(["/", "/hotline", "/maturity"], 3))
def test_the_lamps_of_every_deadline_and_measure_stand_within_a_phone(page: Page, path: str):
    page.set_viewport_size({"width": WIDTH, "height": 844})
    page.goto(path)
    expect(page.locator(LAMPS).first).to_be_visible()
    wait_until_drawn(page)
    bars = page.eval_on_selector_all(LAMPS, EDGES)
    assert bars and all(left >= 0 and right <= WIDTH and right - left > WIDTH / 2 for left, right in bars)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_everything_that_a_list_is_filtered_by_stands_within_the_screen(page: Page):
    page.set_viewport_size({"width": WIDTH, "height": 844})
    page.goto("/rectifications")
    page.wait_for_selector("button[data-variant=pills]")
    wait_until_drawn(page)
    assert page.evaluate(BEYOND) == []
