"""Every page of the navigation opens on the sample district and says as of when it speaks."""

import pytest

from frame.navigation import PAGES, SECTIONS
from tests.examples import sweep
from tests.pages.visiting import text_of

EVERY_PAGE = sorted(path.stem for path in PAGES.glob("*.py") if path.stem != "__init__")
AREAS = (
    "reviews",
    "experience",
    "maturity",
    "completeness",
    "coverage",
    "guide_accuracy",
    "hotline",
    "help_on_behalf",
    "engineering_approvals",
)


@pytest.mark.parametrize("name", sweep(EVERY_PAGE, 4))
def test_every_page_says_as_of_when_it_speaks_and_changes_no_shared_answer(visit, name, shared_answers):
    shown = text_of(visit(name))
    assert ("不随截至日期变化" if name in ("accounts", "audit") else "截至 2023年8月22日 24 时") in shown
    assert "示例数据：单位、人员和数字均为虚构" in shown
    assert shared_answers.given and shared_answers.changed() == []


def test_a_changed_answer_is_noticed(visit, shared_answers):
    visit("reporting")
    owed = next(answer for _, answer, _ in shared_answers.given.values() if isinstance(answer, list) and answer)
    owed.pop()
    assert shared_answers.changed()


@pytest.mark.long
@pytest.mark.parametrize("name", AREAS)
def test_an_area_page_shows_its_tasks_and_who_has_not_reported(visit, name):
    shown = text_of(visit(name, view="detail"))
    assert "任务和举措" in shown and "缺报" in shown


def test_no_page_file_is_left_out_of_the_navigation():
    assert sorted(entry.name for entries in SECTIONS.values() for entry in entries) == EVERY_PAGE
