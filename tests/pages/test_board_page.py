"""总览."""

from datetime import date

from components.lamp import tally
from models.lamps import Lamp
from services.district import district_as_of
from services.scorecard import assess
from tests.pages.visiting import text_of


def test_the_board_counts_what_the_scorecard_holds(visit):
    found = tally(assess(date(2023, 8, 22)).lamps)
    shown = text_of(visit("board"))
    assert f"{found.counted:,} 项责任：逾期 {found.counts[Lamp.OVERDUE]:,} 项" in shown


def test_the_day_in_the_address_is_the_day_of_the_board(visit):
    assert "截至 2023年7月10日 24 时" in text_of(visit("board", as_of="2023-07-10"))


def test_a_day_that_is_none_is_passed_over(visit):
    assert "截至 2023年8月22日 24 时" in text_of(visit("board", as_of="2023-13-40"))


def test_the_earlier_day_in_the_address_is_compared_with(visit):
    assert "自 8月1日 以来的变化" in text_of(visit("board", since="2023-08-01"))


def test_a_cell_of_the_board_leads_to_the_units_measures_in_that_area(visit):
    assert "/reviews?unit=" in text_of(visit("board"))


def test_picking_a_day_writes_it_to_the_address(visit):
    app = visit("board")
    app.date_input(key="as_of_picker").set_value(date(2023, 8, 1)).run()
    assert app.query_params["as_of"] in ("2023-08-01", ["2023-08-01"])
    assert "截至 2023年8月1日 24 时" in text_of(app)


def test_units_that_never_reported_stand_last_without_a_percentage(visit):
    shown = text_of(visit("board"))
    assert shown.count('<span class="quiet">未报送</span>') == len(district_as_of(date(2023, 8, 22)).silent) and "从未报送的" in shown
