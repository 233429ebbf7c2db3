"""From a lamp on the board to the cells of the file as uploaded in two clicks, without loading the page anew."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_until_drawn
from tests.examples import sweep

AREAS = (
    "reviews",
    "experience",
    "maturity",
    "completeness",
    "coverage",
    "guide_accuracy",
    "hotline",
    "help_on_behalf",
    "engineering_approvals",
)
A_FIGURE = (  # units that never reported have none
    "tr:has(td.number:text-matches('[0-9]'), td.number :text-matches('[0-9]')) a.board-link[href^='/lamp']:visible"
)
COUNTED = {  # where the worst measure is a milestone, or nobody answers for the first
    "experience": "&measure=1.3.1",
    "maturity": "&measure=2.3.2",
    "completeness": "&measure=3.1.1",
    "guide_accuracy": "&measure=5.2.1",
    "help_on_behalf": "&measure=7.1.1",
}
BY_UNITS = (
    "reviews",
    "experience",
    "maturity",
    "coverage",
    "help_on_behalf",
)  # sections of which no unit leads the whole district


def test_two_clicks_lead_from_the_board_to_rule_clause_figures_submission_and_cells(page: Page):
    documents: list[str] = []
    page.goto("/?as_of=2023-08-20")
    page.on("request", lambda request: documents.append(request.url) if request.resource_type == "document" else None)
    page.locator("table.matrix td a").first.click()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("好差评")
    page.locator("table.board tbody a.board-link").first.click()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("1.1.1")
    for words in ("适用规则", "方案要求", "分子／分母", "单元格", "受理时间"):
        expect(page.get_by_text(words).first).to_be_visible()
    assert documents == [] and "as_of=2023-08-20" in page.url


@pytest.mark.long
def test_going_back_returns_to_the_board_as_it_was(page: Page):
    page.goto("/?as_of=2023-08-20")
    page.locator("table.matrix td a").first.click()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("好差评")
    page.go_back()
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("24 项任务")
    assert "as_of=2023-08-20" in page.url


def test_the_day_chosen_goes_along_from_page_to_page(page: Page):
    page.goto("/?as_of=2023-08-20")
    wait_until_drawn(page)
    page.get_by_role("link", name="用户体验").first.click()
    expect(page.locator(".provenance")).to_contain_text("截至 2023年8月20日")
    expect(page).to_have_url(re.compile("as_of=2023-08-20"))


def test_the_file_behind_a_lamp_can_be_downloaded_as_it_was_uploaded(page: Page):
    page.goto("/lamp?measure=1.1.2&unit=区人社局")
    with page.expect_download() as started:
        page.locator("a[href^='/files/']").last.click()
    content = started.value.path().read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets


@pytest.mark.parametrize("area", sweep(AREAS, 9))
def test_an_indicators_number_on_an_area_page_leads_to_its_rows_and_the_submission(page: Page, area: str):
    page.goto(f"/{area}?as_of=2023-08-20" + COUNTED.get(area, ""))
    page.locator(A_FIGURE).first.click()
    expect(page.get_by_text("适用规则").first).to_be_visible()
    wait_until_drawn(page)
    page.locator("a.board-link[href^='/submission']").first.click()
    expect(page.get_by_text("读取的列").first).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("area", sweep(BY_UNITS, 5))
def test_a_sum_over_the_district_leads_to_its_units_and_then_to_the_rows(page: Page, area: str):
    page.goto(f"/{area}?as_of=2023-08-20")
    page.locator("a.board-link[href$='#by-unit']").first.click()
    expect(page.locator("#by-unit")).to_be_in_viewport()
    wait_until_drawn(page)
    page.locator(A_FIGURE).first.click()
    expect(page.get_by_text("适用规则").first).to_be_visible()
    expect(page.get_by_text("单元格").first).to_be_visible()


@pytest.mark.long
def test_a_sum_that_one_unit_answers_for_leads_to_the_rows_at_once(page: Page):
    page.goto("/hotline?as_of=2023-08-20")
    page.locator("a.board-link[href^='/lamp?'][href*='measure=6.2.1&']:visible").first.click()
    expect(page.get_by_text("单元格").first).to_be_visible()


@pytest.mark.long
def test_turning_the_page_of_a_list_stays_at_the_list(page: Page):
    page.goto("/hotline?as_of=2023-08-20")
    wait_until_drawn(page)
    page.locator("nav.pager a", has_text="下一页").first.click()
    expect(page.get_by_text("第 2 页").first).to_be_visible()
    expect(page.locator("#by-unit")).to_be_in_viewport()


@pytest.mark.long
def test_a_count_of_the_board_lists_what_it_counts_and_each_opens_its_proof(page: Page):
    page.goto("/?as_of=2023-08-20")
    page.locator("dl.counts a.board-link").first.click()
    expect(page.locator("#listed")).to_be_in_viewport()
    page.locator("table.listing tbody a.board-link[href^='/lamp?']:visible").first.click()
    expect(page.get_by_text("适用规则").first).to_be_visible()
