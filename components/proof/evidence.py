"""The evidence of one lamp: rule, clause, figures, submissions, and every row with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import pandas as pd
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.downloads import file_link, source_link
from components.elements.facts import as_written, clock, facts
from components.elements.figures import figure, ratio, target_in_words, value_in_words
from components.elements.item_codes import item_page
from components.elements.lamp import chip
from components.elements.links import choices, link
from components.elements.pace import pace_in_words
from components.elements.phrases import beside, code, doubt, with_hint
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.task_table import deadline_in_words
from components.elements.templates import from_template
from models.cells import as_in_excel
from models.corrections import KeptCorrection
from models.lamps import MeasureLamp, SubmissionSummary
from models.plan import Task
from services.access.personal_data import TELLING
from services.proof.proof_rows import IndicatorProof, OfUnit, PartProof, RowEffect
from services.proof.rows_shown import RowsShown


class Decision(Protocol):
    """A verification or return, as the proof gives it."""

    verified: bool
    completed_on: date | None
    reason: str
    at: datetime
    by: str


PLACES = ("submission", "file", "sheet", "row", "cell", "unit", "numerator", "denominator", "counted", "due")
FIELDS_SHOWN, LEAST_OTHERS = 8, 3  # beside people; what a figure reads is never left out
SUBMISSIONS_ON_A_PAGE = 20
PERSONAL = {
    field.label
    for dataset in DATASETS.values()
    for part in dataset.parts
    for field in part.fields
    if field.personal in TELLING
}
"""Headings whose values name or reach a person: hardly a figure needs them, they stand last."""


def conclusion(lamp: MeasureLamp, rule: str) -> Markup:
    done = (("完成日期", lamp.completed_on.isoformat()),) if lamp.completed_on else ()
    paces = tuple(("序时进度", pace_in_words(pace, lamp.deadline)) for pace in lamp.behind)
    return facts(("红绿灯", chip(lamp.lamp)), *paces, ("理由", lamp.reason), *done, ("适用规则", rule))


def clause(task: Task) -> Markup:
    """Return the plan's words, with what is in doubt or noted about them."""
    notes = tuple(("备注", note) for note in task.notes)
    doubts = tuple(("存疑", doubt(words)) for words in task.doubts)
    return facts(
        ("任务", f"{task.code} {task.title}"),
        ("方案要求", task.requirement),
        ("完成时限", deadline_in_words(task)),
        ("责任单位", task.units_told),
        *notes,
        *doubts,
    )


def indicator_facts(proof: IndicatorProof, *, judged: bool = True) -> Markup:
    """Return numerator and denominator in words and in figures; the target where the figure is judged by it."""
    indicator, result = proof.indicator, proof.result
    met = {True: "达标", False: "未达标", None: "无数据"}[result.met]
    target = (("目标", f"{target_in_words(result, indicator)}，{met}"),) if judged else ()
    rules = (("计入的规则", "、".join(proof.rules) or "均已停用"),) if indicator.figures else ()
    return facts(
        ("算法", f"{indicator.numerator}" + (f" ÷ {indicator.denominator}" if indicator.denominator else "（计数）")),
        ("分子／分母", ratio(result.numerator, result.denominator)),
        ("数值", value_in_words(result, indicator)),
        *target,
        *rules,
    )


def submissions_table(sent: Sequence[SubmissionSummary], here: PageContext) -> Parts:
    """Return the submissions, the newest first; the file opens as it was uploaded."""
    of_one_unit = bool(sent) and sent[0].of_one_unit
    columns = (
        Column[SubmissionSummary](
            "number",
            "编号",
            lambda submission: submission.id,
            Kind.NUMBER,
            drawn=lambda submission: link(
                str(submission.id), here.address("submission", number=submission.id), "查看这次报送"
            ),
        ),
        Column[SubmissionSummary](
            "dataset",
            "数据",
            lambda submission: DATASETS[submission.dataset].title,
            width=Width.UNBROKEN,
            is_filter=True,
        ),
        Column[SubmissionSummary](
            "month", "月份", lambda submission: submission.month, width=Width.UNBROKEN, is_filter=True
        ),
        Column[SubmissionSummary](
            "file",
            "文件",
            lambda submission: submission.file_name,
            width=Width.UNBROKEN,
            drawn=lambda submission: file_link(submission.id, submission.file_name, submission.unit),
        ),
        Column[SubmissionSummary]("by", "报送人", _sender, width=Width.UNBROKEN),
        Column[SubmissionSummary](
            "at",
            "受理时间",
            lambda submission: submission.accepted_at,
            Kind.MOMENT,
            Width.UNBROKEN,
            drawn=_accepted,
        ),
        Column[SubmissionSummary]("revision", "版本", lambda submission: submission.revision, Kind.NUMBER),
        Column[SubmissionSummary](
            "records",
            "本单位行数" if of_one_unit else "行数",
            lambda submission: submission.records,
            Kind.NUMBER,
        ),
        Column[SubmissionSummary](
            "sha256",
            "文件指纹（SHA-256）",
            lambda submission: submission.sha256,
            drawn=lambda submission: code(f"{submission.sha256[:16]}…", css="hash", hint=submission.sha256),
        ),
    )
    table = Table(
        "sent",
        "报送",
        columns,
        counted="次报送",
        page_size=SUBMISSIONS_ON_A_PAGE,
        nothing="截至该日没有相关报送。",
        what_to_do="缺报不等于零，也不等于未完成。",
    )
    return table_parts(table, sent, here)


