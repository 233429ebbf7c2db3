"""One bulletin: its figures at the left, the document as it will print beside them, its way and what is to be done;
two issues compared.
"""

import streamlit as st

from components.bulletins.comparison import draw_comparison
from components.bulletins.document import document_markup
from components.bulletins.figures import figures_markup, state_markup
from components.bulletins.forms import draw_acts
from components.bulletins.listing import other_issues
from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.instructions.instructions import draw_about, entering_form
from models.bulletins import BulletinState
from models.instructions import Subject
from services.access.refusal import RefusedRequest
from services.bulletins.printing import DOCUMENT, WORKBOOK, print_warnings
from services.bulletins.register import bulletin, bulletin_files, bulletins

here = open_page("bulletin")
name, other = here.parameter("number"), here.parameter("compare")
try:
    details = answer(bulletin, name, here.day)
    earlier = answer(bulletin, other, here.day) if other else None
except RefusedRequest as refused:
    page_header("督查 · 通报", "没有可以显示的通报", here)
    render(empty_state(str(refused), "请回到“通报”页面选择一期。"))
    st.stop()

summary = details.summary
page_header(
    "督查 · 通报",
    f"{summary.document_number or f'通报草稿 {summary.id}'}：截至 {summary.as_of:%Y年%-m月%-d日}，{summary.state.word}",
    here,
    provenance=f"截至 {here.day:%Y年%-m月%-d日} 24 时的办理情况",
)
tell_what_was_done()
if earlier is not None:
    render(section("两期比较", f"{earlier.summary.number} 与 {summary.number}"))
    draw_comparison(earlier, details, here)
    st.stop()

left, right = st.columns([3, 7], gap="large")
with left:
    render(section("办理"), state_markup(details))
    draw_acts(details, here)
    warnings = [] if summary.state is BulletinState.ISSUED else print_warnings()
    render(section("下载"), *(note(warning) for warning in warnings))
    render(
        offer_file("下载通报.docx", DOCUMENT, lambda: dict(bulletin_files(name, here.day))[DOCUMENT]),
        offer_file("下载附件.xlsx", WORKBOOK, lambda: dict(bulletin_files(name, here.day))[WORKBOOK]),
    )
    render(section("数据"), figures_markup(details, here), other_issues(answer(bulletins, here.day), summary, here))
with right:
    render(section("正文", "与下载的文件同一内容"), document_markup(details.document))
if summary.number:
    render(draw_about(here, Subject.BULLETIN, summary.number, None))
    entering_form(here, Subject.BULLETIN, summary.number)
