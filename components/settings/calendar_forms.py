"""Forms of the working-day calendar: correct a day, enter a year; both with the reason that is kept."""

from __future__ import annotations

from datetime import date

import streamlit as st

from components.elements.forms import ask_once_more, draw_question, entry_form
from services.settings.calendar import change_day, enter_year

WORKED, OFF = "工作日", "休息日"


def day_form(year: int) -> None:
    with entry_form("calendar day"):
        day = st.date_input(
            "日期",
            date(year, 1, 1),
            min_value=date(year, 1, 1),
            max_value=date(year, 12, 31),
            format="YYYY-MM-DD",
            width=220,
        )
        kind = st.radio("改为", (WORKED, OFF), horizontal=True)
        reason = st.text_input("依据（必填，存入记录）", max_chars=200)
        if st.form_submit_button("更正"):
            ask_once_more(
                "calendar day",
                f"{day} 将改为{kind}，期限、临期和缺报按此重新计算。依据：{reason}",
                lambda: _change(day, kind == WORKED, reason),
                reason=reason,
            )
    draw_question("calendar day")


def year_form(year: int) -> None:
    with entry_form("calendar year"):
        number = st.number_input("年份", 2000, 2100, value=year, step=1, format="%d", width=220)
        days_off = st.text_area("放假日期（含周末，如“1月1日至1月3日、5月1日至5月5日”）", max_chars=2000)
        make_up = st.text_area("调休上班日期（如“1月4日、5月9日”）", max_chars=1000)
        reason = st.text_input("依据（必填，如公布放假安排的文号）", max_chars=200)
        if st.form_submit_button("录入全年"):
            ask_once_more(
                "calendar year",
                f"将录入 {int(number)} 年的工作日历。放假：{days_off or '（未填）'}；"
                f"调休上班：{make_up or '（未填）'}。依据：{reason}",
                lambda: _enter(int(number), days_off, make_up, reason),
                reason=reason,
            )
    draw_question("calendar year")


def _change(day: date, working: bool, reason: str) -> str:
    with st.spinner("正在更正并重新计算受影响的数据…"):
        change_day(day, working=working, reason=reason)
    return f"{day} 已改为{WORKED if working else OFF}：{reason}"


def _enter(year: int, days_off: str, make_up: str, reason: str) -> str:
    with st.spinner("正在录入并重新计算受影响的数据…"):
        number = enter_year(year, days_off=days_off, make_up_days=make_up, reason=reason)
    return f"{year} 年的工作日历已录入，共 {number} 个工作日：{reason}"
