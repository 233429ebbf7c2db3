"""What only each area has stands on its page, with an empty state that says what is missing and who owes it."""

import re
from datetime import date

import pytest

from services.areas.breakdowns import area_breakdowns
from services.board.district import district_as_of
from tests.pages.visiting import open_page, section_of, text_of

SECTIONS = {
    "reviews": ("满意度和评价渠道", "差评处理阶段", "从未被评价的事项", "数据异常提示"),
    "experience": ("承诺时限与法定时限", "到办事现场次数", "即办件", "可以改为即办件的事项"),
    "maturity": ("网上办理深度", "办件推送", "通办事项清单", "特殊事项"),
    "completeness": ("进驻大厅的事项", "与平台一致的事项"),
    "coverage": ("事项认领", "指南发布", "要素空白"),
    "hotline": ("每日接通", "7×24 小时缺口", "工单阶段", "各类工单的按时办结、解决和满意", "重办"),
    "help_on_behalf": ("服务方式和服务对象", "办理时限", "重点项目"),
    "engineering_approvals": ("审批阶段", "容缺受理", "区域评估和联合测绘", "中介超市和市政公用"),
}


@pytest.mark.parametrize("area", SECTIONS)
def test_an_area_page_shows_what_only_that_area_has(visit, area):
    shown = text_of(visit(area, view="detail"))
    assert [title for title in SECTIONS[area] if title not in shown] == []


def test_the_unit_that_inflates_its_ratings_stands_first_among_the_signs(visit):
    signs = section_of(text_of(visit("reviews", view="detail")), "数据异常提示")
    assert signs.split("</thead>")[1].index("桃源镇") < 400


@pytest.mark.long
def test_from_a_sign_to_the_reviews_and_their_cells(visit):
    shown = text_of(visit("reviews", unit="桃源镇", sign="bursts"))
    assert "短时集中的评价" in shown and "/submission?number=" in shown


def test_every_sign_leads_to_the_rows_behind_it(visit):
    signs = (
        section_of(text_of(visit("reviews", view="detail")), "数据异常提示").split("</thead>")[1].split("</table>")[0]
    )
    cells = re.findall(r"<td[^>]*>(.*?)</td>", signs)
    figures = [cell for cell in cells if "／" in cell]
    assert figures and [cell for cell in figures if "<a " not in cell] == []
    assert "/lamp?measure=1.1.1" in signs and "/lamp?measure=1.1.2" in signs


@pytest.mark.long
def test_the_items_never_rated_of_a_unit_are_named_and_lead_to_their_cells(visit):
    listed = section_of(text_of(visit("reviews", unit="松岗乡")), "从未被评价的事项")
    assert "清单" in listed and "/submission?number=" in listed and "指南中无此编码" not in listed


def test_the_page_of_one_unit_shows_no_other_units_figures(visit):
    sections = text_of(visit("experience", unit="区人社局")).split("承诺时限与法定时限")[1]
    assert "区人社局" in sections and "区体育局" not in sections


@pytest.mark.parametrize(
    ("area", "dataset"),
    [
        ("reviews", "好差评明细"),
        ("experience", "办事指南"),
        ("coverage", "事项认领情况"),
        ("hotline", "热线话务日报"),
        ("help_on_behalf", "帮代办台账"),
        ("engineering_approvals", "工改月报"),
    ],
)
def test_an_empty_area_says_what_is_missing_and_who_owes_it(planned_database, area, dataset):
    shown = text_of(open_page(area, view="detail", as_of="2023-08-22"))
    assert f"“{dataset}”" in shown and "应报未报：" in shown


@pytest.mark.long
def test_before_anything_is_due_an_empty_area_says_who_is_to_report_it_and_by_when(planned_database):
    shown = text_of(open_page("hotline", view="detail", as_of="2023-01-10"))
    assert (
        "截至该日还没有“12345工单台账”的数据。" in shown and "三维数字中心应于 2月6日（含当日）前报送。" in shown
    )  # the 5th is a Sunday
    helped = text_of(open_page("help_on_behalf", view="detail", as_of="2023-01-10"))
    assert re.search(r"\d+ 个责任单位应于", helped)


def test_a_unit_without_a_task_in_the_area_is_told_so_and_not_shown_an_empty_table(visit):
    shown = text_of(visit("engineering_approvals", unit="区人社局"))
    assert "区人社局不承担工程审批任务。" in shown and "没有到期未报" not in shown and "<table" not in shown


def test_a_unit_that_does_not_owe_the_data_is_told_who_does(visit):
    assert "区人社局不承担这项报送，由三维数字中心报送。" in text_of(
        visit("hotline", unit="区人社局", as_of="2023-06-20")
    )


