"""工作日历: the years entered, each day of one year, and the forms that correct a day or enter a year."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.settings.calendar_forms import day_form, year_form
from components.settings.calendar_year import calendar_request, differences, year_table
from rules.asked_numbers import asked_number
from services.access.permission import may
from services.settings.calendar import change_day, enter_year

here = open_page("calendar")
day, district = here.day, here.district
requested = asked_number(here.parameter("year"))
year = requested if requested is not None and 2000 <= requested <= 2100 else day.year
calendar = cache.calendar_year(year)

page_header(
    "方案 · 工作日历",
    f"{year} 年：{calendar.working} 个工作日" if calendar.days else f"未录入{year}年工作日历",
    here,
)
tell_what_was_done()
render(calendar_request(district.calendar, here))
years = [*calendar.years_entered, calendar.years_entered[-1] + 1] if calendar.years_entered else [year]
render(
    choices(
        "年份",
        (
            link(
                f"{offered} 年" + ("" if offered in calendar.years_entered else "（未录入）"),
                here.address("calendar", year=offered),
                css="chosen" if offered == year else "",
            )
            for offered in years
        ),
    )
)

if calendar.days:
    off, worked = differences(calendar.days)
    render(
        section("全年", f"工作日放假 {off} 天（休），周末上班 {worked} 天（班）；期限、临期和缺报都按本表计算")
        + year_table(year, calendar.days)
    )
    if may(change_day):
        with st.expander("更正某一天（管理局）"):
            day_form(year)
else:
    render(empty_state(f"{year} 年的放假安排没有录入，涉及该年的工作日不作推算。", "公布后由管理局录入。"))
if may(enter_year):
    with st.expander("录入新的一年（管理局）", expanded=not calendar.days):
        year_form(year if not calendar.days else years[-1])
