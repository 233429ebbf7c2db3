"""Tasks or measures of two plans side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.plan import Measure
from rules.plan.pairs import pairs

MEASURE = Measure("", "1", "", False, None, False, ())


def measures(**titles: str) -> list[Measure]:
    """Code (m1 for 1) → title."""
    return [replace(MEASURE, code=code[1:], title=title) for code, title in titles.items()]


def codes(before: list[Measure], after: list[Measure]) -> list[tuple[str | None, str | None]]:
    return [(old and old.code, new and new.code) for old, new in pairs(before, after)]


def test_the_same_title_is_the_same_measure_whatever_its_number() -> None:
    assert codes(measures(m1="按时办结率", m2="实名回访"), measures(m2="按时 办结率", m1="公布清单")) == [
        ("1", "2"),
        (None, "1"),
        ("2", None),
    ]


def test_the_same_number_is_the_same_measure_only_where_the_titles_are_much_alike() -> None:
    assert codes(measures(m1="实名差评百分之百回访"), measures(m1="实名差评全部回访")) == [("1", "1")]
    assert codes(measures(m1="实名差评回访"), measures(m1="公布政策清单")) == [(None, "1"), ("1", None)]


@given(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), st.lists(st.sampled_from("甲乙丙丁"), max_size=6))
def test_every_measure_stands_once(before: list[str], after: list[str]) -> None:
    old, new = (
        [replace(MEASURE, code=str(index), title=title) for index, title in enumerate(titles)]
        for titles in (before, after)
    )
    side_by_side = pairs(old, new)
    assert [after for _, after in side_by_side if after] == new
    assert sorted(before.code for before, _ in side_by_side if before) == [measure.code for measure in old]
