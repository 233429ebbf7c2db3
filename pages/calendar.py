"""工作日历: the years entered, each day of one year, and the forms that correct a day or enter a year."""

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.settings.calendar_forms import day_form, year_form
from components.settings.calendar_year import differences, year_table
from rules.asked_numbers import asked_number
from services.access.permission import may
from services.settings.calendar import change_day, enter_year

here = open_page("calendar")
day, district = here.day, here.district
asked = asked_number(here.asked("year"))
year = asked if asked is not None and 2000 <= asked <= 2100 else day.year
found = cache.calendar_year(year)

page_header(
    "方案 · 工作日历",
    f"{year} 年：{found.working} 个工作日" if found.days else f"{year} 年的工作日历尚未录入",
    here,
)
tell_what_was_done()
years = [*found.years_entered, found.years_entered[-1] + 1] if found.years_entered else [year]
links = Markup("").join(
    link(
        f"{one} 年" + ("" if one in found.years_entered else "（未录入）"),
        here.address("calendar", year=one),
        css="chosen" if one == year else "",
    )
    for one in years
)

render(Markup('<nav class="filters" aria-label="年份">{}</nav>').format(links))

if found.days:
    off, worked = differences(found.days)
    render(
        section("全年", f"工作日放假 {off} 天（休），周末上班 {worked} 天（班）；期限、临期和缺报都按本表计算")
        + year_table(year, found.days)
    )
    if may(change_day):
        with st.expander("更正某一天（管理局）"):
            day_form(year)
else:
    render(empty_state(f"{year} 年的放假安排没有录入，涉及该年的工作日不作推算。", "公布后由管理局录入。"))
if may(enter_year):
    with st.expander("录入新的一年（管理局）", expanded=not found.days):
        year_form(year if not found.days else years[-1])
