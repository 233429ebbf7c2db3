"""The settings in force, their history, and the limits set at installation, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.facts import clock
from components.elements.phrases import as_typed, code, quiet, with_line_below
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.settings import InstalledLimit, Setting, SettingChange, SettingKind
from rules.file_sizes import size_in_words
from services.operations.room import Room
from services.settings.register import SettingInForce

Change = tuple[Setting, SettingChange]
Limit = tuple[InstalledLimit, int]


def settings_table(
    register: Sequence[SettingInForce], here: PageContext, name: str = "", title: str = "现行设置"
) -> Parts:
    """Return every setting with its value in force, since when, why and by whom; `name` tells several such tables of a
    page apart.
    """
    columns = (
        Column[SettingInForce](
            "setting",
            "设置",
            lambda current: current.setting.title,
            drawn=lambda current: with_line_below(current.setting.title, current.setting.meaning),
        ),
        Column[SettingInForce](
            "value",
            "现值",
            lambda current: current.setting.words(current.value),
            width=Width.UNBROKEN,
            drawn=_value,
        ),
        Column[SettingInForce](
            "since",
            "生效时间",
            lambda current: began(current.entry.since) if current.entry else "默认值",
            width=Width.UNBROKEN,
            drawn=lambda current: began(current.entry.since) if current.entry else quiet("默认值"),
        ),
        Column[SettingInForce](
            "reason", "理由", lambda current: current.entry.reason if current.entry else "", width=Width.PROSE
        ),
        Column[SettingInForce](
            "by", "更改人", lambda current: current.entry.by if current.entry else "", width=Width.UNBROKEN
        ),
    )
    table = Table(name, title, columns, counted="项设置", page_size=None, css="settings")
    return table_parts(table, register, here)


def _value(current: SettingInForce) -> Markup:
    """Return the value in force, and below it those that will hold later."""
    words = current.setting.words(current.value)
    coming = [
        f"{clock(entry.since)} 起：{current.setting.words(entry.value)}"
        for entry in reversed(current.coming)
        if entry.since
    ]
    return with_line_below(as_typed(words) if current.setting.kind is SettingKind.TEXT else words, *coming)


def began(since: datetime | None) -> str:
    return clock(since) if since else "初始值"


def history_table(register: Sequence[SettingInForce], here: PageContext, name: str = "history") -> Parts:
    """Return every change, the newest first; what held from the beginning last."""
    changes = [(current.setting, entry) for current in register for entry in current.history]
    columns = (
        Column[Change](
            "since", "生效时间", lambda change: began(change[1].since), width=Width.UNBROKEN, order=_instant
        ),
        Column[Change]("setting", "设置", lambda change: change[0].title, width=Width.UNBROKEN, is_filter=True),
        Column[Change]("value", "值", lambda change: change[0].words(change[1].value), width=Width.UNBROKEN),
        Column[Change]("reason", "理由", lambda change: change[1].reason, width=Width.PROSE),
        Column[Change]("by", "更改人", lambda change: change[1].by, width=Width.UNBROKEN),
    )
    table = Table(
        name, "设置的更改记录", columns, counted="次更改", nothing="没有更改过，全部为默认值。", css="entries"
    )
    return table_parts(table, sorted(changes, key=_instant, reverse=True), here)


def _instant(change: Change) -> float:
    return change[1].since.timestamp() if change[1].since else 0.0


def limits_table(limits: Sequence[Limit], here: PageContext) -> Parts:
    """Return the limits set at installation with the variable that sets each."""
    columns = (
        Column[Limit](
            "limit",
            "限值",
            lambda pair: pair[0].title,
            drawn=lambda pair: with_line_below(pair[0].title, pair[0].meaning),
        ),
        Column[Limit](
            "value",
            "现值",
            lambda pair: pair[1],
            Kind.NUMBER,
            drawn=lambda pair: f"{pair[1]:,} {pair[0].unit}",
        ),
        Column[Limit](
            "variable",
            "环境变量",
            lambda pair: f"READ_{pair[0].name.upper()}",
            width=Width.UNBROKEN,
            drawn=lambda pair: code(f"READ_{pair[0].name.upper()}"),
        ),
    )
    table = Table("limits", "读取工作簿的限值", columns, counted="项限值", page_size=None, css="narrow")
    return table_parts(table, limits, here)


def room_table(room: Room, here: PageContext) -> Parts:
    """Return how much room the data take, and how full the disk is."""
    parts = [
        ("数据库", size_in_words(room.database)),
        ("其中报送的工作簿", size_in_words(room.workbooks)),
        ("其中证明材料等附件", size_in_words(room.other_files)),
    ]
    if room.disk is not None:
        free = f"{size_in_words(room.disk.free)}（已用 {room.disk.used_share:.0%}）"
        parts.append(("磁盘剩余", free))
    columns = (
        Column[tuple[str, str]]("part", "内容", lambda part: part[0]),
        Column[tuple[str, str]]("size", "大小", lambda part: part[1], width=Width.UNBROKEN),
    )
    return table_parts(Table("room", "存储空间", columns, counted="项", page_size=None), parts, here)
