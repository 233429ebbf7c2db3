"""通报: what each unit has to check, the list of bulletins, the form for a new draft."""

import streamlit as st

from components.bulletins.forms import draw_draft_form
from components.bulletins.listing import compare_links, draw_checks, draw_list
from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from models.bulletins import BulletinState
from models.people import Role
from services.bulletins.fact_check import lines_to_check
from services.bulletins.register import bulletins

here = open_page("bulletins")
summaries = answer(bulletins, here.day)
issued = [summary for summary in summaries if summary.state is BulletinState.ISSUED]
last = f"，最近一期截至 {issued[0].as_of:%Y年%-m月%-d日}" if issued else ""

page_header(
    "督查 · 通报",
    f"已印发 {len(issued)} 期{last}",
    here,
    provenance=f"截至 {here.day:%Y年%-m月%-d日} 24 时已起草、印发的通报",
)
tell_what_was_done()

unit = here.own_unit
if unit is not None:
    draw_checks(lines_to_check(here.day, unit), unit, here)
if here.role is Role.BUREAU:
    with st.expander("起草通报（管理局）"):
        draw_draft_form(summaries, here)
render(section("通报目录", "最近的在前"))
draw_list(summaries, here)
render(compare_links(summaries, here))
