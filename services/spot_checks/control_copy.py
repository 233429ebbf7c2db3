"""The control copy (控制联) of a check: what whoever checks does not see. From a number to an .xlsx."""

from __future__ import annotations

from datetime import datetime

from catalogue.spot_checks.kinds import OF_THE_UNIT
from data_access.database import noting
from data_access.table_workbook import SheetTable, Value, table_workbook
from models.spot_checks import Element, Method, SpotCheck
from rules.as_of import EVER, SHANGHAI
from rules.numbering import number_printed
from rules.spot_checks.field_sheet import annex_name
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_SUPERVISES, requires_role
from services.figures.district_state import district_state
from services.spot_checks.field_sheets import head_lines
from services.spot_checks.standing import spot_check_in

HEADINGS = ("序号", "编号", "责任单位", "自报", "核查人", "权重", "风险信号", "必抽", "入样概率", "号")
NOT_FOR_CHECKERS = "控制联：有自报、权重和风险信号，不交核查人。"


@requires_role(*WHO_SUPERVISES)
def control_copy(number: str, *, at: datetime | None = None) -> tuple[str, bytes]:
    """Return name and bytes of the control copy; logged. Raises RefusedRequest for an unknown number."""
    instant = at or present()
    with noting() as session:
        check = spot_check_in(session, number, district_state(session, instant), EVER)
        log(
            session,
            "control copy",
            f"spot-check {number}",
            detail={"rows": len(check.elements), "at": instant.isoformat()},
        )
    taken = f"{current_user().name} {instant.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    drawn = SheetTable("控制联", HEADINGS, [_row(check, element) for element in check.elements], note=NOT_FOR_CHECKERS)
    lines = [line.partition("：")[::2] for line in (*head_lines(check, taken)[:-1], *_annex(check))]
    title = f"{number_printed('抽查', check.number)}{check.kind.title}"
    return f"抽查{number}控制联.xlsx", table_workbook([drawn, SheetTable("抽取", ("项目", "内容"), lines, note=title)])


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
