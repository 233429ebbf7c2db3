"""Ranking of units, on the board and in bulletins."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from models.lamps import JudgedMeasure, Lamp, MeasureLamp
from rules.ranking import Ranking, rank

COUNTED = [lamp for lamp in Lamp if lamp not in (Lamp.DOUBT, Lamp.NOT_APPLICABLE)]


def lamps(unit: str | None, *lamps: Lamp) -> list[MeasureLamp]:
    return [
        MeasureLamp(JudgedMeasure("a", "1.1", f"1.1.{number}", None, ""), unit, lamp)
        for number, lamp in enumerate(lamps)
    ]


def ranking(rows: Sequence[MeasureLamp], silent: tuple[str, ...] = (), minimum: int = 1, *more: str) -> Ranking:
    return rank(rows, list(dict.fromkeys([*(row.unit for row in rows if row.unit), *more])), silent, minimum)


def places(ranked: Ranking) -> list[tuple[int, str]]:
    return [(placed.place, placed.unit.unit) for placed in ranked.places]


def test_the_larger_share_finished_comes_first() -> None:
    rows = lamps("半", Lamp.DONE, Lamp.ON_TRACK) + lamps("全", Lamp.DONE, Lamp.DONE_LATE)
    assert places(ranking(rows)) == [(1, "全"), (2, "半")]


def test_of_equal_shares_the_one_with_less_overdue_comes_first() -> None:
    rows = lamps("逾", Lamp.DONE, Lamp.OVERDUE) + lamps("推", Lamp.DONE, Lamp.ON_TRACK)
    assert places(ranking(rows)) == [(1, "推"), (2, "逾")]


def test_units_equal_in_both_share_a_place_in_register_order_and_the_next_place_is_counted_on() -> None:
    rows = (
        lamps("甲", Lamp.DONE)
        + lamps("丙", Lamp.DONE, Lamp.OVERDUE)
        + lamps("乙", Lamp.DONE, Lamp.DONE, Lamp.OVERDUE, Lamp.OVERDUE)
        + lamps("丁", Lamp.OVERDUE)
    )
    assert places(ranking(rows)) == [(1, "甲"), (2, "丙"), (2, "乙"), (4, "丁")]


def test_shares_are_compared_exactly() -> None:
    third = lamps("三分之一", Lamp.DONE, Lamp.OVERDUE, Lamp.OVERDUE)
    other = lamps("三十三分之十一", *[Lamp.DONE] * 11, *[Lamp.OVERDUE] * 22)
    assert places(ranking(third + other)) == [(1, "三分之一"), (1, "三十三分之十一")]


def test_what_is_in_doubt_or_not_applicable_is_no_counted_measure() -> None:
    [placed] = ranking(lamps("甲", Lamp.DONE, Lamp.DOUBT, Lamp.DOUBT, Lamp.NOT_APPLICABLE)).places
    assert (placed.unit.counted, placed.unit.share) == (1, 1.0)


def test_units_with_too_few_counted_measures_are_listed_apart_those_with_none_among_them() -> None:
    ranked = ranking(lamps("少", Lamp.DONE, Lamp.DOUBT) + lamps("够", Lamp.DONE, Lamp.DONE), (), 2, "无任务")
    assert places(ranked) == [(1, "够")]
    assert [(tally.unit, tally.counted) for tally in ranked.unranked] == [("少", 1), ("无任务", 0)]


def test_a_silent_unit_has_no_place_and_stands_in_no_other_list() -> None:
    ranked = ranking(lamps("默", Lamp.DONE) + lamps("差", Lamp.OVERDUE), ("默",))
    assert places(ranked) == [(1, "差")]
    assert ranked.unranked == ()
    assert [tally.unit for tally in ranked.silent] == ["默"]


def test_a_row_without_a_unit_is_nobodys() -> None:
    assert ranking(lamps(None, Lamp.DOUBT)) == Ranking((), (), ())


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.lists(st.sampled_from(list(Lamp)), max_size=6)))
def test_every_unit_stands_exactly_once_and_a_place_is_one_more_than_those_that_are_better(
    by_unit: dict[str, list[Lamp]],
) -> None:
    rows = [row for unit, lamps_of_unit in by_unit.items() for row in lamps(unit, *lamps_of_unit)]
    ranked = rank(rows, list(by_unit), {"甲"}, 2)
    listed = [placed.unit for placed in ranked.places] + [*ranked.unranked, *ranked.silent]
    assert sorted(tally.unit for tally in listed) == sorted(by_unit)
    for placed in ranked.places:
        assert placed.place == 1 + sum(other.unit.rank_key < placed.unit.rank_key for other in ranked.places)
