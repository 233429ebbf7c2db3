"""What a plan that was tried would do: lamps as they would stand on the day, and what each unit would be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note, subsection
from components.elements.lamp import chip, in_words
from components.elements.phrases import quiet
from components.elements.rendering import Content, Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.lamps import Lamp
from services.plan_comparison.trial import LampTurn, PlanTrial, UnitDemand

MOST_SHOWN, UNITS_NAMED = 300, 8
NEW, ENDED = "新增", "终止"


def trial_parts(trial: PlanTrial, here: PageContext) -> list[Content]:
    """Return the lamps before and after, those that would be others, and the units of whom something else is asked."""
    shown = trial.turns[:MOST_SHOWN]
    parts: list[Content] = [
        subsection("付诸实施后的红绿灯", f"截至 {trial.day}，假定方案自该日起生效"),
        note(lamps_in_words(trial)),
    ]
    if trial.uncounted:
        parts.append(note(f"以下指标付诸实施后才统计，这里按尚无数据判断：{'、'.join(trial.uncounted)}。"))
    parts.append(_turns_table(shown, here))
    if len(trial.turns) > len(shown):
        parts.append(note(f"另有 {len(trial.turns) - len(shown):,} 类变化未列出，付诸实施后在总览查看。"))
    parts += [
        subsection("向各单位要求的变化", f"{len(trial.demands):,} 个单位的责任项或报送有变化"),
        _demands_table(trial, here),
    ]
    return parts


def lamps_in_words(trial: PlanTrial) -> str:
    """Return “现有 12 项责任项（…）；付诸实施后 14 项（…）。”, with how many would stand otherwise."""
    after = f"付诸实施后 {_counted(trial.after)}"
    if not trial.before:
        return f"库中没有此方案。{after}。"
    turned = sum(len(turn.units) for turn in trial.turns if turn.before and turn.after)
    return f"现有 {_counted(trial.before)}；{after}；其中 {turned:,} 项变灯。"


def _counted(lamps: Mapping[Lamp, int]) -> str:
    words = in_words({lamp: number for lamp, number in lamps.items() if lamp is not Lamp.NOT_APPLICABLE})
    return f"{words}，另不适用 {lamps[Lamp.NOT_APPLICABLE]:,} 项" if lamps.get(Lamp.NOT_APPLICABLE) else words


def _turns_table(turns: Sequence[LampTurn], here: PageContext) -> Parts:
    columns = (
        Column[LampTurn]("measure", "举措", lambda turn: turn.measure, width=Width.UNBROKEN),
        Column[LampTurn]("title", "名称", lambda turn: turn.title, width=Width.PROSE, phone_label=False),
        _lamp_column("before", "现在", lambda turn: turn.before, NEW),
        _lamp_column("after", "付诸实施后", lambda turn: turn.after, ENDED),
        Column[LampTurn]("number", "责任项", lambda turn: len(turn.units), Kind.NUMBER),
        Column[LampTurn]("units", "责任单位", _units_named, width=Width.REASON),
    )
    table = Table(
        "trial_lamps",
        "红绿灯的变化",
        columns,
        counted="类变化",
        page_size=None,
        is_whole=False,
        nothing="各责任项的红绿灯都不变。",
    )
    return table_parts(table, turns, here)


def _lamp_column(name: str, heading: str, lamp_of: Callable[[LampTurn], Lamp | None], without: str) -> Column[LampTurn]:
    def drawn(turn: LampTurn) -> str | Markup:
        lamp = lamp_of(turn)
        return quiet(without) if lamp is None else chip(lamp)

    return Column(name, heading, lamp_of, Kind.LAMP, Width.UNBROKEN, drawn=drawn)


def _units_named(turn: LampTurn) -> str:
    names = [unit or "未明确" for unit in turn.units]
    more = f"等 {len(names)} 个单位" if len(names) > UNITS_NAMED else ""
    return "、".join(names[:UNITS_NAMED]) + more


def _demands_table(trial: PlanTrial, here: PageContext) -> Parts:
    columns = (
        Column[UnitDemand]("unit", "单位", lambda demand: demand.unit, Kind.UNIT),
        Column[UnitDemand]("before", "现有举措", lambda demand: demand.measures_before, Kind.NUMBER),
        Column[UnitDemand]("after", "付诸实施后", lambda demand: demand.measures_after, Kind.NUMBER),
        Column[UnitDemand]("new", "新增报送", lambda demand: "、".join(demand.newly_owed), width=Width.PROSE),
        Column[UnitDemand]("gone", "不再报送", lambda demand: "、".join(demand.no_longer_owed), width=Width.PROSE),
    )
    table = Table(
        "trial_units",
        "向各单位要求的变化",
        columns,
        counted="个单位",
        page_size=None,
        is_whole=False,
        nothing="对各单位的要求都不变。",
    )
    return table_parts(table, trial.demands, here)
