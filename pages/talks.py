"""约谈: whom it is suggested to talk to, talks with what was said and promised; whoever supervises records them."""

import streamlit as st

from components.elements import cache
from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.talks.talks import declining_form, draw_suggestions, draw_talks, recording_form
from services.access.permission import may
from services.notices.reminders import talks_suggested
from services.talks.talks import record_talk, talks_as_of

here = open_page("talks")
unit = requested_unit("督查 · 约谈", here)
talks = answer(talks_as_of, here.day, unit)
promised = sum(len(talk.commitments) for talk in talks)
words = f"约谈 {len(talks)} 次，承诺 {promised} 项"

if may(talks_suggested):
    suggested = cache.talks_suggested(here.day)
    waiting = sum(not item.answer for item in suggested)
    page_header("督查 · 约谈", f"{words}；建议约谈 {waiting} 个单位", here)
    tell_what_was_done()
    render(section("建议约谈", "由人决定，程序只提示"))
    draw_suggestions(suggested, here)
    if may(record_talk):
        declining_form(suggested, here)
        with st.expander("登记约谈", expanded=bool(here.parameter("unit"))):
            recording_form(unit, here)
else:
    page_header("督查 · 约谈", words, here)
draw_talks(talks, here)
