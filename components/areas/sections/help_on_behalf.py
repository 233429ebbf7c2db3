"""帮办代办: cases by way of service and by client, in time, key projects."""

from __future__ import annotations

from markupsafe import Markup

from components.areas.sections.area_context import AreaContext, sub
from components.elements.breakdown_tables import numbers, stacks
from components.elements.empty_state import empty_state, section
from components.elements.rendering import render
from components.elements.tables import Column, figure, table
from services.areas.help import CLIENTS, STATES, WAYS, key_projects, states_by, states_by_unit, ways_by_client

ON_A_PAGE = 20


def sections(here: AreaContext) -> None:
    if here.frames["help"].empty:
        render(section("服务方式和服务对象") + here.empty("help_cases"))
        return
    day = here.district.as_of
    render(
        section("服务方式和服务对象", "年初以来的帮办件")
        + numbers(ways_by_client(here.frames), "服务方式", CLIENTS, here.counted("help_on_time_rate"))
    )
    render(
        section("办理时限", "承诺日期当日及以前办结为按期")
        + sub("按服务方式")
        + stacks(states_by(here.frames, "way", WAYS, day), "服务方式", STATES, here.counted("help_on_time_rate"))
        + sub("按服务对象")
        + stacks(states_by(here.frames, "client", CLIENTS, day), "服务对象", STATES, here.counted("help_on_time_rate"))
        + sub("各责任单位", "逾期多的在前")
        + stacks(states_by_unit(here.frames, day), "责任单位", STATES, here.proofs("help_on_time_rate"))
    )
    render(_projects(here))


def _projects(here: AreaContext) -> Markup:
    projects = key_projects(here.frames, here.district.as_of)
    if not projects:
        return section("重点项目") + empty_state("没有服务对象为重点项目的帮办件。")
    shown_page = here.page.list_page(projects, "projects", ON_A_PAGE)
    columns = (
        Column("责任单位", css="nowrap"),
        Column("项目"),
        *(Column(state, number=True) for state in STATES),
        Column("合计", number=True),
    )
    return (
        section("重点项目", f"{len(projects):,} 个，逾期的在前")
        + table(
            columns,
            [
                (
                    here.proofs("help_on_time_rate")(unit),
                    row.label,
                    *(int(part or 0) for part in row.parts),
                    figure(row.total),
                )
                for unit, row in shown_page.items
            ],
            css="listed",
        )
        + shown_page.links
    )
