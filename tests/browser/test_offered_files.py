"""Files that a page offers to make, against the running board: good for the sign-in that was offered them, while it
lasts.
"""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browser.conftest import wait_until_drawn
from tests.browser.entering import Caller, demonstrator
from tests.browser.streaming import tab_of

EXPORTS = "export audit"


def offered(shown: str) -> str:
    match = re.search(r'href="(/made/[\w-]+)"', shown)
    assert match, shown[-500:]
    return match.group(1)


def exports(address: str) -> int:
    """Entries of the log that say somebody exported it."""
    with tab_of(demonstrator(address)) as tab:
        return tab.ask("audit", f"action={EXPORTS.replace(' ', '%20')}").count("导出审计日志")


def test_what_is_offered_comes_as_a_file_that_nobody_keeps(server):
    caller = demonstrator(server)
    with tab_of(caller) as tab:
        answer = caller.ask(offered(tab.ask("reporting")))
    assert answer.status == 200 and load_workbook(BytesIO(answer.content)).active.max_row > 10
    assert (
        answer.headers["content-disposition"].startswith("attachment")
        and answer.headers["cache-control"] == "private, no-store"
    )


def test_after_signing_out_nothing_is_made_given_or_logged(server):
    before = exports(server)
    caller = demonstrator(server)
    cookies = dict(caller.cookies)
    with tab_of(caller) as tab:
        href = offered(tab.ask("audit"))
        caller.send("/logout", "/account")
        assert Caller(server, cookies).ask(href, Accept="*/*").status == 401
        assert Caller(server, cookies).ask(href).headers["location"].startswith("/login")
    assert exports(server) == before


@pytest.mark.parametrize(("role", "unit"), [("bureau", None), ("leader", None), ("unit", "区人社局")])
def test_another_sign_in_gets_what_is_not_there_be_it_of_the_same_part(server, role, unit):
    before = exports(server)
    offerer, other = demonstrator(server), demonstrator(server, role, unit)
    with tab_of(offerer) as tab:
        href = offered(tab.ask("audit"))
        refused = other.ask(href, Accept="*/*")
        assert (refused.status, refused.content) == (404, other.ask("/made/nothing", Accept="*/*").content)
        assert "已经失效" in refused.text
    assert exports(server) == before


def test_two_tabs_of_one_sign_in_have_their_own_and_a_closed_one_leaves_nothing(server):
    caller = demonstrator(server)
    with tab_of(caller) as first, tab_of(caller) as second:
        first_address, two = (
            offered(first.ask("reporting", "as_of=2023-07-31")),
            offered(second.ask("reporting", "as_of=2023-08-20")),
        )
        assert first_address != two
        names = [caller.ask(href).headers["content-disposition"] for href in (first_address, two)]
        assert "2023-07-31" in names[0] and "2023-08-20" in names[1]


def test_what_the_page_offers_no_more_is_gone(server):
    caller = demonstrator(server)
    with tab_of(caller) as tab:
        href = offered(tab.ask("reporting"))
        assert offered(tab.ask("reporting")) == href  # the same offer stays where it is
        tab.ask("plan")
        assert caller.ask(href).status == 404


@pytest.mark.parametrize("path", ["/media/0123456789abcdef.xlsx", "/media/", "/media/../made/x"])
def test_nothing_is_given_by_a_link_that_whoever_knows_it_may_use(server, path):
    assert demonstrator(server).ask(path, Accept="*/*").status == 404


def test_in_a_browser_the_button_gives_the_file_and_the_page_stays(page: Page):
    page.goto("/reporting")
    wait_until_drawn(page)
    with page.expect_download() as given:
        page.get_by_role("link", name="下载报送情况（.xlsx）").click()
    assert given.value.suggested_filename.startswith("报送情况") and given.value.failure() is None
    assert page.url.endswith("/reporting") and page.get_by_role("link", name="下载报送情况（.xlsx）").is_visible()
