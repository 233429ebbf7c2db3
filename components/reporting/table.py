"""Who reported what: counts with their denominators by dataset and month, units by datasets, and units by months of one
dataset.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.lamp import css_class
from components.elements.links import link
from components.elements.tables import Column, Row, percent, ratio, table
from models.lamps import Lamp
from services.reporting.reports import Reporting, ReportOwed
from services.reporting.totals import ReportingTotals, totals, totals_by

LOOK: dict[Reporting, tuple[str, Lamp]] = {
    Reporting.ON_TIME: ("●", Lamp.DONE),
    Reporting.LATE: ("◐", Lamp.DONE_LATE),
    Reporting.PARTIAL: ("◧", Lamp.DUE_SOON),
    Reporting.MISSING: ("–", Lamp.NOT_REPORTED),
    Reporting.NOT_DUE: ("○", Lamp.ON_TRACK),
    Reporting.EXEMPT: ("", Lamp.NOT_APPLICABLE),
}
"""A missing report looks as it does on the board."""

COLUMNS = (
    Column("数据", css="nowrap"),
    Column("报送率（已报／应报）", number=True),
    Column("", css="wide"),
    Column("按时", number=True),
    Column("迟报", number=True),
    Column("部分", number=True),
    Column("缺报", number=True),
    Column("零报告", number=True),
    Column("免报", number=True),
    Column("未到期", number=True),
)


def mark(status: Reporting, words: str = "") -> Markup:
    """Shape and word on the tint."""
    shape, lamp = LOOK[status]
    return Markup('<span class="chip {}"><span class="shape {}" aria-hidden="true">{}</span>{}</span>').format(
        css_class(lamp), css_class(lamp), shape, words or status.value
    )


def marks_in_words() -> Markup:
    """The legend."""
    return Markup('<p class="legend" aria-label="图例">{}</p>').format(
        Markup(" ").join(mark(status) for status in Reporting)
    )


def rate_in_words(one: ReportingTotals) -> Markup:
    return Markup('{} <span class="of">（{}）</span>').format(percent(one.rate), ratio(one.received, one.expected))


def by_dataset(lines: Sequence[ReportOwed], chosen: str, here: PageContext) -> Markup:
    """A row a dataset, each a link to its months; all of them at the foot."""
    rows = [
        _counts(
            link(
                DATASETS[code].title,
                here.address("reporting", dataset=code),
                css="chosen" if code == chosen else "",
            ),
            one,
        )
        for code, one in totals_by(lines, lambda line: line.dataset).items()
    ]
    return table(COLUMNS, [*rows, _counts("合计", totals(lines))])


def _counts(name: str | Markup, one: ReportingTotals) -> Row:
    return (
        name,
        rate_in_words(one),
        _bar(one),
        one.on_time,
        one.late,
        one.partial,
        one.missing,
        one.zero,
        one.exempt,
        one.not_due,
    )


def _bar(one: ReportingTotals) -> Markup:
    numbers = (
        (Reporting.MISSING, one.missing),
        (Reporting.PARTIAL, one.partial),
        (Reporting.LATE, one.late),
        (Reporting.ON_TIME, one.on_time),
    )
    if not one.expected:
        return Markup('<div class="bar bar-empty">尚无到期的报送</div>')
    segments = Markup("").join(
        Markup(
            '<span class="segment {} digits-{}" style="flex-grow:{}" title="{} {}"><i>{}</i><b>{}</b></span>'
        ).format(
            css_class(LOOK[status][1]), min(len(str(number)), 4), number, status.value, number, LOOK[status][0], number
        )
        for status, number in numbers
        if number
    )
    return Markup('<div class="bar" role="img" aria-label="缺报 {}、部分 {}、迟报 {}、按时 {}">{}</div>').format(
        one.missing, one.partial, one.late, one.on_time, segments
    )


def by_month(lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Datasets by months: received of expected; a snapshot has one column. Each opens its units."""
    months = sorted({line.month for line in lines if line.month})
    found = totals_by(lines, lambda line: (line.dataset, line.month))
    columns = [
        Column("数据", css="nowrap"),
        Column("快照", number=True),
        *(Column(f"{int(month[5:])}月", number=True) for month in months),
    ]
    datasets = list(dict.fromkeys(line.dataset for line in lines))
    rows = [
        (
            link(DATASETS[code].title, here.address("reporting", dataset=code)),
            *(_share(found.get((code, month))) for month in ("", *months)),
        )
        for code in datasets
    ]
    return table(columns, rows, css="narrow")


def _share(one: ReportingTotals | None) -> str | Markup:
    if one is None:
        return ""
    if not one.expected:
        return Markup('<span class="quiet">未到期</span>') if one.not_due else Markup('<span class="quiet">免报</span>')
    return ratio(one.received, one.expected)


