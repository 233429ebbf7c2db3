"""screens.md, sections 7 and 8: nothing that bars a screen reader, a keyboard or weak eyes, nothing beyond the edge, no
Latin words, on any page.

`make test` sees every page as the bureau at one width each in turn, and the pages that a unit's person works with;
`make test-all` sees every page × role × width.
"""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from models.people import Role
from tests.browser.accessible_text import latin_left
from tests.browser.axe import violations
from tests.browser.conftest import opened_as, wait_until_drawn
from tests.browser.entering import state_of_a_visitor
from tests.browser.every_page import OF_A_UNIT, Visit, visits
from tests.examples import sweep

WIDTHS = (390, 720, 1440)
A_UNIT_WORKS_WITH = ("to_do", "unit", "upload", "progress", "reporting", "plan")
SHORTLY = [(visit, WIDTHS[index % 3]) for index, visit in enumerate(visits(Role.BUREAU))] + [
    (visit, WIDTHS[index % 3]) for index, visit in enumerate(visits(Role.UNIT)) if visit.name in A_UNIT_WORKS_WITH
]
PageOf = Callable[[Role], Page]


@pytest.fixture(scope="module")
def page_of(desk: BrowserContext, browser: Browser, server: str) -> Iterator[PageOf]:
    """A page of somebody with a role, who signs in once and is at the desk until somebody else is."""
    state_of = cache(
        lambda role: state_of_a_visitor(browser, server, role.value, OF_A_UNIT if role is Role.UNIT else "")
    )
    pages: dict[Role, Page] = {}

    def page_of_role(role: Role) -> Page:
        if role not in pages:
            while pages:
                pages.popitem()[1].close()
            pages[role] = opened_as(desk, state_of(role))
        return pages[role]

    yield page_of_role
    for page in pages.values():
        page.close()


def open_at(page: Page, visit: Visit, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(visit.address)
    page.wait_for_selector("[data-testid=stMain] h1")
    wait_until_drawn(page)


def beyond_the_edge(page: Page) -> int:
    """How many pixels of the page lie beyond the edge of the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize(("visit", "width"), sweep(SHORTLY, 8), ids=lambda value: getattr(value, "id", str(value)))
def test_a_page_bars_nobody_fits_its_window_and_is_in_chinese(page_of: PageOf, visit: Visit, width: int):
    page = page_of(visit.role)
    open_at(page, visit, width)
    assert latin_left(page) == set()
    assert violations(page) == []
    assert beyond_the_edge(page) <= 0
    if width == 1440:
        menu = page.locator("[data-testid=stSidebar]").bounding_box()
        assert menu and menu["width"] == 208, "the menu is as wide on every page"


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_every_page_of_every_role_bars_nobody_and_fits_its_window_at_every_width(page_of: PageOf, role: Role):
    page, faults = page_of(role), {}
    for visit in visits(role):
        open_at(page, visit, WIDTHS[-1])
        for width in reversed(WIDTHS):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(300)  # charts are drawn anew
            faults[visit.name, width] = [*violations(page), *(["beyond the edge"] if beyond_the_edge(page) > 0 else [])]
    assert {where: lines for where, lines in faults.items() if lines} == {}
