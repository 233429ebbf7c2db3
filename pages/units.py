"""单位名册: every responsible unit with its names, people, tasks and accounts; the bureau adds, changes and imports."""

import streamlit as st

from components.elements.context import open_page
from components.elements.empty_state import note
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.units.change_form import unit_change_form
from components.units.forms import add_form, change_form
from components.units.history import history_section
from components.units.import_workbook import import_form
from components.units.tables import draw_units
from models.people import Role
from services.access.current_user import current_user
from services.units.changes import unit_history
from services.units.register import register_as_of

here = open_page("units")
day, district = here.day, here.district
register = register_as_of(day)
existing = [unit for unit in register if not unit.ended]

idle = [unit.entry.name for unit in existing if not unit.tasks]
page_header("管理 · 单位名册", f"{len(existing)} 个责任单位" + (f"，{len(idle)} 个未承担任务" if idle else ""), here)
tell_what_was_done()

if current_user().role is Role.BUREAU:
    render(note("名册变更后，任务分工自变更之日起重新确定，此前日期的红绿灯不变。"))
    with st.expander("修改单位（管理局）"):
        change_form([unit.entry for unit in register], here)
    with st.expander("机构变动：更名、合并、拆分、设立、撤销（管理局）"):
        unit_change_form([unit.entry.name for unit in existing], here)
    with st.expander("新增单位（管理局）"):
        add_form(here)
    with st.expander("导入单位名册（管理局）"):
        import_form(here)
draw_units(register, here)
render(history_section(unit_history(day), here))
