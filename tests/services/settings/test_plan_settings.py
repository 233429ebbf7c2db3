"""Settings of a plan's own: they hold for its lamps alone, from their day on, until it has them as the board again."""

from datetime import date
from typing import Any

import pytest

from models.lamps import Lamp
from rules.as_of import parse_instant
from services.access.chosen_plan import asking_of
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.plan.decisions import settle
from services.settings.register import change_setting, plan_settings_as_of
from tests.services.conftest import Report
from tests.services.plan.test_several_plans import DAY, lamp, two_plans
from tests.services.settings.test_settings_register import of_sample

__all__ = ["of_sample", "two_plans"]


def change(value: Any, since: date = date(2024, 2, 10), plan: str = "2024", name: str = "warning_days") -> None:
    change_setting(name, value, reason="方案规定", since=since, plan=plan)


def standing(day: date, plan: str) -> Any:
    with asking_of(plan):
        return district_as_of(day).settings["warning_days"]


@pytest.fixture
def sample(two_plans: Report, of_sample: None) -> None:
    """The clock stands where one says."""


@pytest.mark.long
def test_what_a_plan_has_otherwise_holds_for_it_alone_and_from_its_day_on(sample: None) -> None:
    change(60)
    assert [standing(DAY, plan) for plan in ("2023", "2024")] == [10, 60]
    assert standing(date(2024, 2, 9), "2024") == 10
    change(None, date(2024, 2, 15))
    assert (standing(date(2024, 2, 14), "2024"), standing(DAY, "2024")) == (60, 10)
    own = next(line for line in plan_settings_as_of("2024", DAY) if line.setting.name == "warning_days")
    assert (own.value, own.setting.words(own.value)) == (None, "与看板相同（10 个工作日）")
    assert [entry.value for entry in own.history] == [None, 60]


@pytest.mark.long
def test_lamps_are_judged_by_the_settings_of_their_plan(sample: None) -> None:
    at = parse_instant("2024-02-05")
    with asking_of("2024"):
        settle("4.2", deadline=date(2024, 3, 29), unit_words=None, reason="提前", at=at)
    before = lamp("4.2.1", DAY, "2024").lamp, lamp("4.2.1", DAY, "2023").lamp
    change(60)
    assert (before[0], lamp("4.2.1", DAY, "2024").lamp) == (Lamp.ON_TRACK, Lamp.DUE_SOON)
    assert lamp("4.2.1", DAY, "2023").lamp is before[1]
    assert lamp("4.2.1", date(2024, 2, 9), "2024").lamp is Lamp.ON_TRACK


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "value", "plan", "words"),
    [
        ("due_day", 8, "2024", "看板的设置"),
        ("warning_days", 61, "2024", "0 至 60"),
        ("warning_days", 20, "2025", "没有编号"),
        ("warning_days", None, "2024", "本来就是与看板相同"),
        ("warning_days", None, "", "0 至 60"),
    ],
)
def test_what_a_plan_cannot_have_is_refused(sample: None, name: str, value: Any, plan: str, words: str) -> None:
    with pytest.raises(RefusedRequest, match=words):
        change(value, name=name, plan=plan)
