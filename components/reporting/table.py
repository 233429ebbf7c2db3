"""Who reported what: counts with their denominators by dataset and month, units by datasets, and units by months of one
dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.bars import Segment, segment_bar
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.figures import ratio
from components.elements.lamp import css_class, legend, word_chip
from components.elements.links import link
from components.elements.phrases import listed, quiet
from components.elements.rendering import Content
from components.elements.table import SEVERITY, Column, Kind, Row, Share, Table, Width, table_parts
from components.elements.templates import from_template
from models.lamps import Lamp
from rules.months import month_label
from services.reporting.reports import Reporting, ReportOwed
from services.reporting.totals import ReportingTotals, totals, totals_by

ALL = ""
"""The row of sums in place of a dataset."""
LOOK: dict[Reporting, tuple[str, Lamp]] = {
    Reporting.ON_TIME: ("●", Lamp.DONE),
    Reporting.LATE: ("◐", Lamp.DONE_LATE),
    Reporting.PARTIAL: ("◧", Lamp.DUE_SOON),
    Reporting.MISSING: ("–", Lamp.NOT_REPORTED),
    Reporting.NOT_DUE: ("○", Lamp.ON_TRACK),
    Reporting.EXEMPT: ("", Lamp.NOT_APPLICABLE),
}
"""A missing report looks as it does on the board."""


def mark(status: Reporting, words: str = "") -> Markup:
    """Return shape and word on the tint."""
    shape, lamp = LOOK[status]
    return word_chip(lamp, words or status.value, shape)


def marks_in_words() -> Markup:
    """Return the legend."""
    return legend(mark(status) for status in Reporting)


def totals_columns(counts: Callable[[Row], ReportingTotals], rows: Iterable[Row]) -> Sequence[Column[Row]]:
    """Return the rate with what was received of what was expected, then each count; the longest bar of the `rows` fills
    the width.
    """
    longest = max((counts(row).expected for row in rows), default=0)

    def counted(key: str, heading: str, number: Callable[[ReportingTotals], int]) -> Column[Row]:
        return Column(key, heading, lambda row: number(counts(row)), Kind.NUMBER)

    return (
        Column("rate", "报送率", lambda row: Share(counts(row).received, counts(row).expected), Kind.SHARE),
        Column(
            "bar",
            "",
            lambda row: counts(row).missing,
            Kind.PICTURE,
            Width.BAR,
            drawn=lambda row: _bar(counts(row), longest),
            phone_label=False,
        ),
        counted("on_time", "按时", lambda totals: totals.on_time),
        counted("late", "迟报", lambda totals: totals.late),
        counted("partial", "部分", lambda totals: totals.partial),
        counted("missing", "缺报", lambda totals: totals.missing),
        counted("zero", "零报告", lambda totals: totals.zero),
        counted("exempt", "免报", lambda totals: totals.exempt),
        counted("not_due", "未到期", lambda totals: totals.not_due),
    )


def by_dataset(lines: Sequence[ReportOwed], chosen: str, here: PageContext) -> Content:
    """Return a row a dataset, each a link to its months; all of them at the foot."""
    counts = {**totals_by(lines, lambda line: line.dataset), ALL: totals(lines)}

    datasets = [code for code in counts if code != ALL]

    def name(code: str) -> str | Markup:
        if code == ALL:
            return "合计"
        css = "chosen" if code == chosen else ""
        return link(DATASETS[code].title, here.address("reporting", dataset=code), css=css)

    columns: Sequence[Column[str]] = (
        Column[str](
            "dataset",
            "数据",
            lambda code: "合计" if code == ALL else DATASETS[code].title,
            width=Width.UNBROKEN,
            drawn=name,
        ),
        *totals_columns(lambda code: counts[code], datasets),
    )
    table = Table("datasets", "报送情况：按数据", columns, counted="项数据", page_size=None, total=ALL)
    return table_parts(table, datasets, here)


def _bar(counts: ReportingTotals, longest: int) -> Markup:
    numbers = (
        (Reporting.MISSING, counts.missing),
        (Reporting.PARTIAL, counts.partial),
        (Reporting.LATE, counts.late),
        (Reporting.ON_TIME, counts.on_time),
    )
    if not counts.expected:
        return segment_bar((), "尚无到期的报送")
    words = f"缺报 {counts.missing}、部分 {counts.partial}、迟报 {counts.late}、按时 {counts.on_time}"
    return segment_bar(
        [Segment(LOOK[status][1], number, status.value, LOOK[status][0]) for status, number in numbers], words, longest
    )


def by_month(lines: Sequence[ReportOwed], here: PageContext) -> Content:
    """Return datasets by months: received of expected; a snapshot has one column. Each opens its units."""
    months = sorted({line.month for line in lines if line.month})
    snapshots = ("",) if any(not line.month for line in lines) else ()
    counts = totals_by(lines, lambda line: (line.dataset, line.month))
    columns = (
        Column[str](
            "dataset",
            "数据",
            lambda code: DATASETS[code].title,
            width=Width.UNBROKEN,
            href=lambda code: here.address("reporting", dataset=code),
        ),
        *(_of_month(month, counts) for month in (*snapshots, *months)),
    )
    table = Table("months", "报送情况：各数据 × 月份", columns, counted="项数据", page_size=None, css="narrow")
    return table_parts(table, list(dict.fromkeys(line.dataset for line in lines)), here)


def _of_month(month: str, counts: Mapping[tuple[str, str], ReportingTotals]) -> Column[str]:
    def share(code: str) -> Share | None:
        totals = counts.get((code, month))
        return Share(totals.received, totals.expected) if totals and totals.expected else None

    def drawn(code: str) -> str | Markup:
        totals = counts.get((code, month))
        if totals is None:
            return ""
        if not totals.expected:
            return quiet("未到期" if totals.not_due else "免报")
        return ratio(totals.received, totals.expected)

    heading = month_label(month) if month else "一次性报送"
    return Column(f"in_{month or 'snapshot'}", heading, share, Kind.SHARE, drawn=drawn)


def units_by_dataset(lines: Sequence[ReportOwed], here: PageContext) -> Content:
    """Return units by datasets: “6／7” received of expected on the tint of the worst; every cell opens that dataset."""
    cells = totals_by(lines, lambda line: (line.unit, line.dataset))
    datasets = dict.fromkeys(line.dataset for line in lines)
    table = _matrix("units", "责任单位 × 数据", [_of_dataset(code, cells, here) for code in datasets], here)
    return table_parts(table, list(totals_by(lines, lambda line: line.unit)), here)


def _of_dataset(dataset: str, cells: Mapping[tuple[str, str], ReportingTotals], here: PageContext) -> Column[str]:
    title = DATASETS[dataset].title

    def share(unit: str) -> Share | None:
        totals = cells.get((unit, dataset))
        return Share(totals.received, totals.expected) if totals and totals.expected else None

    def cell(unit: str) -> str | Markup:
        totals = cells.get((unit, dataset))
        if totals is None:
            return ""
        if not totals.expected:
            return quiet("免报" if totals.exempt else "○")
        shape, lamp = LOOK[_worst(totals)]
        counts = f"按时 {totals.on_time}，迟报 {totals.late}，部分 {totals.partial}，缺报 {totals.missing}"
        hint = f"{title}：应报 {totals.expected}，{counts}"
        label = from_template("elements/cell.html", shape=shape, words=f"{totals.received}／{totals.expected}")
        return link(label, here.address("reporting", dataset=dataset), hint, css_class(lamp))

    return Column(f"of_{dataset}", title, share, Kind.SHARE, drawn=cell)


def _worst(totals: ReportingTotals) -> Reporting:
    counts = ((Reporting.MISSING, totals.missing), (Reporting.PARTIAL, totals.partial), (Reporting.LATE, totals.late))
    return next((status for status, number in counts if number), Reporting.ON_TIME)


def units_by_month(lines: Sequence[ReportOwed], here: PageContext) -> Content:
    """Return units by months of one monthly dataset; a cell that was reported opens the submission."""
    reports = {(line.unit, line.month): line for line in lines}
    months = sorted({line.month for line in lines})
    table = _matrix(
        "units_months", "责任单位 × 月份", [_month_column(month, reports, here) for month in months], here, "months"
    )
    return table_parts(table, list(dict.fromkeys(line.unit for line in lines)), here)


def _month_column(month: str, reports: Mapping[tuple[str, str], ReportOwed], here: PageContext) -> Column[str]:
    def words(unit: str) -> str:
        line = reports.get((unit, month))
        if line is None:
            return ""
        if line.status is Reporting.NOT_DUE and line.due_on:
            return f"{line.due_on:%-m月%-d日}前"
        return "零报告" if line.is_zero else line.status.value

    def gravity(unit: str) -> int | None:
        line = reports.get((unit, month))
        return SEVERITY[LOOK[line.status][1]] if line else None

    def cell(unit: str) -> str | Markup:
        line = reports.get((unit, month))
        if line is None:
            return ""
        shape, lamp = LOOK[line.status]
        label = from_template("elements/cell.html", shape=shape, words=words(unit))
        if line.submission is None:
            css = f"cell {css_class(lamp)}"
            return from_template("elements/span.html", css=css, words=label, hint=_report_in_words(line))
        return link(label, here.address("submission", number=line.submission), _report_in_words(line), css_class(lamp))

    return Column(f"in_{month}", month_label(month), words, order=gravity, drawn=cell)


def _report_in_words(line: ReportOwed) -> str:
    """Return “应于 2023-08-07 前报送；2023-08-04 09:00 受理，6 行，第 1 版”."""
    due = f"应于 {line.due_on} 前报送" if line.due_on else "应报日期未定"
    if line.accepted_at is None:
        return f"{due}；{line.status.value}" + (f"：{line.reason}" if line.reason else "")
    lacking = f"，还缺 {'、'.join(line.lacking)}" if line.lacking else ""
    return f"{due}；{clock(line.accepted_at)} 首次受理，现为第 {line.revisions} 版，{line.records} 行{lacking}"


def _matrix(name: str, title: str, columns: Sequence[Column[str]], here: PageContext, css: str = "") -> Table[str]:
    unit = Column[str](
        "unit",
        "责任单位",
        lambda unit: unit,
        Kind.UNIT,
        drawn=lambda unit: link(unit, here.address("unit", unit=unit), unit),
    )
    return Table(
        name, title, (unit, *columns), counted="个单位", page_size=None, css=f"matrix reporting {css}".rstrip()
    )


def never_reported(lines: Sequence[ReportOwed], here: PageContext) -> Content:
    """Return datasets with the units that owe them and of which none ever came."""
    silent: dict[str, list[str]] = {}
    for (code, unit), counts in totals_by(lines, lambda line: (line.dataset, line.unit)).items():
        if counts.missing and not counts.received:
            silent.setdefault(code, []).append(unit)
    if not any(line.status is not Reporting.NOT_DUE for line in lines):
        return empty_state("尚未到报送期限。")
    columns = (
        Column[str]("dataset", "数据", lambda code: DATASETS[code].title, width=Width.UNBROKEN),
        Column[str]("number", "单位", lambda code: len(silent[code]), Kind.NUMBER),
        Column[str](
            "units",
            "从未报送的单位",
            lambda code: "、".join(silent[code]),
            width=Width.PROSE,
            drawn=lambda code: listed(link(unit, here.address("unit", unit=unit)) for unit in silent[code]),
        ),
    )
    table = Table("silent", "从未报送", columns, counted="项数据", page_size=None, nothing="没有从未报送的数据。")
    return table_parts(table, list(silent), here)


def snapshot_ages(lines: Sequence[ReportOwed], here: PageContext) -> Content:
    """Return of a snapshot when it came and how old the one in force is, the oldest first; missing ones on top."""
    ranked = sorted(lines, key=lambda line: (line.accepted_at is not None, -(line.age or 0)))
    columns = (
        Column[ReportOwed](
            "unit",
            "责任单位",
            lambda line: line.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda line: here.address("unit", unit=line.unit),
        ),
        Column[ReportOwed](
            "status",
            "情况",
            lambda line: "零报告" if line.is_zero else line.status.value,
            width=Width.UNBROKEN,
            drawn=lambda line: mark(line.status, "零报告" if line.is_zero else ""),
            is_filter=True,
        ),
        Column[ReportOwed]("at", "首次受理", lambda line: line.accepted_at, Kind.MOMENT, Width.UNBROKEN),
        Column[ReportOwed]("age", "距今天数", lambda line: line.age, Kind.NUMBER),
        Column[ReportOwed]("revisions", "版本", lambda line: line.revisions or None, Kind.NUMBER),
        Column[ReportOwed]("records", "记录", lambda line: line.records, Kind.NUMBER),
        Column[ReportOwed](
            "submission",
            "报送",
            lambda line: line.submission,
            Kind.NUMBER,
            drawn=lambda line: str(line.submission or ""),
            href=lambda line: here.address("submission", number=line.submission) if line.submission else None,
        ),
        Column[ReportOwed]("reason", "备注", lambda line: line.reason),
    )
    table = Table(
        "ages", "一次性报送：各单位", columns, counted="个单位", page_size=None, nothing="没有单位应报这项数据。"
    )
    return table_parts(table, ranked, here)
