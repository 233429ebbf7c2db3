"""催办: what stands against each unit with the step suggested; of one unit its matters, the form to send a notice, the
words for a message and its calendar; and the notices sent, with their receipts.
"""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import note, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.elements.table import draw_table
from components.notices.notices import declining_form, notices_table, sending_form
from components.notices.reminders import beside, finding, message, steps_table, units_table
from components.notices.sending import draw_message
from models.notices import Suggestion
from services.access.permission import may
from services.notices.deadline_calendar import calendar_file
from services.notices.notices import send_notice
from services.notices.reminders import reminders_as_of

here = open_page("notices")
unit = requested_unit("督查 · 催办", here)
sent = cache.notices(here.day, unit)
sees_suggestions = may(reminders_as_of)

if sees_suggestions:
    reminders = cache.reminders(here.day, unit)
    words = finding(reminders)
    page_header("督查 · 催办", f"{unit}：{words}" if unit else words, here)
else:
    waiting = sum(notice.received_at is None for notice in sent)
    page_header("督查 · 催办", f"收到催办单、督办单 {len(sent)} 份，待签收 {waiting} 份", here)
tell_what_was_done()

if sees_suggestions and unit:
    [reminder] = reminders
    render(link("全部单位", here.address("notices"), css="back"))
    draw_table(steps_table(unit, here), reminder.steps, here)
    render(beside(reminder, here))
    if reminder.talk or any(step.advice.suggestion is Suggestion.TALK for step in reminder.steps):
        render(note(link("建议约谈：登记约谈，或写明不约谈的理由", here.address("talks", unit=unit))))
    if reminder.steps and may(send_notice):
        with st.expander("发出催办单、督办单", expanded=True):
            sending_form(reminder, here)
        with st.expander("不采取建议的步骤"):
            declining_form(reminder, here)
    if reminder.steps or reminder.cases:
        with st.expander("通知用语（可复制到办公即时通讯，或发送）"):
            draw_message(unit, message(reminder, f"{here.day:%Y年%-m月%-d日}"))
elif sees_suggestions:
    draw_table(units_table(here), reminders, here)

label = f"{unit or '全区'}期限日历（.ics）"
render(offer_file(label, f"{unit or '全区'}期限 {here.day}.ics", lambda: calendar_file(here.day, unit)))
render(section("已发出的通知", "签收由责任单位办理；报送、进展、整改答复即为答复"))
draw_table(notices_table(here), sent, here)
