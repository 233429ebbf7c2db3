"""时限申请: units ask for a later deadline of a task before it is over; the bureau grants or refuses."""

import streamlit as st

from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import note, section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.plan.deadline_requests import draw_decisions, draw_request_form, draw_requests
from models.deadline_requests import RequestState
from models.people import Role
from services.plan.deadline_requests import deadline_requests

here = open_page("deadline_requests")
requests = answer(deadline_requests, here.day)
waiting = [request for request in requests if request.state is RequestState.OPEN]
plan = here.district.plan

page_header("方案 · 时限申请", f"{len(requests)} 份申请，{len(waiting)} 份待审核", here)
tell_what_was_done()

unit = here.own_unit
if unit is not None:
    own = plan.unit_id(unit)
    open_tasks = [task for task in plan.tasks if task.deadline and task.deadline >= here.day and not task.doubts]
    tasks = [task for task in open_tasks if own in task.units]
    if tasks:
        with st.expander("申请调整时限"):
            draw_request_form(tasks, unit, here)
    else:
        render(note("本单位承担的任务时限均已届满或存疑，没有可以申请调整的。"))
if here.role is Role.BUREAU and waiting:
    render(section("待审核", "同意的作为裁定，自审核时起对该任务的所有责任单位生效"))
    draw_decisions(waiting, here)
render(section("申请目录", "最近的在前"))
draw_requests(requests, {task.code: task.title for task in plan.tasks}, here)
