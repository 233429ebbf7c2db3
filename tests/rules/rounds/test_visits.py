"""Whom a round would visit too often, and which steps its state allows."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rounds import Round, RoundKind, RoundState, RoundStep
from rules.rounds.course import ALLOWED_IN, conclusion_refusal, setting_refusal, state_after, step_refusal
from rules.rounds.visits import excess_in_words, excesses, months_of

AUGUST = (date(2023, 8, 7), date(2023, 8, 9))


def visit(number: str, kind: RoundKind, *days: date, state: RoundState = RoundState.PLANNED, unit: str = "甲") -> Round:
    at = datetime.fromisoformat("2023-07-01T09:00+08:00")
    return Round(number, "督查", kind, state, *days, (), (), (unit,), "李", (), "", "", False, {}, (), (), at, "管理局")


def warnings(kind: RoundKind, *rounds: Round, ceiling: int = 2) -> list[str]:
    beyond = excesses(kind, *AUGUST, ["甲", "乙"], rounds, ceiling)
    return [excess_in_words(excess, kind, ceiling) for excess in beyond]


def test_a_third_visit_in_a_month_is_told() -> None:
    rounds = [visit("2023-1", RoundKind.REGULAR, *AUGUST), visit("2023-2", RoundKind.SPECIAL, *AUGUST)]
    assert warnings(RoundKind.IRREGULAR, *rounds) == [
        "甲 2023年8月已安排 2 次（2023-1、2023-2），再安排将超过每月 2 次的总量。"
    ]


def test_a_second_visit_of_the_same_kind_is_told_below_the_ceiling_already() -> None:
    assert warnings(RoundKind.SPECIAL, visit("2023-1", RoundKind.SPECIAL, *AUGUST)) == [
        "甲 2023年8月已安排专项督查（2023-1），这是同类第 2 次。"
    ]


def test_a_second_visit_of_another_kind_or_of_another_month_is_not_told() -> None:
    july = date(2023, 7, 3), date(2023, 7, 31)
    assert warnings(RoundKind.REGULAR, visit("2023-1", RoundKind.SPECIAL, *AUGUST)) == []
    assert warnings(RoundKind.REGULAR, *(visit(f"2023-{n}", RoundKind.REGULAR, *july) for n in (1, 2, 3))) == []


def test_a_round_that_was_dropped_visits_nobody() -> None:
    dropped = visit("2023-1", RoundKind.SPECIAL, *AUGUST, state=RoundState.DROPPED)
    assert warnings(RoundKind.SPECIAL, dropped) == []


def test_a_round_over_the_turn_of_a_month_counts_in_both() -> None:
    assert months_of(date(2023, 7, 31), date(2023, 8, 1)) == ["2023-07", "2023-08"]
    assert months_of(date(2023, 12, 31), date(2024, 2, 1)) == ["2023-12", "2024-01", "2024-02"]


@given(st.lists(st.sampled_from(RoundStep)))
def test_a_round_that_is_over_stays_so_whatever_is_allowed_after_it(steps: list[RoundStep]) -> None:
    taken: list[RoundStep] = []
    for step in steps:
        if step_refusal(state_after(taken), step) is None:
            taken.append(step)
    states = [state_after(taken[:number]) for number in range(len(taken) + 1)]
    over = [state in (RoundState.CONCLUDED, RoundState.DROPPED) for state in states]
    assert over == sorted(over)


def test_a_round_not_begun_cannot_be_concluded() -> None:
    assert step_refusal(RoundState.PLANNED, RoundStep.CONCLUDE) == "该轮次还没有开始，开始后才能结束。"
    assert step_refusal(RoundState.CONCLUDED, RoundStep.DROP) == "该轮次已结束，不能再取消。"
    assert set(ALLOWED_IN) == set(RoundStep)


@pytest.mark.parametrize(
    ("name", "days", "units", "leader", "words"),
    [
        (" ", AUGUST, ["甲"], "李", "请写明轮次名称。"),
        ("八月", AUGUST[::-1], ["甲"], "李", "结束日期（2023-08-07）不能早于开始日期（2023-08-09）。"),
        ("八月", AUGUST, [], "李", "请至少选择一个责任单位。"),
        ("八月", AUGUST, ["甲"], " ", "请写明组长。"),
        ("八月", AUGUST, ["甲"], "李", None),
    ],
)
def test_what_a_round_needs_to_be_set_is_said_in_one_sentence(name, days, units, leader, words) -> None:
    assert setting_refusal(name, *days, units, leader) == words


def test_every_unit_is_told_a_conclusion_and_nobody_else() -> None:
    assert conclusion_refusal(["甲", "乙"], {"甲": "好", "乙": " "}) == "请写明对每个单位的结论，还缺：乙。"
    assert conclusion_refusal(["甲"], {"甲": "好", "丙": "好"}) == "丙不在这一轮次中。"
    assert conclusion_refusal(["甲"], {"甲": "好"}) is None
