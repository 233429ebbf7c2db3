"""engineering_notes.md, “Chinese screen”: the Latin words left where something went wrong or was opened.

Every page as it opens is in test_every_page.py.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible_text import LATIN, latin_left
from tests.browser.conftest import wait_until_drawn


@pytest.mark.long
@pytest.mark.parametrize(
    "address",
    [
        "/cases?kind=tickets&unit=区城管局",
        "/indicator?code=item_rating_coverage",
        "/upload?dataset=reviews",
        "/lamp?measure=9.9.9",
        "/submission?number=x",
    ],
)
def test_no_english_is_left_where_another_kind_is_shown_or_nothing_is_there(page: Page, address: str):
    page.goto(address)
    wait_until_drawn(page)
    assert latin_left(page) == set()


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("照片.图", 1_000, "不能上传这种文件，请另存为上面列出的格式后重新选择。"),
        ("过大.xlsx", 101 * 2**20, "文件超过 100 MB，不能上传，请拆分成几份后重新选择。"),
    ],
)
def test_a_file_that_streamlit_itself_refuses_is_refused_in_chinese_where_it_can_be_read(
    page: Page, tmp_path: Path, name: str, size: int, said: str
):
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    page.goto("/upload")
    wait_until_drawn(page)
    page.set_input_files("[data-testid=stFileUploader] input[type=file]", str(tmp_path / name))
    refused = page.locator("[data-testid=stFileUploader] [role=alert]")
    expect(refused).to_have_text(f"未上传：{said}")
    box = refused.bounding_box()
    assert box and box["width"] > 100 and box["height"] > 15
    assert latin_left(page) == set()


@pytest.mark.long
def test_no_english_is_left_in_an_open_calendar_or_list(page: Page):
    page.goto("/upload")
    wait_until_drawn(page)
    page.locator("[data-testid=stDateInput] button").first.click()
    page.wait_for_timeout(500)
    assert latin_left(page) == set()
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    page.locator("[data-testid=stSelectbox] input").first.click()
    page.wait_for_timeout(500)
    assert latin_left(page) == set()


def test_a_page_that_does_not_exist_says_so_in_chinese(page: Page):
    page.goto("/nothing-here")
    words = page.inner_text("body")
    assert "没有" in words and not LATIN.search(words.replace("nothing-here", ""))


@pytest.mark.long
def test_a_whole_visit_asks_nothing_of_any_other_machine(page: Page):
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    for name in ("/", "/reviews", "/upload"):
        page.goto(name)
        wait_until_drawn(page)
    outside = [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert requested and outside == []
