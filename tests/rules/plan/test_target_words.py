"""What the words of a target ask for."""

import pytest

from rules.plan.target_words import Sense, read_target


@pytest.mark.parametrize(
    ("text", "share", "sense", "value"),
    [
        ("95%", True, Sense.AT_LEAST, 0.95),
        ("≥95%", True, Sense.AT_LEAST, 0.95),
        ("95%以上", True, Sense.AT_LEAST, 0.95),
        ("2/3", True, Sense.AT_LEAST, 2 / 3),
        ("≤5%", True, Sense.AT_MOST, 0.05),
        ("不超过５％", True, Sense.AT_MOST, 0.05),
        ("5%以内", True, Sense.AT_MOST, 0.05),
        ("13个", False, Sense.AT_LEAST, 13),
        ("增长", True, Sense.RISES, None),
        ("增长10%", False, Sense.RISES, 0.1),
        ("同比下降 5%", False, Sense.FALLS, 0.05),
        ("上年同期", False, Sense.OF_LAST_YEAR, None),
        ("上年同期±5%", False, Sense.OF_LAST_YEAR, 0.05),
        ("上年同期-5%", False, Sense.OF_LAST_YEAR, -0.05),
    ],
)
def test_the_words_of_a_target_are_understood(text, share, sense, value):
    target = read_target(text, share=share)
    assert target is not None and (target.sense, target.value, target.doubt) == (sense, value, None)


def test_a_bare_95_for_a_share_is_95_per_cent_with_a_doubt_and_never_9500():
    target = read_target("95", share=True)
    assert target is not None and target.value == 0.95
    assert target.doubt is not None and "95%" in target.doubt
    assert read_target("9500", share=True) is None
    assert read_target("120%", share=True) is None


@pytest.mark.parametrize("text", ["", "尽快", "95%左右", "1/0", "10%增长"])
def test_other_words_are_no_target(text):
    assert read_target(text, share=True) is None
