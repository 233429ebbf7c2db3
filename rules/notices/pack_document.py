"""The pages of a meeting pack in; an official document with one page a unit out. Source: supervision.md 6."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.lamps import FACES, IndicatorResult, Lamp
from models.official_document import (
    Annex,
    Block,
    DocumentTable,
    Heading,
    Level,
    OfficialDocument,
    Paragraph,
    TableColumn,
)
from rules.bulletins.words import day_in_words, number_in_words
from rules.notices.document import Office

FIGURES = (
    TableColumn("指标", 8),
    TableColumn("目标", 3, is_number=True),
    TableColumn("目前", 5, is_number=True),
    TableColumn("上次会议", 5, is_number=True),
)
OPEN = (TableColumn("编号", 3), TableColumn("事项", 9), TableColumn("时限", 4), TableColumn("情况", 3))
FINDINGS = (TableColumn("抽查", 3), TableColumn("内容", 9), TableColumn("认定日期", 4), TableColumn("自报", 3))
KEPT = {True: "已兑现", False: "未兑现", None: "未到期"}


@dataclass(frozen=True, slots=True)
class FigureLine:
    title: str
    now: IndicatorResult
    before: IndicatorResult | None


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
                f"一个单位一页，共 {len(units)} 个单位。所列问题由规则提出，会前可增删。"
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
    yield Heading(Level.FIRST, "一、上次会议交办")
    yield _table(unit.promised, "上次会议没有交办事项。")
    yield Heading(Level.FIRST, "二、红绿灯")
    yield Paragraph(f"目前：{_lamps(unit.lamps)}。上次会议：{_lamps(unit.lamps_before)}。")
    yield Heading(Level.FIRST, "三、指标")
    figures = tuple((line.title, _target(line.now), _figure(line.now), _figure(line.before)) for line in unit.figures)
    yield DocumentTable("", FIGURES, figures) if figures else Paragraph("没有按指标评价的举措。")
    yield Heading(Level.FIRST, "四、未办结的整改和通知")
    yield _table(unit.still_open, "没有未办结的整改和通知。")
    yield Heading(Level.FIRST, "五、抽查不符")
    findings = tuple(unit.findings)
    yield DocumentTable("", FINDINGS, findings) if findings else Paragraph("上次会议以来没有认定的抽查不符。")
    yield Heading(Level.FIRST, "六、需要说明的问题")
    for place, question in enumerate(unit.questions, 1):
        yield Paragraph(f"{place}．{question}")
    if not unit.questions:
        yield Paragraph("没有按规则提出的问题。")


def _fell(line: FigureLine) -> bool:
    now, before = line.now.value, line.before.value if line.before else None
    return now is not None and before is not None and now < before


def _table(rows: Sequence[tuple[str, str, str, str]], nothing: str) -> Block:
    return DocumentTable("", OPEN, tuple(rows)) if rows else Paragraph(nothing)


def _lamps(counts: Mapping[Lamp, int]) -> str:
    return "、".join(f"{FACES[lamp].word} {number}" for lamp, number in counts.items()) or "没有适用的举措"


def _target(result: IndicatorResult) -> str:
    if result.target is None:
        return "—"
    if result.denominator is None:
        return f"{'＞' if result.increases else ''}{result.target:g}"
    return f"{result.target:.1%}"


def _figure(result: IndicatorResult | None) -> str:
    if result is None or result.numerator is None:
        return "无数据"
    if result.denominator is None:
        return number_in_words(result.numerator)
    if result.value is None:
        return "无可计"
    return f"{result.value:.1%}（{number_in_words(result.numerator)}/{number_in_words(result.denominator)}）"
