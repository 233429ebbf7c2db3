"""An area page tells its finding, every measure, and the pictures of what only that area has."""

import json
import re
from datetime import date

import pytest

from models.lamps import Lamp
from services.areas.approval_days import approval_days
from services.areas.rating_sign_rows import ratings_by_day
from services.board.scorecard import assess
from services.cases.caseload import caseload
from tests.examples import sweep
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)
PICTURES = {
    "reviews": ["差评卡在哪一步", "各月满意度", "评价集中的日子"],
    "experience": ["单位 × 举措", "承诺时限与法定时限", "压缩程度分布"],
    "maturity": ["网上办理深度", "办件推送率"],
    "completeness": ["从事项到同源服务", "欠在哪些单位"],
    "coverage": ["从目录到完整指南", "哪些要素空着"],
    "guide_accuracy": ["哪些规则不符合最多", "单位 × 举措"],
    "hotline": ["四项指标与目标", "7×24 小时：每夜接通量", "每日接通率", "各单位按时办结率"],
    "help_on_behalf": ["服务方式 × 服务对象的逾期比例", "未办结的已经多久"],
    "engineering_approvals": ["各阶段用时", "与上年相比", "未应用区域评估的项目"],
}


def title_of(shown: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", shown, re.DOTALL)[1]


def measures_table(shown: str) -> str:
    return shown.split('class="board listing measures"')[1].split("</table>")[0]


@pytest.mark.parametrize("area", sweep(PICTURES, 4))
def test_an_area_page_has_its_own_pictures_each_named_by_title_and_finding(visit, area):
    app = visit(area)
    charts = app.get("vega_lite_chart")
    titles = [json.loads(chart.proto.spec)["title"] for chart in charts]  # in lines
    assert ["".join(title["text"]) for title in titles] == PICTURES[area]
    named = [f"{''.join(title['text'])}：{''.join(title['subtitle'])}" for title in titles]
    assert named == [chart.proto.alt for chart in charts]
    measures = {row.measure for row in assess(DAY).lamps if row.area == area}
    assert set(re.findall(r"measure=([\d.]+)[^\"]*#by-unit", measures_table(text_of(app)))) == measures


def test_the_title_of_the_reviews_tells_overdue_cases_and_where_ratings_came_at_once(visit):
    overdue = sum(caseload(kind, DAY).of(None)[Lamp.OVERDUE] for kind in ("callbacks", "bad_reviews"))
    title = title_of(text_of(visit("reviews")))
    assert title.startswith(f"{overdue} 件差评处理逾期，桃源镇 101 条评价集中在")


@pytest.mark.long
def test_the_title_of_the_hotline_names_the_rates_below_their_targets(visit):
    results = next(row for row in assess(DAY).lamps if row.measure == "6.2.1").indicators
    missed = [result.code for result in results if result.met is False]
    assert missed == ["ticket_on_time_rate", "ticket_solved_rate", "ticket_satisfied_rate"]
    assert title_of(text_of(visit("hotline"))) == "按时办结、解决、满意三项低于目标"


@pytest.mark.long
def test_without_any_figure_the_title_counts_the_lamps(visit):
    assert title_of(text_of(visit("hotline", as_of="2023-02-01"))).startswith("12345 热线：")


@pytest.mark.long
def test_what_is_in_doubt_is_said_once_with_how_many_fall_short_by_their_figures(visit):
    shown = text_of(visit("maturity"))
    short = sum(
        any(result.met is False for result in row.indicators) for row in assess(DAY).lamps if row.measure == "2.1.1"
    )
    assert short and shown.count("暂不判定") == 1 and f"按数值未达标：2.1.1 {short} 个单位" in shown


def test_a_measure_in_doubt_shows_beside_its_lamps_what_the_figures_say(visit):
    below = text_of(visit("maturity", measure="2.1.1")).split('id="by-unit"')[1]
    assert "按数值" in below and "未达标" in below and "存疑" in below


@pytest.mark.long
def test_the_worst_measure_stands_open_and_not_the_first(visit):
    shown = text_of(visit("experience"))
    late = {
        measure: sum(row.lamp is Lamp.OVERDUE for row in assess(DAY).lamps if row.measure == measure)
        for measure in re.findall(r"measure=(1\.[\d.]+)[^\"]*#by-unit", shown)
    }
    worst = max(late, key=late.get)
    assert worst != min(late) and re.search(rf'id="by-unit"[^>]*>{re.escape(worst)} ', shown)


def test_how_much_is_short_is_what_is_missing_to_the_target(visit):
    rows = re.split(r"<tr>", measures_table(text_of(visit("hotline"))))
    solved = next(row for row in rows if "解决率" in row)
    assert "642" in solved and "722" in solved and ">8<" in solved, "90 % of 722 are 650"


def test_the_days_of_a_unit_s_ratings_are_those_of_its_ledger(sample_database):
    days = ratings_by_day("桃源镇", DAY)
    assert sum(marked for _, _, marked in days) == 101 and all(marked <= number for _, number, marked in days)


def test_the_working_days_of_a_stage_stand_against_what_was_promised(sample_database):
    stages = approval_days(DAY)
    assert [stage.stage for stage in stages] == ["立项用地规划许可", "工程建设许可", "施工许可", "竣工验收"]
    assert all(0 < stage.median <= stage.ninetieth and stage.promised > 0 for stage in stages)
    closed = sum(stage.number for stage in stages)
    assert closed == caseload("approvals", DAY).closed(None)
