"""责任单位: every lamp of one unit by area, and the reports it owes."""

import streamlit as st

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from components import cache
from components.area_page import finding
from components.as_of import as_of
from components.lamp import tally
from components.missing_reports import missing_table, owed_by_unit
from components.notices import nothing_here, section
from components.page_header import page_header
from components.screen import draw
from components.unit_table import lamps_of_unit

day = as_of(cache.opening_day())
district = cache.district(day)
unit = st.query_params.get("unit", "")
rows = cache.scorecard(day).select(unit=unit)
query = {"as_of": st.query_params.get("as_of")}

if not rows:
    page_header("责任单位", "没有这个责任单位", district)
    draw(nothing_here(f"截至该日，名册中没有承担任务的“{unit}”。", "请从总览点击单位进入。"))
    st.stop()

page_header("责任单位", finding(unit, tally(rows)), district)
titles = {measure.code: measure.title for task in district.plan.tasks for measure in task.measures}
for area in AREAS.values():
    in_area = [row for row in rows if row.area == area.code]
    if in_area:
        draw(section(area.title, f"{len(in_area)} 项") + lamps_of_unit(in_area, titles, **query))

missing = [one for one in district.missing if one.unit == unit]
datasets = [one.dataset for one in missing]
draw(section("缺报", "、".join(DATASETS[code].title for code in datasets)))
draw(missing_table(owed_by_unit(missing), datasets, "unit", **query))
