"""From the sheets 任务 and 举措 of a plan workbook to the plan in words, mistakes at their cells and doubts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from models.definitions import NumberFormat
from models.validation import Problem
from rules.deadlines import resolve
from rules.plan.changes import MeasureWords, PlanWords, TargetWords, TaskWords
from rules.plan.declarations import PlanReading, Row, unknown_name
from rules.plan.target_words import Sense, TargetSense, read_target
from rules.working_days import Calendar

_SHARES, _NUMBERS = "不超过 100% 的占比，如“95%”“≤5%”，或", "如“95%”“≤5%”“13个”"
"""What a target may be: of a share, of other numbers."""


@dataclass(frozen=True)
class ReadTasks:
    """`doubts`: a sentence each; they hinder nothing."""

    words: PlanWords
    problems: tuple[Problem, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class KnownIndicators:
    """`keys`: every name of an indicator → its key; `formats`: key → how it is printed; `lower`: keys of those of which
    less is better.
    """

    keys: Mapping[str, str]
    formats: Mapping[str, NumberFormat]
    lower: Collection[str] = ()


def read_tasks(reading: PlanReading, year: int, indicators: KnownIndicators, calendar: Calendar) -> ReadTasks:
    """Return the tasks and measures of a workbook."""
    doubts: list[str] = []
    tasks = {}
    for row in reading.rows("任务"):
        code = row.text("task")
        if not code:
            continue  # told by the reader of cells
        tasks[code] = TaskWords(
            code,
            row.text("area"),
            row.text("title"),
            row.text("requirement"),
            row.text("units_text"),
            row.text("deadline_text"),
        )
        doubt = resolve(row.text("deadline_text"), year, calendar).doubt
        if doubt:
            doubts.append(f"任务 {code} {doubt}")
    measures = {}
    is_any_unnamed = any(not row.text("task") for row in reading.rows("任务"))  # a measure's task may be that one
    for row in reading.rows("举措"):
        code, task = row.text("measure"), row.text("task")
        if not code or not task:
            continue  # told by the reader of cells
        if task not in tasks and not is_any_unnamed:
            reading.note(row, "task", "unknown-parent", unknown_name("任务", task, list(tasks)))
        days = row.number("warning_days")
        targets = dict(_targets(reading, row, indicators, doubts)) if row.text("judged_by") == "指标" else {}
        measures[code] = MeasureWords(code, task, row.text("title"), row.text("judged_by") == "节点", days, targets)
    for code in tasks:
        if not any(measure.task == code for measure in measures.values()):
            doubts.append(f"任务 {code} 没有举措。")
    return ReadTasks(PlanWords(tasks, measures), tuple(reading.problems), tuple(doubts))


def _targets(
    reading: PlanReading, row: Row, indicators: KnownIndicators, doubts: list[str]
) -> Iterator[tuple[str, TargetWords]]:
    names, words = row.words("indicators"), row.words("targets")
    if not names:
        reading.note(row, "indicators", "missing-value", "评价方式为“指标”的举措要写明指标编码，请填写。")
        return
    if len(names) != len(words):
        reading.note(row, "targets", "out-of-range", f"指标有 {len(names)} 个，目标值有 {len(words)} 个，请逐一对应。")
        return
    for name, text in zip(names, words, strict=True):
        key = indicators.keys.get(name)
        if key is None:
            reading.note(
                row,
                "indicators",
                "unknown-field",
                unknown_name("指标", name, [*indicators.keys, *sorted(reading.broken)]),
            )
        is_share = key is not None and indicators.formats[key] is NumberFormat.SHARE
        target = read_target(text, share=is_share)
        if target is None:
            reading.note(
                row,
                "targets",
                "type-mismatch",
                f"目标值“{text}”不能识别，请填{_SHARES if is_share else _NUMBERS}“增长10%”“上年同期+5%”。",
            )
        if key is None or target is None:
            continue
        measure = row.text("measure")
        if target.doubt:
            doubts.append(f"举措 {measure} {target.doubt}，请核对。")
        asked_for = _words(target, lower=key in indicators.lower)
        if asked_for.at_most and target.sense is Sense.AT_LEAST:
            doubts.append(f"举措 {measure} 的目标“{text}”没有写“≤”，所用指标越低越好，按“不超过”理解，请核对。")
        if asked_for.increases:
            doubts.append(f"举措 {measure} 的目标“{text}”需要基数（上年同期），录入前存疑。")
        yield key, asked_for


def _words(target: TargetSense, *, lower: bool) -> TargetWords:
    """What a target asks for; what is given as a change of last year's figure has a baseline and no value yet."""
    match target.sense:
        case Sense.AT_LEAST | Sense.AT_MOST:
            at_most = target.sense is Sense.AT_MOST or (lower and not target.is_said)
            return TargetWords(target.value, increases=False, at_most=at_most)
        case Sense.OF_LAST_YEAR:
            change = target.value or 0.0
            return TargetWords(None, increases=True, at_most=lower, change_by=-change if lower else change)
        case Sense.RISES | Sense.FALLS:
            return TargetWords(None, increases=True, at_most=target.sense is Sense.FALLS, change_by=target.value)
