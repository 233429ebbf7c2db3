"""What is looked for: every word, in any order, and telephone numbers however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.search_words import LONGEST, holds_every, search_terms

TITLE = "社会保障卡申领"


@pytest.mark.parametrize("typed", ["社会 申领", "申领 社会", " 申领　社会 "])
def test_words_are_found_in_any_order(typed):
    assert holds_every(search_terms(typed), (TITLE,))


def test_every_word_has_to_stand_somewhere_be_it_in_another_text():
    assert holds_every(("申领", "人社"), (TITLE, "区人社局"))
    assert not holds_every(("申领", "公安"), (TITLE, "区人社局"))


@pytest.mark.parametrize("typed", ["0531-88881234", "053188881234", "88881234", "（0531）88881234", "1234-5678"])
@pytest.mark.parametrize("written", ["0531-88881234", "053188881234", "0531 8888 1234"])
def test_a_telephone_number_is_found_however_it_is_written(typed, written):
    assert holds_every((typed,), (written,)) is (typed != "1234-5678")


def test_few_digits_are_not_looked_for_across_dashes():
    assert not holds_every(("8888",), ("188-88",))


def test_a_code_is_meant_whole():
    assert holds_every(("1.1",), (), codes=("1.1",)) and not holds_every(("1.1",), (), codes=("1.1.2",))


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_a_few_different_words(typed):
    terms = search_terms(typed)
    assert len(set(terms)) == len(terms) and sum(map(len, terms)) <= LONGEST
    assert all(term == term.strip() and " " not in term for term in terms)
