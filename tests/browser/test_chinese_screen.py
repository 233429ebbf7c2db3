"""engineering_notes.md, “Chinese screen”: the Latin words left on every page, apart from those that belong there."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from frame.navigation import SECTIONS
from tests.browser.conftest import wait_until_drawn
from tests.browser.entering import state_of_a_visitor

EVERY_PAGE = [entry.name for entries in SECTIONS.values() for entry in entries]

# What is written in Latin by those who use it: file formats, programs, hash names, codes, letters of columns, keys,
# the names of environment variables for whoever installs.
BELONGS = re.compile(
    r"\.?(?:(?i:xlsx|xlsm|xlsb|xls|ods|csv|et|pdf|ics|ofd|heic|heif|png|jpe?g|docx?)|SHA|Excel|Word|WPS|MB|KB)\b|[0-9A-Z]{8,}\b|[a-z]+(?:_[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+|\b[0-9a-f]{8,}…?|\b[A-Z]{1,2}\d+\b|\b[A-Z]{2}(?= [一-鿿])|\bCtrl\+P\b"  # noqa: E501
)
LATIN = re.compile(r"[A-Za-z]{2,}")

WORDS_ON_SCREEN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!element || element.closest("script, style, noscript, svg defs, code, [data-as-typed], [data-testid=stIconMaterial]")) continue;
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    else for (const name of ["aria-label", "title", "placeholder", "aria-roledescription"])
      if (node.getAttribute(name)) found.push(node.getAttribute(name));
  }
  return found;
}"""  # noqa: E501


def latin_left(page: Page) -> set[str]:
    on_screen = page.evaluate(WORDS_ON_SCREEN)
    assert len(on_screen) > 20, "the page is empty"
    words = (BELONGS.sub("", text) for text in on_screen)
    return {text.strip() for text in words if LATIN.search(text)}


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_english_is_left_on_the_page(page: Page, name: str):
    page.goto("/" if name == "board" else f"/{name}")
    wait_until_drawn(page)
    assert latin_left(page) == set()


@pytest.mark.parametrize(
    "address",
    [
        "/unit?unit=区人社局",
        "/lamp?measure=1.2.2&unit=区人社局",
        "/assignment?measure=1.2.2&unit=区人社局",
        "/cases?kind=tickets&unit=区城管局",
        "/submission?number=12",
        "/guide?unit=区卫健局",
        "/indicator?code=item_rating_coverage",
        "/upload?dataset=reviews",
        "/search?words=社保",
        "/lamp?measure=9.9.9",
        "/submission?number=x",
    ],
)
def test_no_english_is_left_on_a_page_of_one_unit_measure_case_or_submission(page: Page, address: str):
    page.goto(address)
    wait_until_drawn(page)
    assert latin_left(page) == set()


def test_no_english_is_left_on_the_pages_of_a_unit_s_people(browser: Browser, server: str):
    context = browser.new_context(
        base_url=server, locale="zh-CN", storage_state=state_of_a_visitor(browser, server, "unit")
    )
    page = context.new_page()
    for name in ("/", "/unit", "/progress", "/upload", "/reporting", "/plan"):
        page.goto(name)
        wait_until_drawn(page)
        assert latin_left(page) == set(), name
    context.close()


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


def test_a_whole_visit_asks_nothing_of_any_other_machine(page: Page):
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    for name in ("/", "/reviews", "/upload"):
        page.goto(name)
        wait_until_drawn(page)
    outside = [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert requested and outside == []
