"""Ranking of units."""

from models.lamps import Lamp, MeasureLamp
from rules.standings import standings


def lamps(unit: str, *found: Lamp) -> list[MeasureLamp]:
    return [MeasureLamp("a", "1.1", f"1.1.{n}", unit, lamp, None, "", (), "") for n, lamp in enumerate(found)]


def names(rows: list[MeasureLamp], silent: frozenset[str] = frozenset(), minimum: int = 1) -> list[str]:
    return [one.unit for one in standings(rows, silent, minimum)]


def test_the_larger_share_finished_comes_first():
    assert names(lamps("半", Lamp.DONE, Lamp.ON_TRACK) + lamps("全", Lamp.DONE, Lamp.DONE_LATE)) == ["全", "半"]


def test_of_equal_shares_the_one_with_less_overdue_comes_first():
    assert names(lamps("逾", Lamp.DONE, Lamp.OVERDUE) + lamps("推", Lamp.DONE, Lamp.ON_TRACK)) == ["推", "逾"]


def test_of_equals_the_larger_number_comes_first():
    assert names(lamps("小", Lamp.DONE) + lamps("大", Lamp.DONE, Lamp.DONE)) == ["大", "小"]


def test_a_unit_with_too_few_lamps_is_not_ranked_and_what_does_not_apply_is_no_lamp():
    assert names(lamps("少", Lamp.DONE, Lamp.NOT_APPLICABLE) + lamps("够", Lamp.DONE, Lamp.DONE), minimum=2) == ["够"]


def test_a_unit_that_reported_nothing_stands_last_whatever_its_lamps():
    assert names(lamps("默", Lamp.DONE) + lamps("差", Lamp.OVERDUE), frozenset({"默"})) == ["差", "默"]


def test_a_row_without_a_unit_is_nobodys():
    assert standings([MeasureLamp("a", "5.1", "5.1.1", None, Lamp.DOUBT, None, "", (), "")], frozenset(), 1) == []