def test_a_unit_that_sent_a_zero_report_is_not_told_that_nothing_came(visit):
    assert "已报送的“差评整改台账”没有记录（零报告）。" in text_of(visit("reviews", unit="区人社局"))


@pytest.mark.long
def test_key_projects_come_a_page_at_a_time_and_none_is_left_out(visit):
    pages = []
    while not pages or len(pages) < int(re.search(r"共 (\d+) 页", pages[0])[1]):
        pages.append(
            section_of(text_of(visit("help_on_behalf", view="detail", projects_page=str(len(pages) + 1))), "重点项目")
        )
    seen = [
        re.sub(r'<tr class="beyond">.*?</tr>', "", page, flags=re.DOTALL).count('<th scope="row"') for page in pages
    ]
    number = int(re.search(r"共 ([\d,]+) 个项目", pages[0])[1].replace(",", ""))
    assert len(pages) > 1 and sum(seen) == number and f"{number:,} 个，" in pages[0]


def test_of_units_that_sent_no_items_it_is_not_said_that_they_have_items_in_the_hall(visit):
    shown = text_of(visit("completeness", view="detail")).split("进驻大厅的事项<small>")[1].split("<table")[0]
    district = district_as_of(date(2023, 8, 22))
    sent = set(area_breakdowns("completeness", district.as_of)["hall_and_source"]["unit"])
    owing = {unit for unit, dataset in district.owed if dataset == "guides"} - sent
    never = {unit for unit in owing if (unit, "guides") not in district.heard}
    assert (
        never
        and owing - never
        and f"{len(sent)} 个单位报送了事项，均有事项进驻大厅。" in shown
        and "各单位均有" not in shown
    )
    assert f"{len(never)} 个单位从未报送办事指南（" in shown and f"{len(owing - never)} 个单位为零报告（" in shown
    assert all(unit in shown for unit in owing)


@pytest.mark.long
def test_of_one_unit_nothing_is_said_of_all_units(visit):
    assert "个单位报送了事项" in text_of(visit("completeness", view="detail"))
    assert "个单位报送了事项" not in text_of(visit("completeness", view="detail", unit="区人社局"))


def rows_by_unit(shown: str) -> dict[str, str]:
    """Unit → its row of the last table that has it."""
    return {
        match[1]: match[0]
        for match in re.finditer(r'<tr[^>]*><th scope="row"[^>]*>(?:<a [^>]*>)([^<]+)</a>.*?</tr>', shown)
    }


@pytest.mark.parametrize(
    ("area", "heading", "measure"),
    [
        ("experience", "压缩比由低到高", "1.3.1"),
        ("experience", "零跑动占比由低到高", "1.3.2"),
        ("experience", "即办件<small>", "1.3.4"),
        ("completeness", "进驻大厅的事项<small>", "3.1.1"),
        ("completeness", "与平台一致的事项<small>", "3.2.1"),
        ("engineering_approvals", "审批结果上传<small>", "8.4.1"),
        ("coverage", "指南发布<small>", "4.1.1"),
    ],
)
def test_units_that_do_not_bear_a_measure_are_marked_so_and_stand_against_no_target(visit, area, heading, measure):
    plan = district_as_of(date(2023, 8, 22)).plan
    bound = {plan.units[unit].name for unit in plan.task(plan.measure(measure).task).units}
    rows = rows_by_unit(
        text_of(visit(area, view="detail"))
        .split(heading)[1]
        .split('<h2 class="section"')[0]
        .split('<h3 class="sub"')[0]
    )
    assert rows and {unit for unit, row in rows.items() if "不承担" in row} == rows.keys() - bound
    assert not [unit for unit, row in rows.items() if 'title="目标' in row and unit not in bound]


@pytest.mark.parametrize(
    ("area", "number"), [("experience", 3), ("completeness", 2), ("engineering_approvals", 1), ("coverage", 0)]
)
def test_a_section_that_counts_more_units_than_the_measure_binds_says_so(visit, area, number):
    assert text_of(visit(area, view="detail")).count("含不承担该举措的单位") == number


def test_a_measure_of_a_lead_unit_counts_everybody_and_marks_nobody(visit):
    shown = text_of(visit("hotline", view="detail"))
    assert '<h2 class="section"' in shown and "不承担" not in shown


def test_units_with_items_never_rated_stand_in_the_order_of_what_is_drawn(visit):
    shown = section_of(text_of(visit("reviews", view="detail")), "从未被评价的事项")
    drawn = [float(width) for width in re.findall(r'<i style="width:([\d.]+)%"', shown)]
    assert len(drawn) > 2 and drawn == sorted(drawn, reverse=True) and "占比由高到低" in shown
