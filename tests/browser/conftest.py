"""The running app and a page of a real Chromium, for the tests in this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    StorageState,
    ViewportSize,
    expect,
)

from tests.browser.entering import state_of_a_visitor
from tests.browser.serving import start_app, stop
from tests.chromium import FLAGS
from tests.engines import copied

HERE = Path(__file__).parent
DESKTOP: ViewportSize = {"width": 1440, "height": 900}

expect.set_options(timeout=30_000)  # a busy machine is not a fault of the board


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))  # told as a rerun; what is broken fails both times


@pytest.fixture(scope="session")
def server(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on a copy of the sample district, one for the whole session."""
    folder = tmp_path_factory.mktemp("served")
    url, process = start_app(copied(sample_template, folder), folder / "server.log")
    yield url
    stop(process)


@pytest.fixture(scope="session")
def desk(
    playwright: Playwright, chromium: str | None, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A Chinese desktop browser with one profile for the whole session, whose pages are relative to the server.

    What Chromium has compiled of Streamlit's program stays with the profile, as at an office: it halves a visit's cost.
    """
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=chromium,
        args=FLAGS,
        base_url=server,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport=DESKTOP,
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def signed_in_state(browser: Browser, server: str) -> StorageState:
    """A browser's cookies once somebody has entered as the bureau, through the form."""
    return state_of_a_visitor(browser, server)


def opened_as(desk: BrowserContext, state: StorageState) -> Page:
    """Open an empty page as whoever has these cookies, after whom nobody else is at the desk."""
    desk.clear_cookies()
    desk.add_cookies(state["cookies"])
    return desk.new_page()


@pytest.fixture
def page(desk: BrowserContext, server: str, signed_in_state: StorageState) -> Iterator[Page]:
    """An empty page signed in as the bureau, `page.goto("/reviews")`; nothing of it is left to the next test."""
    yield opened_as(desk, signed_in_state)
    first, *opened = desk.pages  # without its first page the browser would end
    for page in opened:
        page.close()
    desk.new_cdp_session(first).send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": "local_storage"})


LAID_OUT = """() => new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(() => tell(
    document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"))))"""


def wait_until_drawn(page: Page) -> None:
    """Until Streamlit has run the script to its end and what came last is laid out: a kept page comes at once."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_function(LAID_OUT)
