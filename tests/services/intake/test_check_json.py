"""The JSON of `check --json`, as cli.md prints it."""

from __future__ import annotations

import json

import pytest

from catalogue.datasets import DATASETS
from models.cells import Refusal
from models.validation import ValidationReport
from rules.intake.problem_limits import MOST_OF_A_KIND
from services.intake.check_json import report_json
from tests.rules.intake.workbooks_by_hand import read

HEADINGS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间", "是否实名", "领导批示"]


def _report(rows: list[list[object]]) -> ValidationReport:
    report = read([HEADINGS, *rows], "reviews")
    return ValidationReport(
        "6月.xlsx",
        "00",
        None,
        "reviews",
        report.unit,
        report.month,
        report.sheets,
        report.ignored_sheets,
        report.problems,
        report.frames,
    )


def test_the_document_has_the_keys_of_the_contract() -> None:
    row = ["A1", "社保卡", "区人社局", "二维码", "还行", "2023-06-03 10:20", "是", ""]
    document = report_json(_report([row, ["A1", *row[1:4], "好", *row[5:]]]), records=True)
    assert list(document) == [
        "file",
        "sha256",
        "accepted",
        "refused",
        "dataset",
        "unit",
        "month",
        "sheets",
        "ignored_sheets",
        "errors",
        "records",
    ]
    assert (document["accepted"], document["unit"], document["month"]) == (False, "区人社局", "2023-06")
    (sheet,) = document["sheets"]
    assert list(sheet) == [
        "name",
        "part",
        "header_rows",
        "columns",
        "unmapped",
        "missing",
        "dropped_rows",
        "hidden_rows",
        "records",
    ]
    assert sheet["columns"][0] == {"column": "A", "label": "办件编号", "field": "办件编号", "match": "exact"}
    assert sheet["unmapped"] == [{"column": "H", "label": "领导批示"}]
    assert [(e["cell"], e["code"], e["value"]) for e in document["errors"]] == [
        ("E2", "not-a-choice", "还行"),
        ("A3", "duplicate-key", "A1"),
    ]
    first, second = document["records"]["reviews"]
    assert (first["办件编号"], first["满意度"], first["评价时间"], first["是否实名"]) == (
        "A1",
        None,
        "2023-06-03T10:20:00",
        True,
    )
    assert (second["_row"], second["办件编号"], second["满意度"]) == (3, None, "满意")
    assert set(first) == {"_sheet", "_row", *(field.label for field in DATASETS["reviews"].main.fields)}
    json.dumps(document, allow_nan=False)


def test_without_records_there_is_no_such_key() -> None:
    assert "records" not in report_json(_report([]))


@pytest.mark.long
def test_wrong_cells_beyond_those_listed_are_null_too_and_their_number_is_told() -> None:
    count = MOST_OF_A_KIND + 5
    report = read(
        [["实施编码", "责任单位", "办件量", "办结量"], *(["同一编码", "区人社局", "很多", 1] for _ in range(count))],
        "monthly_cases",
        unit="区民政局",
    )
    document = report_json(
        ValidationReport(
            "6月.xlsx",
            "00",
            None,
            "monthly_cases",
            report.unit,
            report.month,
            report.sheets,
            (),
            report.problems,
            report.frames,
            report.unlisted,
            report.unlisted_rows,
        ),
        records=True,
    )
    assert document["unlisted"] == [
        {"code": "duplicate-key", "severity": "error", "number": 4},
        {"code": "not-a-number", "severity": "error", "number": 5},
        {"code": "other-unit", "severity": "error", "number": 5},
    ]
    records = document["records"]["monthly_cases"]
    assert [
        [
            sum(record[label] is not None for record in records)
            for label in ("责任单位", "实施编码", "办件量", "办结量")
        ],
        len(records),
    ] == [[0, 1, 0, count], count]


def test_a_refused_file_has_its_code_and_no_sheets() -> None:
    document = report_json(ValidationReport("a.xls", "00", Refusal("empty", "文件为空。")))
    assert document["refused"] == {"code": "empty", "message": "文件为空。"}
    assert (document["sheets"], document["errors"], document["accepted"]) == ([], [], False)
