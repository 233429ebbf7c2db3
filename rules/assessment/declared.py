"""From a row of the rules workbook as it was read to the rule, or what is wrong at which field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal

from models.assessment import AssessmentRule, AssessmentScope, DeductionKind

MOST = Decimal(1000)
"""Marks of one rule."""
PLACES = 2
AMOUNT = re.compile(r"\d{1,6}(\.\d+)?")
DEDUCTIONS = {kind: kind.value for kind in DeductionKind}
NOT_THERE = {
    DeductionKind.OVERDUE: "举措",
    DeductionKind.CASE: "有时限的案件",
    DeductionKind.SHORTFALL: "指标",
    DeductionKind.MISSING: "须报送的数据",
}
FORMS = "如“全部”“领域：好差评”“任务：1.1”“举措：1.2.1”“指标：事项评价覆盖率”“数据：好差评明细”“案件：12345 工单”"
Wrong = tuple[str, str]
"""(field, sentence)"""


def number_read(text: str | None) -> Decimal | None:
    """Return a number that is written with at most two decimals, None for anything else."""
    plain = unicodedata.normalize("NFKC", text or "").strip().removesuffix("分")
    if not AMOUNT.fullmatch(plain):
        return None
    number = Decimal(plain)
    return number if number == round(number, PLACES) else None


def wrong_in(row: Mapping[str, str | None], scope: AssessmentScope | None) -> Iterator[Wrong]:
    """Yield what is wrong with a row; `scope` None: its subject is not known."""
    full, floor = number_read(row["full"]), number_read(row["floor"] or "0")
    if full is None or not 0 < full <= MOST:
        yield "full", f"满分应为大于 0、不超过 {MOST} 的数，最多两位小数，如 10。"
    if floor is None:
        yield "floor", "最低分应为 0 或正数，最多两位小数。"
    elif full is not None and floor > full:
        yield "floor", f"最低分（{floor}）不能高于满分（{full}）。"
    if scope is None:
        yield "subject", f"“{row['subject']}”不能识别，请从下拉选项中选择，{FORMS}。"
    if not any(row[name] for name in DEDUCTIONS.values()):
        yield "subject", "该规则没有写明任何扣分办法，请至少填写一列扣分。"
    for kind, name in DEDUCTIONS.items():
        if row[name] is None:
            continue
        points = number_read(row[name])
        if points is None or points == 0:
            yield name, f"扣分应为大于 0 的数，最多两位小数；不扣的留空。现为“{row[name]}”。"
        elif scope is not None and not scope.holds(kind):
            yield name, f"“{row['subject']}”下没有{NOT_THERE[kind]}，这一列不会扣分，请留空或改写考核对象。"


def rule_of(row: Mapping[str, str | None]) -> AssessmentRule:
    """Return the rule of a row in which nothing is wrong."""
    deductions = {name: number_read(row[name]) for name in DEDUCTIONS.values()}
    return AssessmentRule(
        row["name"] or "",
        row["subject"] or "",
        number_read(row["full"]) or Decimal(0),
        number_read(row["floor"] or "0") or Decimal(0),
        note=row["note"] or "",
        **deductions,
    )
