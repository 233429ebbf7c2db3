"""The guide findings of a checked workbook, in the shape of cli.md."""

import json
from dataclasses import replace
from typing import Any

from catalogue.guide_rules import GUIDE_RULES
from models.validation import MappedColumn, SheetReading, ValidationReport
from services.guides.findings import findings
from tests.rules.guides.guide_records import CODE, guides

COLUMNS = {
    "事项": {"item_code": "B", "address": "P", "phone": "R"},
    "材料": {"item_code": "A", "source": "F"},
    "流程": {"item_code": "A", "step_staff": "AA"},
}


def report(**parts: list[dict[str, Any]]) -> ValidationReport:
    frames = guides(**parts)
    sheets = tuple(
        SheetReading(
            name=part,
            part=part,
            header_rows=(2,),
            columns=tuple(MappedColumn(letter, name, name, name, "exact") for name, letter in COLUMNS[part].items()),
            unmapped=(),
            missing=(),
            dropped_rows=(),
            hidden_rows=(),
            records=frame,
        )
        for part, frame in frames.items()
    )
    return ValidationReport("指南.xlsx", "0" * 64, dataset="guides", sheets=sheets, frames=frames)


def test_a_faultless_workbook_has_no_findings_and_every_rule_but_those_by_hand() -> None:
    answer = findings(report())
    assert answer["items"] == 1 and answer["findings"] == []
    codes = [rule["rule"] for rule in answer["rules"]]
    assert codes == sorted(codes) and len(codes) == 36 and not {"G111", "G312"} & set(codes)
    assert {"rule": "G106", "applies": 1, "passed": 1} in answer["rules"]


def test_a_finding_names_the_cell_of_the_file() -> None:
    answer = findings(report(items=[{}, {"item_code": "x", "address": None}]))
    judged = next(finding for finding in answer["findings"] if finding["rule"] == "G106")
    assert judged == {
        "item": "x",
        "rule": "G106",
        "sheet": "事项",
        "cell": "P4",
        "severity": "error",
        "message": "办理地点空白，请写明街道名称、门牌号、房间号或楼层、窗口号。",
    }


def test_a_step_is_named_by_its_own_sheet_and_row() -> None:
    answer = findings(report(steps=[{}, {"step_number": 2, "step_staff": None}]))
    assert [(finding["item"], finding["sheet"], finding["cell"]) for finding in answer["findings"]] == [
        (CODE, "流程", "AA4")
    ]


def test_a_field_without_a_column_has_no_cell_and_is_found_all_the_same() -> None:
    answer = findings(report(items=[{"visits": None, "online_depth": None}]))
    assert [(finding["rule"], finding["cell"]) for finding in answer["findings"]] == [("G306", None)]


def test_a_rule_that_is_not_in_force_is_left_out_and_its_severity_is_that_in_force() -> None:
    rules = [replace(rule, severity="advice") for rule in GUIDE_RULES if rule.code != "G107"]
    answer = findings(report(items=[{"address": None, "office_hours": None}]), rules)
    assert {(finding["rule"], finding["severity"]) for finding in answer["findings"]} == {("G106", "advice")}
    assert "G107" not in {rule["rule"] for rule in answer["rules"]}


def test_the_answer_is_plain_json() -> None:
    answer = findings(report(items=[{"item_code": None, "phone": None, "promised_days": 30.0}], materials=[], steps=[]))
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


def test_a_file_that_could_not_be_read_has_nothing_to_judge() -> None:
    answer = findings(ValidationReport("空.xlsx", "0" * 64))
    assert answer["items"] == 0 and answer["findings"] == []
    assert all(rule["applies"] == 0 for rule in answer["rules"])
