"""/?wall=1 in a room: one screen without scrolling whatever its size, words of 34 px at 1920, three screens in turn."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.examples import sweep

SCREENS = ("overview", "matrix", "checks")
BEYOND = """() => [...document.querySelectorAll("body *")].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
}).map(element => element.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll(".body, header, footer, td, th")].filter(element =>
  element.scrollWidth > element.clientWidth + 1
  || element.matches(".body, footer") && element.scrollHeight > element.clientHeight + 1
).map(element => element.outerHTML.slice(0, 120))"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")]
  .filter(element => element.offsetWidth && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(element => parseFloat(getComputedStyle(element).fontSize)))"""  # noqa: E501
AT_SECOND = "second => document.getAnimations().forEach(animation => animation.currentTime = 1000 * second)"


@pytest.mark.long
@pytest.mark.parametrize("screen", sweep(SCREENS, 3))
def test_a_screen_holds_everything_at_every_size_in_words_of_a_fifty_sixth_of_its_width(page: Page, screen: str):
    page.goto(f"/wall?screen={screen}")
    for width, height in ((1920, 1080), (1280, 720), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(BEYOND) == [] and page.evaluate(CUT) == []
        assert page.evaluate(SMALLEST) >= 34 * width / 1920


def test_the_three_screens_take_turns_and_begin_anew(page: Page):
    page.goto("/?wall=1")
    shown = page.locator("section.screen:visible")
    for second, word in ((1, "总览"), (25, "单位 × 领域"), (45, "整改和抽查"), (61, "总览")):
        page.evaluate(AT_SECOND, second)
        expect(shown).to_have_count(1)
        assert shown.get_attribute("aria-label") == word


@pytest.mark.long
@pytest.mark.parametrize("ground", ["", "&dark=1"])
def test_every_word_and_shape_stands_out_on_either_ground(page: Page, ground: str):
    page.set_viewport_size({"width": 1920, "height": 1080})
    for screen in SCREENS:
        page.goto(f"/wall?screen={screen}{ground}")
        # that it is fetched anew every five minutes is what it is for
        assert [line for line in violations(page) if not line.startswith("meta-refresh")] == []


def test_the_link_to_the_other_ground_stays_at_the_screen(page: Page):
    page.goto("/wall?screen=matrix")
    page.get_by_role("link", name="深色").click()
    expect(page.locator("body.dark section.screen")).to_have_attribute("aria-label", "单位 × 领域")
