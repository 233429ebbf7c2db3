"""The running app and a page of a real Chromium, for the tests in this folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.entering import state_of_a_visitor
from tests.browser.serving import start_app, stop
from tests.conftest import copied

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=30_000)  # a busy machine is not a fault of the board


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on a copy of the sample district, one for the whole session."""
    folder = tmp_path_factory.mktemp("served")
    url, process = start_app(copied(sample_template, folder), folder / "server.log")
    yield url
    stop(process)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """$CHROMIUM, one on the path, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def signed_in_state(browser: Browser, server: str) -> dict:
    """A browser's cookies once somebody has entered as the bureau, through the form."""
    return state_of_a_visitor(browser, server)


@pytest.fixture
def page(browser: Browser, server: str, signed_in_state: dict) -> Iterator[Page]:
    """An empty page in a Chinese desktop browser, signed in as the bureau; `page.goto("/reviews")` is relative to the
    server.
    """
    context = browser.new_context(
        base_url=server,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1440, "height": 900},
        storage_state=signed_in_state,
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


LAID_OUT = """() => new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(() => tell(
    document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"))))"""


def wait_until_drawn(page: Page) -> None:
    """Until Streamlit has run the script to its end and what came last is laid out: a kept page comes at once."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_function(LAID_OUT)
