"""The control copy (控制联) of a check: what whoever checks does not see. From a number to an .xlsx."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from catalogue.spot_checks.kinds import OF_THE_UNIT
from data_access.database import noting
from data_access.table_workbook import Link, SheetTable, Value, table_workbook
from models.spot_checks import Element, Method, Signal, SpotCheck
from rules.as_of import EVER, SHANGHAI
from rules.numbering import number_printed
from rules.spot_checks.field_sheet import annex_name
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, requires_role
from services.figures.district_state import district_state
from services.spot_checks.checks_as_of import spot_check_in
from services.spot_checks.field_sheets import head_lines

SIGNAL_HEADINGS = ("序号", "编号", "责任单位", "风险信号", "加权", "在看板上查看")
PAGES = {
    "phones": ("guide_accuracy", None, "单位的办事指南"),
    "guides": ("guide", "item", "该事项"),
    "bad_reviews": ("reviews", None, "单位的评价和差评"),
    "reviews": ("reviews", None, "单位的评价"),
    "tickets": ("hotline", None, "单位的热线工单"),
    "help_cases": ("help_on_behalf", None, "单位的帮办代办"),
    "approvals": ("engineering_approvals", None, "单位的工程审批"),
    "milestones": ("lamp", "measure", "该举措"),
    "rectifications": ("rectification", "number", "该整改事项"),
}
"""Kind → the page that shows its own signals, the parameter that takes the rest of the key, the page in words."""
HEADINGS = ("序号", "编号", "责任单位", "自报", "核查人", "权重", "风险信号", "必抽", "入样概率", "号")
NOT_FOR_CHECKERS = "控制联：有自报、权重和风险信号，不交核查人。"


@requires_role(*WHO_SUPERVISES)
def control_copy(number: str, *, board: str = "", at: datetime | None = None) -> tuple[str, bytes]:
    """Return name and bytes of the control copy; logged. `board`: its address, for links beside the signals.

    Raises RefusedRequest for an unknown number.
    """
    instant = at or present()
    with noting() as session:
        check = spot_check_in(session, number, district_state(session, instant), EVER)
        log(
            session,
            "control copy",
            f"spot-check {check.number}",
            detail={"rows": len(check.elements), "at": instant.isoformat()},
        )
    taken = f"{current_user().name} {instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    drawn = SheetTable("控制联", HEADINGS, [_row(check, element) for element in check.elements], note=NOT_FOR_CHECKERS)
    lines = [line.partition("：")[::2] for line in (*head_lines(check, taken)[:-1], *_annex(check))]
    title = f"{number_printed('抽查', check.number)}{check.kind.title}"
    signals = SheetTable("风险信号", SIGNAL_HEADINGS, _signal_rows(check, board), note=NOT_FOR_CHECKERS)
    sheets = [drawn, *([signals] if signals.rows else []), SheetTable("抽取", ("项目", "内容"), lines, note=title)]
    return f"抽查{number}控制联.xlsx", table_workbook(sheets)


def _signal_rows(check: SpotCheck, board: str) -> list[list[Value]]:
    """Each signal of each element with its reason in words and where the board shows it, as of the draw's day."""
    declared = {signal.code: signal for signal in (*OF_THE_UNIT, *check.kind.own_signals)}
    return [
        [
            element.position,
            element.key,
            element.unit,
            signal.words,
            signal.weight,
            _place(check, element, signal, board),
        ]
        for element in check.elements
        for signal in (declared[code] for code in element.signals if code in declared)
    ]


def _place(check: SpotCheck, element: Element, signal: Signal, board: str) -> Value:
    """A link, or where nobody said the board's address what follows it."""
    query = {"unit": element.unit}
    if signal.code == "earlier_failure":
        page, words = "spot_checks", "单位的抽查"
    elif signal in OF_THE_UNIT:
        page, words = "unit", "单位的责任项"
    else:
        page, parameter, words = PAGES[check.kind.code]
        query |= {parameter: element.key.partition("|")[2]} if parameter else {}
    address = f"/{page}?{urlencode(query | {'as_of': check.as_of.isoformat()})}"
    return Link(words, board + address) if board else address


def _annex(check: SpotCheck) -> list[str]:
    return [f"附件（抽取总体）：{annex_name(check.number)}，SHA-256 {check.population_file}"]


def _row(check: SpotCheck, element: Element) -> list[Value]:
    drawn, words = element.drawn, {signal.code: signal.words for signal in (*OF_THE_UNIT, *check.kind.own_signals)}
    is_risk = check.method is Method.RISK
    return [
        element.position,
        element.key,
        element.unit,
        {True: "是", False: "否", None: None}[element.claim],
        element.checker,
        drawn.weight,
        "；".join(words.get(code, code) for code in element.signals) or None,
        ("是" if drawn.certain else "否") if is_risk else None,
        f"{drawn.probability:.6g}" if drawn.probability is not None else None,
        drawn.ticket,
    ]
