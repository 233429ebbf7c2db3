"""An entry of the log reads as a sentence of the house: what changed, in Chinese, from what to what."""

from datetime import UTC, datetime
from typing import Any

import pytest

from models.audit import LoggedAct
from rules.audit_words import act_in_words, change_in_words, detail_in_words, value_in_words


def act(before: Any = None, after: Any = None, subject: str = "", **detail: Any) -> LoggedAct:
    return LoggedAct(datetime(2023, 7, 3, tzinfo=UTC), "管理局", "", "target", subject, detail, before, after)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, None, ()),
        (10, 5, ("10 → 5",)),
        (None, "2023-06", ("无 → 2023-06",)),
        (
            {"deadline": None, "reason": "同"},
            {"deadline": "2023-09-30", "reason": "同"},
            ("完成时限：无 → 2023-09-30",),
        ),
        ({"enabled": True}, {"enabled": False}, ("启用：是 → 否",)),
        (
            {"区人社局": {"kind": "部门", "aliases": []}},
            {"区人社局": {"kind": "部门", "aliases": ["人社局"]}},
            ("区人社局 别名：无 → 人社局",),
        ),
        (None, {"role": "unit"}, ("角色：无 → 责任单位",)),
        ({"target": 0.5}, {"target": 1.0}, ("目标：0.5 → 1",)),
    ],
)
def test_only_what_changed_is_told(before: Any, after: Any, words: tuple[str, ...]) -> None:
    assert change_in_words(act(before, after)) == words


def test_a_long_change_is_counted_after_the_first_few() -> None:
    change = change_in_words(act({}, {str(number): number for number in range(30)}))
    assert (len(change), change[-1]) == (7, "等 30 处")


def test_the_subject_is_told_in_chinese() -> None:
    assert act_in_words(act(subject="submission 12")) == "报送 12"
    assert act_in_words(act(subject="7.1.1 区人社局")) == "7.1.1 区人社局"


def test_details_leave_out_what_is_empty() -> None:
    assert detail_in_words(act(reason="会议确定", unit=None, units=["甲", "乙"])) == "理由：会议确定；责任单位：甲、乙"


def test_moments_stand_as_a_clock_in_shanghai_shows_them() -> None:
    assert value_in_words("2023-07-03T02:00:00+00:00") == "2023-07-03 10:00"


def test_rows_that_follow_one_another_are_told_as_a_run() -> None:
    assert value_in_words({"报送 12 Sheet1": [5, 6, 7, 9, 11, 12]}) == "报送 12 Sheet1 5—7、9、11—12"


def test_long_texts_are_cut() -> None:
    assert value_in_words("长" * 500).endswith("长…")
    assert len(value_in_words(["甲乙丙"] * 200)) == 121
