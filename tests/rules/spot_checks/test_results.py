"""Results of elements, checkers and dates: rules in plain words."""

from datetime import date, datetime
from hashlib import sha256

from models.spot_checks import Question, Record, Result, Signal
from rules.spot_checks.checkers import assigned, order_of
from rules.spot_checks.dates import open_from
from rules.spot_checks.results import asked_after, counted_record, result_of, unanswered
from rules.spot_checks.weights import weight_of
from rules.working_days import Calendar

PHONE = (
    Question("q1", "有人接听"),
    Question("q2", "业务所用", after="q1"),
    Question("q3", "一次性告知", counted=False, after="q1"),
)


def test_one_no_to_a_counted_question_fails() -> None:
    assert result_of(PHONE, {"q1": True, "q2": False}, unable=False) is Result.FAIL
    assert result_of(PHONE, {"q1": False}, unable=False) is Result.FAIL


def test_a_question_that_is_only_shown_decides_nothing() -> None:
    assert result_of(PHONE, {"q1": True, "q2": True, "q3": False}, unable=False) is Result.PASS


def test_a_pass_needs_every_counted_question_that_is_asked() -> None:
    assert result_of(PHONE, {"q1": True}, unable=False) is Result.UNRECORDED
    assert [question.code for question in unanswered(PHONE, {"q1": True})] == ["q2"]


def test_what_follows_an_answer_is_asked_only_after_a_yes() -> None:
    assert [question.code for question in asked_after(PHONE, {"q1": False})] == ["q1"]
    assert unanswered(PHONE, {"q1": False}) == ()


def test_unable_and_blank_rows() -> None:
    assert result_of(PHONE, {}, unable=True) is Result.UNABLE
    assert result_of(PHONE, {}, unable=False) is Result.UNRECORDED


def record(checker: str, answer: bool) -> Record:
    return Record("k", checker, datetime(2023, 9, 4, 10), {"q1": answer, "q2": answer})


def test_the_last_record_counts() -> None:
    records = [record("张三", True), record("张三", False)]
    assert counted_record(PHONE, records) is records[1]


def test_two_checkers_who_differ_wait_for_a_third() -> None:
    first, second, third = record("张三", True), record("李四", False), record("王五", False)
    assert counted_record(PHONE, [first], double=True) is None
    assert counted_record(PHONE, [first, second], double=True) is None
    assert counted_record(PHONE, [first, second, third], double=True) is third
    assert counted_record(PHONE, [first, record("李四", True)], double=True) is not None


def test_checkers_take_turns_in_the_order_of_their_digests() -> None:
    names = ["张三", "李四", "王五"]
    order = sorted(names, key=lambda name: sha256(f"种|核查人|{name}".encode()).hexdigest())
    assert list(order_of(names, "种")) == order
    elements = [(index + 1, f"k{index}", "甲") for index in range(7)]
    assert list(assigned(names, "种", elements, lambda *_: False)) == [order[index % 3] for index in range(7)]


def test_the_next_one_takes_what_a_checker_may_not() -> None:
    order = order_of(["张三", "李四"], "种")
    elements = [(1, "k1", "甲"), (2, "k2", "乙")]
    assert assigned(order, "种", elements, lambda name, _, unit: name == order[0] and unit == "甲") == (
        order[1],
        order[1],
    )
    assert assigned(order, "种", elements, lambda *_: True) == (None, None)


def test_no_weight_is_above_five() -> None:
    signals = [Signal("overdue", ""), Signal("not_reported", ""), Signal("earlier_failure", "", 2), Signal("many", "")]
    assert [weight_of(signals[:number]) for number in range(5)] == [1, 2, 3, 5, 5]


def test_a_finding_opens_the_day_after_the_units_working_days() -> None:
    """Released on Friday 1 September 2023: Monday to Wednesday are the unit's, Thursday it is open."""
    calendar = Calendar.from_rows(
        (day, day.weekday() < 5) for day in (date.fromordinal(date(2023, 1, 1).toordinal() + n) for n in range(365))
    )
    assert open_from(date(2023, 9, 1), 3, calendar) == date(2023, 9, 7)