def _sender(submission: SubmissionSummary) -> str:
    return submission.accepted_by + ("（全区台账）" if submission.unit is None else "")


def _accepted(submission: SubmissionSummary) -> str:
    withdrawn = f"（{clock(submission.withdrawn_at)} 撤回）" if submission.withdrawn_at else ""
    return clock(submission.accepted_at) + withdrawn


def rows_in_words(part: PartProof) -> str:
    every, rest = part.row_counts[None], part.row_counts[RowEffect.NOT_COUNTED]
    return f"{part.title}：共 {every:,} 行，计入 {every - rest:,} 行，未计入 {rest:,} 行"


@dataclass(frozen=True)
class ProofRow:
    """A row of a part with the corrections made on screen of it and the letters of its columns in its file."""

    values: Mapping[Any, Any]
    mended: Mapping[str, KeptCorrection]
    letters: Mapping[str, str]

    def place_of(self, label: str) -> str:
        """Return the address of the field's cell, or that its sheet has no such column."""
        letter = self.letters.get(label)
        return f"{letter}{self.values['row']}" if letter else "无此列"

    def words_of(self, label: str) -> str:
        return as_written(self.values[label]) + _in_file(self.mended.get(label))


def rows_table(shown: RowsShown, part: PartProof, here: PageContext, *, people_first: bool = False) -> Parts:
    """Return rows of a part: place in the file first, then what each counts for, then its fields, those that the figure
    reads at the head, each with its cell; what was corrected on screen with what the file says.

    Rows are read a page at a time: there may be a million.
    """
    rows = [
        ProofRow(
            row,
            shown.mended.get((row["submission"], row["sheet"], row["row"]), {}),
            shown.letters.get((row["submission"], row["sheet"]), {}),
        )
        for row in shown.rows.to_dict("records")
    ]
    fields = _fields_in_order(shown.rows, part, people_first)
    columns = [
        Column[ProofRow](
            "submission",
            "报送",
            lambda row: row.values["submission"],
            Kind.NUMBER,
            drawn=lambda row: source_link(row.values["submission"], row.values["file"], here),
        ),
        Column[ProofRow]("sheet", "工作表", lambda row: row.values["sheet"]),
        Column[ProofRow](
            "row", "行", lambda row: row.values["row"], Kind.NUMBER, drawn=lambda row: str(row.values["row"])
        ),
        Column[ProofRow]("cell", "单元格", lambda row: row.values["cell"]),
        *([Column[ProofRow]("unit", "责任单位", lambda row: row.values["unit"], Kind.UNIT)] if part.of_several else []),
        Column[ProofRow]("numerator", "分子", lambda row: row.values["numerator"], Kind.NUMBER),
        Column[ProofRow]("denominator", "分母", lambda row: row.values["denominator"], Kind.NUMBER),
        Column[ProofRow]("counted", "计入", lambda row: _counted_in_words(row, part)),
        *([Column[ProofRow]("due", "计入起始日", lambda row: as_written(row.values["due"]))] if part.is_dated else []),
        *(_field(index, name, part, here) for index, name in enumerate(fields)),
    ]
    if any(_not_among(fields, row.mended) for row in rows):
        columns.append(Column[ProofRow]("others", "其他改正", lambda row: _not_among(fields, row.mended)))
    table = Table(part.part, part.title, columns, page_size=None, is_exported=False, is_whole=False, css="records")
    return table_parts(table, rows, here)


def _fields_in_order(rows: pd.DataFrame, part: PartProof, people_first: bool) -> list[str]:
    """Return what the figure reads, however many; some more to know the record by; people last, or first where they
    were asked for.
    """
    names = [str(name) for name in rows.columns if name not in PLACES]
    people = [name for name in names if name in PERSONAL and name not in part.read]
    others = [name for name in names if name not in PERSONAL and name not in part.read][
        : max(FIELDS_SHOWN - len(part.read), LEAST_OTHERS)
    ]
    return [*people, *part.read, *others] if people_first else [*part.read, *others, *people]


