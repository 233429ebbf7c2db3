"""责任项: the proof of one lamp, from the rule down to the cells of the file as uploaded."""

import streamlit as st
from markupsafe import Markup

from components import cache
from components.as_of import as_of
from components.lamp_rule import rule_applied
from components.links import address, link
from components.notices import nothing_here, section
from components.page_header import page_header
from components.pager import one_page, page_number, pager
from components.proof import (
    asked_standing,
    clause,
    conclusion,
    decisions_table,
    indicator_facts,
    rows_in_words,
    rows_table,
    submissions_table,
    which_rows,
)
from components.reveal import places_of, revealed, with_full_values
from components.screen import draw
from models.lamps import FACES
from services.permission import Forbidden, own_unit
from services.refusal import RefusedRequest

ROWS_ON_A_PAGE = 30

day = as_of(cache.opening_day())
district = cache.district(day)
measure, unit = st.query_params.get("measure", ""), own_unit(st.query_params.get("unit") or None)
standing = asked_standing(st.query_params.get("rows", ""))

try:
    proof = cache.proof(measure, unit, day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 责任项", "没有这一责任项" if measure else "请选择责任项", district)
    why = str(refused) if measure else "这一页说明一个红绿灯的依据，地址中没有写明是哪项举措、哪个单位。"
    draw(nothing_here(why, "请从总览或领域页面点击红绿灯进入。"))
    st.stop()

query = {"measure": measure, "unit": unit, "as_of": st.query_params.get("as_of")}
area_page = address(proof.task.area, unit=unit, as_of=query["as_of"])
page_header("督查 · 责任项", f"{unit or '未明确单位'}·{measure} {proof.measure.title}：{FACES[proof.lamp.lamp].word}", district)
history = link("全部历史、证明材料和核验", address("assignment", **query), css="back") if unit else Markup("")
draw(Markup('<nav class="filters">{}{}</nav>').format(link("返回本单位在该领域的全部举措", area_page, css="back"), history))
draw(section("结论") + conclusion(proof.lamp, rule_applied(proof.lamp.lamp, milestone=proof.measure.milestone)))
draw(section("方案条款") + clause(proof.task))

for number, one in enumerate(proof.indicators):
    draw(section(f"指标：{one.indicator.title}") + indicator_facts(one))
    if not one.parts:
        draw(nothing_here("计算所需的数据从未报送，没有分子和分母。"))
    for part in one.parts:
        kept = part.rows if standing is None else part.standing(standing)
        name = f"page_{number}_{part.part}"
        shown = page_number(name, -(-len(kept) // ROWS_ON_A_PAGE))
        draw(section(rows_in_words(part), "点击报送编号下载原文件；行号、单元格与 Excel 中一致") + which_rows("lamp", part, standing, **query))
        rows = kept.iloc[(shown - 1) * ROWS_ON_A_PAGE : shown * ROWS_ON_A_PAGE]
        full = revealed(part.part, places_of(rows), f"{name} {shown}")
        draw(rows_table(with_full_values(rows, full), part, people_first=bool(full)))
        draw(pager("lamp", name, shown, len(kept), ROWS_ON_A_PAGE, rows=standing, **query))

if proof.measure.milestone:
    draw(section("核验记录") + decisions_table(proof.decisions))
draw(section("报送", "点击文件名下载当时上传的原文件") + submissions_table(one_page(proof.submissions, 1, ROWS_ON_A_PAGE)))
