"""The text of a plan beside its workbooks: to be downloaded, and attached by the bureau."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import entry_form, submit
from components.elements.links import download
from components.elements.offered_files import offered_address
from components.elements.phrases import lines, quiet, whole_days
from components.elements.rendering import render
from components.elements.uploader import file_uploader
from rules.as_of import day_of
from rules.file_sizes import MEGABYTE
from services.access.attached_files import LARGEST
from services.plan.documents import KINDS, KeptDocument, attach_document, document_content
from services.plan.in_force import ListedPlan
from services.plan.versions import plan_versions

Place = tuple[str, int]
"""Plan and number of its workbook; 0: none was kept."""


def texts_in_words(plan: str, texts: Sequence[KeptDocument]) -> Markup:
    """Return a link a text, with the workbook to which it belongs and the day."""
    return lines(_text(plan, text) for text in texts) if texts else quiet("未附")


def _text(plan: str, text: KeptDocument) -> Markup:
    address = offered_address(f"{plan} text {text.number}", text.file_name, lambda: document_content(text.number)[1])
    version = f"第 {text.version} 版，" if text.version else ""
    return Markup("{} {}").format(
        download(text.file_name, address, text.file_name), quiet(whole_days(f"{version}{day_of(text.at)} 附上"))
    )


def text_uploader(label: str) -> tuple[str, bytes] | None:
    """Return name and content of the text chosen, or None."""
    file = file_uploader(label, type=list(KINDS), max_upload_size=LARGEST // MEGABYTE)
    return None if file is None else (file.name, file.getvalue())


def attach_form(plans: Sequence[ListedPlan], here: PageContext) -> None:
    """Draw the bureau's form: which workbook of which plan, and the text."""
    render(note("方案原文（来文的 .docx 或 .pdf）附在某一版工作簿之后，各角色都可以下载；附上后不能更换，可以再附。"))
    current_first = sorted(plans, key=lambda plan: plan.facts.code != here.district.plan.code)
    places = [place for plan in current_first for place in _places(plan.facts.code, here)]
    titles = {plan.facts.code: plan.facts.title for plan in plans}
    with entry_form("attach plan text", clear_on_submit=True):
        place = st.selectbox("附在哪个方案的哪一版", places, format_func=lambda place: _in_words(place, titles))
        chosen = text_uploader("方案原文（.docx、.pdf）")
        if st.form_submit_button("附上"):
            if chosen is None or place is None:
                st.warning("请选择方案原文。")
            else:
                submit(lambda: _attach(place, chosen, here))


def _places(plan: str, here: PageContext) -> list[Place]:
    """The workbook in force on the day first."""
    numbers = [version.number for version in plan_versions(plan, here.day)] or [0]
    return [(plan, number) for number in reversed(numbers)]


def _in_words(place: Place, titles: dict[str, str]) -> str:
    plan, number = place
    return f"{titles[plan]}（{plan}）" + (f"第 {number} 版" if number else "")


def _attach(place: Place, chosen: tuple[str, bytes], here: PageContext) -> str:
    attach_document(*place, *chosen, at=here.now)
    return f"“{chosen[0]}”已附在方案 {place[0]} 之后。"
