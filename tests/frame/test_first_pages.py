"""What the first pages ask is asked before anybody comes, and nothing is forgotten of it."""

from collections.abc import Callable

import pytest

from components.elements import cache
from components.elements.cache import ServiceQuestion, asking_ahead
from frame.first_pages import first_questions
from frame.navigation import AREAS_HEADING, SECTIONS
from models.people import Role
from services.access.permission import WHO_SEES_ALL
from services.areas.rating_sign_rows import ratings_by_day
from tests.pages.visiting import open_page

EVERYBODYS = ["board", "to_do"]
LISTS = ["progress", "cases", "notices", "reporting"]
AREAS = [entry.name for entry in SECTIONS[AREAS_HEADING] if not entry.hidden]
OF_UNITS = {ratings_by_day}
"""Asked of the few units that show a sign; a hundredth of the page's time each."""


def asked_by(page: str) -> set[ServiceQuestion]:
    cache._noted.clear()
    open_page(page)
    return set(cache._noted)


@pytest.mark.long
@pytest.mark.parametrize("role", WHO_SEES_ALL)
def test_every_first_page_asks_what_is_asked_beforehand_alone(
    sample_database: str, become: Callable[..., None], role: Role
) -> None:
    become(role)
    cache._noted.clear()
    for ask in first_questions(role):
        ask()
    beforehand = set(cache._noted)
    for page in (*EVERYBODYS, *(LISTS + AREAS if role is Role.BUREAU else ())):
        assert {question for question in asked_by(page) - beforehand if question.ask not in OF_UNITS} == set(), page


def test_what_is_asked_beforehand_is_not_taken_for_what_people_look_at(sample_database: str) -> None:
    cache._noted.clear()
    with asking_ahead():
        next(first_questions(Role.BUREAU))()
    assert not cache._noted
