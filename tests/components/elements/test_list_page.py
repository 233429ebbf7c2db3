"""One page of a list."""

from hypothesis import given
from hypothesis import strategies as st

from components.elements.list_page import list_page


def page(length: int, number: int, size: int = 20):
    return list_page(list(range(length)), number, size, lambda page_number: f"/cases?page={page_number}")


def test_a_page_knows_its_items_its_place_and_the_way_on():
    second = page(93, 2)
    assert (list(second.items), second.first, second.last, second.pages) == (list(range(20, 40)), 21, 40, 5)
    assert "第 2 页，共 5 页（第 21—40 条，共 93 条）" in second.links
    assert 'href="/cases?page=1"' in second.links and 'href="/cases?page=3"' in second.links


def test_a_list_that_one_page_holds_has_no_way_on():
    assert len(page(20, 1).items) == 20 and not page(20, 1).links and not page(0, 1).links


@given(st.integers(0, 100), st.integers(-3, 200), st.integers(1, 30))
def test_any_number_in_the_address_is_a_page_of_the_list(length, number, size):
    shown = page(length, number, size)
    assert list(shown.items) == list(range(length))[shown.first - 1 : shown.last]
    assert bool(shown.items) == bool(length)
