"""Every guide rule: a record that passes, one that fails at the cell named, one that the rule does not speak of."""

from typing import Any

import pandas as pd
import pytest

from catalogue.guide_rules import GUIDE_RULES, MEASURE_RULES
from models.guides import GuideFindings
from rules.guides.engine import apply_rules
from tests.rules.guides.guide_records import CODE, OTHER_CODE, guides

RULES = {rule.code: rule for rule in GUIDE_RULES}

TABLE = {  # guide_rules.md: code → severity, None where decided by hand
    "G101": "error",
    "G102": "error",
    "G103": "error",
    "G104": "advice",
    "G105": "error",
    "G106": "error",
    "G107": "error",
    "G108": "error",
    "G109": "error",
    "G110": "error",
    "G111": None,
    "G112": "error",
    "G113": "error",
    "G114": "error",
    "G201": "error",
    "G202": "error",
    "G203": "error",
    "G204": "error",
    "G205": "error",
    "G206": "error",
    "G207": "error",
    "G208": "error",
    "G209": "error",
    "G210": "error",
    "G301": "error",
    "G302": "error",
    "G303": "error",
    "G304": "error",
    "G305": "advice",
    "G306": "error",
    "G307": "error",
    "G308": "advice",
    "G310": "advice",
    "G311": "advice",
    "G312": None,
    "G401": "advice",
    "G402": "error",
    "G403": "error",
}
COUNTED_BY = {  # plan_table.md
    "5.1.1": ("G101", "G102", "G103", "G105"),
    "5.1.2": ("G106", "G107", "G108", "G109", "G110"),
    "5.1.3": ("G112", "G113", "G114"),
    "5.2.1": ("G201", "G202", "G203", "G204", "G205", "G210"),
    "5.2.2": ("G206", "G207"),
    "5.2.3": ("G208", "G209"),
    "5.3.1": ("G301", "G302", "G303", "G304"),
    "5.3.2": ("G306", "G307"),
}

