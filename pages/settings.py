"""设置: every setting with what it means, what is in force on the day, and who changed it when and why; the form that
changes one.
"""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import note, section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.plain import plain
from components.elements.rendering import render
from components.settings.calendar_year import calendar_request
from components.settings.form import setting_form
from components.settings.tables import history_table, limits_table, room_table, settings_table
from models.people import Role
from services.access.current_user import current_user
from services.operations.room import room_taken
from services.settings.register import plan_settings_as_of, reading_limits, settings_as_of

here = open_page("settings")
day, district = here.day, here.district
register = settings_as_of(day)

changed = sum(current.value != current.setting.default for current in register)
page_header("管理 · 设置", f"{len(register)} 项设置，{changed} 项与默认值不同", here)
tell_what_was_done()
render(calendar_request(district.calendar, here))

render(section("现行设置", "自生效时间起适用；更早的截至日期仍按当时的设置计算") + settings_table(register, here))
first, earliest = (day, None) if district.is_sample else (max(day, cache.today()), cache.today())
if current_user().role is Role.BUREAU:
    with st.expander("更改设置（管理局）"):
        setting_form(register, first, earliest)
render(section("更改记录", "最近的在前") + history_table(register, here))
plan = district.plan
if len(cache.plans()) > 1:
    own = plan_settings_as_of(plan.code, day)
    render(
        section(f"{plan.title}的设置", "只对这个方案适用；与看板相同的随看板。页首的“方案”可选择另一个")
        + settings_table(own, here, "own", f"{plan.title}的设置")
    )
    if current_user().role is Role.BUREAU:
        with st.expander(plain(f"更改{plan.title}的设置（管理局）")):
            setting_form(own, first, earliest, plan.code)
    if any(current.history for current in own):
        render(section("本方案的更改记录", "最近的在前") + history_table(own, here, "own_history"))
room = room_taken()
if room.is_short:
    st.warning("磁盘已用八成以上。请清理磁盘或扩容：磁盘满后不能报送、不能上传附件，查看不受影响。")
render(section("存储空间", "每份工作簿和附件都原样保存，不会删除") + room_table(room, here))
with st.expander("读取工作簿的限值（安装时设定）"):
    render(note("用来保护服务器。由安装人员用环境变量设定，重新启动后生效。") + limits_table(reading_limits(), here))
