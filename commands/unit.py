"""unit: what happens to units from a day on (机构改革), and their history."""

from __future__ import annotations

import argparse
from typing import Any

from commands.arguments import Commands, Run, day, instant
from commands.chinese_arguments import Parser
from commands.output import DONE, tell
from models.units import UnitChangeKind
from rules.as_of import day_of
from services.access.clock import present
from services.units.changes import (
    UnitChangeEffects,
    UnitChangeForm,
    UnitHistoryEntry,
    enter_unit_change,
    preview_unit_change,
    unit_history,
)


def add_to(commands: Commands) -> None:
    unit = commands.group("unit", "机构变动：更名、合并、拆分、设立、撤销，查沿革")
    renamed = _change(unit, UnitChangeKind.RENAME, "单位自某日起更名，原名称仍可识别")
    renamed.add_argument("units", nargs=1, metavar="单位")
    renamed.add_argument("--to", nargs=1, dest="into", required=True, metavar="新名称")
    merged = _change(unit, UnitChangeKind.MERGE, "单位自某日起并入另一单位，原有任务由其承担")
    merged.add_argument("units", nargs="+", metavar="单位")
    merged.add_argument("--into", nargs=1, required=True, metavar="单位", help="名册中的单位，或新设的单位")
    split = _change(unit, UnitChangeKind.SPLIT, "单位自某日起分为几个单位，原有任务各自承担")
    split.add_argument("units", nargs=1, metavar="单位")
    split.add_argument("--into", nargs="+", required=True, metavar="单位", help="名册中的单位，或新设的单位")
    founded = _change(unit, UnitChangeKind.FOUND, "自某日起设立单位")
    founded.add_argument("into", nargs=1, metavar="单位")
    founded.add_argument("--kind", required=True, dest="unit_kind", metavar="类别", help="镇街、部门或其他")
    abolished = _change(unit, UnitChangeKind.ABOLISH, "自某日起撤销单位")
    abolished.add_argument("units", nargs=1, metavar="单位")
    abolished.add_argument("--successor", nargs=1, dest="into", default=[], metavar="单位", help="承接其任务的单位")
    history = unit.add("history", _history, "机构沿革")
    history.add_argument("--unit", metavar="单位", help="缺省为全部单位")
    history.add_argument("--as-of", type=day, metavar="日期", help="缺省为今天")


def _change(commands: Commands, kind: UnitChangeKind, text: str) -> Parser:
    change = commands.add(kind.value, _entering(kind), text)
    change.add_argument("--from", dest="day", type=day, required=True, metavar="日期", help="自该日起")
    change.add_argument("--reason", required=True, metavar="理由")
    change.add_argument("--document", default="", metavar="文件", help="依据的文件")
    change.add_argument("--dry-run", action="store_true", help="只列出影响，不录入")
    change.add_argument("--at", type=instant, metavar="时间", help="缺省为现在")
    return change


def _entering(kind: UnitChangeKind) -> Run:
    def enter(arguments: argparse.Namespace) -> int:
        form = UnitChangeForm(
            kind,
            tuple(getattr(arguments, "units", ())),
            tuple(arguments.into),
            arguments.day,
            arguments.reason,
            arguments.document,
            getattr(arguments, "unit_kind", ""),
        )
        effects = (preview_unit_change if arguments.dry_run else enter_unit_change)(form, at=arguments.at)
        tell(arguments, _document(form, effects), lambda: _lines(form, effects))
        return DONE

    return enter


def _document(form: UnitChangeForm, effects: UnitChangeEffects) -> dict[str, Any]:
    return {
        "number": effects.number,
        "kind": form.kind.value,
        "from": form.day.isoformat(),
        "units": list(effects.units),
        "successors": list(effects.successors),
        "reason": form.reason,
        "document": form.document,
        "in_words": effects.in_words,
        "tasks": [{"task": row.task, "added": list(row.added), "removed": list(row.removed)} for row in effects.tasks],
        "accounts": [
            {"unit": row.unit, "accounts": row.accounts, "acting_for": row.acting_for} for row in effects.accounts
        ],
    }


def _lines(form: UnitChangeForm, effects: UnitChangeEffects) -> list[str]:
    stored = "未录入" if effects.number is None else f"已录入，第 {effects.number} 号"
    return [
        f"自 {form.day} 起{effects.in_words}（{stored}）。",
        *effects.duties_in_words,
        *(
            f"{row.unit}的账号 {row.accounts} 个："
            + (f"自该日起归{row.acting_for}" if row.acting_for else "此后只能查看")
            for row in effects.accounts
            if row.accounts
        ),
    ]


def _history(arguments: argparse.Namespace) -> int:
    as_of = arguments.as_of or day_of(present())
    entries = unit_history(as_of, arguments.unit)
    tell(
        arguments,
        {"as_of": as_of.isoformat(), "changes": [_entry(entry) for entry in entries]},
        lambda: (
            [
                f"{entry.day}\t{entry.in_words}\t{entry.reason}" + ("（尚未到）" if entry.is_to_come else "")
                for entry in entries
            ]
            or ["没有机构变动。"]
        ),
    )
    return DONE


def _entry(entry: UnitHistoryEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "from": entry.day.isoformat(),
        "units": list(entry.units),
        "successors": list(entry.successors),
        "in_words": entry.in_words,
        "reason": entry.reason,
        "document": entry.document,
        "entered_on": day_of(entry.at).isoformat(),
        "by": entry.by,
    }