ITEM_CASES: list[
    tuple[str, dict[str, Any], list[str] | None]
] = [  # rule, what differs, the fields found wrong; None: does not apply
    ("G101", {}, []),
    ("G101", {"statutory_days": 0.0}, []),
    ("G101", {"statutory_days": None}, ["statutory_days"]),
    ("G102", {}, []),
    ("G102", {"statutory_days": 30.0}, ["statutory_days"]),
    ("G102", {"statutory_days": 20.5}, ["statutory_days"]),
    ("G102", {"statutory_days": None}, ["statutory_days"]),
    ("G102", {"statutory_by_law": True, "statutory_days": 30.0}, None),
    ("G102", {"statutory_by_law": None}, None),
    ("G103", {}, []),
    ("G103", {"promised_days": 20.0}, []),
    ("G103", {"promised_days": 21.0}, ["promised_days"]),
    ("G103", {"promised_days": None}, None),
    ("G103", {"statutory_days": None}, None),
    ("G104", {"statutory_days": 15.0}, []),
    ("G104", {"statutory_days": 0.9, "promised_days": 0.3}, []),
    ("G104", {"promised_days": 7.0}, ["promised_days"]),
    ("G104", {"statutory_days": 0.0}, None),
    ("G104", {"promised_days": None}, None),
    ("G105", {"promised_days": 0.0, "case_type": "即办件"}, []),
    ("G105", {"promised_days": 0.0}, ["case_type"]),
    ("G105", {"promised_days": 0.0, "case_type": None}, ["case_type"]),
    ("G105", {"case_type": "即办件"}, ["promised_days"]),
    ("G105", {"case_type": "即办件", "promised_days": None}, ["promised_days"]),
    ("G105", {}, None),
    ("G105", {"promised_days": None}, None),
    ("G106", {}, []),
    ("G106", {"address": None}, ["address"]),
    ("G106", {"address": "平安路168号二楼"}, ["address"]),
    ("G106", {"address": "海石湾街道办事处便民服务中心"}, ["address"] * 4),
    ("G106", {"address": "平安路168号"}, ["address"] * 2),
    ("G107", {}, []),
    ("G107", {"office_hours": "24小时"}, []),
    ("G107", {"office_hours": None}, ["office_hours"]),
    ("G107", {"office_hours": "法定工作日"}, ["office_hours"]),
    ("G107", {"office_hours": "9:00-17:00"}, ["office_hours"]),
    ("G107", {"office_hours": "5个工作日"}, ["office_hours"]),
    ("G108", {}, []),
    ("G108", {"phone": "12345"}, []),
    ("G108", {"phone": None}, ["phone"]),
    ("G108", {"phone": "6212345"}, ["phone"]),
    ("G108", {"phone": "见公示栏"}, ["phone"]),
    ("G108", {"phone": "0931-6212345、0931-62123"}, ["phone"]),
    ("G109", {}, []),
    ("G109", {"complaint_phone": None}, ["complaint_phone"]),
    ("G109", {"complaint_phone": "1380931"}, ["complaint_phone"]),
    ("G110", {}, []),
    ("G110", {"complaint_phone": "0931-6212345"}, ["complaint_phone"]),
    ("G110", {"phone": "0931-6212345转1", "complaint_phone": "（0931）6212345转2"}, ["complaint_phone"]),
    ("G110", {"phone": "12345、0931-6212345", "complaint_phone": "12345"}, ["complaint_phone"]),
    ("G110", {"phone": None}, None),
    ("G110", {"complaint_phone": None}, None),
    ("G112", {"has_intermediary": True, "intermediary_note": "施工图审查"}, []),
    ("G112", {"has_intermediary": True}, ["intermediary_note"]),
    ("G112", {}, None),
    ("G112", {"has_intermediary": None}, None),
    ("G113", {"has_special_step": True, "special_step_note": "专家评审"}, []),
    ("G113", {"has_special_step": True}, ["special_step_note"]),
    ("G113", {}, None),
    ("G114", {}, []),
    ("G114", {"has_intermediary": None}, ["has_intermediary"]),
    ("G114", {"has_special_step": None}, ["has_special_step"]),
    ("G210", {}, []),
    ("G210", {"item_code": OTHER_CODE}, ["item_code"]),
    ("G301", {}, []),
    ("G301", {"flow_chart": "图.JPEG"}, []),
    ("G301", {"flow_chart": None}, ["flow_chart"]),
    ("G301", {"flow_chart": "流程图.docx"}, ["flow_chart"]),
    ("G301", {"flow_chart": "流程图.tif"}, []),
    ("G301", {"flow_chart": "流程图.tiff"}, ["flow_chart"]),
    ("G301", {"flow_chart": "是"}, ["flow_chart"]),
    ("G302", {}, []),
    ("G302", {"chart_shows_times": False}, ["chart_shows_times"]),
    ("G302", {"chart_shows_times": None}, ["chart_shows_times"]),
    ("G302", {"flow_chart": "流程图.docx", "chart_shows_times": False}, ["chart_shows_times"]),
    ("G302", {"flow_chart": None, "chart_shows_times": False}, None),
    ("G302", {"flow_chart": "否", "chart_shows_times": False}, None),
    ("G304", {}, []),
    ("G304", {"item_code": OTHER_CODE}, ["item_code"]),
    ("G305", {}, []),
    ("G305", {"promised_days": 1.0}, []),
    ("G305", {"promised_days": 0.5}, ["promised_days"]),
    ("G305", {"promised_days": None}, None),
    ("G305", {"item_code": OTHER_CODE}, None),
    ("G306", {}, []),
    ("G306", {"visits": 2}, []),
    ("G306", {"visits": None}, ["visits"]),
    ("G307", {}, []),
    ("G307", {"visits": 1}, ["visits"]),
    ("G307", {"visits": None}, ["visits"]),
    ("G307", {"online_depth": "网上预审", "visits": 1}, None),
    ("G307", {"online_depth": None, "visits": 1}, None),
    ("G308", {"visits": 1, "visit_reason": "现场核验"}, []),
    ("G308", {"visits": 1}, ["visit_reason"]),
    ("G308", {}, None),
    ("G308", {"visits": None}, None),
    ("G310", {}, []),
    ("G310", {"charged": True, "charge_basis": "《收费管理办法》"}, []),
    ("G310", {"charged": True}, ["charge_basis"]),
    ("G310", {"charge_basis": "《收费管理办法》"}, ["charge_basis"]),
    ("G310", {"charged": None, "charge_basis": "《办法》"}, None),
    ("G311", {}, []),
    ("G311", {"result_sample": False}, ["result_sample"]),
    ("G311", {"result_sample": None}, ["result_sample"]),
    ("G311", {"result_name": None, "result_sample": False}, None),
    ("G401", {}, []),
    ("G401", {"item_code": CODE[:-1]}, ["item_code"]),
    ("G401", {"item_code": CODE[:18] + "A" + CODE[19:]}, ["item_code"]),
    ("G401", {"item_code": CODE + "1"}, ["item_code"]),
    ("G401", {"item_code": None}, ["item_code"]),
    ("G402", {}, []),
    ("G402", {"item_code": None}, []),
    ("G403", {"special": True, "special_reason": "涉密"}, []),
    ("G403", {"special": True}, ["special_reason"]),
    ("G403", {}, None),
]
MATERIAL_CASES: list[tuple[str, dict[str, Any], list[str] | None]] = [
    ("G201", {}, []),
    ("G201", {"source": None}, ["source"]),
    ("G202", {}, []),
    ("G202", {"issuer": None}, ["issuer"]),
    ("G202", {"source": "申请人自备", "issuer": None}, None),
    ("G202", {"source": "申请人", "issuer": None}, None),
    ("G202", {"source": "其他", "issuer": None}, ["issuer"]),
    ("G202", {"source": None}, None),
    ("G203", {}, []),
    ("G203", {"basis": None}, ["basis"]),
    ("G203", {"basis": "按相关规定"}, ["basis"]),
    ("G204", {}, []),
    ("G204", {"clause": "第12条"}, []),
    ("G204", {"clause": None}, ["clause"]),
    ("G204", {"clause": "全文"}, ["clause"]),
    ("G205", {}, []),
    ("G205", {"originals": None, "copies": 2}, []),
    ("G205", {"originals": 0, "copies": 0}, ["originals"]),
    ("G205", {"originals": None, "copies": None}, ["originals"]),
    ("G205", {"originals": 0, "copies": None}, ["originals"]),
    ("G205", {"originals": None, "copies": None, "material_type": "电子件"}, []),
    ("G206", {}, []),
    ("G206", {"material_type": None}, ["material_type"]),
    ("G207", {}, []),
    ("G207", {"copies": None}, []),
    ("G207", {"copies": 1}, ["copies"]),
    ("G207", {"material_type": "原件和复印件"}, ["material_type"]),
    ("G207", {"material_type": "原件和复印件", "copies": 1}, ["copies", "material_type"]),
    ("G207", {"originals": 0, "copies": 1}, None),
    ("G207", {"originals": None, "copies": 1}, None),
    ("G208", {"filled_by_applicant": True, "blank_form": "空表.docx"}, []),
    ("G208", {"filled_by_applicant": True, "blank_form": "是"}, []),
    ("G208", {"filled_by_applicant": True, "blank_form": "否"}, ["blank_form"]),
    ("G208", {"filled_by_applicant": True}, ["blank_form"]),
    ("G208", {}, None),
    ("G208", {"filled_by_applicant": None}, None),
    ("G209", {"filled_by_applicant": True, "sample_form": "样表.pdf"}, []),
    ("G209", {"filled_by_applicant": True, "sample_form": "否"}, ["sample_form"]),
    ("G209", {"filled_by_applicant": True}, ["sample_form"]),
    ("G209", {}, None),
]
STEP_CASES: list[tuple[str, dict[str, Any], list[str] | None]] = [
    ("G303", {}, []),
    ("G303", {"step_content": "受理"}, ["step_content"]),
    ("G303", {"step_content": None}, ["step_content"]),
    ("G303", {"step_content": " 受理。"}, ["step_content"]),
    ("G303", {"step_name": None}, []),
    ("G303", {"step_content": "审核"}, ["step_content"]),
    ("G303", {"step_content": "登记", "step_name": "受理审核"}, ["step_content"]),
    ("G303", {"step_content": "受理申请"}, []),
    ("G304", {"step_staff": None}, ["step_staff"]),
    ("G304", {"step_name": None, "step_result": None}, ["step_name", "step_result"]),
    ("G304", {"step_standard": None}, ["step_standard"]),
    ("G304", {"step_content": None}, []),
    ("G305", {"step_days": 6.0}, ["promised_days"]),
    ("G305", {"step_days": None}, None),
]


