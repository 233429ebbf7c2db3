"""A plan with a dataset and indicators of its own, the whole way by the command line: no programmer, one afternoon."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import manage
from tests.services.plan.test_declared_dataset import LEDGER, ROWS, SHEETS, UNIT
from tests.services.plan.test_preview import workbook


@pytest.mark.long
def test_a_plan_is_put_in_force_reported_judged_and_proved_by_commands(
    planned_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, Any]:
        status = manage.main([*arguments, "--json"])
        return status, json.loads(capsys.readouterr().out)

    before = run("lamps", "--as-of", "2024-02-20", "--plan", "2023")
    plan, template, filled = tmp_path / "方案.xlsx", tmp_path / "模板.xlsx", tmp_path / "台账.xlsx"
    plan.write_bytes(workbook(SHEETS))
    status, document = run("plan", "import", str(plan), "--in-force", "2024-01-01")
    assert (status, document["accepted"], document["added"]["datasets"]) == (0, True, [LEDGER])
    assert document["added"]["indicators"] == ["collected", "collect_days", "lenient"]

    assert run("template", LEDGER, "--out", str(template))[0] == 0
    book = load_workbook(template)
    sheet = book[LEDGER]
    labels = [cell.value for cell in sheet[1]]
    for row in ROWS:
        sheet.append([row.get(str(label)) for label in labels])
    book.save(filled)
    checked = run("check", str(filled), "--dataset", LEDGER, "--unit", UNIT, "--month", "2024-01")
    assert (checked[0], checked[1]["accepted"]) == (0, True)
    status, document = run(
        *("import", str(filled), "--unit", UNIT, "--month", "2024-01", "--at", "2024-02-02T10:00"),
    )
    assert (status, document["records"]) == (0, 4)

    lamps = run("lamps", "--as-of", "2024-02-20", "--plan", "2024-YS", "--unit", UNIT, "--area", "证照归集")[1]["lamps"]
    assert [(result["code"], result["value"], result["met"]) for result in lamps[0]["indicators"]] == [
        ("collected", 0.5, False),
        ("collect_days", 4.5, False),
    ]
    assert lamps[0]["area"] == "证照归集"
    explained = run("indicator", "explain", "collected", "--unit", UNIT, "--as-of", "2024-02-20")[1]
    assert (explained["numerator"], explained["denominator"], explained["value"]) == (2, 4, 0.5)
    assert [row["cell"] for row in explained["counted"]] == ["A2", "A3", "A4", "A5"]
    listed = [row for row in run("indicator", "list")[1]["indicators"] if row["declared"] == "plan"]
    assert listed[0]["in_words"] == f"{LEDGER}中归集时间已填的条数 ÷ {LEDGER}的条数"
    assert run("lamps", "--as-of", "2024-02-20", "--plan", "2023") == before
