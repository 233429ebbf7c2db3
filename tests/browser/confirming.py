"""Confirming an upload as a person does: what is asked is agreed to first."""

from playwright.sync_api import Page

from tests.browser.conftest import wait_until_drawn


def confirm(page: Page) -> None:
    """Tick every question that stands before the button, then press it."""
    page.get_by_role("button", name="确认报送").wait_for()
    wait_until_drawn(page)
    questions = page.locator("[class*='st-key-asked'] label")
    for number in range(questions.count()):
        questions.nth(number).click()
        wait_until_drawn(page)
    page.get_by_role("button", name="确认报送").click()
