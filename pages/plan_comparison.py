"""方案对照: two plans of the board side by side, tasks, measures, and the indicators of both years."""

import streamlit as st

from components.elements import cache
from components.elements.context import PLAN, open_page
from components.elements.empty_state import empty_state, section
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.plan.comparison import finding, indicators_table, measures_table
from services.plan_comparison.compare import compare_plans

WITH = "with"
"""The parameter that names the plan that the shown one is held against."""

here = open_page("plan_comparison")
shown = here.parameter(PLAN) or cache.current_plan(here.day)
others = [plan.facts for plan in cache.plans() if plan.facts.code != shown]

if shown is None or not others:
    page_header("方案 · 方案对照", "只有一个方案，没有可以对照的", here)
    render(empty_state("库中有两个以上方案时，这一页把它们并排列出。", "方案在“方案与存疑”页导入。"))
    st.stop()

held_against = next((plan for plan in others if plan.code == here.parameter(WITH)), others[0])
compared = cache.answer(compare_plans, held_against.code, shown, here.day)
page_header("方案 · 方案对照", finding(compared), here)
if len(others) > 1:
    links = (link(plan.title, here.same_page(**{WITH: plan.code}), current=plan is held_against) for plan in others)
    render(choices("对照的方案", links))
render(section("任务和举措", "名称相同的并列，编号相同而名称相近的也并列") + measures_table(compared, here))
if compared.indicators:
    render(
        section("两年的同一指标", "各为该年度截至所选日期的数值、目标和各月末走势") + indicators_table(compared, here)
    )