def units_by_dataset(lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Units by datasets: “6／7” received of expected on the tint of the worst; every cell opens that dataset."""
    datasets = list(dict.fromkeys(line.dataset for line in lines))
    cells = totals_by(lines, lambda line: (line.unit, line.dataset))
    heads = [link(DATASETS[code].title, here.address("reporting", dataset=code)) for code in datasets]
    units = totals_by(lines, lambda line: line.unit)
    rows = [(unit, [_unit_cell(cells.get((unit, code)), code, here) for code in datasets]) for unit in units]
    return _matrix(heads, rows, here)


def _unit_cell(one: ReportingTotals | None, dataset: str, here: PageContext) -> Markup:
    if one is None:
        return Markup("<td></td>")
    if not one.expected:
        return Markup('<td><span class="quiet">{}</span></td>').format("免报" if one.exempt else "○")
    worst = _worst(one)
    counts = f"按时 {one.on_time}，迟报 {one.late}，部分 {one.partial}，缺报 {one.missing}"
    said = f"{DATASETS[dataset].title}：应报 {one.expected}，{counts}"
    label = Markup("{}<small>{}／{}</small>").format(LOOK[worst][0], one.received, one.expected)
    return Markup("<td>{}</td>").format(
        link(label, here.address("reporting", dataset=dataset), said, css_class(LOOK[worst][1]))
    )


def _worst(one: ReportingTotals) -> Reporting:
    counts = ((Reporting.MISSING, one.missing), (Reporting.PARTIAL, one.partial), (Reporting.LATE, one.late))
    return next((status for status, number in counts if number), Reporting.ON_TIME)


def units_by_month(lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Units by months of one monthly dataset; a cell that was reported opens the submission."""
    months = sorted({line.month for line in lines})
    found = {(line.unit, line.month): line for line in lines}
    units = dict.fromkeys(line.unit for line in lines)
    rows = [(unit, [_month_cell(found.get((unit, month)), here) for month in months]) for unit in units]
    return _matrix([Markup("{}").format(f"{int(month[5:])}月") for month in months], rows, here, "months")


def _month_cell(line: ReportOwed | None, here: PageContext) -> Markup:
    if line is None:
        return Markup("<td></td>")
    shape, lamp = LOOK[line.status]
    words = "零报告" if line.is_zero else line.status.value
    if line.status is Reporting.NOT_DUE and line.due_on:
        words = f"{line.due_on:%-m月%-d日}前"
    if line.submission is None:
        return Markup('<td><span class="cell {}" title="{}">{}<small>{}</small></span></td>').format(
            css_class(lamp), _said(line), shape, words
        )
    label = Markup("{}<small>{}</small>").format(shape, words)
    return Markup("<td>{}</td>").format(
        link(label, here.address("submission", number=line.submission), _said(line), css_class(lamp))
    )


def _said(line: ReportOwed) -> str:
    """“应于 2023-08-07 前报送；2023-08-04 09:00 受理，6 行，第 1 次修订”."""
    due = f"应于 {line.due_on} 前报送" if line.due_on else "应报日期未定"
    if line.accepted_at is None:
        return f"{due}；{line.status.value}" + (f"：{line.reason}" if line.reason else "")
    lacking = f"，还缺 {'、'.join(line.lacking)}" if line.lacking else ""
    return f"{due}；{clock(line.accepted_at)} 首次受理，现为 {line.records} 行，修订 {line.revisions} 次{lacking}"


def _matrix(
    heads: Sequence[Markup], rows: Sequence[tuple[str, Sequence[Markup]]], here: PageContext, css: str = ""
) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in heads)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            link(unit, here.address("unit", unit=unit), unit), Markup("").join(cells)
        )
        for unit, cells in rows
    )
    return Markup(
        '<div class="table-frame"><table class="board matrix reporting {}"><thead><tr><th scope="col">责任单位（{}）</th>{}</tr></thead>'  # noqa: E501
        "<tbody>{}</tbody></table></div>"
    ).format(css, len(rows), head, body)


def never_reported(lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Datasets with the units that owe them and of which none ever came."""
    silent: dict[str, list[str]] = {}
    for (code, unit), one in totals_by(lines, lambda line: (line.dataset, line.unit)).items():
        if one.missing and not one.received:
            silent.setdefault(code, []).append(unit)
    if not silent:
        return empty_state("每个单位应报的每项数据都报送过。")
    columns = (Column("数据", css="nowrap"), Column("单位", number=True), Column("从未报送的单位", css="prose"))
    rows = [
        (
            DATASETS[code].title,
            len(units),
            Markup("、").join(link(unit, here.address("unit", unit=unit)) for unit in units),
        )
        for code, units in silent.items()
    ]
    return table(columns, rows)


SNAPSHOT_COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("情况", css="nowrap"),
    Column("首次受理", css="nowrap"),
    Column("距今天数", number=True),
    Column("修订", number=True),
    Column("记录", number=True),
    Column("报送", number=True),
    Column("备注"),
)


def snapshot_ages(lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """Of a snapshot: when it came and how old the one in force is, the oldest first; missing ones on top."""
    ranked = sorted(lines, key=lambda line: (line.accepted_at is not None, -(line.age or 0)))
    return (
        table(SNAPSHOT_COLUMNS, [_snapshot(line, here) for line in ranked])
        if ranked
        else empty_state("没有单位应报这项数据。")
    )


def _snapshot(line: ReportOwed, here: PageContext) -> Row:
    number = link(str(line.submission), here.address("submission", number=line.submission)) if line.submission else ""
    received = clock(line.accepted_at) if line.accepted_at else ""
    return (
        link(line.unit, here.address("unit", unit=line.unit)),
        mark(line.status, "零报告" if line.is_zero else ""),
        received,
        line.age,
        line.revisions or None,
        line.records,
        number,
        line.reason,
    )
