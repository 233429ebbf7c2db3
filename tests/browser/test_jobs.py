"""The jobs of a day at the bureau in as few clicks as are promised: each test does one with a hand that counts."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from services.cases.caseload import caseload
from tests.browser.conftest import wait_until_drawn
from tests.pages.test_to_do_page import DAY


class Hand:
    """Clicks, and knows how often it did."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.first.click()


@pytest.fixture
def hand() -> Hand:
    return Hand()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    wait_until_drawn(page)


def searched(page: Page, words: str) -> None:
    page.locator("form.search input[type=search]").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text(f"查找“{words}”")


def test_the_red_ones_by_unit_with_whom_to_call_are_one_click_away_and_the_file_with_all_of_them_another(
    page: Page, hand: Hand
):
    opened(page, "/")
    number = int(page.locator("dl.counts .number").first.inner_text().replace(",", ""))
    hand.click(page.locator("dl.counts .number a.board-link"))
    listed = page.locator("table.listing", has_text="理由")
    expect(listed.locator("tr.group th").first).to_contain_text(re.compile(r"\d{4,}"))
    assert hand.clicks == 1
    with page.expect_download() as started:
        hand.click(
            page.locator("p.table-tools", has_text="按责任单位分组")
            .or_(page.locator("p.table-tools", has_text="不分组"))
            .get_by_role("link", name="导出本表")
        )
    sheet = openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes())).active
    assert hand.clicks == 2 and sheet.max_row == number + 2


@pytest.mark.long
def test_the_words_to_a_unit_are_two_clicks_away(page: Page, hand: Hand):
    opened(page, "/")
    hand.click(page.locator("dl.counts .number a.board-link"))
    hand.click(page.locator("tr.group").get_by_role("link", name="催办"))
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("事项")
    expect(page.get_by_role("button", name=re.compile("^发出"))).to_be_visible()
    assert hand.clicks == 2


def test_what_changed_since_last_week_is_on_the_first_screen_and_one_click_lists_it(page: Page, hand: Hand):
    opened(page, "/")
    change = page.locator("dl.counts .change a", has_text="较")
    expect(change.first).to_be_in_viewport()
    net = re.search(r"([+−])(\d+)", change.first.inner_text())
    hand.click(change)
    expect(page.locator("#listed")).to_contain_text("转入")
    came, left = map(int, re.findall(r"转[入出] ([\d,]+) 项", page.locator("#listed").inner_text()))
    assert hand.clicks == 1 and net and came - left == int(net[2]) * (1 if net[1] == "+" else -1)


@pytest.mark.long
def test_one_units_whole_state_is_one_click_after_its_name_and_its_cases_stand_in_the_title(page: Page, hand: Hand):
    opened(page, "/hotline")
    searched(page, "区人社局")
    hand.click(page.get_by_role("link", name="区人社局", exact=True))
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text(re.compile("区人社局：.*案件"))
    assert hand.clicks == 1


def test_all_about_an_item_is_one_page_one_click_after_its_words_in_any_order(page: Page, hand: Hand):
    opened(page, "/")
    searched(page, "申领 社会")
    hand.click(page.locator("a[href^='/item?']"))
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text(re.compile("社会.*申领.*份指南"))
    assert hand.clicks == 1


@pytest.mark.long
def test_a_case_is_one_click_after_its_number(page: Page, hand: Hand, planned_case: str):
    opened(page, "/")
    searched(page, planned_case)
    hand.click(page.get_by_role("link", name=planned_case, exact=True))
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text(f"12345工单台账 {planned_case}")
    assert hand.clicks == 1


@pytest.fixture
def planned_case(sample_database: str, become: object) -> str:
    """The number of an open ticket of the sample district."""
    return caseload("tickets", DAY).open[0].code


@pytest.mark.long
def test_milestones_are_verified_one_after_the_other_with_two_clicks_each(page: Page, hand: Hand):
    opened(page, "/verification")
    first = page.locator("h2.section", has_text="第 1 项：").inner_text()
    hand.click(page.get_by_role("button", name="核验通过", exact=True))
    hand.click(page.get_by_role("button", name="确认通过"))
    expect(page.get_by_text("已核验，完成日期").first).to_be_visible()
    expect(page.locator("h2.section", has_text="第 1 项：")).not_to_have_text(first)
    assert hand.clicks == 2


@pytest.mark.long
def test_those_with_evidence_are_verified_together_with_a_reason_and_no_other_can_be_chosen(page: Page, hand: Hand):
    opened(page, "/verification")
    ready = re.search(r"有证明材料\s([\d,]+)\s项", page.locator("[data-testid=stMain] h1").inner_text())
    form = page.locator("[data-testid=stExpander]", has_text="批量核验")
    hand.click(form.locator("summary"))
    hand.click(form.get_by_role("combobox"))
    offered = page.get_by_role("option").filter(has_not_text="全选")
    expect(offered).to_have_count(int(ready[1]) if ready else 0)
    hand.click(offered)
    hand.click(offered)
    page.keyboard.press("Escape")
    hand.click(form.get_by_role("button", name="批量核验通过"))
    expect(page.get_by_text("请写明理由")).to_be_visible()
    form.get_by_label("批量核验的理由").fill("材料齐全")
    form.get_by_role("button", name="批量核验通过").click()
    hand.click(page.get_by_role("button", name="确认全部通过"))
    expect(page.get_by_text("2 项已核验通过。")).to_be_visible()
    assert hand.clicks == 6


@pytest.mark.long
def test_a_unit_begins_on_its_own_page_with_what_waits_and_finds_it_first_in_the_menu(browser: Browser, server: str):
    page = browser.new_page(base_url=server, locale="zh-CN")
    page.goto("/login")
    page.click("button[value=unit]")
    expect(page.locator("h2.section").first).to_contain_text("要紧的事")
    assert page.url.startswith(f"{server}/unit")
    expect(page.locator("[data-testid=stSidebarNavLink]").first).to_have_text("本单位")
    for title in ("应报数据", "其他待办", "各领域"):
        expect(page.locator("h2.section", has_text=title).first).to_be_visible()
    page.close()


@pytest.mark.long
def test_all_about_an_item_is_one_click_from_its_guide_and_from_its_code(page: Page, hand: Hand):
    opened(page, "/search?q=社会")
    code = page.locator("a[href^='/item?']").first
    number = code.inner_text()
    hand.click(code)
    expect(page.get_by_text(f"实施编码 {number}")).to_be_visible()
    hand.click(page.locator("table.listing a[href^='/guide?']"))
    expect(page.get_by_role("link", name="这个事项的全部数据")).to_be_visible()
    hand.click(page.get_by_role("link", name="这个事项的全部数据"))
    expect(page.get_by_text(f"实施编码 {number}")).to_be_visible()
    assert hand.clicks == 3


@pytest.mark.long
def test_each_of_the_three_sentences_of_the_week_leads_on_in_one_click(page: Page, hand: Hand):
    opened(page, "/")
    sentences = page.locator(".pressing li")
    expect(sentences).to_have_count(3)
    hand.click(sentences.nth(0).locator("a"))
    expect(page.locator("#listed")).to_contain_text("逾期")
    hand.click(sentences.nth(1).locator("a"))
    expect(page.locator("#listed")).to_contain_text("到期")
    hand.click(sentences.nth(2).locator("a"))
    expect(page.locator("[data-testid=stMain] h1")).to_contain_text("案件")
    assert hand.clicks == 3
