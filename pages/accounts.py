"""账号: who may sign in; the bureau adds, disables, enables, gives new one-time passwords, and imports a workbook of
accounts.
"""

import streamlit as st

from components.accounts.forms import add_form, change_form, hand_over, import_form, passwords_to_hand_over
from components.accounts.tables import draw_accounts
from components.elements.context import open_page
from components.elements.empty_state import note, section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from rules.units.changes import existing_names
from services.accounts.register import accounts
from services.accounts.ways_in import OPEN_TO_VISITORS

handed = passwords_to_hand_over()
here = open_page("accounts")
if handed:
    hand_over(handed, here)
    st.stop()

day, district = here.day, here.district
known_accounts = accounts()
disabled = sum(account.disabled for account in known_accounts)
page_header(
    "管理 · 账号",
    f"{len(known_accounts)} 个账号" + (f"，{disabled} 个已停用" if disabled else ""),
    here,
    provenance="账号的当前状态，不随截至日期变化",
)
if district.is_sample:
    render(note(OPEN_TO_VISITORS))
tell_what_was_done()

with st.expander("新增账号"):
    add_form(existing_names(district.plan))
with st.expander("停用、启用、重置密码、统一身份登录"):
    change_form(known_accounts)
with st.expander("导入账号"):
    import_form()
render(section("账号", "停用的保留在册，不删除"))
draw_accounts(known_accounts, here)
