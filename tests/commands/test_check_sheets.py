"""Titles, totals, notes, merges, several sheets, parents and months through `manage.py check`."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.commands.conftest import Run
from tests.commands.files import CASES, REVIEWS, cases, merged, review, write

ITEMS = ["责任单位", "事项名称", "实施编码", "办件类型"]
MATERIALS = ["材料名称", "来源渠道", "实施编码"]
STEPS = ["序号", "实施编码", "办理环节", "办理内容"]


def test_a_table_between_its_title_and_its_signatures(check: Run, tmp_path: Path) -> None:
    rows = [
        ["兰州市云岭区2023年6月办件统计表"],
        ["填报单位（公章）：区人力资源和社会保障局", None, None, None, "2023年6月30日"],
        ["{请如实填写}"],
        ["序号", *CASES, None, "领导批示"],
        [1, *cases("A1")],
        [2, *cases("A2")],
        ["合计", None, None, 10, 9, 6],
        ["注：本表按月填报"],
        ["填表人：张三", None, "审核人：李四"],
    ]
    answer = check(write(tmp_path / "表.xlsx", rows, merged("A1:H1")))
    (sheet,) = answer.json["sheets"]
    assert (answer.json["unit"], answer.json["month"]) == ("区人社局", "2023-06")
    assert (sheet["header_rows"], sheet["records"], sheet["missing"]) == ([4], 2, [])
    assert sheet["dropped_rows"] == [{"row": 7, "why": "total"}, {"row": 8, "why": "note"}, {"row": 9, "why": "note"}]
    assert sheet["unmapped"] == [{"column": "H", "label": "领导批示"}]
    assert answer.problems("cell", "code", "severity", "value") == [("E7", "total-mismatch", "warning", "9")]
    assert (answer.status, answer.json["accepted"]) == (0, True)


def test_subtotals_sum_their_own_rows_and_a_total_all(check: Run) -> None:
    rows = [
        CASES,
        cases("A1"),
        ["小计", None, 5, 4, 3],
        cases("A2"),
        cases("A3"),
        ["小计", None, 10, 8, 6],
        ["总计", None, 16, 12, 9],
    ]
    answer = check(rows)
    assert [row["why"] for row in answer.json["sheets"][0]["dropped_rows"]] == ["total"] * 3
    assert answer.problems("cell", "code") == [("C7", "total-mismatch")]


def test_an_item_whose_name_begins_like_a_total_is_a_record(check: Run) -> None:
    heads = ["事项名称", *[label for label in REVIEWS if label != "事项名称"]]
    answer = check([heads, ["合计管理服务", "A1", "区人社局", "二维码", "满意", "2023-06-03"], ["合计"]])
    assert answer.values("事项名称") == ["合计管理服务"]


def test_levels_of_a_merged_header_are_joined_and_the_lowest_stands_alone_where_that_means_nothing(
    check: Run, tmp_path: Path
) -> None:
    rows = [
        ["日期", "呼入量", "接通情况", None, "夜间"],
        [None, None, "接通量", "15秒内接通量", "接通量"],
        ["2023-06-01", 9, 8, 7, 6],
    ]
    answer = check(write(tmp_path / "表.xlsx", rows, merged("A1:A2", "B1:B2", "C1:D1")))
    (sheet,) = answer.json["sheets"]
    assert sheet["header_rows"] == [1, 2]
    assert [(column["label"], column["field"]) for column in sheet["columns"]] == [
        ("日期", "日期"),
        ("呼入量", "呼入量"),
        ("接通情况_接通量", "接通量"),
        ("接通情况_15秒内接通量", "15秒内接通量"),
        ("夜间_接通量", "夜间接通量"),
    ]
    assert answer.values("夜间接通量") == [6]


def test_a_header_begins_where_its_merged_headings_begin(check: Run, tmp_path: Path) -> None:
    rows = [
        ["实施编码", "责任单位", "网上", None, "办结量"],
        [None, None, "办件量", "其他", None],
        ["A1", "区人社局", 3, 2, 1],
    ]
    answer = check(write(tmp_path / "表.xlsx", rows, merged("A1:A2", "B1:B2", "C1:D1", "E1:E2")))
    assert answer.json["sheets"][0]["header_rows"] == [1, 2]
    assert (answer.values("网上办件量"), answer.problems("code", "field")) == ([3], [("missing-column", "办件量")])


def test_a_heading_merged_over_two_columns_is_one_column(check: Run, tmp_path: Path) -> None:
    rows = [["实施编码", "责任单位", None, "办件量", "办结量"], ["A1", "区人社局", None, 1, 1]]
    answer = check(write(tmp_path / "表.xlsx", rows, merged("B1:C1", "B2:C2")))
    assert (answer.status, answer.json["errors"], answer.json["sheets"][0]["unmapped"]) == (0, [], [])


def test_merged_body_cells_are_filled_within_the_merge_only(check: Run, tmp_path: Path) -> None:
    rows = [CASES, cases("A1"), cases("A2", None), cases("A3", None)]
    answer = check(write(tmp_path / "表.xlsx", rows, merged("B2:B3")))
    assert answer.values("责任单位") == ["区人社局", "区人社局", None]
    assert answer.problems("cell", "code") == [("B4", "missing-value")]


@pytest.mark.parametrize("row", [28, 30])
def test_the_header_is_found_within_thirty_rows_and_at_any_column(row: int, check: Run) -> None:
    rows = [*([f"说明第{number}行"] for number in range(1, row)), [None] * 3 + CASES, [None] * 3 + cases("A1")]
    sheet = check(rows).json["sheets"][0]
    assert (sheet["header_rows"], sheet["columns"][0]["column"], sheet["records"]) == ([row], "D", 1)


def test_below_thirty_rows_there_is_no_table(check: Run) -> None:
    answer = check(
        [*([f"说明第{number}行"] for number in range(1, 31)), CASES, cases("A1")],
        "--unit",
        "人社局",
        "--month",
        "2023-06",
    )
    assert (answer.status, answer.json["refused"]["code"], answer.json["sheets"]) == (2, "no-table", [])
    assert (answer.json["unit"], answer.json["month"]) == ("区人社局", "2023-06")


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers(check: Run) -> None:
    answer = check([CASES, cases("A1"), [], cases("A2"), [], [], cases("A3")])
    assert (answer.values("_row"), answer.json["errors"], answer.json["sheets"][0]["dropped_rows"]) == (
        [2, 4, 7],
        [],
        [],
    )


def test_headings_are_normalised_before_they_are_mapped(check: Run) -> None:
    heads = [
        "实施\n编码",
        " 责任 单位 ",
        "办件量（件）",
        "*网上办件量",
        "＊办结量(件)",
        "推送量\n（单位：件）",
        "电子证照调用量【次】",
    ]
    answer = check([heads, ["A1", "区人社局", 1, 2, 3, 4, 5]])
    assert {column["match"] for column in answer.json["sheets"][0]["columns"]} == {"normalised"}
    assert answer.json["errors"] == []
    assert [answer.values(label)[0] for label in ("办件量", "网上办件量", "办结量", "推送量", "电子证照调用量")] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_a_near_heading_stays_unmapped(check: Run) -> None:
    answer = check([[*CASES[:4], "办结数量"], cases("A1")])
    assert answer.json["sheets"][0]["unmapped"] == [{"column": "E", "label": "办结数量"}]
    assert answer.problems("code", "field") == [("missing-column", "办结量")]


def test_the_canonical_heading_wins_beside_its_synonym_and_the_same_twice_is_an_error(check: Run) -> None:
    beside = check(
        [
            ["承办单位", "主办单位", "责任单位", "工单编号", "受理时间", "工单类型"],
            ["区住建局", "河口镇", "区人社局", "T1", "2023-06-03", "咨询"],
        ]
    )
    assert (beside.values("责任单位"), [column["label"] for column in beside.json["sheets"][0]["unmapped"]]) == (
        ["区人社局"],
        ["承办单位", "主办单位"],
    )
    twice = check([[*CASES, "办件量"], [*cases("A1"), 7]])
    assert (twice.values("办件量"), twice.problems("code", "field", "severity")) == (
        [5],
        [("duplicate-column", "办件量", "error")],
    )


def test_columns_in_any_order_with_strange_ones_between(check: Run) -> None:
    rows = [
        ["领导批示", "满意度", "评价时间", "责任单位", "办件编号", "事项名称", "评价渠道", "附件"],
        ["阅", "满意", "2023-06-03", "区人社局", "A1", "甲", "短信", "a"],
    ]
    answer = check(rows)
    assert [column["column"] for column in answer.json["sheets"][0]["unmapped"]] == ["A", "H"]
    assert (answer.json["errors"], answer.values("评价渠道")) == ([], ["短信"])


def test_hidden_rows_are_read_hidden_sheets_are_not_and_a_key_is_one_across_sheets(check: Run, tmp_path: Path) -> None:
    def hide(book: Workbook) -> None:
        book["旧数据"].sheet_state, book["更旧"].sheet_state = "hidden", "veryHidden"
        book["上半月"].row_dimensions[3].hidden = True

    sheets = {
        "说明": [["填报说明"], ["1. 请填写办件编号"]],
        "上半月": [REVIEWS, review("A1"), review("A2")],
        "下半月": [REVIEWS, review("A3"), review("A1")],
        "旧数据": [REVIEWS, review("A1")],
        "更旧": [["x"]],
    }
    answer = check(write(tmp_path / "表.xlsx", sheets, hide))
    assert [(sheet["name"], sheet["hidden_rows"], sheet["records"]) for sheet in answer.json["sheets"]] == [
        ("上半月", [3], 2),
        ("下半月", [], 2),
    ]
    assert answer.json["ignored_sheets"] == [
        {"name": "说明", "why": "not-data"},
        {"name": "旧数据", "why": "hidden"},
        {"name": "更旧", "why": "hidden"},
    ]
    assert answer.problems("sheet", "cell", "code") == [("下半月", "A3", "duplicate-key")]
    assert [(review["_sheet"], review["_row"]) for review in answer.json["records"]["reviews"]] == [
        ("上半月", 2),
        ("上半月", 3),
        ("下半月", 2),
        ("下半月", 3),
    ]


def test_a_blank_round_is_the_first_in_the_key_and_the_error_stands_at_the_first_key_cell(check: Run) -> None:
    answer = check([["评价次数", *REVIEWS], [None, *review("A1")], [2, *review("A1")], [1, *review("A1")]])
    assert answer.problems("cell", "code", "value") == [("B4", "duplicate-key", "A1")]
    assert (answer.values("评价次数"), answer.values("办件编号")) == ([1, 2, 1], ["A1", "A1", None])


def test_materials_and_steps_need_their_item(check: Run) -> None:
    answer = check(
        {
            "事项": [ITEMS, ["区人社局", "甲", "A1"], ["区人社局", "乙", "A2"]],
            "材料": [
                MATERIALS,
                ["身份证", "申请人", "A1"],
                ["身份证", "申请人", "A2"],
                ["身份证", "申请人", "A1"],
                ["户口簿", "申请人", "A9"],
            ],
            "流程": [
                STEPS,
                [1, "A1", "受理", "收件"],
                [1, "A1", "审查", "看"],
                ["x", "A1", "办结", "办"],
                [1, "A8", "受理", "收件"],
            ],
        }
    )
    assert [
        problem for problem in answer.problems("sheet", "cell", "code") if problem[1] and problem[2] != "missing-value"
    ] == [
        ("材料", "C4", "duplicate-key"),
        ("材料", "C5", "unknown-parent"),
        ("流程", "B3", "duplicate-key"),
        ("流程", "A4", "not-a-number"),
        ("流程", "B5", "unknown-parent"),
    ]


def test_missing_sheets_of_a_guide_workbook(check: Run) -> None:
    items = check({"事项": [ITEMS, ["区人社局", "甲", "A1"]]}, "--dataset", "guides")
    assert [
        (error["sheet"], error["severity"]) for error in items.json["errors"] if error["code"] == "missing-sheet"
    ] == [
        ("材料", "warning"),
        ("流程", "warning"),
    ]
    assert items.status == 0
    others = check({"材料": [MATERIALS, ["身份证", "申请人", "A1"]], "流程": [STEPS, [1, "A1", "受理", "收件"]]})
    assert (others.status, others.json["dataset"], others.problems("sheet", "code", "severity")) == (
        1,
        "guides",
        [("事项", "missing-sheet", "error")],
    )


def test_progress_on_no_measure_of_the_plan_is_an_error(check: Run) -> None:
    heads = ["举措编号", "责任单位", "进展状态", "进展情况"]
    answer = check([heads, ["1.2.2", "区人社局", "推进中", "办"], ["9.9.9", "区人社局", "推进中", "办"]])
    assert answer.problems("cell", "code") == [("A3", "unknown-parent")]


def test_headings_without_rows_are_a_zero_report(check: Run) -> None:
    answer = check([REVIEWS], "--unit", "区人社局", "--month", "2023-06")
    assert (answer.status, answer.json["accepted"], answer.problems("code", "severity", "row")) == (
        0,
        True,
        [("zero-report", "warning", None)],
    )
    assert (answer.json["records"], answer.json["sheets"][0]["records"]) == ({"reviews": []}, 0)


def test_a_row_of_another_month_is_an_error_in_figures_and_a_warning_in_a_ledger(check: Run) -> None:
    calls = check([["2023年6月话务日报"], ["日期", "呼入量", "接通量"], ["2023-06-30", 1, 1], ["2023-07-01", 1, 1]])
    assert (calls.json["month"], calls.problems("cell", "code", "severity")) == (
        "2023-06",
        [("A4", "other-month", "error")],
    )
    works = check([["月份", "责任单位"], ["2023-05", "区住建局"]], "--month", "2023-06")
    assert works.problems("cell", "code", "severity") == [("A2", "other-month", "error")]
    ledger = check([REVIEWS, review("A1"), review("A2", at="2023-05-31")], "--month", "2023-06")
    assert ledger.problems("cell", "code", "severity") == [("F3", "other-month", "warning")]
    assert (ledger.status, ledger.json["accepted"]) == (0, True)


def test_remarks_right_below_the_headings_are_instructions(check: Run) -> None:
    for remark in ("{请如实填写}", "填报说明：请如实填写", "【说明】请如实填写"):
        sheet = check([CASES, [remark], cases("A1")]).json["sheets"][0]
        assert (sheet["dropped_rows"], sheet["records"]) == ([{"row": 2, "why": "instruction"}], 1)
