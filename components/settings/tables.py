"""The settings in force, their history, and the limits set at installation, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.tables import Column, table
from models.settings import InstalledLimit, Setting, SettingChange, SettingKind
from services.settings.register import SettingInForce

COLUMNS = (
    Column("设置"),
    Column("现值", css="nowrap"),
    Column("生效时间", css="nowrap"),
    Column("理由", css="prose"),
    Column("更改人", css="nowrap"),
)
HISTORY = (
    Column("生效时间", css="nowrap"),
    Column("设置", css="nowrap"),
    Column("值", css="nowrap"),
    Column("理由", css="prose"),
    Column("更改人", css="nowrap"),
)
LIMITS = (Column("限值"), Column("现值", number=True), Column("环境变量", css="nowrap"))


def settings_table(register: Sequence[SettingInForce]) -> Markup:
    return table(COLUMNS, [_row(current) for current in register], css="settings", labelled=True)


def _row(current: SettingInForce) -> tuple[Markup, Markup, str | Markup, str, str]:
    name = Markup('{}<small class="under">{}</small>').format(current.setting.title, current.setting.meaning)
    coming = Markup("").join(
        Markup('<small class="under">{} 起：{}</small>').format(clock(entry.since), current.setting.words(entry.value))
        for entry in reversed(current.coming)
        if entry.since
    )
    typed = Markup(" data-as-typed") if current.setting.kind is SettingKind.TEXT else ""
    value = Markup("<span{}>{}</span>{}").format(typed, current.setting.words(current.value), coming)
    if current.entry is None:
        return name, value, Markup('<span class="quiet">默认值</span>'), "", ""
    return name, value, began(current.entry.since), current.entry.reason, current.entry.by


def began(since: datetime | None) -> str:
    return clock(since) if since else "初始值"


def history_table(register: Sequence[SettingInForce]) -> Markup:
    """Every change, the newest first; what held from the beginning last."""
    entries = [(current.setting, entry) for current in register for entry in current.history]
    if not entries:
        return empty_state("没有更改过，全部为默认值。")
    return table(
        HISTORY,
        [_change(setting, entry) for setting, entry in sorted(entries, key=_instant, reverse=True)],
        css="entries",
        labelled=True,
    )


def _instant(entry: tuple[Setting, SettingChange]) -> float:
    return entry[1].since.timestamp() if entry[1].since else 0.0


def _change(setting: Setting, entry: SettingChange) -> tuple[str, str, str, str, str]:
    return began(entry.since), setting.title, setting.words(entry.value), entry.reason, entry.by


def limits_table(limits: Sequence[tuple[InstalledLimit, int]]) -> Markup:
    return table(
        LIMITS,
        [
            (
                Markup('{}<small class="under">{}</small>').format(limit.title, limit.meaning),
                f"{value:,} {limit.unit}",
                Markup("<code>{}</code>").format(f"READ_{limit.name.upper()}"),
            )
            for limit, value in limits
        ],
        css="narrow",
        labelled=True,
    )
