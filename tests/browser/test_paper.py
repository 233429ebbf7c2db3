"""screens.md, “Print”: every page on A4, upright or lying, nothing cut or folded, every row, a foot on every sheet.

`make test` prints a few pages of every kind; `make test-all` prints them all.
"""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from models.people import Role
from tests.browser.conftest import wait_until_drawn
from tests.browser.every_page import Visit, visits
from tests.examples import sweep

UPRIGHT, LYING = (595, 842), (842, 595)
"""A4 in points."""
WIDTHS = {UPRIGHT: 703, LYING: 1032}
"""What the margins leave, in pixels."""
SHORTLY = ("plan", "unit", "reviews", "reporting", "spot_check")

WATCH = """() => {
  window.seen = null;
  addEventListener("beforeprint", () => queueMicrotask(() => {
    window.seen = {
      folded: document.querySelectorAll("[data-testid=stMain] details:not([open])").length,
      foot: [...document.querySelectorAll("head style")].map(style => style.textContent).find(text => text.includes("@bottom-right")) ?? "",
    };
  }), { once: true });
}"""  # noqa: E501
FOLDED = "document.querySelectorAll('[data-testid=stMain] details:not([open])').length"
BEYOND = """width => [...document.querySelectorAll("[data-testid=stMain] *")].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1) && !element.closest(".unseen, svg svg, g");
}).map(element => element.outerHTML.slice(0, 150))"""  # noqa: E501
CUT = """() => [...document.querySelectorAll("[data-testid=stMain] :is(td, th, dd, dt, p, h1, h2, li)")].filter(element =>
  element.clientWidth && getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1
).map(element => element.outerHTML.slice(0, 150))"""  # noqa: E501
UNSEEN_ROWS = """() => [...document.querySelectorAll("table.listing tbody tr")].filter(row => !row.offsetHeight
  && row.closest("table").offsetHeight).length"""


def printed(page: Page) -> tuple[int, set[tuple[int, int]]]:
    """How many sheets a page takes, and of which sizes."""
    content = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    return len(re.findall(rb"/Type\s*/Page\b", content)), {(round(float(a)), round(float(b))) for a, b in boxes}


def check(page: Page, visit: Visit) -> None:
    page.goto(visit.address)
    page.wait_for_selector("[data-testid=stMain] h1")
    wait_until_drawn(page)
    folded = page.evaluate(FOLDED)
    page.evaluate(WATCH)
    sheets, sizes = printed(page)
    assert sheets >= 1 and sizes in ({UPRIGHT}, {LYING})
    seen = page.evaluate("window.seen")
    assert seen["folded"] == 0 and page.evaluate(FOLDED) == folded
    assert visit.name.replace("board", "/") in seen["foot"] and "counter(page)" in seen["foot"]
    assert _day_in_words(visit) in seen["foot"] or visit.name in ("accounts", "audit")
    width = WIDTHS[sizes.pop()]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate(BEYOND, width) == [] and page.evaluate(CUT) == [] and page.evaluate(UNSEEN_ROWS) == 0
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1440, "height": 900})


def _day_in_words(visit: Visit) -> str:
    """The day of the address, else the one that the sample opens with."""
    asked_for = parse_qs(urlsplit(visit.address).query).get("as_of", ["2023-08-22"])
    return f"{date.fromisoformat(asked_for[0]):%Y年%-m月%-d日}"


@pytest.mark.long
@pytest.mark.parametrize(
    "visit", sweep((visit for visit in visits(Role.BUREAU) if visit.name in SHORTLY), 3), ids=lambda v: v.id
)
def test_a_page_is_printed_whole_on_a4_with_page_number_day_and_address(page: Page, visit: Visit):
    check(page, visit)


@pytest.mark.slow
@pytest.mark.parametrize(
    "visit", [visit for visit in visits(Role.BUREAU) if visit.name not in SHORTLY], ids=lambda v: v.id
)
def test_every_page_is_printed_whole_on_a4_with_page_number_day_and_address(page: Page, visit: Visit):
    check(page, visit)


@pytest.mark.long
def test_the_plan_is_five_sheets(page: Page):
    page.goto("/plan")
    page.wait_for_selector("table.plan")
    wait_until_drawn(page)
    assert printed(page)[0] <= 5


@pytest.mark.long
def test_a_table_of_more_rows_than_are_printed_says_which_are(page: Page):
    page.goto("/guide_accuracy")
    wait_until_drawn(page)
    page.emulate_media(media="print")
    turned = page.locator("nav.pager:not(.whole) span", has_text=re.compile(r"第 1—\d+ 条，共 \d+ 条"))
    expect(turned.first).to_be_visible()
