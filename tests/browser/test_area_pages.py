"""An area page in the browser: on one sheet, and a click on a mark filters the table below."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalogue.areas import AREAS
from tests.browser.conftest import wait_until_drawn
from tests.examples import sweep

TALLEST = 1800
CHART = "[data-testid=stVegaLiteChart] svg"
HEIGHT = "block => block.getBoundingClientRect().height"


def open_area(page: Page, area: str) -> None:
    page.goto(f"/{area}")
    expect(page.locator(CHART).first).to_be_visible()
    wait_until_drawn(page)


@pytest.mark.long
@pytest.mark.parametrize("area", sweep((area.page for area in AREAS.values()), 5))
def test_an_area_is_at_most_1800_pixels_high(page: Page, area: str):
    open_area(page, area)
    assert page.eval_on_selector("[data-testid=stMainBlockContainer]", HEIGHT) <= TALLEST


def test_a_click_on_a_mark_filters_the_table_below_and_a_second_one_takes_the_filter_away(page: Page):
    open_area(page, "guide_accuracy")
    count = page.locator(".table-tools .count").nth(1)
    every = count.inner_text()
    mark = page.locator(f"{CHART} .mark-rect.role-mark path").nth(1)
    mark.click(force=True)
    expect(page).to_have_url(re.compile("failures_rule=G"))
    expect(count).to_contain_text("中的")
    page.locator(f"{CHART} .mark-rect.role-mark path").nth(1).click(force=True)
    expect(page).not_to_have_url(re.compile("failures_rule"))
    expect(count).to_have_text(every)