def _counted_in_words(row: ProofRow, part: PartProof) -> str:
    values = row.values
    effect = RowEffect.ABOVE if values["numerator"] else RowEffect.BELOW
    return effect_in_words(effect if values["counted"] else RowEffect.NOT_COUNTED, gauged=part.gauged)


def _field(place: int, label: str, part: PartProof, here: PageContext) -> Column[ProofRow]:
    """Return the column of a field. What the figure reads stands with its cell; of the rest the cell is told by the
    pointer.
    """
    is_read = label in part.read

    def cell(row: ProofRow) -> Markup:
        words, address = row.words_of(label), row.place_of(label)
        return with_hint(Markup("{} {}").format(words, beside(address)) if is_read else words, f"{words} {address}")

    hint = "计算这项指标所读取的列" if is_read else ""
    mark = from_template("proof/read.html") if is_read else ""
    return Column(
        f"field{place}",
        label,
        lambda row: row.words_of(label),
        hint=hint,
        mark=mark,
        drawn=cell,
        href=lambda row: item_page(label, as_written(row.values[label]), here),
    )


def _in_file(correction: KeptCorrection | None) -> str:
    """Return what follows a corrected value: what the file says."""
    return f"（文件中：{as_in_excel(correction.typed) or '空白'}）" if correction else ""


def _not_among(fields: Sequence[str], mended: Mapping[str, KeptCorrection]) -> str:
    """Return “责任单位：区人社局（文件中：区人社居）” of the corrected fields that have no column."""
    return "；".join(
        f"{label}：{correction.value or '空白'}{_in_file(correction)}"
        for label, correction in mended.items()
        if label not in fields
    )


def requested_effect(words: str) -> RowEffect | None:
    """Return which rows an address asks for; None: all of them."""
    return RowEffect(words) if words in list(RowEffect) else None


def which_rows(part: PartProof, chosen: RowEffect | None, here: PageContext) -> Markup:
    """Return links to all rows, those in the numerator, those in the denominator alone, those not counted; each with
    how many they are.
    """
    return choices(
        "行",
        (
            link(
                f"{effect_in_words(effect, gauged=part.gauged) if effect else '全部'} {number:,} 行",
                here.same_page(rows=effect),
                current=effect is chosen,
            )
            for effect, number in part.row_counts.items()
            if number or effect in (None, chosen)
        ),
    )


def effect_in_words(effect: RowEffect, *, gauged: bool) -> str:
    """Return what a row counts for; `gauged`: one in the denominator alone misses a target."""
    below = "只计入分母（未达标）" if gauged else "只计入分母"
    return {
        RowEffect.ABOVE: "计入分子",
        RowEffect.PARTLY: "未达满分",
        RowEffect.BELOW: below,
        RowEffect.NOT_COUNTED: "未计入",
    }[effect]


def units_table(proof: IndicatorProof, here: PageContext) -> Parts:
    """Return what each unit adds to a figure of the whole district; its name leads to its rows."""
    columns = (
        Column[OfUnit](
            "unit",
            "责任单位",
            lambda part: part.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda part: here.address("indicator", code=proof.indicator.code, unit=part.unit),
        ),
        Column[OfUnit]("numerator", "分子", lambda part: part.result.numerator or 0, Kind.NUMBER),
        Column[OfUnit](
            "denominator",
            "分母",
            lambda part: part.result.denominator,
            Kind.NUMBER,
            drawn=lambda part: "—" if part.result.denominator is None else figure(part.result.denominator),
        ),
        Column[OfUnit](
            "value",
            "数值",
            lambda part: part.result.value,
            Kind.NUMBER,
            drawn=lambda part: value_in_words(part.result, proof.indicator),
        ),
    )
    table = Table(
        f"of_{proof.indicator.code}",
        f"{proof.indicator.title}：各单位",
        columns,
        counted="个单位",
        page_size=None,
    )
    return table_parts(table, proof.units, here)


def decisions_table(decisions: Sequence[Decision], here: PageContext) -> Parts:
    """Return the verifications and returns, in the order given."""
    columns = (
        Column[Decision]("at", "时间", lambda decision: decision.at, Kind.MOMENT, Width.UNBROKEN),
        Column[Decision](
            "decision", "决定", lambda decision: "核验" if decision.verified else "退回", width=Width.UNBROKEN
        ),
        Column[Decision]("completed", "完成日期", lambda decision: decision.completed_on, Kind.DAY, Width.UNBROKEN),
        Column[Decision]("reason", "理由", lambda decision: decision.reason),
        Column[Decision]("by", "核验人", lambda decision: decision.by),
    )
    table = Table("decisions", "核验记录", columns, counted="次", page_size=None, nothing="尚无核验或退回。")
    return table_parts(table, decisions, here)
