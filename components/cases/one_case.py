"""One case on a page: its lamp against each due day, and what every ledger said of it, month after month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from components.cases.columns import KindedCase, lamp_column, unit_column
from components.cases.table import days_over
from components.elements.context import PageContext
from components.elements.facts import as_written
from components.elements.item_codes import item_page
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.templates import from_template
from models.lamps import FACES
from services.access.personal_data import PlaceInFile
from services.cases.one_case import CaseHistory, LedgerRow


def finding(history: CaseHistory, here: PageContext) -> str:
    """Return “差评整改逾期 8 天，应于 2023-08-14 前完成”, or how many rows there are where no kind of case holds it."""
    standings = [
        f"{kind.title}{FACES[case.lamp].word} {days_over(case, here.day)}".rstrip()
        + (f"，应于 {case.due} 前完成" if case.due else "")
        for kind, case in history.lamps
    ]
    return "；".join(dict.fromkeys(standings)) or f"台账中 {len(history.rows)} 行，不计时限"


def lamps_table(history: CaseHistory, here: PageContext) -> Parts:
    """Return a row for each kind of case that the record is, with its days."""
    columns = (
        Column[KindedCase](
            "kind",
            "案件",
            lambda judged: judged[0].title,
            width=Width.UNBROKEN,
            href=lambda judged: here.address("cases", kind=judged[0].code, unit=judged[1].unit),
        ),
        lamp_column(here),
        unit_column(here),
        Column[KindedCase]("subject", "事由", lambda judged: judged[1].subject, width=Width.PROSE),
        Column[KindedCase]("start", "起始", lambda judged: judged[1].start or "未写明", Kind.DAY, Width.UNBROKEN),
        Column[KindedCase]("due", "应完成", lambda judged: judged[1].due or "未写明", Kind.DAY, Width.UNBROKEN),
        Column[KindedCase]("closed", "办结", lambda judged: judged[1].closed or "未办结", Kind.DAY, Width.UNBROKEN),
        Column[KindedCase]("what", "时限", lambda judged: judged[0].what, width=Width.PROSE),
    )
    nothing = "这一行不计时限：不属于任何一类案件，或者没有写明时限。"
    return table_parts(Table("lamps", "时限", columns, page_size=None, nothing=nothing), history.lamps, here)


@dataclass(frozen=True)
class FieldOverTime:
    """What each row of a ledger says of one field, in the order of acceptance."""

    label: str
    values: Sequence[str]


def rows_table(history: CaseHistory, here: PageContext) -> Parts:
    """Return the ledger's rows side by side: a row a field, a column a report; what changed stands out."""
    labels = list(dict.fromkeys(label for row in history.rows for label in row.values))
    several = len({row.unit for row in history.rows}) > 1
    lines = [FieldOverTime(label, [as_written(row.values.get(label)) for row in history.rows]) for label in labels]
    columns = (
        Column[FieldOverTime]("field", "项目", lambda line: line.label, width=Width.UNBROKEN),
        *(_report(index, row, here, with_unit=several) for index, row in enumerate(history.rows)),
    )
    table = Table("ledger", f"案件 {history.number}", columns, counted="项", page_size=None, has_search=False)
    filled = [line for line in lines if any(line.values)]
    return table_parts(table, filled, here)


def _report(place: int, row: LedgerRow, here: PageContext, *, with_unit: bool) -> Column[FieldOverTime]:
    def value(line: FieldOverTime) -> str:
        return line.values[place]

    def drawn(line: FieldOverTime) -> str | Markup:
        is_changed = place > 0 and line.values[place] != line.values[place - 1]
        return from_template("cases/changed.html", words=line.values[place]) if is_changed else value(line)

    heading = f"{row.month or '一次性'} 第 {row.submission} 号报送" + (f" {row.unit}" if with_unit else "")
    return Column(
        f"r{place}",
        heading,
        value,
        width=Width.PROSE,
        drawn=drawn,
        href=lambda line: item_page(line.label, line.values[place], here),
        sortable=False,
        under=f"{'现行' if row.in_force else '已被取代'}，{row.sheet} 第 {row.row} 行",
    )


def sources_table(history: CaseHistory, here: PageContext) -> Parts:
    """Return where each row stands in the files as uploaded."""
    columns = (
        Column[LedgerRow](
            "submission",
            "报送",
            lambda row: row.submission,
            Kind.NUMBER,
            drawn=lambda row: str(row.submission),
            href=lambda row: here.address("submission", number=row.submission),
        ),
        Column[LedgerRow]("accepted", "受理", lambda row: row.accepted_at, Kind.MOMENT, Width.UNBROKEN),
        Column[LedgerRow]("month", "月份", lambda row: row.month, width=Width.UNBROKEN),
        Column[LedgerRow]("unit", "责任单位", lambda row: row.unit, Kind.UNIT, Width.UNBROKEN),
        Column[LedgerRow]("state", "状态", lambda row: "现行" if row.in_force else "已被取代", width=Width.UNBROKEN),
        Column[LedgerRow]("file", "文件", lambda row: row.file, width=Width.PROSE),
        Column[LedgerRow]("place", "位置", lambda row: f"{row.sheet} 第 {row.row} 行", width=Width.UNBROKEN),
    )
    table = Table("sources", "报送", columns, counted="次", page_size=None)
    return table_parts(table, list(reversed(history.rows)), here)


def changes_in_words(history: CaseHistory) -> str:
    """Return how often the case was reported and how often something changed."""
    changed = sum(before.values != after.values for before, after in pairwise(history.rows))
    return f"{len(history.rows)} 次报送，{changed} 次有变化" if len(history.rows) > 1 else "1 次报送"


def places_of_rows(history: CaseHistory) -> list[PlaceInFile]:
    return [(row.submission, row.sheet, row.row) for row in history.rows]
