"""What stands behind one lamp, as HTML: rule, clause, figures, submissions, and every row with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

import pandas as pd
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.downloads import file_link, source_link
from components.elements.empty_state import empty_state
from components.elements.facts import as_written, clock, facts
from components.elements.figures import target_in_words, value_in_words
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.pace import pace_in_words
from components.elements.tables import Column, Row, figure, ratio, table
from components.elements.task_table import deadline_in_words
from models.cells import as_in_excel
from models.corrections import KeptCorrection
from models.definitions import Indicator
from models.lamps import MeasureLamp, SubmissionSummary
from models.plan import Task
from services.access.personal_data import TELLING, PlaceInFile
from services.proof.proof_rows import IndicatorProof, OfUnit, PartProof, Standing
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
Mended = Mapping[PlaceInFile, Mapping[str, KeptCorrection]]
"""Where a record stands → label → the correction made on screen there."""
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
    """The plan's words, with what is in doubt or noted about them."""
    notes = tuple(("备注", note) for note in task.notes)
    doubts = tuple(
        ("存疑", Markup('<span class="lamp-doubt doubt-word">◆ {}</span>').format(doubt)) for doubt in task.doubts
    )
    return facts(
        ("任务", f"{task.code} {task.title}"),
        ("方案要求", task.requirement),
        ("完成时限", deadline_in_words(task)),
        ("责任单位", task.units_told),
        *notes,
        *doubts,
    )


def indicator_facts(proof: IndicatorProof, *, judged: bool = True) -> Markup:
    """Numerator and denominator in words and in figures; the target where the figure is judged by it."""
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


SUBMISSION_COLUMNS = (
    Column("编号", number=True),
    Column("数据", css="nowrap"),
    Column("月份", css="nowrap unbroken"),
    Column("文件", css="nowrap"),
    Column("报送人", css="nowrap"),
    Column("受理时间", css="nowrap"),
    Column("修订", number=True),
)
FINGERPRINT = Column("文件指纹（SHA-256）")


def submissions_table(sent: Sequence[SubmissionSummary], here: PageContext) -> Markup:
    """The newest first; the file opens as it was uploaded."""
    if not sent:
        return empty_state("截至该日没有相关报送。", "缺报不等于零，也不等于未完成。")
    rows = Column("本单位行数" if sent[0].of_one_unit else "行数", number=True)
    return table((*SUBMISSION_COLUMNS, rows, FINGERPRINT), [_submission(one, here) for one in sent])


def _submission(one: SubmissionSummary, here: PageContext) -> Row:
    file = file_link(one.id, one.file_name, one.unit)
    whose = one.accepted_by + ("（全区台账）" if one.unit is None else "")
    withdrawn = f"（{clock(one.withdrawn_at)} 撤回）" if one.withdrawn_at else ""
    fingerprint = Markup('<code class="hash" title="{}">{}…</code>').format(one.sha256, one.sha256[:16])
    title = DATASETS[one.dataset].title
    number = link(str(one.id), here.address("submission", number=one.id), "查看这次报送")
    return (
        number,
        title,
        one.month,
        file,
        whose,
        clock(one.accepted_at) + withdrawn,
        one.revision,
        one.records,
        fingerprint,
    )


def rows_in_words(part: PartProof) -> str:
    every, rest = part.standings[None], part.standings[Standing.NOT_COUNTED]
    return f"{part.title}：共 {every:,} 行，计入 {every - rest:,} 行，未计入 {rest:,} 行"


def rows_table(shown: RowsShown, part: PartProof, here: PageContext, *, people_first: bool = False) -> Markup:
    """Rows of a part: place in the file first, then what each counts for, then its fields, those that the figure reads
    at the head, each with its cell; what was corrected on screen with what the file says.
    """
    records = shown.rows.to_dict("records")
    fields = _fields_in_order(shown.rows, part, people_first)
    mended = [_mended_in(row, shown.mended) for row in records]
    beside = [_not_among(fields, one) for one in mended]
    columns = [
        Column("报送", number=True),
        Column("工作表"),
        Column("行", number=True),
        Column("单元格"),
        *([Column("责任单位")] if part.of_several else []),
        Column("分子", number=True),
        Column("分母", number=True),
        Column("计入"),
        *([Column("计入起始日")] if part.is_dated else []),
        *(Column(_heading(name, part)) for name in fields),
        *([Column("其他改正")] if any(beside) else []),
    ]
    return table(
        columns,
        [
            [*_record(row, part, here), *_values(row, fields, shown, part.read), *([words] if any(beside) else [])]
            for row, words in zip(records, beside, strict=True)
        ],
        css="records",
    )


def _fields_in_order(rows: pd.DataFrame, part: PartProof, people_first: bool) -> list[str]:
    """What the figure reads, however many; some more to know the record by; people last, or first where they were asked
    for.
    """
    names = [str(name) for name in rows.columns if name not in PLACES]
    people = [name for name in names if name in PERSONAL and name not in part.read]
    others = [name for name in names if name not in PERSONAL and name not in part.read][
        : max(FIELDS_SHOWN - len(part.read), LEAST_OTHERS)
    ]
    return [*people, *part.read, *others] if people_first else [*part.read, *others, *people]


