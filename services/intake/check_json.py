"""From a validation report to the one JSON document that `manage.py check --json` prints (cli.md), as plain values."""

from __future__ import annotations

from collections import defaultdict

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from models.definitions import Dataset
from models.validation import Problem, SheetReading, ValidationReport
from rules.intake import to_json_records


def report_json(report: ValidationReport, records: bool = False) -> dict[str, object]:
    """Return what `check --json` prints. `records`: with every row of every sheet.

    Beside the keys of cli.md, and only where a file has more problems than anybody reads (20,000 of one code in one
    column, 100,000 in all): `unlisted` [{"code", "severity", "number"}], how many of each code are not among `errors`.
    They count for `accepted`, and their cells are null in `records` like all others.
    """
    refused = report.refused and {"code": report.refused.code, "message": report.refused.message}
    document: dict[str, object] = {
        "file": report.file,
        "sha256": report.sha256,
        "accepted": report.accepted,
        "refused": refused,
        "dataset": report.dataset,
        "unit": report.unit,
        "month": report.month,
        "sheets": [sheet_json(sheet) for sheet in report.sheets],
        "ignored_sheets": [{"name": sheet.name, "why": sheet.why} for sheet in report.ignored_sheets],
        "errors": [problem_json(problem) for problem in report.problems],
    }
    if report.unlisted:  # a file with more problems than anybody reads
        document["unlisted"] = [
            {"code": code, "severity": severity, "number": number}
            for (code, severity), number in sorted(report.unlisted.items())
        ]
    return document | {"records": records_json(report)} if records else document


def sheet_json(sheet: SheetReading) -> dict[str, object]:
    return {
        "name": sheet.name,
        "part": sheet.part,
        "header_rows": list(sheet.header_rows),
        "columns": [{"column": c.column, "label": c.label, "field": c.field, "match": c.match} for c in sheet.columns],
        "unmapped": [{"column": c.column, "label": c.label} for c in sheet.unmapped],
        "missing": list(sheet.missing),
        "dropped_rows": [{"row": row.row, "why": row.why} for row in sheet.dropped_rows],
        "hidden_rows": list(sheet.hidden_rows),
        "records": len(sheet.records),
    }


def problem_json(problem: Problem) -> dict[str, object]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "cell": problem.cell,
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity,
        "value": problem.value,
        "message": problem.message,
    }


def records_json(report: ValidationReport) -> dict[str, list[dict[str, object]]]:
    """Return part → its records; every cell with an error is null."""
    if not report.dataset:
        return {}
    dataset = _dataset(report.dataset)
    wrong = _wrong_cells(report)
    records_json: dict[str, list[dict[str, object]]] = {sheet.part: [] for sheet in report.sheets}
    for sheet in report.sheets:
        records_json[sheet.part] += to_json_records(sheet, dataset.part(sheet.part), wrong[sheet.name])
    return records_json


def _dataset(code: str) -> Dataset:
    return (DATASETS | BUREAU_DATASETS)[code]


def _wrong_cells(report: ValidationReport) -> dict[str | None, set[tuple[int, str]]]:
    wrong: dict[str | None, set[tuple[int, str]]] = defaultdict(set)
    for problem in report.problems:
        if problem.severity == "error" and problem.row and problem.field:
            wrong[problem.sheet].add((problem.row, problem.field))
    for (sheet, field), rows in report.unlisted_rows.items():
        wrong[sheet] |= {(row, field) for row in rows}
    return wrong
