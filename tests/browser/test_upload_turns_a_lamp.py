"""The main job: a person uploads a workbook and sees a lamp turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.confirming import confirm, lamp_word, write_problem
from tests.browser.entering import state_of_a_visitor
from tests.browser.serving import start_app, stop


@pytest.fixture
def visitor(sample_file: Path, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """A page on a copy of the sample district of its own, since the test writes to it."""
    url, process = start_app(sample_file, tmp_path / "server.log")
    context = browser.new_context(
        base_url=url,
        locale="zh-CN",
        viewport={"width": 1440, "height": 900},
        storage_state=state_of_a_visitor(browser, url),
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()
    stop(process)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_problem(tmp_path / "评估问题清单.xlsx", rectified_on="2023-07-20")


def test_a_workbook_uploaded_and_confirmed_turns_the_lamp(visitor: Page, workbook: Path):
    assert lamp_word(visitor) == "缺报"
    visitor.goto("/upload?dataset=assessment_problems")
    visitor.locator("input[type=file]").set_input_files(workbook)
    expect(visitor.get_by_role("heading", name="识别结果")).to_be_visible()
    confirm(visitor)
    expect(visitor.get_by_text("报送成功")).to_be_visible()
    expect(visitor.get_by_text("转为已完成 1 项")).to_be_visible()
    assert lamp_word(visitor) == "已完成"


@pytest.mark.long
def test_the_same_workbook_again_is_told_to_be_there_already(visitor: Page, workbook: Path):
    visitor.goto("/upload?dataset=assessment_problems")
    visitor.locator("input[type=file]").set_input_files(workbook)
    confirm(visitor)
    expect(visitor.get_by_text("报送成功")).to_be_visible()
    visitor.goto("/upload?dataset=assessment_problems")
    visitor.locator("input[type=file]").set_input_files(workbook)
    expect(visitor.get_by_text("不必再报")).to_be_visible()
    expect(visitor.get_by_role("button", name="确认报送")).to_have_count(0)