def judged(code: str, findings: GuideFindings) -> list[str] | None:
    """The fields the rule finds wrong in the one guide; None where it does not apply. Tallies agree with findings."""
    marks = findings.marks[code]
    fields = list(findings.findings.loc[findings.findings["rule"] == code, "field"])
    assert len(marks.applies) == 1
    if not marks.applies[0]:
        assert not fields and not marks.passed[0]
        return None
    assert bool(marks.passed[0]) == (not fields)
    return fields


@pytest.mark.parametrize(("code", "differs", "wrong"), ITEM_CASES)
def test_an_item_is_judged_by_the_rule(code: str, differs: dict[str, Any], wrong: list[str] | None) -> None:
    assert judged(code, apply_rules([RULES[code]], guides(items=[differs]))) == wrong


@pytest.mark.parametrize(("code", "differs", "wrong"), MATERIAL_CASES)
def test_a_material_is_judged_by_the_rule(code: str, differs: dict[str, Any], wrong: list[str] | None) -> None:
    assert judged(code, apply_rules([RULES[code]], guides(materials=[differs]))) == wrong


@pytest.mark.parametrize(("code", "differs", "wrong"), STEP_CASES)
def test_a_step_is_judged_by_the_rule(code: str, differs: dict[str, Any], wrong: list[str] | None) -> None:
    assert judged(code, apply_rules([RULES[code]], guides(steps=[differs]))) == wrong


