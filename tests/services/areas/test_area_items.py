"""用户体验 … 事项覆盖度 on their pages: guides and claims counted by hand."""

from datetime import date

import pytest

from models.chart_data import Share, Stack
from services.areas import items as area_items
from services.areas.breakdowns import area_breakdowns, placed
from services.board.scorecard import assess

DAY = date(2023, 8, 10)
PLAIN = {
    "事项名称": "事项",
    "事项类型": "行政许可",
    "责任单位": "区人社局",
    "办件类型": "承诺件",
    "法定办结时限": 20,
    "承诺办结时限": 5,
    "是否网办": "是",
    "办理地点": "某街1号",
    "办理时间": "周一至周五",
    "咨询电话": "0931-1234567",
    "监督电话": "0931-7654321",
}


@pytest.fixture
def guides(report):
    report(
        "guides",
        "区人社局",
        "2023-06",
        {
            "事项": [
                PLAIN
                | {
                    "实施编码": "A",
                    "到办事现场次数": 0,
                    "网上办理深度": "全程网办",
                    "是否进驻大厅": "是",
                    "通办范围": "跨省",
                },
                PLAIN
                | {
                    "实施编码": "B",
                    "到办事现场次数": 4,
                    "承诺办结时限": 1,
                    "网上办理深度": "网上申报",
                    "是否进驻大厅": "否",
                    "是否特殊事项": "是",
                },
                PLAIN
                | {
                    "实施编码": "C",
                    "承诺办结时限": 20,
                    "办件类型": "即办件",
                    "事项类型": "公共服务",
                    "是否特殊事项": "是",
                    "特殊事项原因": "涉密",
                    "监督电话": None,
                },
            ],
            "材料": [],
            "流程": [],
        },
        "2023-07-03 10:00",
    )


def test_the_cut_of_times_is_the_mean_of_the_items_and_the_days_are_added_up_beside_it(guides):
    [cut] = area_items.time_cut_by_unit(area_breakdowns("experience", DAY))
    assert cut.days == Share("区人社局", 26, 60)
    assert (cut.cut.part, cut.cut.whole) == (pytest.approx(0.75 + 0.95 + 0), 3)


@pytest.mark.long
def test_items_that_do_not_say_how_many_visits_they_take_are_in_no_share_of_visits(guides):
    [row] = area_items.visits_by_unit(area_breakdowns("experience", DAY))
    assert row.parts == (1, 0, 0, 1, 1)
    assert area_items.without_a_visit(row) == Share("区人社局", 1, 2)


def test_the_shares_on_the_page_are_those_that_the_lamps_stand_on(sample_database):
    frames = {
        code: frame
        for area in ("experience", "maturity", "completeness", "coverage")
        for code, frame in area_breakdowns(area, DAY).items()
    }
    card, answers = assess(DAY), area_items.answers_by_unit
    shown = {
        "promised_time_cut": [row.cut for row in area_items.time_cut_by_unit(frames)],
        "zero_visit_share": [area_items.without_a_visit(row) for row in area_items.visits_by_unit(frames)],
        "on_the_spot_share": [row.first() for row in area_items.case_types_by_unit(frames)],
        "whole_process_online_rate": [row.first() for row in area_items.depth_by_unit(frames)],
        "licence_whole_process_online_rate": [row.first() for row in area_items.depth_by_unit(frames, licences=True)],
        "case_push_rate": area_items.pushed_by_unit(frames),
        "hall_presence_rate": [row.first() for row in answers(frames, "hall_and_source", "in_hall")],
        "same_source_rate": [row.first() for row in answers(frames, "hall_and_source", "same_source")],
        "guide_publication_rate": [
            area_items.publication_of(card)(row) for row in answers(frames, "publication", "published")
        ],
        "item_claim_rate": [area_items.claimed(row) for row in area_items.claims_by_unit(frames)],
    }
    for code, shares in shown.items():
        lamps = {
            lamp.unit: result.value
            for lamp in card.lamps
            for result in lamp.indicators
            if result.code == code and result.value is not None
        }
        assert lamps
        assert lamps == {share.label: pytest.approx(share.value) for share in shares if share.label in lamps}


def test_items_fall_into_bands_by_how_far_the_time_is_cut(guides):
    bands = {band.label: band.part for band in area_items.time_bands(area_breakdowns("experience", DAY)) if band.part}
    assert bands == {"压缩三分之二以上": 2, "未压缩": 1}


