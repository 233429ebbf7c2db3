"""单位名册: every responsible unit with its names, people, tasks and accounts; the bureau adds, changes and imports."""

import streamlit as st

from components.elements import cache
from components.elements.as_of import as_of
from components.elements.empty_state import note, section
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.units.forms import add_form, change_form
from components.units.import_workbook import import_form
from components.units.tables import units_table
from components.upload.submission import tell_once
from models.people import Role
from models.units import UNIT_KINDS
from services.access.current_user import current_user
from services.board.district import moment
from services.units.register import register_as_of

day = as_of(cache.opening_day())
district = cache.district(day)
found = register_as_of(day)

idle = [one.entry.name for one in found if not one.tasks]
page_header("管理 · 单位名册", f"{len(found)} 个责任单位" + (f"，{len(idle)} 个未承担任务" if idle else ""), district)
tell_once()

if current_user().role is Role.BUREAU:
    at = moment(district)
    render(note("名册有变更的，任务随方案原文自此变动，此前日期的红绿灯不变。"))
    with st.expander("修改单位（管理局）"):
        change_form([one.entry for one in found], at)
    with st.expander("新增单位（管理局）"):
        add_form(at)
    with st.expander("导入单位名册（管理局）"):
        import_form(at)
for kind in UNIT_KINDS:
    of_kind = [one for one in found if one.entry.kind == kind]
    if of_kind:
        render(section(kind, f"{len(of_kind)} 个") + units_table(of_kind, as_of=st.query_params.get("as_of")))