@pytest.mark.parametrize("code", [code for code, severity in TABLE.items() if severity])
def test_every_rule_has_examples_that_pass_and_fail_and_where_it_can_one_it_leaves_out(code: str) -> None:
    outcomes = [wrong for rule, _, wrong in ITEM_CASES + MATERIAL_CASES + STEP_CASES if rule == code]
    if code == "G402":  # takes two items to fail: tested below
        return
    assert [] in outcomes and any(outcomes)
    whole = RULES[code].when in ("所有事项", "所有材料", "所有流程环节")
    assert (None in outcomes) != whole


def test_the_rules_are_those_of_the_specification_in_its_order() -> None:
    assert {rule.code: None if rule.by_hand else rule.severity for rule in GUIDE_RULES} == TABLE
    assert [rule.code for rule in GUIDE_RULES] == list(TABLE)


def test_each_measure_counts_the_rules_of_the_plan_table() -> None:
    assert MEASURE_RULES == COUNTED_BY


def test_rules_by_hand_ask_a_question_and_the_others_have_checks() -> None:
    for rule in GUIDE_RULES:
        assert bool(rule.question) == rule.by_hand == (not rule.checks)


def test_a_faultless_guide_has_no_findings() -> None:
    findings = apply_rules(GUIDE_RULES, guides())
    assert findings.findings.empty
    assert (findings.totals["applies"] == findings.totals["passed"]).all()


def test_each_of_two_items_with_one_code_fails() -> None:
    findings = apply_rules([RULES["G402"]], guides(items=[{}, {"unit": "区医保局"}, {"item_code": OTHER_CODE}]))
    assert list(findings.findings["_row"]) == [3, 4]
    assert list(findings.marks["G402"].passed) == [False, False, True]


def test_an_item_whose_code_another_unit_holds_fails() -> None:
    frames = guides(items=[{}, {"item_code": OTHER_CODE}])
    assert list(apply_rules([RULES["G402"]], frames, shared_codes={OTHER_CODE}).marks["G402"].passed) == [True, False]


