"""工程审批: stages and overdue, missing papers promised and due, regional assessment, joint survey, utilities, the
intermediary market.
"""

from __future__ import annotations

from markupsafe import Markup

from components.areas.sections.area_context import AreaContext, pair, sub
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import MOST_RECORDS, ShareWords, amounts, folded, numbers, shares, stacks
from components.elements.empty_state import empty_state, note, section
from components.elements.rendering import render
from components.elements.tables import Column, percent
from models.chart_data import Share, Stack
from services.areas.engineering import (
    ASSESSED,
    STATES,
    UTILITY_WORDS,
    approvals_by_stage,
    months,
    not_assessed,
    of_projects,
    papers_by_stage,
    papers_promised,
    uploaded_by_unit,
)

ASSESSMENT = "regional_assessment_use"
PAPER_STATES = ("按期补正", "未到期", "逾期补正", "逾期未补")


def sections(here: AreaContext) -> None:
    if here.frames["approvals"].empty:
        render(section("审批") + here.empty("approvals"))
    else:
        _approvals(here)
    if here.unit is None or not here.frames["engineering_months"].empty:
        render(section("中介超市和市政公用", "工改月报，各月") + _months(here))


def _approvals(here: AreaContext) -> None:
    day = here.district.as_of
    render(
        section("审批阶段", "自受理起按承诺工作日计算")
        + stacks(approvals_by_stage(here.frames, day), "阶段", STATES, here.counted("result_upload_rate"))
        + sub("审批结果上传", "低的在前" + here.beyond("result_upload_rate", "approvals"))
        + shares(
            uploaded_by_unit(here.frames),
            ShareWords(
                "责任单位",
                "已上传／已办结",
                "上传率",
                target_of(here, "result_upload_rate"),
                here.bound("result_upload_rate"),
            ),
            here.proofs("result_upload_rate"),
        )
    )
    render(section("容缺受理", "补正期限当日补正为按期") + _papers(here))
    render(section("区域评估和联合测绘", "按项目代码计，全区一个项目计一次") + _projects(here))


def _papers(here: AreaContext) -> Markup:
    rows = papers_by_stage(here.frames, here.district.as_of)
    if not rows:
        return empty_state("已报送的审批没有容缺受理的。")
    promised = papers_promised(here.frames)
    return note(
        f"容缺受理 {promised.whole:,.0f} 件，其中告知承诺 {promised.part:,.0f} 件（{percent(promised.value)}）。"
    ) + stacks(rows, "阶段", PAPER_STATES, here.counted("missing_papers_on_time_rate"))


def _projects(here: AreaContext) -> Markup:
    left = not_assessed(here.frames)
    rows = of_projects(here.frames)
    surveyed = here.counted("joint_survey_rate")
    named = [
        (code, name, Markup("、").join(here.behind(ASSESSMENT, unit, unit) for unit in units.split("、")))
        for code, name, units in left[:MOST_RECORDS]
    ]
    listed = (
        folded((Column("项目代码", css="nowrap"), Column("项目名称"), Column("审批单位")), named)
        if left
        else Markup("")
    )
    head = (
        sub(
            "符合条件但未应用区域评估的项目",
            f"{len(left):,} 个" + (f"，列出前 {MOST_RECORDS} 个" if len(left) > MOST_RECORDS else ""),
        )
        if left
        else note("已报送的项目，可用区域评估的均已采用。" if rows[0].whole else "已报送的项目没有可用区域评估的。")
    )
    return (
        shares(
            rows,
            ShareWords("", "采用／应用或需要的项目"),
            lambda label: here.behind(ASSESSMENT, label) if label == ASSESSED else surveyed(label),
        )
        + head
        + listed
    )


def _months(here: AreaContext) -> Markup:
    rows = months(here.frames)
    if not rows:
        return here.empty("engineering_monthly")
    market = [Share(_month(month), selections, None) for month, selections, _ in rows]
    utilities = [Stack(_month(row.label), row.parts) for _, _, row in rows]
    return pair(
        sub("中介超市选取") + amounts(market, "月份", "次数", here.counted("intermediary_selections")),
        sub("市政公用办件") + numbers(utilities, "月份", UTILITY_WORDS, here.counted("utility_cases")),
    )


def _month(month: str) -> str:
    return f"{int(month[5:])}月"
