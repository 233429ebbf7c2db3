"""From the pages of a meeting pack to an official document with one page a unit. Source: supervision.md 6."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.lamps import FACES, IndicatorResult, Lamp
from models.official_document import (
    Annex,
    Block,
    DocumentTable,
    OfficialDocument,
    Paragraph,
    TableColumn,
)
from rules.bulletins.words import day_in_words, number_in_words
from rules.notices.document import Office
from rules.notices.figure_words import figure_in_words

PROMISED = (TableColumn("上次会议交办", 12), TableColumn("时限", 4), TableColumn("情况", 3))
LAMPS = (TableColumn("红绿灯", 3), TableColumn("举措数", 16))
FIGURES = (
    TableColumn("指标", 7),
    TableColumn("目标", 3, is_number=True),
    TableColumn("目前", 6, is_number=True),
    TableColumn("上次会议", 6, is_number=True),
)
OPEN = (TableColumn("未办结的整改和通知", 12), TableColumn("时限", 4), TableColumn("情况", 3))
FINDINGS = (TableColumn("抽查不符", 12), TableColumn("认定日期", 4), TableColumn("自报", 3))
QUESTIONS = (TableColumn("序号", 2), TableColumn("需要说明的问题", 22))
LINES, SIGNS_OF_A_LINE, LEAST_FIGURES = 29, 42, 3
"""Rows of tables that a page holds beneath its title, characters of a question in one, figures that always stand."""
KEPT = {Lamp.DONE: "已兑现", Lamp.DONE_LATE: "逾期兑现", Lamp.OVERDUE: "未兑现", Lamp.TO_VERIFY: "待复核"}
NOT_DUE = "未到期"
"""How a commitment stands, by the lamp of its rectification; any other lamp: its day is not over."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    title: str
    now: IndicatorResult
    before: IndicatorResult | None
    is_share: bool


@dataclass(frozen=True, slots=True)
class PackedUnit:
    """`promised` and `still_open`: number, what, due day and how it stands, in words; `findings`: number of the check,
    what was found, the day of the decision and what the unit had said.
    """

    unit: str
    promised: Sequence[tuple[str, str, str, str]]
    lamps: Mapping[Lamp, int]
    lamps_before: Mapping[Lamp, int]
    figures: Sequence[FigureLine]
    still_open: Sequence[tuple[str, str, str, str]]
    findings: Sequence[tuple[str, str, str, str]]
    questions: Sequence[str]


def pack_document(units: Sequence[PackedUnit], as_of: date, since: date, office: Office) -> OfficialDocument:
    """Return the pack; the printed day is the as-of date, so that the same figures give the same document."""
    return OfficialDocument(
        tuple(part.strip() for part in office.masthead.split("、") if part.strip()),
        f"截至{day_in_words(as_of)}",
        ("督查会议材料",),
        "各参会单位",
        (
            Paragraph(
                f"本材料按截至{day_in_words(as_of)}的报送、核验和整改情况生成，与上次会议（{day_in_words(since)}）相比，"
                f"一个单位一页，共 {len(units)} 个单位。所列问题由规则提出，会前可修改；"
                "指标只列未达标、变差和无数据的，全部见看板。"
            ),
        ),
        office.issuer,
        day_in_words(as_of),
        "",
        office.issuer,
        day_in_words(as_of),
        tuple(Annex(unit.unit, tuple(_page(unit)), wide=False) for unit in units),
    )


def _page(unit: PackedUnit) -> Iterator[Block]:
    """Tables alone, each with its heading as the first of its columns: so a unit stands on one page."""
    lamps = (("目前", _lamps(unit.lamps)), ("上次会议", _lamps(unit.lamps_before)))
    questions = tuple((str(index), question) for index, question in enumerate(unit.questions, 1))
    others = [
        DocumentTable("", PROMISED, _rows(unit.promised) or (("没有交办事项。", "", ""),)),
        DocumentTable("", LAMPS, lamps),
        DocumentTable("", OPEN, _rows(unit.still_open) or (("没有未办结的整改和通知。", "", ""),)),
        DocumentTable("", FINDINGS, _rows(unit.findings) or (("上次会议以来没有认定的抽查不符。", "", ""),)),
        DocumentTable("", QUESTIONS, questions or (("—", "没有按规则提出的问题。"),)),
    ]
    room = LINES - sum(map(_lines, others)) - 1  # for the heading of the figures
    promised, lamps_table, *rest = others
    yield promised
    yield lamps_table
    yield DocumentTable("", FIGURES, _figures(unit.figures, max(room, LEAST_FIGURES + 1)))
    yield from rest


def _rows(rows: Sequence[tuple[str, str, str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Number and what it is in one cell."""
    return tuple((f"{number} {text}", day, state) for number, text, day, state in rows)


def _lines(table: DocumentTable) -> int:
    """How many lines the table takes with its heading."""
    whole = sum(column.share for column in table.columns)
    widest = [max(1, SIGNS_OF_A_LINE * column.share // whole) for column in table.columns]
    return 1 + sum(
        max(-(-len(text) // signs) or 1 for text, signs in zip(row, widest, strict=True)) for row in table.rows
    )


def _figures(lines: Sequence[FigureLine], room: int) -> tuple[tuple[str, str, str, str], ...]:
    """What is short of its target, has become worse or has no figures; the last row tells how many others there are."""
    lines_shown = [line for line in lines if line.now.met is not True or line.now.is_worse_than(line.before)]
    fine, others = len(lines) - len(lines_shown), []
    if fine:
        others.append(f"其余 {fine} 项达标且没有变差")
    if len(lines_shown) > room - 1:
        others.append(f"另有 {len(lines_shown) - room + 1} 项见看板")
        lines_shown = lines_shown[: room - 1]
    rows = [_figure_row(line) for line in lines_shown]
    if others or not rows:
        rows.append(("；".join(others) or "没有按指标评价的举措", "", "", ""))
    return tuple(rows)


def _figure_row(line: FigureLine) -> tuple[str, str, str, str]:
    now, before = (figure_in_words(result, is_share=line.is_share) for result in (line.now, line.before))
    return line.title, _target(line), now, before


def _lamps(counts: Mapping[Lamp, int]) -> str:
    return "、".join(f"{FACES[lamp].word} {number}" for lamp, number in counts.items()) or "没有适用的举措"


def _target(line: FigureLine) -> str:
    target = line.now.target
    if target is None:
        return "—"
    return _sign(line.now) + (f"{target:.1%}" if line.is_share else number_in_words(target))


def _sign(result: IndicatorResult) -> str:
    if result.at_most:
        return "＜" if result.increases else "≤"
    return "＞" if result.increases else ""
