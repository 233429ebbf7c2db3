"""Cases on a page: one kind with its counts by unit and lamp, and the open or the closed ones with their due days and
cells, in pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from components.elements import cache
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note, section
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.rendering import render
from components.elements.reveal import Full, revealed
from components.elements.tables import Column, Row, table
from models.cases import Case, Caseload
from models.lamps import FACES, Lamp
from services.access.personal_data import PlaceInFile

ON_A_PAGE = 20
SHOWN = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.DOUBT, Lamp.ON_TRACK, Lamp.DONE_LATE, Lamp.DONE)
OPEN = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.DOUBT, Lamp.ON_TRACK)

UNIT_COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("红绿灯分布", css="wide"),
    *(Column(FACES[lamp].word, number=True) for lamp in SHOWN),
    Column("合计", number=True),
)
CASE_COLUMNS = (
    Column("编号", css="nowrap"),
    Column("红绿灯", css="nowrap"),
    Column("责任单位", css="nowrap"),
    Column("事由", css="prose"),
    Column("起始", css="nowrap"),
    Column("应完成", css="nowrap"),
    Column("原文件位置", css="prose"),
)
CLOSED_COLUMNS = (*CASE_COLUMNS[:-1], Column("办结", css="nowrap"), CASE_COLUMNS[-1])
LATE, EVERY_CLOSED = Lamp.DONE_LATE.value, "closed"
CLOSED = (LATE, EVERY_CLOSED)
PEOPLE = Column("个人信息", css="prose")


def cases(kind: str, unit: str | None, here: PageContext) -> None:
    """Draws heading, counts by unit (of all units), and the cases chosen, the open ones first; `<kind>` and
    `<kind>_units` in the address turn pages.
    """
    load = cache.caseload(kind, here.day, unit)
    render(section(load.kind.title, in_words(load, unit)) + note(f"{load.kind.what}；逾期、临期按法定工作日历计算。"))
    if load.years_missing:
        years = "、".join(f"{year} 年" for year in load.years_missing)
        render(note(f"{years}的工作日历尚未录入，相关案件列为存疑。请在“工作日历”中录入。"))
    if not load.of(unit):
        render(empty_state("截至该日没有这类案件的报送。", "缺报的单位见“报送情况”。"))
        return
    if unit is None:
        _by_unit(load, here)
    _cases_chosen(load, unit, here)


def in_words(load: Caseload, unit: str | None = None) -> str:
    """“共 871 件，逾期 31、临期 2；已办结 838，其中逾期完成 55”."""
    found = load.of(unit)
    still = Counter(case.lamp for case in load.open if unit in (None, case.unit))
    opened = "、".join(f"{FACES[lamp].word} {still[lamp]:,}" for lamp in OPEN if still[lamp]) or "没有未办结的"
    late = found.get(Lamp.DONE_LATE, 0)
    return f"共 {sum(found.values()):,} 件，{opened}；已办结 {load.closed(unit):,}" + (
        f"，其中{FACES[Lamp.DONE_LATE].word} {late:,}" if late else ""
    )


def overdue_cases(load: Caseload, unit: str | None, most: int, here: PageContext) -> Markup:
    """The first of the overdue ones, the longest overdue on top, each with its cell."""
    overdue = [case for case in load.open if case.lamp is Lamp.OVERDUE and unit in (None, case.unit)]
    return table(CASE_COLUMNS, [_case_row(case, load.as_of, here) for case in overdue[:most]])


def _by_unit(load: Caseload, here: PageContext) -> None:
    ranked = sorted(load.counts, key=lambda name: tuple(-load.counts[name].get(lamp, 0) for lamp in SHOWN))
    name = f"{load.kind.code}_units"
    shown_page = here.list_page(ranked, name, ON_A_PAGE)
    render(table(UNIT_COLUMNS, [_unit_row(load, unit, here) for unit in shown_page.items]))
    render(shown_page.links)


def _unit_row(load: Caseload, unit: str, here: PageContext) -> Row:
    found = load.counts[unit]
    counts = {lamp: found.get(lamp, 0) for lamp in Lamp}
    where = here.address("cases", kind=load.kind.code, unit=unit)
    return link(unit, where), lamp_bar(counts), *(counts[lamp] for lamp in SHOWN), sum(counts.values())


def _cases_chosen(load: Caseload, unit: str | None, here: PageContext) -> None:
    """The open cases, or those of the lamp that the address asks for; `case_lamp=closed`: all that are closed."""
    mine = [case for case in load.open if unit in (None, case.unit)]
    chosen = here.asked("case_lamp")
    render(_lamps_to_choose(load, mine, unit, chosen, here))
    if chosen in CLOSED:
        total = load.closed(unit) if chosen == EVERY_CLOSED else load.of(unit).get(Lamp.DONE_LATE, 0)
        window = here.list_page(range(total), load.kind.code, ON_A_PAGE)
        listed: Sequence[Case] = cache.closed_cases(
            load.kind.code, load.as_of, unit, chosen != EVERY_CLOSED, window.first - 1, ON_A_PAGE
        )
    else:
        shown = [case for case in mine if chosen in ("", case.lamp.value)]
        window = here.list_page(range(len(shown)), load.kind.code, ON_A_PAGE)
        listed = [shown[place] for place in window.items]
    if not listed:
        render(empty_state("没有这样的案件。" if chosen else "没有未办结的案件。", "可在上方另选。"))
        return
    full = _revealed(load, listed, f"{chosen} {window.number}")
    columns = CLOSED_COLUMNS if chosen in CLOSED else CASE_COLUMNS
    render(
        table(
            [*columns, *([PEOPLE] if full else [])],
            [(*_case_row(case, load.as_of, here), *_people(case, full)) for case in listed],
        )
    )
    render(window.links)


def _revealed(load: Caseload, listed: Sequence[Case], which: str) -> Full:
    main = DATASETS[load.kind.dataset].main
    return revealed(main.code, [_place(case) for case in listed], f"{load.kind.code} {which}")


def _place(case: Case) -> PlaceInFile:
    return case.submission, case.sheet, case.row


def _people(case: Case, full: Full) -> Row:
    """What the ledger says of the people of this case; nothing while they are hidden."""
    if not full:
        return ()
    told = "；".join(f"{label}：{value}" for label, value in full.get(_place(case), {}).items() if value)
    return (told,)


def _lamps_to_choose(load: Caseload, mine: Sequence[Case], unit: str | None, chosen: str, here: PageContext) -> Markup:
    counts = {lamp: sum(case.lamp is lamp for case in mine) for lamp in OPEN}
    choices = [
        ("", f"未办结 {len(mine):,}"),
        *((lamp.value, f"其中{FACES[lamp].word} {counts[lamp]:,}") for lamp in OPEN if counts[lamp]),
        (EVERY_CLOSED, f"已办结 {load.closed(unit):,}"),
        (LATE, f"其中{FACES[Lamp.DONE_LATE].word} {load.of(unit).get(Lamp.DONE_LATE, 0):,}"),
    ]
    links = Markup("").join(
        link(words, here.same_page(**{"case_lamp": code, load.kind.code: None}), css="chosen" if code == chosen else "")
        for code, words in choices
    )
    return Markup('<nav class="filters" aria-label="红绿灯">{}</nav>').format(links)


def _case_row(case: Case, as_of: date, here: PageContext) -> Row:
    place = link(
        f"{case.sheet} {case.cell or f'第 {case.row} 行'}",
        here.address("submission", number=case.submission),
        f"{case.file}，第 {case.row} 行",
    )
    closed = (_day(case.closed),) if case.closed else ()
    return (
        case.code,
        chip(case.lamp, _days_over(case, as_of)),
        link(case.unit, here.address("unit", unit=case.unit)),
        case.subject,
        _day(case.start),
        _day(case.due),
        *closed,
        place,
    )


def _days_over(case: Case, as_of: date) -> str:
    """“8 天” past the due day, until it was closed or, of an open one, until now."""
    late = case.lamp in (Lamp.OVERDUE, Lamp.DONE_LATE)
    return f"{((case.closed or as_of) - case.due).days} 天" if late and case.due else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else "未写明"


def kinds_to_choose(chosen: str, day: date, unit: str | None, here: PageContext) -> Markup:
    """The kinds as links, each with its overdue number; rectifications are cases too and have a page of their own."""
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
    return Markup('<nav class="filters" aria-label="案件类别">{}</nav>').format(Markup("").join(links))


def _with_overdue(title: str, overdue: int) -> str:
    return f"{title}（逾期 {overdue:,}）" if overdue else title
