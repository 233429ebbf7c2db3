"""责任单位: one unit on one page: where it stands, what it owes, its cases, its trend, its reports, every measure;
printable.
"""

import streamlit as st
from markupsafe import Markup

from catalogue.areas import areas_of_plan
from components.areas.page import GRAVE, finding
from components.areas.unit_table import lamps_of_unit
from components.cases.kinds import cases_table
from components.elements import cache
from components.elements.area_links import table_name
from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.lamp import tally
from components.elements.links import address, choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.table import table_parts
from components.instructions.instructions import draw_about, entering_form
from components.notices.pressing_matters import overdue_cases_in_words
from components.notices.to_do import BESIDE_OTHERS, draw_to_do
from components.notices.waiting import draw_waiting
from components.proof.evidence import submissions_table
from components.rectifications.ledger import ledger_table
from components.rounds.rounds import rounds_table
from components.spot_checks.marks import checks_of_unit, draw_marks, marks_of
from components.units.history import history_section, no_lamps
from components.units.overview import areas_table, owed_table, trend_table
from models.instructions import Subject
from services.access.permission import may
from services.intake.upload import submit
from services.rounds.rounds import rounds_as_of
from services.talks.talks import talks_as_of
from services.units.changes import unit_history

here = open_page("unit")
day, district = here.day, here.district
unit = here.unit or ""
known = bool(unit) and district.plan.unit_id(unit) is not None
months = cache.month_ends(unit, day) if known else []
rows = months[-1].lamps if months else ()

if not rows:
    title, why, then = no_lamps(unit, here)
    page_header("督查 · 责任单位", title, here)
    render(empty_state(why, then))
    render(history_section(answer(unit_history, day, unit), here) if known else Markup(""))
    st.stop()

loads = cache.caseloads(day, unit)
page_header("督查 · 责任单位", f"{finding(unit, tally(rows))}，{overdue_cases_in_words(loads)}", here)
registered = next(known_unit for known_unit in district.plan.units.values() if known_unit.name == unit)
people = f"{registered.kind}，责任领导 {registered.leader or '未登记'}，责任人 {registered.person or '未登记'}"
render(note(people))
render(
    choices(
        "其他页面",
        (
            link("节点举措和进展", here.address("progress", unit=unit), css="back"),
            link("数据报送", address("upload"), css="back") if may(submit) else Markup(""),
        ),
    )
)

if here.own_unit == unit:
    draw_waiting(unit, here, most=BESIDE_OTHERS)
elif waiting := cache.to_do_of_unit(day, unit):
    render(section("待办", f"{len(waiting)} 件，最早的在前"))
    draw_to_do(waiting, here, page_size=BESIDE_OTHERS)
render(section("各领域", "由领域进入本单位的举措") + areas_table(rows, unit, here))
titles = {measure.code: measure.title for task in district.plan.tasks for measure in task.measures}
grave = [row for lamp in GRAVE for row in rows if row.lamp is lamp]
if grave:
    render(section("逾期、缺报和存疑", f"{len(grave)} 项，严重的在前") + lamps_of_unit("grave", grave, titles, here))
render(draw_marks(marks_of(here, unit), here) + checks_of_unit(unit, here))
lines = cache.reports_owed(day, unit)
render(section("应报和缺报", "缺报不等于零，也不等于未完成") + owed_table(lines, here))
ledger = cache.rectifications(day, unit)
render(section("案件", "各按自己的时限") + cases_table(loads, ledger.counts, unit, here))
if still_open := [item for item in ledger.rectifications if not item.course.is_over]:
    title = link("全部整改", here.address("rectifications", unit=unit))
    render(section("整改", title) + table_parts(ledger_table(here, "未销号的整改"), still_open, here))
render(draw_about(here, Subject.UNIT, "", unit))
tell_what_was_done()
entering_form(here, Subject.UNIT, "", [unit])
if visits := [item for item in answer(rounds_as_of, day) if unit in item.units]:
    render(section("督查轮次", f"{len(visits)} 轮列入本单位") + table_parts(rounds_table(here), visits, here))
if talked := answer(talks_as_of, day, unit):
    talks_link = link(f"{len(talked)} 次", here.address("talks", unit=unit))
    render(section("约谈", talks_link))
history = answer(unit_history, day, unit)
standing = [card for card in months if card.lamps or not history]  # not the months before it was there
render(section("走势", "各月末的红绿灯") + trend_table(standing, unit, here))

render(history_section(history, here))
sent = cache.recent_submissions(day, unit)
render(section("报送", "含全区台账中本单位的部分，新的在前") + submissions_table(sent, here))

for index, area in enumerate(areas_of_plan(here.district.plan)):
    in_area = [row for row in rows if row.area == area.code]
    if in_area:
        render(
            section(f"{area.title}：举措", f"{len(in_area)} 项")
            + lamps_of_unit(table_name(area, index), in_area, titles, here)
        )
