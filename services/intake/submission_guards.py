"""A checked report on its way into the store: what it says is compared with what would be stored; the refusal of
whatever does not agree.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from data_access.submissions import hash_of
from models.definitions import Dataset
from models.validation import ValidationReport
from rules.intake import UnitNames
from services.access.refusal import RefusedRequest
from services.intake.checking import Request

_CHANGED = "检查之后文件或所选的报表种类、单位、月份有变化，没有入库，请重新上传检查。"


def refuse_another_workbook(content: bytes, report: ValidationReport, request: Request) -> None:
    """Raises RefusedRequest where the report is of another file, or answers another request, than the one to be
    stored.
    """
    answers = request.dataset in (None, report.dataset) and request.month in (None, report.month)
    if report.sha256 != hash_of(content) or not answers:
        raise RefusedRequest(_CHANGED)


def refuse_another_unit(report: ValidationReport, request: Request, names: UnitNames) -> None:
    """Raises RefusedRequest where the report is of another unit than the one asked for."""
    if request.unit is not None and names.resolve(request.unit) != report.unit:
        raise RefusedRequest(_CHANGED)


def refuse_rows_of_others(report: ValidationReport, dataset: Dataset, unit: str | None, known: Collection[str]) -> None:
    """Raises RefusedRequest at the first row that speaks for another unit than `unit`; of a whole-district ledger
    (None) at the first row of a unit that is not in the register.
    """
    allowed = known if unit is None else {unit}
    for sheet in report.sheets:
        if sheet.part != dataset.main.code or dataset.unit_field is None:
            continue
        names = sheet.records[dataset.unit_field]
        wrong = np.flatnonzero(~names.isin(list(allowed)))
        if len(wrong):
            row, name = int(sheet.records["_row"].iloc[wrong[0]]), names.iloc[wrong[0]]
            column = next((column.column for column in sheet.columns if column.name == dataset.unit_field), "")
            raise RefusedRequest(f"工作表“{sheet.name}”的 {column}{row} 写的是{_said(name, unit)}")


def _said(name: str | None, unit: str | None) -> str:
    if unit is None:
        return f"“{name or '空白'}”，不在单位名册中，没有入库，请重新上传检查。"
    return f"“{name or '空白'}”，不是本次报送的单位“{unit}”，没有入库，请删去该行或由该单位另行报送；全区台账请在上传时选明。"  # noqa: E501
