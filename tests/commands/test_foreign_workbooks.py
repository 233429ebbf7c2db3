"""Workbooks of kinds that users of other programs reported, with what must come of each.

tests/spreadsheet_files/foreign/expected.json: `records` by part, `cells` (row of the file, field, value or any of a
list), `dropped` rows (any of the reasons), `errors` that must and `tolerated` that may stand at a cell, `refused` codes
allowed (with `or_read`: or read), `never` words of no answer, `no_codes`, `records_or_not_accepted`: so many, or not
accepted.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.commands.files import Answer

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files" / "foreign"
CASES: list[dict[str, Any]] = json.loads((FILES / "expected.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_what_a_person_sees_in_the_workbook_is_what_is_read(
    case: dict[str, Any], run: Run, planned_database: str
) -> None:
    answer = run("check", FILES / case["file"], "--json", "--records", *case["args"])
    said = json.dumps(answer.json, ensure_ascii=False) + answer.stderr
    assert not [word for word in case.get("never", ()) if word in said]
    if answer.json["refused"]:
        assert answer.status == 2 and answer.json["refused"]["code"] in case.get("refused", ())
        return
    assert "refused" not in case or case.get("or_read")
    assert answer.json["dataset"] == case["dataset"]
    assert list(_otherwise(case, answer)) == []


def _otherwise(case: dict[str, Any], answer: Answer) -> Iterator[object]:
    """Everything that came out otherwise than expected."""
    records = {part: {record["_row"]: record for record in rows} for part, rows in answer.json["records"].items()}
    for part, number in case.get("records", {}).items():
        if len(records[part]) != number:
            yield part, len(records[part])
    if "records_or_not_accepted" in case and answer.json["accepted"]:
        yield from {sum(map(len, records.values()))} - {case["records_or_not_accepted"]}
    for cell in case["cells"]:
        wanted = cell["value"] if isinstance(cell["value"], list) else [cell["value"]]
        read = [rows[cell["row"]][cell["field"]] for rows in records.values() if cell["row"] in rows]
        if not any(value in wanted for value in read):
            yield cell, read
    yield from _dropped_otherwise(case, answer)
    yield from _called_wrong(case, answer)


def _dropped_otherwise(case: dict[str, Any], answer: Answer) -> Iterator[object]:
    dropped = {
        (sheet["part"], str(row["row"])): row["why"] for sheet in answer.json["sheets"] for row in sheet["dropped_rows"]
    }
    for part, rows in case.get("dropped", {}).items():
        yield from ((part, row) for row, why in rows.items() if dropped.get((part, row)) not in why)


def _called_wrong(case: dict[str, Any], answer: Answer) -> Iterator[object]:
    errors = {(problem["cell"], problem["code"]) for problem in answer.json["errors"] if problem["severity"] == "error"}
    must, may = (
        {(cell["cell"], code) for cell in case.get(name, ()) for code in cell["codes"]}
        for name in ("errors", "tolerated")
    )
    if "records_or_not_accepted" not in case:
        yield from errors - must - may
    yield from must - errors
    yield from {problem["code"] for problem in answer.json["errors"]} & set(case.get("no_codes", ()))
