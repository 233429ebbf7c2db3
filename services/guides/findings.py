"""From the report on a guides workbook to the JSON of `manage.py guide-findings`: every wrong cell, what each rule
counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from catalogue.datasets.guides import GUIDES
from catalogue.guide_rules import GUIDE_RULES
from models.guides import GuideFindings, GuideRule
from models.validation import ValidationReport
from rules.guides.engine import apply_rules

ITEMS = GUIDES.main.code


def findings(report: ValidationReport, rules: Iterable[GuideRule] = GUIDE_RULES) -> dict[str, Any]:
    """Return the findings in the shape of cli.md; rules by hand are left out. A cell that intake found wrong counts as
    missing.

    `rules`: those in force. `cell` is null where the file has no column for the field. Nothing is stored.
    """
    findings = apply_rules(rules, report.frames)
    items = report.frames.get(ITEMS)
    return {
        "items": 0 if items is None else len(items),
        "findings": _cells(findings, _columns(report)),
        "rules": [
            {"rule": code, "applies": applies, "passed": passed}
            for code, applies, passed in findings.totals.sort_values("rule").itertuples(index=False)
        ],
    }


def _columns(report: ValidationReport) -> dict[tuple[str, str], str]:
    """Sheet and field name → the letter of the column the field was read from."""
    return {(sheet.name, column.name): column.column for sheet in report.sheets for column in sheet.columns}


def _cells(findings: GuideFindings, columns: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    rows = findings.findings.sort_values("rule", kind="stable")
    cells = rows[["item_code", "rule", "_sheet", "_row", "field", "severity", "message"]]
    return [
        {
            "item": None if pd.isna(item) else item,
            "rule": rule,
            "sheet": sheet,
            "cell": _cell(columns.get((sheet, field)), row),
            "severity": severity,
            "message": message,
        }
        for item, rule, sheet, row, field, severity, message in cells.itertuples(index=False)
    ]


def _cell(column: str | None, row: int) -> str | None:
    return f"{column}{row}" if column else None
