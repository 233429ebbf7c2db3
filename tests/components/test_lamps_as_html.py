"""Lamps, bars and counts as HTML."""

import re
from datetime import date

import pytest

from components.board.summary_tiles import FIVE, signed, summary_tiles
from components.elements.bars import lamp_bar, target_bar
from components.elements.context import PageContext
from components.elements.lamp import COUNTED, chip, css_rules, in_words
from models.lamps import FACES, Lamp
from rules.lamp import roll_up
from tests.conftest import BUREAU


@pytest.mark.parametrize("lamp", COUNTED)
def test_shape_and_word_stand_beside_the_colour(lamp):
    assert FACES[lamp].shape in chip(lamp) and FACES[lamp].word in chip(lamp)


def test_no_two_lamps_share_a_shape():
    assert len({FACES[lamp].shape for lamp in Lamp}) == len(Lamp)


def test_the_summary_tiles_are_every_lamp_that_counts_once():
    assert sorted(lamp for count in FIVE for lamp in count.lamps) == sorted(COUNTED)


def test_the_summary_tiles_name_their_denominator():
    shown = summary_tiles(
        roll_up([Lamp.OVERDUE, Lamp.DONE, Lamp.DONE, Lamp.NOT_APPLICABLE]),
        PageContext("board", date(2023, 8, 22), BUREAU, {}),
    )
    assert "／3 项，33.3%" in shown and "／3 项，66.7%" in shown


def test_changes_are_told_with_their_sign():
    assert [signed(n) for n in (12, -3, 0)] == ["+12", "−3", "持平"]


def test_a_bar_has_its_worst_lamp_first_and_leaves_out_what_is_not_there():
    shown = str(lamp_bar({Lamp.DONE: 3, Lamp.OVERDUE: 1, Lamp.DOUBT: 0}))
    assert re.findall(r"segment (lamp-[a-z-]+)", shown) == ["lamp-overdue", "lamp-done"]


def test_a_bar_of_nothing_says_so():
    assert "没有适用的举措" in lamp_bar({Lamp.DONE: 0})


def test_counts_are_told_in_words_for_screen_readers():
    assert in_words({Lamp.OVERDUE: 2, Lamp.DONE: 1}) == "逾期 2、已完成 1，共 3 项"


def test_no_figure_leaves_the_bar_empty_and_keeps_the_target():
    shown = target_bar(None, 0.5, Lamp.OVERDUE)
    assert "<i" not in shown and "left:50.0%" in shown


def test_every_lamp_has_its_colours_in_the_style_sheet():
    assert all(FACES[lamp].colour in css_rules() for lamp in Lamp)
