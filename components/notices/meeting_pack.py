"""The meeting pack on the screen: how each unit stands against the last meeting, and of one unit its page."""

from __future__ import annotations

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.facts import facts
from components.elements.rendering import Parts, parts_of
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from components.notices.notices import notices_table
from components.rectifications.ledger import ledger_table
from models.lamps import Lamp
from rules.notices.pack_document import KEPT, NOT_DUE
from rules.notices.questions import Question
from services.notices.meeting_pack import Figure, Finding, MeetingPack, UnitPage, link_of


def finding(pack: MeetingPack) -> str:
    """Return “62 个单位，需要说明的问题 214 个” for the title of the page."""
    questions = sum(len(page.questions) for page in pack.units)
    if len(pack.units) == 1:
        return f"{pack.units[0].unit}：需要说明的问题 {questions:,} 个"
    return f"{len(pack.units)} 个单位，需要说明的问题 {questions:,} 个"


def units_table(here: PageContext) -> Table[UnitPage]:
    """Return the declaration of the table by unit."""

    def number(key: str, heading: str, count: str, *, folds: bool = False) -> Column[UnitPage]:
        return Column(key, heading, lambda page: len(getattr(page, count)), Kind.NUMBER, folds=folds)

    def overdue(key: str, heading: str, lamps: str) -> Column[UnitPage]:
        return Column(key, heading, lambda page: getattr(page, lamps).get(Lamp.OVERDUE, 0), Kind.NUMBER)

    return Table(
        "units",
        "会议材料",
        (
            Column(
                "whose",
                "责任单位",
                lambda page: page.unit,
                Kind.UNIT,
                Width.UNBROKEN,
                href=lambda page: here.same_page(unit=page.unit),
                is_filter=True,
            ),
            overdue("overdue", "逾期", "lamps"),
            overdue("before", "上次会议逾期", "lamps_before"),
            number("open", "未办结整改", "rectifications"),
            number("notices", "未办结通知", "notices"),
            number("findings", "抽查不符", "findings", folds=True),
            number("questions", "需要说明的问题", "questions"),
        ),
        counted="个单位",
        nothing="没有可以列入会议材料的单位。",
        what_to_do="请换一个截至日期。",
    )


def unit_page(page: UnitPage, pack: MeetingPack, here: PageContext) -> Parts:
    """Return one unit in the order of the meeting: promised, lamps, figures, what is open, findings, questions."""
    commitments = [commitment.rectification for commitment in page.commitments]
    outcomes = {
        commitment.rectification.number: KEPT.get(commitment.rectification.lamp, NOT_DUE)
        for commitment in page.commitments
    }
    lamps = facts(("目前", lamp_bar(page.lamps)), (f"上次会议（{pack.since}）", lamp_bar(page.lamps_before)))
    promised = "、".join(f"{number} {word}" for number, word in outcomes.items())
    return parts_of(
        (
            section("上次会议和约谈、批示交办", promised or "没有交办事项"),
            table_parts(ledger_table(here, "交办事项"), commitments, here) if commitments else Markup(""),
            section("红绿灯") + lamps,
            section("指标") + table_parts(FIGURES, page.figures, here),
            section("未办结的整改"),
            table_parts(ledger_table(here, "未办结的整改"), page.rectifications, here),
            section("未办结的通知", "" if page.notices else "没有未办结的通知"),
            table_parts(notices_table(here), page.notices, here) if page.notices else Markup(""),
            section("抽查不符", f"上次会议以来认定 {len(page.findings)} 件"),
            table_parts(FINDINGS, page.findings, here) if page.findings else Markup(""),
            section("需要说明的问题", "按规则提出，会前可以修改"),
            table_parts(_questions_table(page.unit, pack), page.questions, here),
        )
    )


def _questions_table(unit: str, pack: MeetingPack) -> Table[Question]:
    return Table(
        "questions",
        "需要说明的问题",
        (
            Column(
                "text",
                "问题",
                lambda question: question.text,
                width=Width.PROSE,
                href=lambda question: link_of(question, unit, pack.as_of),
                sortable=False,
            ),
        ),
        counted="个",
        page_size=None,
        nothing="没有按规则提出的问题。",
    )


def _share(figure: Figure, *, before: bool = False) -> Share:
    result = figure.before if before else figure.now
    return Share(None, None) if result is None else Share(result.numerator, result.denominator)


MET = {True: "是", False: "否", None: "—"}
FIGURES: Table[Figure] = Table(
    "figures",
    "指标",
    (
        Column("measure", "举措", lambda figure: figure.measure, width=Width.UNBROKEN),
        Column("title", "指标", lambda figure: INDICATORS[figure.now.code].title, width=Width.PROSE),
        Column("now", "目前", _share, Kind.SHARE),
        Column("before", "上次会议", lambda figure: _share(figure, before=True), Kind.SHARE),
        Column("met", "达标", lambda figure: MET[figure.now.met], is_filter=True),
    ),
    nothing="没有按指标评价的举措。",
)
FINDINGS: Table[Finding] = Table(
    "findings",
    "抽查不符",
    (
        Column("check", "抽查", lambda item: item.check, width=Width.UNBROKEN),
        Column("content", "内容", lambda item: item.content, width=Width.PROSE),
        Column("decided", "认定日期", lambda item: item.decided_on, Kind.DAY, Width.UNBROKEN),
        Column("claimed", "自报", lambda item: "是" if item.claimed else "否或未报"),
    ),
    counted="件",
)