def _heading(name: str, part: PartProof) -> str | Markup:
    if name not in part.read:
        return name
    return Markup('<span class="read" title="计算这项指标所读取的列">{}</span>').format(name)


def _record(row: dict, part: PartProof, here: PageContext) -> list[str | Markup]:
    file = source_link(row["submission"], row["file"], here)
    how = Standing.NOT_COUNTED if not row["counted"] else Standing.ABOVE if row["numerator"] else Standing.BELOW
    return [
        file,
        row["sheet"],
        str(row["row"]),
        row["cell"],
        *([row["unit"]] if part.of_several else []),
        figure(row["numerator"]),
        figure(row["denominator"]),
        standing_in_words(how, gauged=part.gauged),
        *([as_written(row["due"])] if part.is_dated else []),
    ]


def _values(row: dict, fields: Sequence[str], shown: RowsShown, read: Sequence[str]) -> list[Markup]:
    mended, letters = _mended_in(row, shown.mended), shown.letters.get((row["submission"], row["sheet"]), {})
    return [
        _value(
            as_written(row[name]) + _in_file(mended.get(name)),
            _cell(letters.get(name), row["row"]),
            with_cell=name in read,
        )
        for name in fields
    ]


def _value(words: str, cell: str, *, with_cell: bool) -> Markup:
    """What the figure reads stands with its cell; of the rest the cell is told by the pointer."""
    beside = Markup(' <span class="of">{}</span>').format(cell) if with_cell else ""
    return Markup('<span title="{} {}">{}{}</span>').format(words, cell, words, beside)


def _cell(letter: str | None, row: int) -> str:
    return f"{letter}{row}" if letter else "无此列"


def _mended_in(row: dict, mended: Mended) -> Mapping[str, KeptCorrection]:
    return mended.get((row["submission"], row["sheet"], row["row"]), {})


def _in_file(one: KeptCorrection | None) -> str:
    """What stands behind a corrected value."""
    return f"（文件中：{as_in_excel(one.typed) or '空白'}）" if one else ""


def _not_among(fields: Sequence[str], mended: Mapping[str, KeptCorrection]) -> str:
    """“责任单位：区人社局（文件中：区人社居）” of the corrected fields that have no column."""
    return "；".join(
        f"{label}：{one.value or '空白'}{_in_file(one)}" for label, one in mended.items() if label not in fields
    )


def asked_standing(asked: str) -> Standing | None:
    """Which rows an address asks for; None: all of them."""
    return Standing(asked) if asked in list(Standing) else None


def which_rows(part: PartProof, chosen: Standing | None, here: PageContext) -> Markup:
    """All rows, those in the numerator, those in the denominator alone, those not counted; each with how many they
    are.
    """
    choices = [
        (how, f"{standing_in_words(how, gauged=part.gauged) if how else '全部'} {number:,} 行")
        for how, number in part.standings.items()
        if number or how in (None, chosen)
    ]
    links = Markup("").join(
        Markup('<a class="board-link" href="{}" target="_self" aria-current="{}">{}</a>').format(
            here.same_page(rows=how), str(how is chosen).lower(), words
        )
        for how, words in choices
    )
    return Markup('<nav class="filters" aria-label="行">{}</nav>').format(links)


def standing_in_words(how: Standing, *, gauged: bool) -> str:
    below = "只计入分母（未达标）" if gauged else "只计入分母"
    return {
        Standing.ABOVE: "计入分子",
        Standing.PARTLY: "未达满分",
        Standing.BELOW: below,
        Standing.NOT_COUNTED: "未计入",
    }[how]


UNIT_COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("分子", number=True),
    Column("分母", number=True),
    Column("数值", number=True),
)


def units_table(proof: IndicatorProof, here: PageContext) -> Markup:
    """What each unit adds to a figure of the whole district; its name leads to its rows."""
    return table(UNIT_COLUMNS, [_of_unit(one, proof.indicator, here) for one in proof.units])


def _of_unit(one: OfUnit, indicator: Indicator, here: PageContext) -> Row:
    found = one.result
    name = link(one.unit, here.address("indicator", code=indicator.code, unit=one.unit), "查看该单位计入和未计入的行")
    return (
        name,
        figure(found.numerator or 0),
        "—" if found.denominator is None else figure(found.denominator),
        value_in_words(found, indicator),
    )


DECISION_COLUMNS = (
    Column("时间", css="nowrap"),
    Column("决定", css="nowrap"),
    Column("完成日期", css="nowrap"),
    Column("理由"),
    Column("核验人"),
)


def decisions_table(decisions: Sequence[Decision]) -> Markup:
    if not decisions:
        return empty_state("尚无核验或退回。")
    rows = [
        (
            clock(one.at),
            "核验" if one.verified else "退回",
            one.completed_on.isoformat() if one.completed_on else "",
            one.reason,
            one.by,
        )
        for one in decisions
    ]
    return table(DECISION_COLUMNS, rows)