@pytest.mark.parametrize(
    ("promised", "band"),
    [
        (10, "压缩三分之二以上"),
        (11, "压缩三分之一至三分之二"),
        (20, "压缩三分之一至三分之二"),
        (21, "压缩不足三分之一"),
        (30, "未压缩"),
        (31, "承诺长于法定"),
        (None, "时限不全"),
    ],
)
def test_a_cut_of_just_two_thirds_belongs_to_the_best_band(report, promised, band):
    report(
        "guides",
        "区人社局",
        "2023-06",
        {"事项": [PLAIN | {"实施编码": "A", "法定办结时限": 30, "承诺办结时限": promised}], "材料": [], "流程": []},
        "2023-07-03 10:00",
    )
    assert [band.label for band in area_items.time_bands(area_breakdowns("experience", DAY)) if band.part] == [band]


def test_visits_of_three_and_more_stand_together_and_blank_is_not_nought(guides):
    assert [visit.part for visit in area_items.visits(area_breakdowns("experience", DAY))] == [1, 0, 0, 1, 1]


def test_a_promised_item_done_within_a_day_could_be_done_on_the_spot(guides):
    [row] = placed("soon_on_the_spot", DAY, "item_code", "item_name", ("promised_days",))
    assert (row.code, row.detail, row.sheet, row.cell) == ("B", "1", "事项", "A3")


@pytest.mark.long
def test_depth_is_told_for_licences_alone_too(guides):
    frames = area_breakdowns("maturity", DAY)
    assert [share.part for share in area_items.depth(frames, licences=True)] == [1, 0, 1, 0, 0]
    assert [share.part for share in area_items.depth(frames, licences=False)] == [1, 0, 1, 0, 1]


@pytest.mark.long
def test_special_items_without_a_reason_stand_last_and_are_named_so(guides):
    assert [(share.label, share.part) for share in area_items.special_by_reason(area_breakdowns("maturity", DAY))] == [
        ("涉密", 1),
        ("未写原因", 1),
    ]


@pytest.mark.long
def test_items_across_regions_are_counted_by_reach(guides):
    assert area_items.reach_by_unit(area_breakdowns("maturity", DAY)) == [Stack("区人社局", (1, 0, 0))]


@pytest.mark.long
def test_hall_answers_and_units_that_have_not_moved_in(guides, report):
    report(
        "guides",
        "区住建局",
        "2023-06",
        {"事项": [PLAIN | {"责任单位": "区住建局", "实施编码": "D", "是否进驻大厅": "否"}], "材料": [], "流程": []},
        "2023-07-03 10:00",
    )
    frames = area_breakdowns("completeness", DAY)
    assert area_items.answers_by_unit(frames, "hall_and_source", "in_hall") == [
        Stack("区住建局", (0, 1, 0)),
        Stack("区人社局", (1, 1, 1)),
    ]
    assert area_items.not_moved_in(frames) == ["区住建局"]


def test_blank_elements_are_counted_by_column(guides):
    blank = {
        share.label: share.part for share in area_items.elements_blank(area_breakdowns("coverage", DAY)) if share.part
    }
    assert blank == {"监督电话": 1}


def test_what_each_unit_leaves_blank_is_what_the_column_lacks(guides):
    [row] = area_items.blank_elements_by_unit(area_breakdowns("coverage", DAY))
    assert (row.element, row.unit, row.blank) == ("监督电话", "区人社局", 1) and row.items >= 1


def test_claims_by_state_with_those_left_open_in_a_list(report):
    states = [("1", "已认领", None), ("2", "未认领", None), ("3", "无需认领", "本区无此类主体")]
    report(
        "catalogue_claims",
        "区人社局",
        "2023-06",
        [
            {"基本编码": f"00000000000{n}", "事项名称": "事项", "责任单位": "区人社局", "认领状态": state, "原因": why}
            for n, state, why in states
        ],
        "2023-07-03 10:00",
    )
    assert area_items.claims_by_unit(area_breakdowns("coverage", DAY)) == [Stack("区人社局", (1, 1, 1))]
    rows = placed("claims_open", DAY, "basic_code", "item_name", ("claim", "reason"))
    assert [row.detail for row in rows] == ["未认领", "无需认领，本区无此类主体"]


@pytest.mark.long
def test_cases_pushed_by_month_keep_missing_apart_from_nought(report):
    for month, pushed, at in (("2023-06", 4, "2023-07-03 10:00"), ("2023-07", None, "2023-08-03 10:00")):
        report(
            "monthly_cases",
            "区人社局",
            month,
            [{"实施编码": "A", "责任单位": "区人社局", "办件量": 5, "办结量": 5, "推送量": pushed}],
            at,
        )
    assert area_items.pushed_by_month(area_breakdowns("maturity", DAY)) == [
        Share("2023-06", 4, 5),
        Share("2023-07", None, 5),
    ]
