"""What importing a plan over another one changes, as a list."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rules.plan.changes import Change, MeasureWords, PlanWords, TargetWords, TaskWords, plan_changes

TASK = TaskWords("2", "办理成熟度", "提升网上办理深度", "网上可办率98%", "部门、镇街", "12月底")
MEASURE = MeasureWords("2-1", "2", "网上可办率", False, None, {"online_available_rate": TargetWords(0.98, False)})
PLAN = PlanWords({"2": TASK}, {"2-1": MEASURE})


def changes_to(task: TaskWords = TASK, measure: MeasureWords = MEASURE) -> list[tuple[object, ...]]:
    return [
        (change.change, change.measure or change.task, change.name, change.before, change.after)
        for change in plan_changes(PLAN, PlanWords({"2": task}, {"2-1": measure}))
    ]


def test_the_same_workbook_again_changes_nothing() -> None:
    assert plan_changes(PLAN, PLAN) == []


def test_each_word_that_is_otherwise_is_a_line_of_its_own() -> None:
    task = replace(TASK, deadline_text="2026年3月底前", units_text="区教育局")
    assert changes_to(task) == [
        (Change.CHANGED, "2", "units_text", "部门、镇街", "区教育局"),
        (Change.CHANGED, "2", "deadline_text", "12月底", "2026年3月底前"),
    ]


def test_a_lower_target_is_told_with_both_values() -> None:
    lower = replace(MEASURE, targets={"online_available_rate": TargetWords(0.5, False)})
    assert changes_to(measure=lower) == [
        (Change.CHANGED, "2-1", "target", TargetWords(0.98, False), TargetWords(0.5, False))
    ]


def test_an_indicator_more_and_one_less_in_a_measure_are_told_apart() -> None:
    other = replace(MEASURE, targets={"licence_whole_process_online_rate": TargetWords(0.8, False)})
    assert [(change, before is None, after is None) for change, _, _, before, after in changes_to(measure=other)] == [
        (Change.ADDED, True, False),
        (Change.ENDED, False, True),
    ]


codes = st.sets(st.sampled_from("123456"), max_size=6)


@given(codes, codes)
def test_what_is_only_in_the_one_workbook_is_added_and_what_is_only_in_the_other_is_ended(
    old: set[str], new: set[str]
) -> None:
    before, after = (PlanWords({code: replace(TASK, code=code) for code in sorted(them)}, {}) for them in (old, new))
    changes = plan_changes(before, after)
    assert {change.task for change in changes if change.change is Change.ADDED} == new - old
    assert {change.task for change in changes if change.change is Change.ENDED} == old - new
    assert len(changes) == len(old ^ new)
