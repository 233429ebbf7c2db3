"""核验: the queue of what units reported done: the claim beside its evidence, the decision, then the next one."""

from collections import Counter

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.milestones.assignment import assignment_facts, evidence_table
from components.milestones.forms import verify_form
from components.milestones.queue import batch_form, draw_part, neighbours, queue_of
from components.milestones.table import lamps_of
from services.access.permission import may
from services.milestones.verification import verify, verify_several

here = open_page("verification")
lamps = lamps_of(cache.scorecard(here.day))
files = Counter((file.measure, file.unit) for file in cache.evidence(here.day) if file.taken_back_at is None)
waiting = [
    assignment
    for assignment in cache.assignments(here.day)
    if (row := lamps.get((assignment.measure, assignment.unit))) is not None and row.awaits_verification
]
queue = queue_of(waiting, files)
page_header("督查 · 核验", queue.in_words(), here)
tell_what_was_done()
render(link("全部节点举措", here.address("progress"), css="back"))
if not waiting:
    render(empty_state("没有待核验的举措。", "单位报完成后列在这里。"))
    st.stop()

place = queue.place_of(here.parameter("measure"), here.parameter("unit"))
item = queue.every[place]
history = cache.assignment(item.measure, item.unit, here.day)
lamp = lamps[item.measure, item.unit]
whole_history = link("全部历史", here.address("assignment", measure=item.measure, unit=item.unit))
render(
    section(f"第 {place + 1} 项：{item.unit}·{item.measure} {item.title}", whole_history),
    neighbours(queue, place, here),
)
claim, evidence = st.columns(2, gap="large")
with claim:
    render(section("填报") + assignment_facts(history, lamp))
with evidence:
    render(section("证明材料", f"{files[item.measure, item.unit]} 份有效") + evidence_table(history.evidence, here))
if may(verify):
    verify_form(history, here)

render(section("有证明材料的", "完成日期早的在前"))
draw_part("ready", "有证明材料", queue.with_evidence, files, here)
if queue.with_evidence and may(verify_several):
    batch_form(queue.with_evidence, here)
render(section("没有证明材料的", "逐项办理，不能批量核验"))
draw_part("bare", "没有证明材料", queue.without, files, here)
