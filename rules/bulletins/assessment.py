"""考核赋分 in a bulletin: from the points among its figures to the annex that prints them with their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from models.assessment import DeductionKind
from models.bulletins import Figures
from models.official_document import Annex, DocumentTable, Heading, Level, Paragraph
from models.official_document import TableColumn as Column
from rules.assessment.words import number_told
from rules.bulletins.words import listed, share_in_words

TITLE = "考核赋分"


def assessment_annex(figures: Figures) -> Annex | None:
    """Return the annex, or None where no rules were in force."""
    assessment = figures.get("assessment")
    if not assessment:
        return None
    return Annex(
        TITLE,
        (
            Heading(Level.SECOND, "（一）赋分规则"),
            Paragraph("单位没有承担考核对象，或没有数据、案件可供计算的，该条规则不计入其满分；各单位按得分率比较。"),
            _rules(assessment),
            Heading(Level.SECOND, "（二）各单位得分和扣分"),
            _points(assessment),
        ),
    )


def _rules(assessment: Mapping[str, Any]) -> DocumentTable:
    columns = (Column("规则名称", 8), Column("考核对象", 10), Column("赋分办法", 40))
    return DocumentTable(
        "", columns, tuple((rule["name"], rule["subject"], rule["words"]) for rule in assessment["rules"])
    )


def _points(assessment: Mapping[str, Any]) -> DocumentTable:
    columns = (
        Column("名次", 3, True),
        Column("责任单位", 9),
        Column("得分÷满分", 8, True),
        Column("得分率", 6, True),
        Column("扣分", 40),
    )
    return DocumentTable(
        "",
        columns,
        tuple(
            (
                str(unit["place"]),
                unit["unit"],
                f"{_told(unit['points'])}÷{_told(unit['full'])}",
                share_in_words(unit["share"]),
                deductions_in_words(unit),
            )
            for unit in assessment["units"]
        ),
    )


def deductions_in_words(unit: Mapping[str, Any]) -> str:
    """Return “举措1.2.1、1.2.2逾期扣4分；缺报3次扣3分（清单见附件2）”, rule by rule; “未扣分” where there is none."""
    return "；".join(words for rule in unit["rules"] for words in _under_rule(rule)) or "未扣分"


def _under_rule(rule: Mapping[str, Any]) -> Iterator[str]:
    of_kind = {kind: [row for row in rule["deductions"] if row["kind"] == kind.value] for kind in DeductionKind}
    if overdue := of_kind[DeductionKind.OVERDUE]:
        codes = listed(row["proof"].removeprefix("measure:") for row in overdue)
        yield f"举措{codes}逾期扣{_sum(overdue)}分"
    yield from (f"{row['words']}，扣{_told(row['points'])}分" for row in of_kind[DeductionKind.CASE])
    yield from (f"{row['words']}，扣{_told(row['points'])}分" for row in of_kind[DeductionKind.SHORTFALL])
    if missing := of_kind[DeductionKind.MISSING]:
        yield f"缺报{len(missing)}次扣{_sum(missing)}分（清单见附件2）"


def assessment_line(figures: Figures, unit: str) -> str | None:
    """Return what the annex says of one unit, for its fact check, or None where it says nothing."""
    units = figures.get("assessment", {}).get("units", [])
    row = next((row for row in units if row["unit"] == unit), None)
    if row is None:
        return None
    return f"考核赋分得{_told(row['points'])}分，满分{_told(row['full'])}分：{deductions_in_words(row)}"


def _sum(rows: list[dict[str, Any]]) -> str:
    return number_told(sum((Decimal(str(row["points"])) for row in rows), Decimal(0)))


def _told(number: float) -> str:
    return number_told(Decimal(str(number)))
