"""An upload as a person makes it: a workbook that turns a lamp, what is asked agreed to, the lamp read."""

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from catalogue.datasets import DATASETS
from tests.browser.conftest import wait_until_drawn

UNIT = "石峡乡"  # in the sample district it never sent the list of problems that 6.1.1 counts


def write_problem(path: Path, rectified_on: str | None) -> Path:
    """Write one problem found with that unit, under the headings of the template."""
    row = {
        "unit": UNIT,
        "problem_code": "W-001",
        "dimension": "精准度",
        "problem": "办理时间写法不一致",
        "found_on": "2023-06-12",
        "due_on": "2023-08-31",
        "rectified_on": rectified_on,
    }
    fields = DATASETS["assessment_problems"].main.fields
    book = openpyxl.Workbook()
    book.active.append([field.label for field in fields])
    book.active.append([row.get(field.name) for field in fields])
    book.save(path)
    return path


def lamp_word(page: Page) -> str:
    """Return what the unit's lamp for its problems says."""
    page.goto(f"/lamp?measure=6.1.1&unit={UNIT}")
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("6.1.1")
    return page.locator("[data-testid=stMain] h1").inner_text().split("：")[-1]


def confirm(page: Page) -> None:
    """Tick every question that stands before the button, then press it."""
    page.get_by_role("button", name="确认报送").wait_for()
    wait_until_drawn(page)
    questions = page.locator("[class*='st-key-asked'] label")
    for number in range(questions.count()):
        questions.nth(number).click()
        wait_until_drawn(page)
    page.get_by_role("button", name="确认报送").click()
