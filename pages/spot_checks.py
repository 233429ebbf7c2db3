"""抽查: every spot check as of any day; the supervision office draws new ones here."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.elements.table import draw_table
from components.spot_checks.ledger import finding, ledger_table
from components.spot_checks.marks import draw_marks, marks_of
from components.spot_checks.new_draw import new_draw
from services.access.permission import may
from services.spot_checks.drawing import draw
from services.spot_checks.summaries import spot_checks_as_of

here = open_page("spot_checks")
unit = requested_unit("督查 · 抽查", here)
checks = cache.answer(spot_checks_as_of, here.day, unit)

page_header("督查 · 抽查", f"{unit}：{finding(checks)}" if unit else finding(checks), here)
tell_what_was_done()
if may(draw):
    with st.expander("新建抽取", expanded=not checks):
        new_draw(here)
draw_table(ledger_table(here), checks, here)
render(draw_marks(marks_of(here, unit), here, with_unit=True))
