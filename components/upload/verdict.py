"""Whether a workbook can be submitted, in one line straight under the file; in a list where there are several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.lamp import word_chip
from components.elements.links import address, link
from components.elements.table import Column, Table, Width, table_markup
from components.elements.templates import from_template
from components.upload.checking import Upload
from models.lamps import Lamp
from models.validation import ValidationReport
from rules.intake.alike import mistakes

_LONGEST_CLAUSE = 24  # signs; with what stands before them they fill a line of a small screen


def verdict_line(upload: Upload) -> Markup:
    """Return “● 可以报送 帮代办台账，青石镇，2023-08，5 行；没有发现问题。”."""
    lamp, word, why = _verdict(upload)
    return from_template("upload/verdict.html", chip=word_chip(lamp, word), why=why, is_unsent=_is_unsent([upload]))


def verdict_table(uploads: Sequence[Upload], here: PageContext) -> Markup:
    """Return a row a report."""
    columns = (
        Column[Upload]("file", "文件", lambda upload: upload.report.file),
        Column[Upload]("taken_for", "识别为", lambda upload: _taken_for(upload.report), width=Width.UNBROKEN),
        Column[Upload](
            "verdict",
            "结论",
            lambda upload: _verdict(upload)[1],
            width=Width.UNBROKEN,
            drawn=lambda upload: word_chip(*_verdict(upload)[:2]),
        ),
        Column[Upload]("why", "说明", lambda upload: _verdict(upload)[2], width=Width.PROSE),
    )
    table = Table("verdicts", "各份报送", columns, page_size=None, is_whole=False)
    return table_markup(table, uploads, here) + from_template("upload/unsent.html", is_unsent=_is_unsent(uploads))


def _is_unsent(uploads: Sequence[Upload]) -> bool:
    """Return whether something is not handed in yet: the browser then asks before the page is left (unsent.js)."""
    return any(upload.outcome is None and upload.earlier is None for upload in uploads)


def _verdict(upload: Upload) -> tuple[Lamp, str, str | Markup]:
    report = upload.report
    if upload.outcome is not None and upload.outcome.submission is not None:
        number = upload.outcome.submission
        word = "此前已报送" if upload.outcome.unchanged else "已报送"
        return Lamp.DONE, word, link(f"报送 {number}", address("submission", number=number))
    if report.refused is not None:
        return Lamp.OVERDUE, "不能读取", report.refused.message
    contents = _taken_for(report) + f"，{sum(len(sheet.records) for sheet in report.sheets):,} 行"
    if upload.earlier is not None:
        before = link(f"报送 {upload.earlier}", address("submission", number=upload.earlier))
        return Lamp.NOT_REPORTED, "此前已报送", Markup("{}；这份文件已按{}入库，不必再报。").format(contents, before)
    if report.errors:
        return Lamp.OVERDUE, "还不能报送", f"{contents}；{_errors(report)}"
    if upload.lacks_month:
        return (
            Lamp.DUE_SOON,
            "请选择月份",
            f"{contents}；表中没有写明报哪个月{_months_of_rows(report)}，请在上面选择月份。",
        )
    hints = f"提示 {report.warnings:,} 处" if report.warnings else "没有发现问题"
    if upload.questions():
        return Lamp.DUE_SOON, "请先确认", f"{contents}；{hints}，有 {len(upload.questions())} 件事请确认。"
    return Lamp.DONE, "可以报送", f"{contents}；{hints}。"


def _months_of_rows(report: ValidationReport) -> str:
    """“，各行在 2023-06、2023-07、2023-08”, where a column tells it."""
    dataset = DATASETS[report.dataset or ""]
    records, name = report.frames.get(dataset.main.code), dataset.time_field or dataset.month_field
    if records is None or name is None or records[name].dtype == object:
        return ""
    months = sorted(set(records[name].dropna().dt.strftime("%Y-%m")))
    return f"，各行在 {'、'.join(months)}" if months else ""


def _taken_for(report: ValidationReport) -> str:
    title = DATASETS[report.dataset].title if report.dataset in DATASETS else "未能判断的数据"
    return "，".join((title, report.unit or "单位未写明", report.month or "、".join(report.months) or "月份未写明"))


def _errors(report: ValidationReport) -> str:
    """Return “错误 12 处，分 3 种，首要的是“受理编号”每月从头编起”, one line's worth, for the sentences stand below;
    the sentence itself where there is but one.
    """
    kinds = [kind for kind in mistakes(report.problems) if kind.first.severity == "error"]
    if len(kinds) == 1 and len(kinds[0].values) == 1:
        return kinds[0].first.message
    most = max(kinds, key=lambda kind: (kind.first.cell is None, kind.number)).first
    clause = re.split("[，。：]", most.message, maxsplit=1)[0]
    text = clause if len(clause) <= _LONGEST_CLAUSE else f"{clause[:_LONGEST_CLAUSE]}…"
    return f"错误 {report.errors:,} 处，分 {len(kinds)} 种，首要的是{text}。"
