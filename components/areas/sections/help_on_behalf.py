"""帮办代办: cases by way of service and by client, in time, key projects."""

from __future__ import annotations

from functools import partial

from components.areas.sections.area_context import AreaContext
from components.elements.breakdown_tables import amount, numbers, stacks
from components.elements.empty_state import empty_state, section, subsection
from components.elements.rendering import Content, render
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.chart_data import Stack
from services.areas.help import CLIENTS, STATES, WAYS, key_projects, states_by, states_by_unit, ways_by_client

ON_A_PAGE = 20
Project = tuple[str, Stack]
"""A unit and the states of one project's cases there."""


def sections(here: AreaContext) -> None:
    if here.frames["help"].empty:
        render(section("服务方式和服务对象") + here.empty("help_cases"))
        return
    day = here.district.as_of
    render(
        section("服务方式和服务对象", "年初以来的帮办件")
        + numbers(
            ways_by_client(here.frames),
            here.breakdown("ways_by_client", "服务方式和服务对象", "服务方式", here.counted("help_on_time_rate")),
            CLIENTS,
        )
    )
    render(
        section("办理时限", "承诺日期当日及以前办结为按期")
        + subsection("按服务方式")
        + stacks(
            states_by(here.frames, "way", WAYS, day),
            here.breakdown("ways", "办理时限：按服务方式", "服务方式", here.counted("help_on_time_rate")),
            STATES,
        )
        + subsection("按服务对象")
        + stacks(
            states_by(here.frames, "client", CLIENTS, day),
            here.breakdown("clients", "办理时限：按服务对象", "服务对象", here.counted("help_on_time_rate")),
            STATES,
        )
        + subsection("各责任单位", "逾期多的在前")
        + stacks(
            states_by_unit(here.frames, day),
            here.by_unit("states", "办理时限：各责任单位", here.proofs("help_on_time_rate")),
            STATES,
        )
    )
    render(_projects(here))


def _projects(here: AreaContext) -> Content:
    projects = key_projects(here.frames, here.district.as_of)
    if not projects:
        return section("重点项目") + empty_state("没有服务对象为重点项目的帮办件。")
    columns = (
        Column[Project](
            "unit",
            "责任单位",
            lambda project: project[0],
            Kind.UNIT,
            Width.UNBROKEN,
            drawn=lambda project: here.proofs("help_on_time_rate")(project[0]),
            is_filter=True,
        ),
        Column[Project]("project", "项目", lambda project: project[1].label, width=Width.PROSE),
        *(amount(f"state{index}", state, partial(_in_state, place=index)) for index, state in enumerate(STATES)),
        Column[Project]("total", "合计", lambda project: project[1].total, Kind.NUMBER),
    )
    table = Table("projects", "重点项目", columns, counted="个项目", page_size=ON_A_PAGE)
    return section("重点项目", f"{len(projects):,} 个，逾期的在前") + table_parts(table, projects, here.page)


def _in_state(project: Project, place: int) -> float | None:
    return project[1].parts[place]
