"""Questions to ask a unit at a meeting, found by rule: from lamps, figures, reports and rectifications to questions.

They are drafts: whoever leads the meeting strikes out and adds. Source: supervision.md 6, meeting pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.lamps import IndicatorResult
from models.rectifications import Rectification
from rules.notices.figure_words import figure_in_words

TINY = 10
"""A share of fewer than so many is no proof."""
TWICE = 2


class QuestionRule(StrEnum):
    OVERDUE_WITHOUT_PROGRESS = "overdue-without-progress"
    CLAIM_FALSE = "claim-false"
    FIGURE_FELL = "figure-fell"
    TINY_PERFECT = "tiny-perfect"
    NOT_REPORTED_TWICE = "not-reported-twice"
    RETURNED_TWICE = "returned-twice"
    ENTERED = "entered"  # by whoever prepared the meeting


@dataclass(frozen=True, slots=True)
class Question:
    """`about`: the measure, dataset, number or check by which the page of it is found."""

    rule: QuestionRule
    about: str
    text: str


def overdue_without_progress(measure: str, title: str, account: str | None) -> Question | None:
    """Return the question about an overdue milestone, or None."""
    if account and account.strip():
        return None
    text = f"举措 {measure}“{title}”已逾期，未报告任何进展：目前做到哪一步，何时完成？"
    return Question(QuestionRule.OVERDUE_WITHOUT_PROGRESS, measure, text)


def claim_false(check: str, content: str) -> Question:
    """Return the question about a finding that contradicts what the unit itself had reported."""
    text = f"抽查 {check} 核实与自报不符（{content}）：自报依据是什么，如何防止再次不实？"
    return Question(QuestionRule.CLAIM_FALSE, check, text)


def figure_fell(
    measure: str, title: str, now: IndicatorResult, before: IndicatorResult | None, *, is_share: bool
) -> Question | None:
    """Return the question about a figure that is worse than at the last meeting, or None: one that fell, or that rose
    where it is to stay low.
    """
    if not now.is_worse_than(before):
        return None
    way = "升至" if now.at_most else "降至"
    earlier, later = (figure_in_words(result, is_share=is_share) for result in (before, now))
    return Question(QuestionRule.FIGURE_FELL, measure, f"{title}由 {earlier} {way} {later}：原因是什么？")


def tiny_perfect(measure: str, title: str, now: IndicatorResult, *, is_share: bool) -> Question | None:
    """Return the question about a share of 100 % of very few, or None; what is to stay low is not perfect with it."""
    if not is_share or now.at_most or now.numerator != now.denominator:
        return None
    if now.denominator is None or not 0 < now.denominator < TINY:
        return None
    text = f"{title}为 100%，但只有 {now.denominator:g} 件：为什么这样少，是否有未报的？"
    return Question(QuestionRule.TINY_PERFECT, measure, text)


def not_reported_twice(dataset: str, title: str, due_months: Sequence[str], missing: Iterable[str]) -> Question | None:
    """Return the question about two reports running that are missing, or None. `due_months`: those whose due day is
    over, oldest first.
    """
    latest = due_months[-TWICE:]
    if len(latest) < TWICE or not set(latest) <= set(missing):
        return None
    text = f"{title}已连续两期未报送（{'、'.join(latest)}）：由谁负责，何时补报？"
    return Question(QuestionRule.NOT_REPORTED_TWICE, dataset, text)


def returned_twice(item: Rectification) -> Question | None:
    if item.course.returns < TWICE or item.course.is_over:
        return None
    text = f"整改 {item.number}“{item.issue}”已被退回 {item.course.returns} 次：差在哪里？"
    return Question(QuestionRule.RETURNED_TWICE, item.number, text)
