"""整改: the ledger as of any day, of all units or of one; whoever supervises opens new ones here."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import section
from components.elements.forms import tell_what_was_done
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.elements.table import draw_table
from components.rectifications.forms import opening_form
from components.rectifications.ledger import breakdown_tables, finding, ledger_table, summary
from services.access.permission import may
from services.rectifications.acts import open_rectification
from services.rectifications.workbook import ledger_workbook

here = open_page("rectifications")
unit = requested_unit("督查 · 整改", here)
ledger = cache.rectifications(here.day, unit)

page_header("督查 · 整改", finding(ledger, unit), here)
tell_what_was_done()
if may(open_rectification):
    with st.expander("立项整改"):
        opening_form(ledger, here)
if ledger.rectifications:
    render(summary(ledger))
    name = f"整改台账 {here.day}.xlsx"
    render(offer_file("下载台账（报送格式）", name, lambda: ledger_workbook(here.day, unit)))
draw_table(ledger_table(here), ledger.rectifications, here)
if ledger.rectifications:
    render(section("分布", "按来源、领域和原因") + breakdown_tables(ledger, here))
