"""What holds for any guides: tallies and findings tell the same story, and the order of rows changes nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.guide_rules import GUIDE_RULES
from rules.guides.engine import apply_rules
from tests.examples import examples
from tests.rules.guides.guide_records import CODE, OTHER_CODE, guides

PARTS = {rule.code: rule.part for rule in GUIDE_RULES}
CODES = st.sampled_from([CODE, OTHER_CODE, "短", None])
DAYS = st.sampled_from([0.0, 1.0, 5.0, 20.0, 30.0, None])
ANSWER = st.sampled_from([True, False, None])

ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "item_code": CODES,
            "unit": st.sampled_from(["区人社局", "区医保局"]),
            "statutory_days": DAYS,
            "promised_days": DAYS,
            "case_type": st.sampled_from(["即办件", "承诺件", None]),
            "statutory_by_law": ANSWER,
            "has_special_step": ANSWER,
            "charged": ANSWER,
            "visits": st.sampled_from([0, 1, None]),
            "flow_chart": st.sampled_from(["图.png", "图.doc", "否", None]),
            "phone": st.sampled_from(["0931-6212345", "6212345", "无此号", None]),
            "address": st.sampled_from(["平安路168号二楼3号窗口", "便民服务中心", None]),
        }
    ),
    max_size=4,
)
MATERIALS = st.lists(
    st.fixed_dictionaries(
        {
            "item_code": CODES,
            "originals": st.sampled_from([0, 1, None]),
            "copies": st.sampled_from([0, 1, None]),
            "source": st.sampled_from(["申请人自备", "政府部门核发", None]),
            "filled_by_applicant": ANSWER,
        }
    ),
    max_size=4,
)
STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "item_code": CODES,
            "step_days": DAYS,
            "step_staff": st.sampled_from(["张某", None]),
            "step_content": st.sampled_from(["受理", "核对材料是否齐全", None]),
        }
    ),
    max_size=5,
)

Rows = list[dict[str, Any]]


@pytest.mark.long
@given(ITEMS, MATERIALS, STEPS)
@examples(60)
def test_nothing_passes_where_it_does_not_apply(items: Rows, materials: Rows, steps: Rows) -> None:
    tallies = apply_rules(GUIDE_RULES, guides(items, materials, steps)).tallies
    assert not (tallies["passed"] & ~tallies["applies"]).any()


@pytest.mark.long
@given(ITEMS, MATERIALS, STEPS)
@examples(60)
def test_a_record_has_findings_where_it_failed_and_only_there(items: Rows, materials: Rows, steps: Rows) -> None:
    frames = guides(items, materials, steps)
    findings = apply_rules(GUIDE_RULES, frames)
    for code, marks in findings.marks.items():
        failed = set(frames[marks.part].loc[marks.applies & ~marks.passed, "item_code"].dropna())
        blamed = set(findings.findings.loc[findings.findings["rule"] == code, "item_code"].dropna())
        assert failed == blamed
        own = findings.findings[(findings.findings["rule"] == code) & (findings.findings["part"] == marks.part)]
        rows = set(frames[marks.part].loc[marks.applies & ~marks.passed, "_row"])
        assert set(own["_row"]) <= rows
        if code != "G304":
            assert set(own["_row"]) == rows


@pytest.mark.long
@given(ITEMS, MATERIALS, STEPS)
@examples(40)
def test_the_order_of_the_rows_changes_no_total(items: Rows, materials: Rows, steps: Rows) -> None:
    there = apply_rules(GUIDE_RULES, guides(items, materials, steps)).totals
    back = apply_rules(GUIDE_RULES, guides(items[::-1], materials[::-1], steps[::-1])).totals
    assert there.equals(back)


@pytest.mark.long
@given(ITEMS, MATERIALS, STEPS)
@examples(40)
def test_the_totals_of_units_add_up_to_the_totals_of_items(items: Rows, materials: Rows, steps: Rows) -> None:
    findings = apply_rules(GUIDE_RULES, guides(items, materials, steps))
    of_items = [code for code in findings.marks if PARTS[code] == "事项"]
    added = findings.unit_totals.groupby("rule")[["applies", "passed"]].sum().reindex(of_items, fill_value=0)
    assert added.values.tolist() == findings.totals.set_index("rule").loc[of_items].values.tolist()
