"""What a plan workbook declares is put in force: indicators, datasets and areas of its own, judged, proved and changed
like shipped ones, and nothing of another plan is touched.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from models.lamps import Lamp, MeasureLamp, Scorecard
from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.chosen_plan import asking_of
from services.access.current_user import acting_as
from services.access.refusal import RefusedRequest
from services.board.lamps_json import lamps_json
from services.board.scorecard import assess
from services.board.unjudged_figures import unjudged_figures
from services.figures.refold import refold
from services.plan.decisions import set_target
from services.plan.in_force import put_in_force
from services.plan.indicators import described_indicators
from services.plan.preview import PlanPreview, preview_plan
from services.plan.versions import plan_versions
from services.plan.workbook import plan_workbook
from services.proof.explain import explain_indicator
from services.proof.prove import prove
from tests.services.conftest import Report
from tests.services.plan.test_preview import workbook

UNIT = "区人社局"
CASES = {"实施编码": "A1", "责任单位": UNIT, "办件量": 10, "推送量": 4, "办结量": 8, "关联事项办件量": 9}
DAY, LATER = date(2024, 2, 20), date(2024, 3, 5)
SHEETS: dict[str, Sequence[Mapping[str, Any]]] = {
    "方案": [{"方案编号": "2024-YS", "方案名称": "2024年营商环境方案", "年度": 2024}],
    "任务": [
        {
            "任务编号": "1.1",
            "领域": "政务服务",
            "任务名称": "提速",
            "责任单位": UNIT,
            "完成时限": "10月底前",
            "年度": 2024,
        },
        {
            "任务编号": "2.1",
            "领域": "好差评",
            "任务名称": "接诉即办",
            "责任单位": UNIT,
            "完成时限": "10月底前",
            "年度": 2024,
        },
    ],
    "举措": [
        {
            "举措编号": "1.1.1",
            "任务编号": "1.1",
            "举措名称": "推送",
            "评价方式": "指标",
            "指标编码": "pushed_share、busy_items",
            "目标值": "50%、≤3个",
        },
        {
            "举措编号": "2.1.1",
            "任务编号": "2.1",
            "举措名称": "办结",
            "评价方式": "指标",
            "指标编码": "closed_mean",
            "目标值": "增长10%",
        },
    ],
    "指标": [
        {
            "指标": "推送占比",
            "编码": "pushed_share",
            "分子": "合计(推送量, 办件量>5)",
            "分母": "合计(办件量, 办件量>5)",
            "单位": "占比",
        },
        {"指标": "忙碌事项", "编码": "busy_items", "分子": "行数(月度办件统计: 办件量>5)", "单位": "个数"},
        {"指标": "平均办结", "编码": "closed_mean", "分子": "平均(月度办件统计: 办结量)", "单位": "个数"},
    ],
    "并列": [{"举措": "2.1.1", "指标": "忙碌事项"}],
}


def previewed(**changed: Sequence[Mapping[str, Any]]) -> tuple[PlanPreview, bytes]:
    content = workbook(SHEETS | changed)
    return preview_plan(content, "方案.xlsx"), content


def imported(since: str = "2024-01-10", reason: str = "", **changed: Sequence[Mapping[str, Any]]) -> PlanPreview:
    preview, content = previewed(**changed)
    assert preview.errors == ()
    put_in_force(preview, content, "方案.xlsx", reason, in_force=parse_instant(since))
    return preview


def with_cells(sheet: str, number: int, **cells: Any) -> dict[str, Sequence[Mapping[str, Any]]]:
    rows = [dict(row) for row in SHEETS[sheet]]
    rows[number] |= cells
    return {sheet: rows}


def board(day: date = DAY, plan: str = "2024-YS") -> Scorecard:
    with asking_of(plan):
        return assess(day)


def lamp(measure: str, day: date = DAY) -> MeasureLamp:
    return next(lamp for lamp in board(day).lamps if lamp.measure == measure)


def as_text(day: date, plan: str) -> str:
    return json.dumps(lamps_json(board(day, plan)), ensure_ascii=False)


@pytest.fixture
def declared(report: Report) -> Report:
    """Reported in January 2024, before and after a plan came that declares indicators of its own."""
    report("monthly_cases", UNIT, "2023-12", [CASES], "2024-01-03")
    imported()
    report("monthly_cases", UNIT, "2024-01", [CASES, CASES | {"实施编码": "A2", "办件量": 3}], "2024-02-03")
    return report


@pytest.mark.long
def test_a_declared_indicator_gives_lamps_like_a_shipped_one(declared: Report) -> None:
    share, busy = lamp("1.1.1").indicators
    assert (share.numerator, share.denominator, share.value, share.target, share.met) == (4, 10, 0.4, 0.5, False)
    assert (busy.numerator, busy.denominator, busy.target, busy.met) == (1, None, 3, True)
    assert "忙碌事项 1，目标 ≤3，已达标" in lamp("1.1.1").reason
    lamps = lamps_json(board())["lamps"]
    assert [row["area"] for row in lamps] == ["政务服务", "reviews"]
    assert [result["code"] for row in lamps for result in row["indicators"]] == [
        "pushed_share",
        "busy_items",
        "closed_mean",
    ]
    assert not refold().changed


@pytest.mark.long
def test_a_target_that_is_a_change_of_last_year_waits_for_its_baseline(declared: Report) -> None:
    assert lamp("2.1.1").lamp is Lamp.DOUBT and "平均办结要求比上年同期增长" in lamp("2.1.1").reason
    with asking_of("2024-YS"):
        set_target("closed_mean", target=None, baseline=7, reason="上年统计", at=parse_instant("2024-02-10"))
    (result,) = lamp("2.1.1").indicators
    assert (result.value, result.target, result.met) == (8, pytest.approx(7.7), True)


@pytest.mark.long
def test_every_row_is_proved_counted_or_not_with_its_cell(declared: Report) -> None:
    with asking_of("2024-YS"):
        explanation = explain_indicator("pushed_share", UNIT, DAY)
        (part, *_) = prove("1.1.1", UNIT, DAY).indicators[0].parts
    assert [(row.cell, row.numerator, row.denominator) for row in explanation.counted] == [("A2", 4, 10)]
    assert [row.cell for row in explanation.not_counted] == ["A3"]
    assert part.rows["counted"].tolist() == [True, False]


@pytest.mark.long
def test_what_stands_beside_a_measure_is_shown_and_not_judged(declared: Report) -> None:
    with asking_of("2024-YS"):
        (shown,) = unjudged_figures(DAY)["2.1.1"]
    assert (shown.code, shown.numerator, shown.target) == ("busy_items", 1, None)


@pytest.mark.long
def test_nothing_of_another_plan_changes_when_a_plan_declares_or_changes_anything(report: Report) -> None:
    report("monthly_cases", UNIT, "2023-12", [CASES], "2024-01-03")
    days = (date(2023, 12, 31), date(2024, 1, 5), DAY)
    before = [as_text(day, "2023") for day in days]
    imported()
    imported("2024-02-15", "口径调整", **with_cells("指标", 0, 分子="合计(办结量, 办件量>5)"))
    assert [as_text(day, "2023") for day in days] == before


@pytest.mark.long
def test_an_indicator_written_otherwise_counts_from_that_day_on_and_earlier_days_stay(declared: Report) -> None:
    before = as_text(date(2024, 2, 14), "2024-YS")
    changed = with_cells("指标", 0, 分子="合计(办结量, 办件量>5)")
    preview, _ = previewed(**changed)
    assert [(change.what, change.after) for change in preview.changed] == [
        ("指标 pushed_share 分子", "合计(办结量, 办件量>5)")
    ]
    assert preview.ended == () and preview.added["indicators"] == ()
    imported("2024-02-15", "口径调整", **changed)
    assert as_text(date(2024, 2, 14), "2024-YS") == before
    assert lamp("1.1.1").indicators[0].numerator == 8
    with asking_of("2024-YS"):
        days = (date(2024, 2, 14), DAY)
        assert [explain_indicator("pushed_share", UNIT, day).proof.result.numerator for day in days] == [4, 8]
    assert not refold().changed
    imported("2024-02-18", "恢复原口径")
    assert [lamp("1.1.1", date(2024, 2, day)).indicators[0].numerator for day in (14, 17, 19)] == [4, 8, 4]


@pytest.mark.long
def test_two_plans_may_mean_different_things_by_one_code(declared: Report) -> None:
    facts = [{"方案编号": "2024-SZ", "方案名称": "2024年数字政府方案", "年度": 2024}]
    imported(方案=facts, **with_cells("指标", 0, 分子="合计(办结量, 办件量>5)"))
    figures = [board(DAY, plan).lamps[0].indicators[0].numerator for plan in ("2024-YS", "2024-SZ")]
    assert figures == [4, 8]
    assert {row["code"] for row in lamps_json(board(DAY, "2024-SZ"))["lamps"][0]["indicators"]} == {
        "pushed_share",
        "busy_items",
    }


@pytest.mark.long
def test_the_list_of_indicators_has_the_declared_ones_in_words(declared: Report) -> None:
    declared_now = [indicator for indicator in described_indicators() if indicator.declared == "plan"]
    assert [(indicator.code, indicator.datasets) for indicator in declared_now] == [
        ("pushed_share", ("monthly_cases",)),
        ("busy_items", ("monthly_cases",)),
        ("closed_mean", ("monthly_cases",)),
    ]
    assert declared_now[1].in_words == "月度办件统计中办件量大于5的条数"


@pytest.mark.long
def test_a_plan_written_out_again_changes_nothing_when_it_is_imported(declared: Report) -> None:
    with asking_of("2024-YS"):
        content = plan_workbook("2024-YS")
    assert load_workbook(BytesIO(content)).sheetnames == ["方案", "任务", "举措", "领域", "指标", "并列"]
    preview = preview_plan(content, "方案.xlsx")
    assert (preview.errors, preview.changed, preview.ended) == ((), (), ())
    assert not any(preview.added.values())
    assert {part.code for part in PLAN_WORKBOOK.parts} >= set(load_workbook(BytesIO(content)).sheetnames)


@pytest.mark.long
def test_a_whole_district_indicator_counts_all_rows_for_one_lead_unit_and_each_ones_own_for_several(
    report: Report,
) -> None:
    other = "区住建局"
    district = {"全区": "是", "分子": "去重(月度办件统计: 实施编码)"}
    measures = [dict(SHEETS["举措"][0], 指标编码="busy_items", 目标值="2个"), SHEETS["举措"][1]]
    imported("2024-01-01", 举措=measures, **with_cells("指标", 1, **district))
    for unit in (UNIT, other):
        report("monthly_cases", unit, "2024-01", [CASES | {"责任单位": unit}], "2024-02-03")
    assert lamp("1.1.1").indicators[0].numerator == 1  # both units have item A1: it is one item
    facts = [{"方案编号": "2024-SZ", "方案名称": "2024年数字政府方案", "年度": 2024}]
    both = with_cells("任务", 0, 责任单位=f"{UNIT}、{other}")
    imported("2024-01-01", 方案=facts, 举措=measures, **both, **with_cells("指标", 1, **district))
    assert [row.indicators[0].numerator for row in board(DAY, "2024-SZ").lamps if row.measure == "1.1.1"] == [1, 1]
    with asking_of("2024-SZ"):
        assert explain_indicator("busy_items", None, DAY).proof.result.numerator == 1


@pytest.mark.long
def test_the_later_of_two_who_import_a_plan_is_told_who_was_first_and_nothing_is_stored(declared: Report) -> None:
    mine, my_content = previewed(**with_cells("任务", 0, 任务名称="我的任务名称"))
    with acting_as(Person("王科长", Role.BUREAU)):
        imported("2024-03-01", "局务会决定", **with_cells("任务", 0, 任务名称="他的任务名称"))
    with pytest.raises(RefusedRequest, match="刚才已由王科长按“方案.xlsx”改动（理由：局务会决定），您的工作簿没有存入"):
        put_in_force(mine, my_content, "方案.xlsx", "补正", in_force=parse_instant("2024-03-02"))
    assert [version.by for version in plan_versions("2024-YS", LATER)] == ["管理局", "王科长"]
    again, content = previewed(**with_cells("任务", 0, 任务名称="我的任务名称"))
    put_in_force(again, content, "方案.xlsx", "补正", in_force=parse_instant("2024-03-02"))
    assert [version.by for version in plan_versions("2024-YS", LATER)] == ["管理局", "王科长", "管理局"]
