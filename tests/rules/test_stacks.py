"""Frames folded together give each what it gives alone, for every declared indicator and breakdown."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.breakdowns import BREAKDOWNS
from catalogue.indicators import INDICATORS, UNJUDGED
from models.breakdowns import Breakdown
from models.definitions import Indicator
from rules.breakdowns import breakdown, due_if_yet_to_come, rows_each
from rules.conditions import yes
from rules.indicators import across, fold, fold_each, share, share_found, share_of_distinct, sums
from rules.stacks import Stack
from rules.tallies import distinct, total
from tests.examples import examples

CODES = st.sampled_from(["甲", "乙", "丙", None])
NUMBERS = st.one_of(st.none(), st.integers(0, 9))
RECORD = st.fixed_dictionaries(
    {
        "code": CODES,
        "online": st.sampled_from([True, False, None]),
        "cases": NUMBERS,
        "due": st.one_of(st.none(), st.dates(date(2023, 6, 1), date(2023, 8, 31))),
        "closed": st.one_of(st.none(), st.dates(date(2023, 6, 1), date(2023, 8, 31))),
        "month": st.sampled_from(["2023-06", "2023-07"]),
    }
)


def frame(records):
    made = pd.DataFrame(records, columns=["code", "online", "cases", "due", "closed", "month"])
    return made.astype({"code": "object", "online": "boolean", "cases": "Int64", "month": "object"}).assign(
        due=pd.to_datetime(made["due"]), closed=pd.to_datetime(made["closed"])
    )


FRAME = st.one_of(st.none(), st.lists(RECORD, max_size=6).map(frame))
MANY = st.lists(st.fixed_dictionaries({"part": FRAME, "other": FRAME}), max_size=5)

FOLDS = {
    "share": (share("part", having=yes("online")), ("part",)),
    "share with due days": (share("part", having=yes("online"), due="due"), ("part",)),
    "sums": (sums("part", ("cases",), "cases"), ("part",)),
    "distinct": (
        across(("part", distinct("code", yes("online"))), ("other", distinct("code"))),
        ("part", "other"),
    ),
    "distinct having": (share_of_distinct("part", "code", yes("online"), lambda f: f["cases"].notna()), ("part",)),
    "distinct found": (
        share_found("part", "code", lambda f: f["code"].notna(), ("other", lambda f: f["code"])),
        ("part", "other"),
    ),
}


@pytest.mark.parametrize("name", FOLDS)
@examples(40)
@given(many=MANY)
def test_a_figure_folded_with_others_is_the_figure_folded_alone(name, many):
    contributions, parts = FOLDS[name]
    counted = Indicator("made_for_the_test", "试", "分子", "分母", parts, contributions)
    assert fold_each(counted, Stack(many)) == [fold(counted, frames) for frames in many]


@examples(40)
@given(many=MANY)
def test_a_breakdown_made_with_others_is_the_breakdown_made_alone(many):
    keys = {"code": "code", "due": due_if_yet_to_come("closed", "due")}
    summed = breakdown("made_for_the_test", "part", keys, {"cases": total("cases")})
    alone = [None if frames["part"] is None else summed.rows(frames) for frames in many]
    assert rows_each(summed, Stack(many)) == alone


def test_a_breakdown_that_does_not_stack_is_made_one_by_one():
    breakdown = Breakdown("made_for_the_test", ("part",), ("n",), (), lambda frames: [[len(frames["part"])]])
    many = [{"part": frame([])}, {"part": None}, {"part": frame([{"code": "甲"}])}]
    assert rows_each(breakdown, Stack(many)) == [[[0]], None, [[1]]]


def test_nothing_to_fold_gives_nothing():
    assert all(
        fold_each(indicator, Stack([])) == [] for indicator in (INDICATORS | UNJUDGED).values() if not indicator.figures
    )
    assert all(rows_each(table, Stack([])) == [] for table in BREAKDOWNS.values())
