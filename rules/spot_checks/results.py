"""Results of elements (supervision.md 2.5, 2.6): from the questions and records of an element to its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.spot_checks import Question, Record, Result


def asked_after(questions: Sequence[Question], answers: Mapping[str, bool | None]) -> tuple[Question, ...]:
    """Return those of an element's questions that are asked once these answers are known."""
    return tuple(question for question in questions if question.after is None or answers.get(question.after) is True)


def result_of(questions: Sequence[Question], answers: Mapping[str, bool | None], unable: bool) -> Result:
    """Return fail with a counted 否, pass where all counted ones asked are 是, else unable or unrecorded."""
    counted = [question for question in asked_after(questions, answers) if question.counted]
    if any(answers.get(question.code) is False for question in counted):
        return Result.FAIL
    if counted and all(answers.get(question.code) is True for question in counted):
        return Result.PASS
    return Result.UNABLE if unable else Result.UNRECORDED


def unanswered(questions: Sequence[Question], answers: Mapping[str, bool | None]) -> tuple[Question, ...]:
    """Return the counted questions asked that were left blank."""
    applicable = asked_after(questions, answers)
    return tuple(question for question in applicable if question.counted and answers.get(question.code) is None)


def counted_record(questions: Sequence[Question], records: Sequence[Record], double: bool = False) -> Record | None:
    """Return the record that counts, of all of an element in the order of their entry; None while there is none.

    The last counts. Of a doubly checked one: the two checkers' last where their results are equal, else that of a
    third; None until then.
    """
    if not double:
        return records[-1] if records else None
    by_checker = {record.checker: record for record in records}  # first entry's place, last entry's words
    first_two, others = list(by_checker.values())[:2], list(by_checker.values())[2:]
    if len(first_two) == 2 and is_agreed(questions, first_two):
        return max(first_two, key=lambda record: records.index(record))
    return others[0] if others else None


def is_agreed(questions: Sequence[Question], records: Sequence[Record]) -> bool:
    """Return whether the records come to the same result."""
    return len({result_of(questions, record.answers, record.unable) for record in records}) == 1
