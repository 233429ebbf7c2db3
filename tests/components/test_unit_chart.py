"""The chart of a measure by units: the furthest below the target first, with the figures and the target drawn."""

from datetime import date

from components.areas.unit_chart import MOST, bars_by_unit, bars_chart
from models.lamps import IndicatorResult, Lamp, MeasureLamp
from models.plan import Measure, Target

DAY = date(2023, 7, 30)


def lamp(unit, numerator, denominator, code="zero_visit_share"):
    value = numerator / denominator if denominator else None
    result = IndicatorResult(code, numerator, denominator, value, 0.5, None)
    return MeasureLamp("experience", "1.3", "1.3.2", unit, Lamp.ON_TRACK, DAY, "", (result,), "")


def measure(value=0.5, code="zero_visit_share"):
    return Measure("1.3.2", "1.3", "减跑动", False, None, False, (Target(code, value, False),))


def rows_of(chart):
    spec = chart.to_dict()
    return max(spec["datasets"].values(), key=len), spec


def test_the_lowest_units_stand_first_each_with_numerator_and_denominator_and_the_target_is_drawn():
    [bars] = bars_by_unit(
        measure(), [lamp("甲局", 3, 4), lamp("乙局", 1, 4), lamp("丙局", None, None), lamp("丁局", 0, 0)]
    )
    rows, spec = rows_of(bars_chart(bars))
    assert [(row["name"], row["value"], row["numerator"], row["denominator"]) for row in rows] == [
        ("乙局", 0.25, 1, 4),
        ("甲局", 0.75, 3, 4),
    ]
    assert [{"target": 0.5}] in spec["datasets"].values()
    assert {"分子", "分母"} <= {
        encoded["title"]
        for layer in spec["layer"]
        for encoded in layer["encoding"]["tooltip"]
        if isinstance(encoded, dict)
    }


def test_of_many_units_only_the_worst_are_drawn_and_the_title_says_of_how_many():
    [bars] = bars_by_unit(measure(), [lamp(f"单位{number:02d}", number, 100) for number in range(40)])
    rows, spec = rows_of(bars_chart(bars))
    assert [row["name"] for row in rows] == [f"单位{number:02d}" for number in range(MOST)]
    assert spec["title"]["subtitle"] == "最低的 15 个单位（共 40 个），虚线为目标值 50%"


def test_no_chart_where_all_meet_the_target_or_there_is_nothing_to_compare():
    assert len(bars_by_unit(measure(), [lamp("甲局", 1, 4), lamp("乙局", 2, 4)])) == 1
    assert bars_by_unit(measure(), [lamp("甲局", 3, 4), lamp("乙局", 2, 4)]) == []
    assert bars_by_unit(measure(), [lamp("甲局", 1, 4)]) == []
    assert bars_by_unit(measure(), [lamp(f"单位{number:02d}", 0, 1) for number in range(40)]) == []
    assert bars_by_unit(measure(value=None), [lamp("甲局", 1, 4), lamp("乙局", 1, 4)]) == []
    assert (
        bars_by_unit(
            measure(code="utility_cases"),
            [lamp("甲局", 1, None, "utility_cases"), lamp("乙局", 1, None, "utility_cases")],
        )
        == []
    )
