"""The figures of a bulletin, rule by rule (supervision.md 4.2)."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from models.bulletins import Checked, Figures
from models.lamps import Lamp
from rules.bulletins.differences import differences
from rules.bulletins.figures import bulletin_figures, digest_of
from tests.rules.bulletins.conftest import BEFORE, CALENDAR, NOW, C, board, owed, row, share


def alone(board: Any) -> Figures:
    return bulletin_figures(board, None, Checked(), CALENDAR)


def test_reports_are_counted_by_how_they_came_snapshots_apart_and_who_sent_nothing_is_named(figures: Figures) -> None:
    assert figures["reports"] == {
        "owed": 6,
        "on_time": 2,
        "late": 1,
        "missing": 3,
        "zero": 1,
        "snapshots": {"owed": 2, "received": 1, "missing": 1},
        "silent": ["区商务局"],
    }


def test_lamps_that_do_not_apply_are_counted_apart_and_those_that_are_not_there_left_out(figures: Figures) -> None:
    assert figures["lamps"] == {
        "counted": 4,
        "not_applicable": 1,
        "now": {"overdue": 1, "doubt": 1, "done": 2},
        "before": {"overdue": 1, "doubt": 1, "due_soon": 1, "done": 1},
    }


def test_tasks_and_areas_are_rolled_up_worst_first_in_the_order_of_the_plan(figures: Figures) -> None:
    assert figures["tasks"] == [
        {"task": "1.2", "area": "experience", "lamp": "done", "counts": {"done": 1}},
        {"task": "1.3", "area": "experience", "lamp": "overdue", "counts": {"overdue": 1, "done": 1}},
        {"task": "5.1", "area": "guide_accuracy", "lamp": "doubt", "counts": {"doubt": 1}},
    ]
    assert [(area["area"], area["lamp"]) for area in figures["areas"]] == [
        ("experience", "overdue"),
        ("guide_accuracy", "doubt"),
    ]


def test_an_indicator_sums_its_rows_and_tells_how_many_have_figures_and_meet_it(figures: Figures) -> None:
    assert figures["indicators"] == [
        {
            "code": "zero_visit_share",
            "measure": "1.3.2",
            "numerator": 42,
            "denominator": 80,
            "value": 0.525,
            "target": 0.5,
            "met": True,
            "units": 2,
            "units_met": 1,
            "before": {"numerator": 40, "denominator": 80, "value": 0.5},
        }
    ]


def indicator(*results: Any, lamp: Lamp = Lamp.DONE) -> dict[str, Any]:
    rows = [row("1.3.2", unit, lamp, result) for unit, result in zip(("区人社局", "区住建局"), results, strict=False)]
    [indicator] = alone(board(date(2023, 9, 13), rows))["indicators"]
    return indicator


def test_an_indicator_without_figures_has_nulls_and_no_units() -> None:
    result = indicator(share(None, None))
    assert [result[name] for name in ("numerator", "denominator", "value", "met", "units")] == [None] * 4 + [0]


def test_a_row_with_nothing_to_count_has_figures_but_adds_nothing() -> None:
    result = indicator(share(0, 0), share(3, 4))
    assert [result[name] for name in ("numerator", "denominator", "value", "units")] == [3, 4, 0.75, 2]
    result = indicator(share(0, 0))
    assert [result[name] for name in ("numerator", "denominator", "value", "met")] == [0, 0, None, None]


def test_an_average_of_several_units_is_the_districts_own_and_never_a_sum_of_averages() -> None:
    """4.5 days over 2 rows and 4 days over 3: 4.2 days in the district, not 8.5."""
    rows = [
        row("1.1.1", "区人社局", Lamp.OVERDUE, share(4.5, None, 4.3)),
        row("1.1.1", "区住建局", Lamp.DONE, share(4, None, 4.3)),
    ]
    average = replace(board(date(2023, 9, 13), rows), whole={"zero_visit_share": (4.2, None)})
    compared = bulletin_figures(average, replace(average, as_of=C), Checked(), CALENDAR)["indicators"][0]
    assert [compared[name] for name in ("numerator", "denominator", "value", "units")] == [4.2, None, 4.2, 2]
    assert compared["before"] == {"numerator": 4.2, "denominator": None, "value": 4.2}


def test_a_measure_in_doubt_has_no_indicator() -> None:
    rows = [row("1.3.2", "区人社局", Lamp.DOUBT, share(3, 4))]
    assert alone(board(date(2023, 9, 13), rows))["indicators"] == []


def test_what_is_overdue_tells_deadline_and_working_days_late(figures: Figures) -> None:
    assert figures["overdue"] == [{"measure": "1.3.2", "unit": "区人社局", "deadline": "2023-07-30", "days": 45}]


def test_what_is_missing_is_a_row_for_each_unit_and_dataset_a_snapshot_without_months(figures: Figures) -> None:
    assert figures["missing"] == [
        {"unit": "区住建局", "dataset": "reviews", "months": ["2023-07"]},
        {"unit": "区商务局", "dataset": "guides", "months": []},
        {"unit": "区商务局", "dataset": "reviews", "months": ["2023-07", "2023-08"]},
    ]


def test_the_ranking_tells_the_place_at_the_date_compared_with(figures: Figures) -> None:
    assert [(place["place"], place["unit"], place["before"]) for place in figures["ranking"]] == [
        (1, "区住建局", 1),
        (2, "区人社局", 2),
    ]
    assert figures["unranked"] == []


def test_changes_are_the_lamps_that_turned(figures: Figures) -> None:
    assert figures["changes"] == [
        {"measure": "1.2.1", "unit": "区人社局", "before": "overdue", "after": "done"},
        {"measure": "1.3.2", "unit": "区人社局", "before": "due_soon", "after": "overdue"},
    ]


def test_without_a_date_compared_with_nothing_is_said_of_before() -> None:
    figures = alone(NOW)
    assert figures["compared"] is None
    assert figures["lamps"]["before"] is None
    assert figures["indicators"][0]["before"] is None
    assert {place["before"] for place in figures["ranking"]} == {None}
    assert figures["changes"] == []


def test_the_digest_is_the_hash_of_the_plain_json_as_anybody_writes_it(figures: Figures) -> None:
    text = json.dumps(json.loads(json.dumps(figures)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest_of(figures) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_a_unit_is_silent_only_while_nothing_it_owes_has_come() -> None:
    reports = (owed("区人社局", "reviews", "2023-07", "missing"), owed("区人社局", "guides", "", "on_time"))
    assert alone(board(date(2023, 9, 13), [], *reports))["reports"]["silent"] == []


def test_equal_figures_have_no_differences_and_every_other_value_is_told_by_its_place(figures: Figures) -> None:
    assert differences(figures, figures) == []
    later = replace(NOW, lamps=[row("1.2.1", "区人社局", Lamp.OVERDUE), *NOW.lamps[1:]])
    changed = differences(figures, bulletin_figures(later, BEFORE, Checked(), CALENDAR))
    issued_and_now = {difference["where"]: (difference["issued"], difference["now"]) for difference in changed}
    assert issued_and_now["lamps.now.overdue"] == (1, 2)
    assert issued_and_now["lamps.now.done"] == (2, 1)
    assert issued_and_now["overdue[1.2.1、区人社局]"][0] is None
    assert issued_and_now["ranking[区人社局].finished"] == (1, 0)


def test_a_lamp_that_is_gone_altogether_counts_as_none() -> None:
    assert differences({"now": {"overdue": 3}}, {"now": {}}) == [{"where": "now.overdue", "issued": 3, "now": 0}]