def test_blank_codes_are_not_the_same_code() -> None:
    findings = apply_rules([RULES["G402"]], guides(items=[{"item_code": None}, {"item_code": None}]))
    assert findings.marks["G402"].passed.all()


def test_the_steps_times_of_an_item_are_added_up() -> None:
    steps = [{"step_days": 2.0}, {"step_number": 2, "step_days": 3.5}, {"step_number": 3, "step_days": None}]
    findings = apply_rules([RULES["G305"]], guides(steps=steps))
    assert list(findings.findings["message"]) == [
        "各环节办理时限合计5.5个工作日，多于承诺办结时限5个工作日，请核对更正。"
    ]
    assert list(findings.findings["_sheet"]) == ["事项"]


def test_blank_cells_of_steps_are_each_found_and_the_item_counts_once() -> None:
    findings = apply_rules(
        [RULES["G304"]],
        guides(steps=[{"step_staff": None}, {"step_number": 2, "step_staff": None, "step_result": None}]),
    )
    assert list(
        zip(findings.findings["_sheet"], findings.findings["_row"], findings.findings["field"], strict=True)
    ) == [
        ("流程", 3, "step_staff"),
        ("流程", 4, "step_staff"),
        ("流程", 4, "step_result"),
    ]
    assert findings.totals.values.tolist() == [["G304", 1, 0]]


def test_an_address_that_lacks_all_four_parts_counts_once() -> None:
    findings = apply_rules([RULES["G106"]], guides(items=[{"address": "区政府"}]))
    assert len(findings.findings) == 4
    assert findings.totals.values.tolist() == [["G106", 1, 0]]


def test_the_sentence_names_the_number_that_is_wrong() -> None:
    findings = apply_rules([RULES["G108"]], guides(items=[{"phone": "0931-6212345、62123"}]))
    assert "“62123”" in findings.findings["message"].iloc[0]


def test_a_value_with_braces_stands_in_the_sentence_as_it_is() -> None:
    findings = apply_rules([RULES["G203"]], guides(materials=[{"basis": "{value}"}]))
    assert "“{value}”" in findings.findings["message"].iloc[0]


def test_without_sheets_of_materials_and_steps_every_item_lacks_them() -> None:
    frames: dict[str, pd.DataFrame | None] = {"事项": guides()["事项"], "材料": None}
    totals = apply_rules(GUIDE_RULES, frames).totals.set_index("rule")
    assert totals.loc["G210"].tolist() == totals.loc["G304"].tolist() == [1, 0]
    assert totals.loc["G201"].tolist() == totals.loc["G303"].tolist() == [0, 0]


def test_without_records_nothing_applies() -> None:
    assert apply_rules(GUIDE_RULES, {}).totals["applies"].sum() == 0
    assert apply_rules(GUIDE_RULES, guides(items=[], materials=[], steps=[])).totals["applies"].sum() == 0


def test_materials_and_steps_count_for_the_unit_of_their_item() -> None:
    items = [{}, {"item_code": OTHER_CODE, "unit": "区医保局"}]
    materials = [{"source": None}, {"item_code": OTHER_CODE}, {"item_code": OTHER_CODE}, {"item_code": "不在表中"}]
    findings = apply_rules([RULES["G201"]], guides(items, materials))
    assert findings.totals.values.tolist() == [["G201", 4, 3]]
    assert sorted(findings.unit_totals.values.tolist()) == [["G201", "区人社局", 1, 0], ["G201", "区医保局", 2, 2]]


@pytest.mark.parametrize("rule", [rule for rule in GUIDE_RULES if not rule.by_hand], ids=lambda rule: rule.code)
def test_every_sentence_is_one_short_chinese_sentence(rule: Any) -> None:
    for check in rule.checks:
        assert check.sentence.endswith("。") and check.sentence.count("。") == 1
        assert len(check.sentence) <= 80
        assert "！" not in check.sentence and "," not in check.sentence
