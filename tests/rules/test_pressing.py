"""本周要紧的事: what the three sentences speak of."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.lamps import JudgedMeasure, Lamp, MeasureLamp
from rules.pressing import SOON, due_soon, movers, reds

DAY = date(2023, 8, 22)


def row(lamp: Lamp, unit: str | None = "甲局", area: str = "reviews", deadline: date | None = None) -> MeasureLamp:
    return MeasureLamp(JudgedMeasure(area, "1.1", "1.1.1", deadline, ""), unit, lamp)


def days_left(day: date) -> int:
    return (day - DAY).days


def test_the_red_ones_lie_where_most_of_them_are():
    rows = [row(Lamp.OVERDUE, "乙局"), row(Lamp.OVERDUE, "乙局", "hotline"), row(Lamp.OVERDUE, "甲局"), row(Lamp.DONE)]
    answer = reds(rows)
    assert (answer.number, answer.area, answer.unit) == (3, ("reviews", 2), ("乙局", 2))
    assert reds([row(Lamp.DONE)]).area is None


def test_a_red_one_that_nobody_answers_for_counts_and_names_no_unit():
    answer = reds([row(Lamp.OVERDUE, None)])
    assert (answer.number, answer.unit) == (1, None)


def test_what_falls_due_within_ten_working_days_is_counted_with_what_is_not_finished():
    near, far = DAY + timedelta(SOON), DAY + timedelta(SOON + 1)
    rows = [
        row(Lamp.DONE, deadline=near),
        row(Lamp.TO_VERIFY, deadline=near),
        row(Lamp.DUE_SOON, deadline=near),
        row(Lamp.DUE_SOON, deadline=far),
        row(Lamp.NOT_APPLICABLE, deadline=near),
        row(Lamp.OVERDUE, deadline=DAY),
        row(Lamp.DOUBT),
    ]
    answer = due_soon(rows, DAY, days_left)
    assert answer is not None
    assert (answer.number, answer.unfinished, answer.to_verify, answer.first) == (3, 2, 1, near)
    assert due_soon(rows[3:], DAY, days_left) is None


def test_who_finished_most_and_of_whom_most_turned_red():
    turns = [
        ("甲局", Lamp.ON_TRACK, Lamp.DONE),
        ("乙局", Lamp.ON_TRACK, Lamp.DONE),
        ("乙局", Lamp.OVERDUE, Lamp.DONE_LATE),
        ("甲局", Lamp.DONE, Lamp.DONE_LATE),
        ("丙局", Lamp.DUE_SOON, Lamp.OVERDUE),
        (None, Lamp.DUE_SOON, Lamp.OVERDUE),
    ]
    answer = movers(turns)
    assert (answer.finished, answer.turned_red) == (("乙局", 2), ("丙局", 1))
    assert movers([]).finished is None and movers([]).turned_red is None


@given(st.lists(st.tuples(st.sampled_from(list(Lamp)), st.sampled_from(["甲局", "乙局", None]))))
def test_no_area_or_unit_has_more_red_ones_than_there_are(pairs):
    answer = reds([row(lamp, unit) for lamp, unit in pairs])
    assert answer.number == sum(lamp is Lamp.OVERDUE for lamp, _ in pairs)
    for most in (answer.area, answer.unit):
        assert most is None or 0 < most[1] <= answer.number
