"""A wrong cell is mended where it stands: both values on screen, and the correction with the submission."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.confirming import confirm
from tests.browser.conftest import wait_until_drawn

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
MESSY = SAMPLES / "messy" / "reviews.xlsx"
GUIDES = SAMPLES / "district" / "退回" / "区林草局6月办事指南.xlsx"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The messy workbook with one rating that is none, and one wrong day."""
    book = openpyxl.load_workbook(MESSY)
    book.worksheets[0]["H7"], book.worksheets[0]["J8"] = "还行", "2023年6月31日"
    path = tmp_path / "区住建局6月好差评.xlsx"
    book.save(path)
    return path


def upload(page: Page, workbook: Path) -> None:
    page.goto("/upload")
    wait_until_drawn(page)
    page.locator("input[type=file]").set_input_files(workbook)
    expect(page.get_by_role("heading", name=re.compile("检查结果"))).to_contain_text("错误 2 处")


def mend(page: Page) -> None:
    rating = page.get_by_label("H7 满意度")
    rating.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # a list that opens while the page still scrolls closes again
    rating.click()
    page.get_by_role("option", name="满意", exact=True).click()
    page.get_by_label("J8 评价时间").fill("2023-06-30")
    page.get_by_role("button", name="应用改正").click()


def test_corrected_cells_are_seen_with_both_values_and_found_again_with_the_submission(page: Page, workbook: Path):
    upload(page, workbook)
    expect(page.get_by_role("button", name="确认报送")).to_have_count(0)
    mend(page)
    expect(page.get_by_text("还行 → 满意")).to_be_visible()
    expect(page.get_by_text("2023年6月31日 → 2023-06-30")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("检查结果"))).to_contain_text(
        "错误 0 处，提示 0 处，已在屏幕上改正 2 处"
    )
    confirm(page)
    page.get_by_role("link", name=re.compile("报送编号")).click(timeout=60_000)
    expect(page.get_by_role("heading", name=re.compile("^改正"))).to_contain_text("2 处")
    row = page.locator("table tr").filter(has_text="H7")
    expect(row).to_contain_text("还行")
    expect(row).to_contain_text("满意")


@pytest.mark.long
def test_a_correction_taken_back_is_wrong_again(page: Page, workbook: Path):
    upload(page, workbook)
    mend(page)
    page.get_by_role("button", name="恢复").first.click()
    result = re.compile(
        "检查结果.*错误 1 处，提示 0 处，已在屏幕上改正 1 处"
    )  # the old one stands until the run is over
    expect(page.get_by_role("heading", name=result)).to_be_visible()


@pytest.mark.long
def test_what_is_typed_into_one_sheet_is_not_lost_when_another_is_applied(page: Page):
    page.goto("/upload")
    wait_until_drawn(page)
    page.locator("input[type=file]").set_input_files(GUIDES)
    of_items, of_materials = page.get_by_label("A4 实施编码").first, page.get_by_label("A4 实施编码").nth(1)
    of_materials.fill("11990106388031N9KW3004049001000")
    of_items.fill("11990106388031N9KW3004049001000")
    page.get_by_role("button", name="应用改正").first.click()
    expect(page.get_by_text("1.19901E+30 → 11990106388031N9KW3004049001000")).to_have_count(1)
    expect(of_materials).to_have_value("11990106388031N9KW3004049001000")


def test_on_a_phone_nothing_has_to_be_moved_sideways_to_mend_a_cell(page: Page, workbook: Path):
    page.set_viewport_size({"width": 390, "height": 844})
    upload(page, workbook)
    box = page.get_by_label("J8 评价时间").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
