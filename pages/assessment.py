"""考核赋分: the points of the units by the rules that the bureau declared, each deduction with its proof, beside the
ranking; a unit sees its own.
"""

import streamlit as st

from components.assessment.points import draw_points, draw_unit, finding
from components.assessment.rules import draw_import, draw_rules, draw_versions
from components.elements import cache
from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import empty_state
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from models.people import Role
from rules.ranking import rank
from services.assessment.points import assessment_as_of
from services.assessment.rules import rule_versions

here = open_page("assessment")
unit = requested_unit("督查 · 考核赋分", here)
assessment = answer(assessment_as_of, here.day, unit)

page_header("督查 · 考核赋分", finding(assessment, unit), here)
tell_what_was_done()

if here.role is Role.BUREAU:
    with st.expander("导入考核规则（管理局）", expanded=assessment.rules is None):
        draw_import(here)
if assessment.rules is None:
    render(empty_state("截至该日没有考核规则，不计分。", "管理局下载模板、填好规则后在此导入，自导入时起计分。"))
    st.stop()

draw_rules(assessment.rules, here)
if unit is None:
    settings, plan = here.district.settings, here.district.plan
    register = [registered.name for registered in plan.units.values()]
    ranking = rank(cache.scorecard(here.day).lamps, register, here.district.silent, int(settings["minimum_sample"]))
    draw_points(assessment, ranking, here)
else:
    for points in assessment.units:
        if points.rules:
            draw_unit(points, here)
    if here.own_unit is None:
        render(link("返回各单位得分", here.address("assessment"), css="back"))
draw_versions(answer(rule_versions, here.day), here)
