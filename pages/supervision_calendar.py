"""督查日历: a month with the plan's deadlines, due days of reports, rounds and meetings; every round; whoever
supervises sets new ones here.
"""

import streamlit as st

from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.table import draw_table
from components.rounds.forms import planning_form
from components.rounds.month import finding, month_markup, requested_month
from components.rounds.rounds import rounds_table
from services.access.permission import may
from services.meetings.supervision_calendar import supervision_month
from services.rounds.acts import plan_round
from services.rounds.rounds import rounds_as_of

here = open_page("supervision_calendar")
month = answer(supervision_month, requested_month(here), here.day)

page_header("督查 · 督查日历", finding(month), here)
tell_what_was_done()
render(month_markup(month, here))
if may(plan_round):
    with st.expander("安排督查轮次"):
        planning_form(here)
rounds = answer(rounds_as_of, here.day)
render(section("督查轮次", "最近安排的在后"))
draw_table(rounds_table(here), rounds, here)
