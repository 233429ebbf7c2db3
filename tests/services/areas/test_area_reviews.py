"""好差评 on its page: a small district whose figures are counted by hand."""

from datetime import date

import pytest

from catalogue.breakdowns.ratings import MOST_UNRATED
from models.chart_data import Share, Stack
from services.access.refusal import RefusedRequest
from services.areas.breakdowns import AREA_BREAKDOWNS, area_breakdowns, placed
from services.areas.rating_sign_rows import reviews_showing
from services.areas.reviews import channels_by_month, levels_by_month, never_rated, signs_by_unit
from services.board.scorecard import assess
from services.figures.item_names import item_names

SAMPLE_DAY = date(2023, 8, 22)
DAY = date(2023, 8, 10)


def review(number, level="满意", channel="移动端", item="A", **more):
    return {
        "办件编号": f"R{number}",
        "实施编码": item,
        "事项名称": "事项",
        "责任单位": "区人社局",
        "评价渠道": channel,
        "满意度": level,
        "评价时间": f"2023-06-{number % 27 + 1:02d} 10:00:00",
    } | more


def cases(item, rated, **more):
    return {"实施编码": item, "责任单位": "区人社局", "办件量": 9, "办结量": 9, "参与评价量": rated} | more


@pytest.fixture
def ratings(report):
    report(
        "reviews",
        "区人社局",
        "2023-06",
        [review(1), review(2, "非常满意"), review(3, "不满意"), review(4, channel="系统默认")],
        "2023-07-03 10:00",
    )
    report("reviews", "区人社局", "2023-07", [review(5, 评价时间="2023-07-03 10:00:00")], "2023-08-03 10:00")
    report(
        "monthly_cases",
        "区人社局",
        "2023-06",
        [cases("A", 3), cases("B", 0), cases("C", 0, 办件量=0)],
        "2023-07-03 10:00",
    )


@pytest.mark.long
def test_levels_count_peoples_own_ratings_month_by_month(ratings):
    assert levels_by_month(area_breakdowns("reviews", DAY)) == [
        Stack("2023-06", (1, 1, 0, 1, 0)),
        Stack("2023-07", (0, 1, 0, 0, 0)),
    ]


@pytest.mark.long
def test_what_the_system_gave_by_default_stands_last_and_apart(ratings):
    months, rows = channels_by_month(area_breakdowns("reviews", DAY))
    assert months == ["2023-06", "2023-07"]
    assert rows == [Stack("移动端", (3, 1)), Stack("系统默认", (1, 0))]


@pytest.mark.long
def test_a_month_is_not_shown_before_it_was_reported(ratings):
    assert [row.label for row in levels_by_month(area_breakdowns("reviews", date(2023, 7, 20)))] == ["2023-06"]
    assert area_breakdowns("reviews", date(2023, 6, 20))["ratings"].empty


@pytest.mark.long
def test_an_item_with_cases_and_no_rating_was_never_rated_one_without_cases_is_left_out(ratings):
    assert never_rated(area_breakdowns("reviews", DAY), assess(DAY)) == [Share("区人社局", 1, 2)]


@pytest.mark.long
def test_the_items_never_rated_come_with_their_latest_cell_and_their_name_in_the_guides(ratings, report):
    report("monthly_cases", "区人社局", "2023-07", [cases("A", 1), cases("B", 0)], "2023-08-03 11:00")
    guide = {
        "事项名称": "社保登记",
        "事项类型": "行政许可",
        "责任单位": "区人社局",
        "实施编码": "B",
        "办件类型": "承诺件",
        "法定办结时限": 20,
        "承诺办结时限": 5,
    }
    report("guides", "区人社局", "2023-06", {"事项": [guide], "材料": [], "流程": []}, "2023-07-03 12:00")
    [row] = placed("items_never_rated", DAY, "item_code", "item_code", ("cases",))
    assert (row.code, row.detail, row.sheet, row.cell) == ("B", "18", "monthly_cases", "A3")
    assert item_names("区人社局", DAY) == {"B": "社保登记"}
    assert item_names("区人社局", date(2023, 6, 1)) == {} == item_names("无此局", DAY)


@pytest.mark.long
def test_of_very_many_items_never_rated_the_list_ends_and_the_number_is_true(report):
    report("reviews", "区人社局", "2023-06", [review(1, item="A")], "2023-07-03 10:00")
    report(
        "monthly_cases",
        "区人社局",
        "2023-06",
        [cases("A", 1), *(cases(f"B{number:03d}", 0) for number in range(MOST_UNRATED + 7))],
        "2023-07-03 10:00",
    )
    assert never_rated(area_breakdowns("reviews", DAY), assess(DAY)) == [
        Share("区人社局", MOST_UNRATED + 7, MOST_UNRATED + 8)
    ]
    assert len(placed("items_never_rated", DAY, "item_code", "item_code", ("cases",))) == MOST_UNRATED


