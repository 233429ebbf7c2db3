"""工程审批: stages and overdue, missing papers promised and due, regional assessment, joint survey, utilities, the
intermediary market.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.areas.sections.area_context import AreaContext, pair
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import FIRST_SHOWN, ShareWords, amounts, numbers, shares, stacks
from components.elements.empty_state import empty_state, note, section, subsection
from components.elements.figures import percent
from components.elements.phrases import listed
from components.elements.rendering import Content, Parts, render
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.chart_data import Share, Stack
from rules.months import month_label
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
        + stacks(
            approvals_by_stage(here.frames, day),
            here.breakdown("stages", "审批阶段", "阶段", here.counted("result_upload_rate")),
            STATES,
        )
        + subsection("审批结果上传", "由低到高" + here.beyond("result_upload_rate", "approvals"))
        + shares(
            uploaded_by_unit(here.frames),
            here.by_unit("uploaded", "审批结果上传", here.proofs("result_upload_rate")),
            ShareWords(
                "已上传／已办结",
                "上传率",
                target_of(here, "result_upload_rate"),
                here.bound("result_upload_rate"),
            ),
        )
    )
    render(section("容缺受理", "补正期限当日补正为按期") + _papers(here))
    render(section("区域评估和联合测绘", "按项目代码计，全区一个项目计一次") + _projects(here))


def _papers(here: AreaContext) -> Content:
    rows = papers_by_stage(here.frames, here.district.as_of)
    if not rows:
        return empty_state("已报送的审批没有容缺受理的。")
    promised = papers_promised(here.frames)
    return note(
        f"容缺受理 {promised.whole:,.0f} 件，其中告知承诺 {promised.part:,.0f} 件（{percent(promised.value)}）。"
    ) + stacks(
        rows, here.breakdown("papers", "容缺受理", "阶段", here.counted("missing_papers_on_time_rate")), PAPER_STATES
    )


def _projects(here: AreaContext) -> Content:
    left = not_assessed(here.frames)
    rows = of_projects(here.frames)
    surveyed = here.counted("joint_survey_rate")
    head = (
        subsection(
            "符合条件但未应用区域评估的项目",
            f"{len(left):,} 个",
        )
        if left
        else note("已报送的项目，可用区域评估的均已采用。" if rows[0].whole else "已报送的项目没有可用区域评估的。")
    )
    return (
        shares(
            rows,
            here.breakdown(
                "projects",
                "区域评估和联合测绘",
                "",
                lambda label: here.behind(ASSESSMENT, label) if label == ASSESSED else surveyed(label),
            ),
            ShareWords("采用／应用或需要的项目"),
        )
        + head
        + (_not_assessed(left, here) if left else Markup(""))
    )


Project = tuple[str, str, str]
"""Code, name, and the units that approved it."""


def _not_assessed(projects: Sequence[Project], here: AreaContext) -> Parts:
    columns = (
        Column[Project]("code", "项目代码", lambda project: project[0], width=Width.UNBROKEN),
        Column[Project]("name", "项目名称", lambda project: project[1], width=Width.PROSE),
        Column[Project](
            "units",
            "审批单位",
            lambda project: project[2],
            Kind.UNIT,
            drawn=lambda project: listed(here.behind(ASSESSMENT, unit, unit) for unit in project[2].split("、")),
        ),
    )
    table = Table("not_assessed", "未应用区域评估的项目", columns, counted="个项目", page_size=FIRST_SHOWN)
    return table_parts(table, projects, here.page)


def _months(here: AreaContext) -> Content:
    rows = months(here.frames)
    if not rows:
        return here.empty("engineering_monthly")
    market = [Share(month_label(month), selections, None) for month, selections, _ in rows]
    utilities = [Stack(month_label(row.label), row.parts) for _, _, row in rows]
    return pair(
        "market",
        subsection("中介超市选取")
        + amounts(
            market, here.breakdown("market", "中介超市选取", "月份", here.counted("intermediary_selections")), "次数"
        ),
        subsection("市政公用办件")
        + numbers(
            utilities, here.breakdown("utilities", "市政公用办件", "月份", here.counted("utility_cases")), UTILITY_WORDS
        ),
    )
