"""Addresses typed by hand or cut short: every page says what is missing and where to come from."""

import re

import pytest

from models.people import Role
from tests.pages.test_every_page import AREAS
from tests.pages.visiting import text_of


@pytest.mark.parametrize("name", [*AREAS, "progress", "cases", "unit"])
def test_a_unit_that_does_not_exist_is_named_instead_of_an_empty_page(visit, name):
    shown = text_of(visit(name, unit="无名局"))
    assert "没有这个责任单位" in shown and "“无名局”" in shown


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("lamp", "请从总览或领域页面的红绿灯进入"),
        ("unit", "请从总览的单位进入"),
        ("assignment", "请从“进展”页面进入"),
        ("submission", "请从“报送情况”或判定依据页面进入"),
    ],
)
def test_a_page_of_one_thing_without_that_thing_says_from_where_to_come(visit, name, says):
    shown = text_of(visit(name))
    assert "地址中没有写明" in shown and says in shown


@pytest.mark.parametrize("number", ["abc", "-1", "²", "1234567890123"])
def test_a_submission_asked_for_by_what_is_no_number_says_so(visit, number):
    assert f"报送编号应为数字，地址中写的是“{number}”" in text_of(visit("submission", number=number))


def test_a_number_that_was_never_given_out_is_told_apart_from_no_number(visit):
    assert "没有编号为 999999 的报送" in text_of(visit("submission", number="999999"))


EARLIER = "2023-07-31"
A_UNIT = "区林草局"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("reporting", {}),
        ("reporting", {"dataset": "guides"}),
        ("unit", {"unit": A_UNIT}),
        ("guide_accuracy", {"unit": A_UNIT}),
        ("lamp", {"measure": "1.1.1", "unit": A_UNIT}),
        ("indicator", {"code": "active_rating_rate", "unit": A_UNIT}),
        ("progress", {}),
        ("progress", {"unit": A_UNIT}),
        ("cases", {}),
        ("submission", {"number": "1"}),
    ],
)
def test_whoever_looks_at_an_earlier_day_stays_on_it(visit, become, name, query):
    become(Role.LEADER)  # who gets no files: every row leads to the page of its submission
    shown = re.sub(r'<span class="past">.*?</span>', "", text_of(visit(name, as_of=EARLIER, **query)))  # the way back
    leading_on = re.findall(r'class="board-link[^"]*" href="([^"]*)"', shown)
    assert leading_on and [href for href in leading_on if "as_of=" not in href] == []