@pytest.mark.long
def test_a_stated_number_of_rated_cases_that_the_reviews_do_not_hold_is_a_sign(ratings):
    [signs] = signs_by_unit(area_breakdowns("reviews", DAY), assess(DAY))
    assert signs.stated == Share("rated_cases", 3.0, 4.0)
    assert signs.number == 1 and signs.own == 4


@pytest.mark.long
def test_more_rated_items_than_items_with_cases_and_few_perfect_ratings_are_signs(report):
    report("reviews", "区人社局", "2023-06", [review(1, item="A"), review(2, item="B")], "2023-07-03 10:00")
    report("monthly_cases", "区人社局", "2023-06", [cases("A", 2)], "2023-07-03 10:00")
    [signs] = signs_by_unit(area_breakdowns("reviews", DAY), assess(DAY))
    assert (signs.rated_items.part, signs.rated_items.whole) == (2, 1)
    assert signs.perfect == Share("satisfied", 2, 2)
    assert signs.rated_cases is None and signs.stated is None


@pytest.mark.long
def test_a_hundred_percent_of_very_few_cases_or_items_is_a_sign(report):
    report("reviews", "区人社局", "2023-06", [review(number, "不满意") for number in (1, 2, 3)], "2023-07-03 10:00")
    report("monthly_cases", "区人社局", "2023-06", [cases("A", 3, 办结量=3)], "2023-07-03 10:00")
    [signs] = signs_by_unit(area_breakdowns("reviews", DAY), assess(DAY))
    assert signs.all_cases == Share("active_rating_rate", 3, 3) and signs.all_items == Share(
        "item_rating_coverage", 1, 1
    )
    assert signs.perfect is None and signs.number == 2


@pytest.mark.long
def test_a_hundred_percent_of_ten_is_none(report):
    report(
        "reviews",
        "区人社局",
        "2023-06",
        [review(number, item=f"A{number}") for number in range(10)],
        "2023-07-03 10:00",
    )
    report(
        "monthly_cases",
        "区人社局",
        "2023-06",
        [cases(f"A{number}", 1, 办结量=1) for number in range(10)],
        "2023-07-03 10:00",
    )
    assert signs_by_unit(area_breakdowns("reviews", DAY), assess(DAY)) == []


@pytest.mark.long
def test_a_withdrawn_or_corrected_month_is_broken_down_anew(ratings, report):
    report(
        "reviews", "区人社局", "2023-07", [review(6, "非常不满意", 评价时间="2023-07-03 10:00:00")], "2023-08-04 10:00"
    )
    assert levels_by_month(area_breakdowns("reviews", DAY))[1] == Stack("2023-07", (0, 0, 0, 0, 1))
    assert levels_by_month(area_breakdowns("reviews", date(2023, 8, 3)))[1] == Stack("2023-07", (0, 1, 0, 0, 0))


@pytest.mark.long
def test_the_page_of_one_unit_holds_its_own_figures_alone(ratings, report):
    report("reviews", "区住建局", "2023-06", [review(9) | {"责任单位": "区住建局"}], "2023-07-03 11:00")
    assert levels_by_month(area_breakdowns("reviews", DAY, "区住建局")) == [Stack("2023-06", (0, 1, 0, 0, 0))]


@pytest.mark.parametrize("area", AREA_BREAKDOWNS)
def test_the_breakdowns_of_a_unit_are_its_part_of_all(sample_database, area):
    every, own = area_breakdowns(area, SAMPLE_DAY), area_breakdowns(area, SAMPLE_DAY, "区住建局")
    of_unit = {code: frame[frame["unit"] == "区住建局"] for code, frame in every.items()}
    assert {code: cells(frame) for code, frame in own.items()} == {
        code: cells(frame) for code, frame in of_unit.items()
    }


def cells(frame):
    return frame.astype(object).where(frame.notna(), None).values.tolist()


def test_the_reviews_that_show_a_sign_come_with_their_cell_and_without_names(report):
    late = review(1, 办结时间="2023-05-01 09:00:00", 申请人="某甲", 联系电话="13900000000")
    report("reviews", "区人社局", "2023-06", [late, review(2)], "2023-07-03 10:00")
    [shown] = reviews_showing("long_after", "区人社局", DAY)
    assert (shown.code, shown.file, shown.sheet, shown.cell) == ("R1", "reviews.xlsx", "reviews", "I2")
    assert "某甲" not in shown.detail and "13900000000" not in shown.detail


def test_an_unknown_sign_or_unit_is_refused_in_a_sentence(district):
    with pytest.raises(RefusedRequest, match="没有名为“x”"):
        reviews_showing("x", "区人社局", DAY)
    with pytest.raises(RefusedRequest, match="没有名为“无此局”"):
        reviews_showing("bursts", "无此局", DAY)
