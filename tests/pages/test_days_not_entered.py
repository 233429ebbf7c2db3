"""A day of a year whose working days are not entered: one sentence, and a day that can be judged."""

import pytest

from frame.navigation import PAGES
from tests.examples import sweep
from tests.pages.visiting import text_of

EVERY_PAGE = sorted(path.stem for path in PAGES.glob("*.py") if path.stem != "__init__")


@pytest.mark.long
@pytest.mark.parametrize("day", ["2028-01-01", "1999-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_beyond_all_calendars_is_said_and_the_opening_day_shown(visit, day):
    shown = text_of(visit("board", as_of=day))
    assert f"不能判定 {day}，以下按 2023-08-22 显示" in shown and "截至 2023年8月22日 24 时" in shown


@pytest.mark.parametrize("name", sweep(EVERY_PAGE, 5))
def test_every_page_shows_what_it_can_of_a_day_whose_calendar_is_still_to_come(visit, name):
    app = visit(name, as_of="2027-05-01")
    assert not app.exception and "未录入2027年工作日历" in text_of(app)
    assert "以下按" not in text_of(app)


@pytest.mark.long
def test_a_comparison_with_a_day_beyond_all_calendars_falls_back_to_a_week_before(visit):
    assert "8月15日" in text_of(visit("board", since="1999-01-01"))


@pytest.mark.long
def test_the_first_day_entered_can_be_shown(visit):
    assert "截至 2021年1月1日 24 时" in text_of(visit("board", as_of="2021-01-01"))
