"""方案与存疑: the plan as it stands on the day, its own defects, and the forms that settle them."""

import streamlit as st
from markupsafe import Markup

from catalogue.areas import areas_of_plan
from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from components.elements import cache
from components.elements.area_links import table_name
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.plain import plain
from components.elements.rendering import render
from components.plan.datasets import dataset_table
from components.plan.documents import attach_form
from components.plan.forms import (
    baseline_form,
    change_form,
    heading,
    settle_form,
    tell_that_it_was_entered,
    tell_who_was_first,
)
from components.plan.import_workbook import import_form
from components.plan.indicators import indicator_table
from components.plan.plans import plans_table
from components.plan.table import doubtful, plan_table, without_baseline
from services.access.permission import may
from services.plan.decisions import set_target, settle
from services.plan.documents import attach_document
from services.plan.in_force import put_in_force
from services.plan.indicators import described_indicators
from services.plan.workbook import plan_workbook

here = open_page("plan")
day, district = here.day, here.district
plan = district.plan
doubts, baselines = doubtful(plan), without_baseline(plan)
units = [unit.name for unit in plan.units.values()]
page_header(
    "方案 · 方案与存疑",
    f"{len(plan.tasks)} 项任务，{len(doubts)} 项存疑待核定，{len(baselines)} 个指标缺基数",
    here,
)
tell_what_was_done()
render(offer_file("下载方案工作簿", f"{plan.year}年方案.xlsx", plan_workbook))
if may(put_in_force):
    with st.expander("导入方案工作簿（管理局）"):
        import_form(here)

render(section("存疑", "方案自身不明确的，由管理局核定；核定之前相关责任项均为存疑"))
for task in doubts if may(settle) else ():
    with st.expander(plain(heading(task))):
        settle_form(task, units, here)
for task in plan.tasks if may(settle) else ():
    if task not in doubts:
        tell_who_was_first(task, here)
if not doubts:
    render(empty_state("没有待核定的存疑。"))
elif not may(settle):
    render(plan_table("doubts", "存疑的任务", doubts, here))
if may(settle) and (others := [task for task in plan.tasks if task not in doubts]):
    with st.container(key="screen_only_change"), st.expander("核定其他任务的时限和责任单位（管理局）"):
        change_form(others, units, here)

render(section("增长类目标的基数", "未录入基数的，相关责任项均为存疑"))
if baselines and not may(set_target):
    render(note("、".join(INDICATORS[target.indicator].title for target in baselines)))
elif baselines:
    baseline_form(baselines, here)
else:
    tell_that_it_was_entered()
    render(empty_state("基数均已录入。"))

for index, area in enumerate(areas_of_plan(plan)):
    tasks = [task for task in plan.tasks if task.area == area.code]
    table = plan_table(table_name(area, index), f"方案：{area.title}", tasks, here)
    render(section(area.title, f"{len(tasks)} 项任务") + table)

side_by_side = link("方案对照", here.address("plan_comparison")) if len(cache.plans()) > 1 else ""
render(
    section("方案清单", Markup("各方案的起止日期和导入的工作簿；点编号查看 {}").format(side_by_side))
    + plans_table(cache.plans(), cache.current_plan(day), here)
)

if may(attach_document):
    with st.expander("附上方案原文（管理局）"):
        attach_form(cache.plans(), here)

indicators = described_indicators()
render(section("指标目录", f"{len(indicators)} 个指标怎样计算") + indicator_table(indicators, plan, here))
datasets = list(DATASETS.values())
render(section("数据目录", f"{len(datasets)} 种数据；点名称下载模板", "data-catalogue") + dataset_table(datasets, here))
