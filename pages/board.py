"""总览: the whole district as of one day, and what changed since an earlier one."""

import streamlit as st

from components.areas.bars import area_bars
from components.board.changes import changes_in_words, changes_table, turns
from components.board.deadlines import deadlines
from components.board.lamp_list import draw_lamp_list, requested_list
from components.board.matrix import matrix
from components.board.pressing import pressing
from components.board.ranking import best, worst
from components.board.summary_tiles import summary_tiles
from components.board.turned import draw_turned, requested_turns
from components.elements import cache
from components.elements.as_of import compared_with, pick_since
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.lamp import legend, tally
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.unit_groups import units_by_kind
from components.notices.to_do import BESIDE_OTHERS, draw_to_do, to_do_of
from components.wall.wall import wall_link
from models.lamps import Lamp
from rules.ranking import rank
from rules.units.changes import existing_names

RANKED = 5

here = open_page("board")
day, district = here.day, here.district
since = compared_with(here)
card = cache.scorecard(day)
now, before = tally(card.lamps), tally(cache.scorecard_before(since, day).lamps)

page_header(
    "督查 · 总览",
    f"{len(district.plan.tasks)} 项任务、{now.counted:,} 项责任：逾期 {now.counts[Lamp.OVERDUE]:,} 项，缺报 {now.counts[Lamp.NOT_REPORTED]:,} 项",  # noqa: E501
    here,
    pickers=lambda: pick_since(since, day),
)
changed = cache.changes_between(since, day)
if here.own_unit is None:
    render(pressing(card, changed, since, here))
if waiting := to_do_of(here):
    with st.expander(f"待办 {len(waiting):,} 件", expanded=here.own_unit is not None):
        draw_to_do(waiting, here, page_size=BESIDE_OTHERS)
render(summary_tiles(now, here, before, f"{since:%-m月%-d日}"))
inapplicable = sum(row.lamp is Lamp.NOT_APPLICABLE for row in card.lamps)
if inapplicable:
    render(note(f"另有 {inapplicable:,} 项不适用：上报的数据中没有可计算的对象，不计入。"))
if here.own_unit is None:
    render(wall_link(here.address("board", wall=1)))
titles = {measure.code: measure.title for task in district.plan.tasks for measure in task.measures}
wanted = requested_list(here)
if wanted:
    draw_lamp_list(card, wanted, here)
elif (count := requested_turns(here)) is not None:
    draw_turned(count, changed, titles, since, here)

left, right = st.columns([4, 5], gap="medium")
with left:
    render(section("各领域") + area_bars(card, here))
with right:
    render(section("各期限", "期限当日 24 时前完成不算逾期") + deadlines(card, district.days_left, here))

render(
    section("责任单位 × 领域", "图标为最差状态，数字为处于该状态的举措数")
    + legend()
    + matrix(card, units_by_kind(district.plan), here)
)

minimum = int(district.settings["minimum_sample"])
register = existing_names(district.plan)
ranked = rank(card.lamps, register, district.silent, minimum)
rule = f"按完成率排列，存疑的不计，至少 {minimum} 项举措才参加排名，共 {len(ranked.places)} 个单位，并列的名次相同"
if ranked.silent:
    rule += f"；未报送的 {len(ranked.silent)} 个不排名次，列在最后"
left, right = st.columns(2, gap="large")
with left:
    render(section("前五名", rule) + best(ranked, RANKED, here))
with right:
    points = link("考核赋分", here.address("assessment"))
    render(section("后五名", points) + worst(ranked, RANKED, here))

turned = turns(changed)
render(section(f"自 {since:%-m月%-d日} 以来的变化", changes_in_words(changed)))
if turned:
    render(changes_table(turned, titles, here))
else:
    render(empty_state("两个日期之间没有红绿灯变化。", "可在右上角另选对比日期。"))
