"""考核赋分: what a unit fell short in, by the rules that look at it, never beyond full marks and floor."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.assessment import AssessmentRule, AssessmentScope, DeductionKind, Shortcoming, UnitConduct
from rules.assessment.declared import number_read, rule_of, wrong_in
from rules.assessment.points import points_of
from rules.assessment.words import result_in_words, rule_in_words, rules_as_json, rules_of_json

EVERYTHING = AssessmentScope(
    frozenset({"1.2.1", "1.3.2"}), frozenset({"zero_visit_share"}), frozenset({"reviews"}), frozenset({"tickets"})
)
RULE = AssessmentRule("综合", "全部", Decimal(10), Decimal(2), *map(Decimal, ("2", "0.5", "0.2", "1")))


def lamp(measure: str = "1.2.1") -> Shortcoming:
    return Shortcoming(DeductionKind.OVERDUE, Decimal(1), f"举措 {measure} 逾期", measure=measure)


def cases(number: int) -> Shortcoming:
    return Shortcoming(DeductionKind.CASE, Decimal(number), f"工单逾期 {number} 件", case_kind="tickets")


def lack(amount: str) -> Shortcoming:
    return Shortcoming(DeductionKind.SHORTFALL, Decimal(amount), "低于目标", "1.3.2", "zero_visit_share")


def missing(month: str = "2023-07") -> Shortcoming:
    return Shortcoming(DeductionKind.MISSING, Decimal(1), f"缺报 {month}", dataset="reviews", month=month)


def unit(*shortcomings: Shortcoming, name: str = "青石镇", answers_for: AssessmentScope = EVERYTHING) -> UnitConduct:
    return UnitConduct(name, answers_for, shortcomings)


def test_each_shortcoming_costs_what_the_rule_says_for_it() -> None:
    [points] = points_of([(RULE, EVERYTHING)], [unit(lamp(), cases(3), lack("12.5"), missing())])
    [result] = points.rules
    assert [deduction.points for deduction in result.deductions] == list(map(Decimal, ("2", "1.5", "2.5", "1")))
    assert (result.before_floor, result.points, points.full) == (Decimal(3), Decimal(3), Decimal(10))


def test_points_never_fall_below_the_floor_and_the_sum_before_it_is_told() -> None:
    [points] = points_of([(RULE, EVERYTHING)], [unit(*(lamp() for _ in range(6)))])
    [result] = points.rules
    assert (result.before_floor, result.points) == (Decimal(-2), Decimal(2))
    assert result_in_words(result) == "10 − 12 = −2，按最低分计 2 分"


def test_without_a_rule_there_are_no_points() -> None:
    [points] = points_of([], [unit(lamp())])
    assert (points.rules, points.full, points.share, points.place) == ((), 0, None, None)


def test_a_rule_that_looks_at_nothing_of_the_unit_gives_it_neither_points_nor_full_marks() -> None:
    only_cases = replace(RULE, overdue=None, shortfall=None, missing=None)
    [points] = points_of([(only_cases, EVERYTHING)], [unit(answers_for=replace(EVERYTHING, kinds=frozenset()))])
    assert points.rules == ()


def test_who_reported_no_figures_gets_no_points_for_them() -> None:
    only_figures = replace(RULE, overdue=None, case=None, missing=None)
    silent = replace(EVERYTHING, indicators=frozenset())
    assert points_of([(only_figures, EVERYTHING)], [unit(answers_for=silent)])[0].share is None


def test_a_rule_looks_at_its_subject_alone() -> None:
    one_measure = AssessmentScope(frozenset({"1.2.1"}))
    [points] = points_of([(RULE, one_measure)], [unit(lamp(), lamp("1.3.2"), cases(2), missing())])
    assert [deduction.shortcoming.measure for deduction in points.rules[0].deductions] == ["1.2.1"]


def test_units_with_the_same_share_have_the_same_place_and_the_next_is_counted_on() -> None:
    units = [unit(name="甲"), unit(lamp(), name="乙"), unit(name="丙"), unit(lamp(), lamp(), name="丁")]
    assert [points.place for points in points_of([(RULE, EVERYTHING)], units)] == [1, 3, 1, 4]


def test_the_rule_is_told_in_words_with_every_deduction() -> None:
    assert rule_in_words(RULE) == (
        "满分10分；逾期举措每项扣2分；逾期案件每件扣0.5分；"
        "期限已过仍未达到目标的，每差一个百分点（计数的每差一个）扣0.2分；缺报每次扣1分；最低2分。"
    )


SHORTCOMINGS = st.lists(
    st.one_of(
        st.builds(lamp, st.sampled_from(["1.2.1", "1.3.2", "9.9.9"])),
        st.builds(cases, st.integers(1, 500)),
        st.builds(lack, st.decimals("0.01", 100, places=2).map(str)),
        st.builds(missing),
    ),
    max_size=12,
)
AMOUNT = st.decimals("0.01", 50, places=2)
RULES = st.builds(
    lambda full, floor, amounts: AssessmentRule("规则", "全部", full, min(floor, full), *amounts),
    st.decimals("0.01", 100, places=2),
    st.decimals(0, 100, places=2),
    st.tuples(*[st.none() | AMOUNT] * 4),
)


@given(RULES, SHORTCOMINGS)
def test_points_lie_between_floor_and_full_marks_and_deductions_add_up_to_what_is_lacking(
    rule: AssessmentRule, shortcomings: list[Shortcoming]
) -> None:
    [points] = points_of([(rule, EVERYTHING)], [unit(*shortcomings)])
    for result in points.rules:
        assert rule.floor <= result.points <= rule.full
        assert sum(deduction.points for deduction in result.deductions) == rule.full - result.before_floor
        assert all(deduction.points >= 0 and deduction.shortcoming in shortcomings for deduction in result.deductions)


@given(RULES, SHORTCOMINGS, st.builds(lamp))
def test_one_shortcoming_more_never_gives_points(
    rule: AssessmentRule, shortcomings: list[Shortcoming], one_more: Shortcoming
) -> None:
    less, more = points_of([(rule, EVERYTHING)], [unit(*shortcomings), unit(*shortcomings, one_more)])
    assert more.points <= less.points


@given(st.lists(RULES, max_size=4))
def test_rules_are_stored_as_they_were_declared(rules: list[AssessmentRule]) -> None:
    assert list(rules_of_json(rules_as_json(rules))) == rules


# what is wrong in a row of the workbook

ROW = {
    "name": "差评", "subject": "领域：好差评", "full": "10", "overdue": "2", "case": None, "shortfall": None,
    "missing": None, "floor": None, "note": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"full": "0"}, "full", "满分应为大于 0"),
        ({"full": "十分"}, "full", "满分应为大于 0"),
        ({"full": "1.234"}, "full", "最多两位小数"),
        ({"floor": "11"}, "floor", "最低分（11）不能高于满分（10）"),
        ({"overdue": "-2"}, "overdue", "扣分应为大于 0 的数"),
        ({"overdue": None}, "subject", "没有写明任何扣分办法"),
        ({"case": "1"}, "case", "没有有时限的案件"),
    ],
)
def test_a_wrong_cell_is_told_with_what_it_should_be(changed: dict, field: str, words: str) -> None:
    [(where, sentence)] = wrong_in(ROW | changed, AssessmentScope(frozenset({"1.1.1"})))
    assert where == field and words in sentence


def test_a_subject_that_is_not_there_is_told_with_how_it_is_written() -> None:
    [(where, sentence)] = wrong_in(ROW, None)
    assert where == "subject" and "领域：好差评" in sentence


def test_a_right_row_is_a_rule_and_full_width_digits_are_read() -> None:
    assert list(wrong_in(ROW | {"full": "１０分"}, EVERYTHING)) == []
    assert rule_of(ROW | {"full": "１０分"}).full == Decimal(10)
    assert number_read("2.50") == Decimal("2.5") and number_read("") is None
