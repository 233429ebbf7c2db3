"""Cases on a page: one kind with its counts by unit and lamp, and the open or the closed ones with their due days and
cells, in pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note, section
from components.elements.lamp import chip
from components.elements.lamp_column import lamp_bar_column
from components.elements.links import choices, link
from components.elements.offered_files import offer_file
from components.elements.rendering import Parts, render
from components.elements.reveal import Full, revealed
from components.elements.table import Column, Kind, Table, Width, draw_table, rows_on_page, table_parts
from components.elements.table.selection import Selection
from components.elements.table.workbook import workbook_of
from models.cases import Case, Caseload
from models.lamps import FACES, Lamp
from services.access.personal_data import PlaceInFile
from services.cases.caseload import closed_cases

ON_A_PAGE = 20
SHOWN = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.DOUBT, Lamp.ON_TRACK, Lamp.DONE_LATE, Lamp.DONE)
OPEN = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.DOUBT, Lamp.ON_TRACK)

LATE, EVERY_CLOSED = Lamp.DONE_LATE.value, "closed"
CLOSED = (LATE, EVERY_CLOSED)
MOST_CLOSED = 3_000
"""Closed cases up to which all are read, to be ordered, filtered and exported; of more, one page at a time."""


def cases(kind: str, unit: str | None, here: PageContext) -> None:
    """Draw heading, counts by unit (of all units), and the cases chosen, the open ones first; `<kind>` and
    `<kind>_units` in the address turn pages.
    """
    load = cache.caseload(kind, here.day, unit)
    render(section(load.kind.title, in_words(load, unit)) + note(f"{load.kind.what}；逾期、临期按法定工作日历计算。"))
    if load.years_missing:
        years = "、".join(f"{year} 年" for year in load.years_missing)
        render(note(f"未录入{years}工作日历，相关案件列为存疑。请在“工作日历”中录入。"))
    if not load.of(unit):
        render(empty_state("截至该日没有这类案件的报送。", "缺报的单位见“报送情况”。"))
        return
    if unit is None:
        _by_unit(load, here)
    _cases_chosen(load, unit, here)


def in_words(load: Caseload, unit: str | None = None) -> str:
    """Return “共 871 件，逾期 31、临期 2；已办结 838，其中逾期完成 55”."""
    counts = load.of(unit)
    if not sum(counts.values()):
        return "截至该日没有案件"
    open_cases = Counter(case.lamp for case in load.open if unit in (None, case.unit))
    opened = (
        "、".join(f"{FACES[lamp].word} {open_cases[lamp]:,}" for lamp in OPEN if open_cases[lamp]) or "没有未办结的"
    )
    late = counts.get(Lamp.DONE_LATE, 0)
    return f"共 {sum(counts.values()):,} 件，{opened}；已办结 {load.closed(unit):,}" + (
        f"，其中{FACES[Lamp.DONE_LATE].word} {late:,}" if late else ""
    )


def overdue_cases(load: Caseload, unit: str | None, most: int, here: PageContext) -> Parts:
    """Return the first of the overdue ones, the longest overdue on top, each with its cell."""
    overdue = [case for case in load.open if case.lamp is Lamp.OVERDUE and unit in (None, case.unit)]
    return table_parts(case_table(load, here, f"{load.kind.code}_overdue"), overdue[:most], here)


def _by_unit(load: Caseload, here: PageContext) -> None:
    ranked = sorted(load.counts, key=lambda name: tuple(-load.counts[name].get(lamp, 0) for lamp in SHOWN))
    render(table_parts(unit_table(load, here), ranked, here))


def unit_table(load: Caseload, here: PageContext) -> Table[str]:
    """Return the table of units with their cases by lamp."""
    return Table(
        f"{load.kind.code}_units",
        f"{load.kind.title}：各单位",
        (
            Column(
                "unit",
                "责任单位",
                lambda unit: unit,
                Kind.UNIT,
                Width.UNBROKEN,
                href=lambda unit: here.address("cases", kind=load.kind.code, unit=unit),
            ),
            lamp_bar_column(lambda unit: load.counts[unit], load.counts),
            *(_count(load, lamp) for lamp in SHOWN),
            Column("all", "合计", lambda unit: sum(load.counts[unit].values()), Kind.NUMBER),
        ),
        counted="个单位",
        page_size=ON_A_PAGE,
    )


def _count(load: Caseload, lamp: Lamp) -> Column[str]:
    return Column(lamp.value, FACES[lamp].word, lambda unit: load.counts[unit].get(lamp, 0), Kind.NUMBER)


def _cases_chosen(load: Caseload, unit: str | None, here: PageContext) -> None:
    """Draw the open cases, or those of the lamp that the address asks for; `case_lamp=closed`: all that are closed."""
    mine = [case for case in load.open if unit in (None, case.unit)]
    chosen = here.parameter("case_lamp")
    render(_lamps_to_choose(load, mine, unit, chosen, here))
    if chosen not in CLOSED:
        _draw_cases(load, [case for case in mine if chosen in ("", case.lamp.value)], chosen, here)
        return
    total = load.closed(unit) if chosen == EVERY_CLOSED else load.of(unit).get(Lamp.DONE_LATE, 0)
    window = here.list_page(range(total), load.kind.code, total if 0 < total <= MOST_CLOSED else ON_A_PAGE)
    listed = cache.closed_cases(load.kind.code, load.as_of, unit, chosen != EVERY_CLOSED, window.first - 1, window.size)
    _draw_cases(load, listed, chosen, here, is_whole=window.pages == 1)
    if window.pages > 1:
        render(window.links)
        table, late = case_table(load, here, load.kind.code, is_closed=True), chosen != EVERY_CLOSED
        render(
            offer_file(  # all are read when they are asked for: a ledger may have a hundred thousand
                f"导出全部 {total:,} 件",
                f"{load.kind.title} {here.day}.xlsx",
                lambda: workbook_of(
                    table, closed_cases(load.kind.code, load.as_of, unit, late, 0, total), Selection(), here.day
                ),
            )
        )


def _draw_cases(
    load: Caseload, listed: Sequence[Case], chosen: str, here: PageContext, *, is_whole: bool = True
) -> None:
    table = replace(case_table(load, here, load.kind.code, is_closed=chosen in CLOSED), is_whole=is_whole)
    cases = rows_on_page(table, listed, here)
    part = DATASETS[load.kind.dataset].main.code
    full = revealed(part, [_place(case) for case in cases], f"{load.kind.code} {chosen} {here.parameter('page')}")
    if full:
        table = replace(table, columns=(*table.columns, _people(full)), is_exported=False)
    draw_table(table, listed, here)


def case_table(load: Caseload, here: PageContext, name: str, *, is_closed: bool = False) -> Table[Case]:
    """Return the table of cases; the number of each stands beside the cell that it was read from."""
    columns = [
        Column[Case](
            "code",
            "编号",
            lambda case: case.code,
            width=Width.UNBROKEN,
            href=lambda case: here.address("case", dataset=load.kind.dataset, number=case.code),
        ),
        Column[Case](
            "lamp",
            "红绿灯",
            lambda case: case.lamp,
            Kind.LAMP,
            Width.UNBROKEN,
            drawn=lambda case: chip(case.lamp, days_over(case, load.as_of)),
        ),
        Column[Case](
            "unit",
            "责任单位",
            lambda case: case.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda case: here.address("unit", unit=case.unit),
            is_filter=True,
        ),
        Column[Case]("subject", "事由", lambda case: case.subject, width=Width.PROSE),
        Column[Case]("start", "起始", lambda case: case.start or "未写明", Kind.DAY, Width.UNBROKEN, order=_start),
        Column[Case]("due", "应完成", lambda case: case.due or "未写明", Kind.DAY, Width.UNBROKEN, order=_due),
    ]
    if is_closed:
        columns.append(Column[Case]("closed", "办结", lambda case: case.closed, Kind.DAY, Width.UNBROKEN))
    columns.append(
        Column[Case](
            "place",
            "原文件位置",
            lambda case: f"{case.file}，{case.sheet}，{case.cell or f'第 {case.row} 行'}",
            width=Width.PROSE,
            drawn=lambda case: link(
                f"{case.sheet} {case.cell or f'第 {case.row} 行'}",
                here.address("submission", number=case.submission),
                f"{case.file}，第 {case.row} 行",
            ),
        )
    )
    return Table(
        name,
        load.kind.title,
        columns,
        counted="件",
        page_size=ON_A_PAGE,
        group_by="unit",
        nothing="没有这样的案件。",
        what_to_do="可在上方另选。",
    )


def _start(case: Case) -> date | None:
    return case.start


def _due(case: Case) -> date | None:
    return case.due


def _place(case: Case) -> PlaceInFile:
    return case.submission, case.sheet, case.row


def _people(full: Full) -> Column[Case]:
    """Return what the ledger says of the people of a case, for the one view of the page that was asked for."""

    def words(case: Case) -> str:
        return "；".join(f"{label}：{value}" for label, value in full.get(_place(case), {}).items() if value)

    return Column("people", "个人信息", words, width=Width.PROSE, sortable=False)


def _lamps_to_choose(load: Caseload, mine: Sequence[Case], unit: str | None, chosen: str, here: PageContext) -> Markup:
    counts = {lamp: sum(case.lamp is lamp for case in mine) for lamp in OPEN}
    lamps = [
        ("", f"未办结 {len(mine):,}"),
        *((lamp.value, f"其中{FACES[lamp].word} {counts[lamp]:,}") for lamp in OPEN if counts[lamp]),
        (EVERY_CLOSED, f"已办结 {load.closed(unit):,}"),
        (LATE, f"其中{FACES[Lamp.DONE_LATE].word} {load.of(unit).get(Lamp.DONE_LATE, 0):,}"),
    ]
    links = (
        link(
            words,
            here.same_page(**{"case_lamp": code, load.kind.code: None, f"{load.kind.code}_page": None}),
            css="chosen" if code == chosen else "",
        )
        for code, words in lamps
    )
    return choices("红绿灯", links)


def days_over(case: Case, as_of: date) -> str:
    """Return “8 天” past the due day, until it was closed or, of an open one, until now."""
    late = case.lamp in (Lamp.OVERDUE, Lamp.DONE_LATE)
    return f"{((case.closed or as_of) - case.due).days} 天" if late and case.due else ""


def kinds_to_choose(chosen: str, day: date, unit: str | None, here: PageContext) -> Markup:
    """Return the kinds as links, each with its overdue number; rectifications are cases too and have a page of their
    own.
    """
    overdue = cache.overdue_by_kind(day, unit)
    links = [
        link(
            _with_overdue(kind.title, overdue[code]),
            here.address("cases", kind=code, unit=unit),
            css="chosen" if code == chosen else "",
        )
        for code, kind in CASE_KINDS.items()
    ]
    late = cache.rectifications(day, unit).counts.get(Lamp.OVERDUE, 0)
    links.append(link(_with_overdue("整改事项", late), here.address("rectifications", unit=unit)))
    return choices("案件类别", links)


def _with_overdue(title: str, overdue: int) -> str:
    return f"{title}（逾期 {overdue:,}）" if overdue else title
