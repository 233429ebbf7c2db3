"""Several sheets, units, months, duplicates and parents."""

import datetime as dt

import pytest

from catalogue.datasets import DATASETS
from catalogue.datasets.plan import PLAN
from catalogue.datasets.plan import UNITS as UNITS_DATASET
from models.cells import SheetCells
from models.validation import IgnoredSheet
from rules.intake import IntakeContext, to_json_records, understand
from tests.rules.intake.workbooks_by_hand import UNITS, errors, problems_in, read, read_book, sheet, workbook

REVIEWS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]
ITEMS = ["实施编码", "事项名称", "责任单位", "办件类型"]
MATERIALS = ["实施编码", "材料名称", "来源渠道"]
STEPS = ["实施编码", "序号", "办理环节", "办理内容"]


def _review(code: str, unit: str = "区人社局", at: object = "2023-06-03 10:20") -> list[object]:
    return [code, "社保卡申领", unit, "二维码", "满意", at]


def test_every_visible_sheet_that_holds_the_dataset_is_read() -> None:
    problems = sheet([["序号", "责任单位", "问题", "整改措施"], [1, "区人社局", "慢", "快"]], "问题清单")
    book = workbook(
        sheet([REVIEWS, _review("A1")], "1-15日"),
        sheet([["填报说明"], ["一、请如实填写"]], "说明"),
        sheet([REVIEWS, _review("A2")], "16-30日"),
        problems,
        hidden=("旧数据",),
    )
    result = read_book(book, "reviews")
    assert [s.name for s in result.sheets] == ["1-15日", "16-30日"]
    assert result.frames["reviews"]["case_code"].tolist() == ["A1", "A2"]
    assert result.ignored_sheets == (
        IgnoredSheet("说明", "not-data"),
        IgnoredSheet("问题清单", "not-data"),
        IgnoredSheet("旧数据", "hidden"),
    )


def test_a_pivot_of_the_same_words_is_no_data() -> None:
    cases = sheet(
        [["实施编码", "责任单位", "办件量", "网上办件量", "推送量", "办结量"], ["A1", "区人社局", 1, 1, 1, 1]], "明细"
    )
    pivot = sheet([["责任单位", "办件量", "办结量"], ["区人社局", 1, 1]], "汇总")
    result = read_book(workbook(cases, pivot), "monthly_cases")
    assert [s.name for s in result.sheets] == ["明细"] and errors(result) == []


def test_a_record_given_twice_is_an_error_at_the_later_key_across_sheets() -> None:
    book = workbook(
        sheet([REVIEWS, _review("A1"), _review("A2"), _review("A1")], "上"), sheet([REVIEWS, _review("A2")], "下")
    )
    result = read_book(book, "reviews")
    assert [(p.sheet, p.cell, p.code) for p in result.problems] == [
        ("上", "A4", "duplicate-key"),
        ("下", "A2", "duplicate-key"),
    ]
    assert "第 2 行" in result.problems[0].message and "上" in result.problems[1].message


def test_a_second_rating_of_the_same_case_is_another_record() -> None:
    rows = [[*REVIEWS, "评价次数"], [*_review("A1"), ""], [*_review("A1"), 2], [*_review("A1"), 1]]
    assert errors(read(rows, "reviews")) == [("A4", "duplicate-key")]


def test_records_without_their_key_are_not_compared() -> None:
    assert errors(read([REVIEWS, _review(""), _review("")], "reviews")) == [
        ("A2", "missing-value"),
        ("A3", "missing-value"),
    ]


def test_guides_find_their_parts_by_sheet_name_and_by_headings() -> None:
    sheets = (
        sheet([ITEMS, ["A1", "甲", "区人社局"]], "Sheet1"),
        sheet([MATERIALS, ["A1", "身份证", "申请人"]], "材料"),
        sheet([STEPS, ["A1", 1, "受理", "收件"]], "办理流程"),
    )
    result = read_book(workbook(*sheets), "guides")
    assert [s.part for s in result.sheets] == ["事项", "材料", "流程"]
    assert errors(result) == []


def test_a_missing_sheet_of_items_is_an_error_of_materials_or_steps_a_warning() -> None:
    items = read_book(workbook(sheet([ITEMS, ["A1", "甲", "区人社局"]], "事项")), "guides")
    assert [(p.sheet, p.severity) for p in items.problems if p.code == "missing-sheet"] == [
        ("材料", "warning"),
        ("流程", "warning"),
    ]
    materials = read_book(workbook(sheet([MATERIALS, ["A1", "身份证", "申请人"]], "材料")), "guides")
    assert [(p.sheet, p.severity) for p in materials.problems if p.code == "missing-sheet"] == [
        ("事项", "error"),
        ("流程", "warning"),
    ]
    assert "unknown-parent" not in {p.code for p in materials.problems}


def test_every_table_with_headings_and_no_rows_is_a_zero_report() -> None:
    result = read_book(workbook(sheet([ITEMS], "事项"), sheet([MATERIALS], "材料"), sheet([STEPS], "流程")), "guides")
    assert [(p.sheet, p.code, p.severity) for p in result.problems if p.code != "missing-column"] == [
        (name, "zero-report", "warning") for name in ("事项", "材料", "流程")
    ]
    halls = workbook(sheet([REVIEWS, _review("A1")], "一厅"), sheet([REVIEWS], "二厅"))
    assert [(p.sheet, p.code) for p in read_book(halls, "reviews").problems] == [("二厅", "zero-report")]


def test_a_material_of_no_item_is_an_error() -> None:
    book = workbook(
        sheet([ITEMS, ["A1", "甲", "区人社局"]], "事项"),
        sheet([MATERIALS, ["A1", "身份证", "申请人"], ["A9", "户口簿", "申请人"]], "材料"),
    )
    assert errors(read_book(book, "guides")) == [("A3", "unknown-parent")]


def test_progress_on_no_measure_of_the_plan_is_an_error() -> None:
    rows = [
        ["举措编号", "责任单位", "进展状态", "进展情况"],
        ["1.2.2", "区人社局", "推进中", "正在做"],
        ["9.9.9", "区人社局", "推进中", "正在做"],
    ]
    assert errors(read(rows, "progress", measures=frozenset({"1.2.2"}))) == [("A3", "unknown-parent")]
    assert errors(read(rows, "progress")) == []


def test_an_unknown_unit_is_an_error_with_the_nearest_names() -> None:
    result = read([REVIEWS, _review("A1", "区人社菊")], "reviews")
    assert errors(result) == [("C2", "unknown-unit")] and "区人社局" in result.problems[0].message


def test_with_a_unit_given_a_row_of_another_is_an_error() -> None:
    rows = [REVIEWS, _review("A1"), _review("A2", "区民政局"), _review("A3", "兰州市某某区人社局")]
    assert errors(read(rows, "reviews", unit="区人社局")) == [("C3", "other-unit")]
    assert errors(read(rows, "reviews", district=True)) == []


def test_a_row_outside_the_month_is_an_error_in_that_months_own_figures() -> None:
    rows = [["日期", "呼入量", "接通量"], ["2023-06-30", 1, 1], ["2023-07-01", 1, 1]]
    assert errors(read(rows, "hotline_calls", month="2023-06")) == [("A3", "other-month")]
    assert errors(read(rows, "hotline_calls")) == []
    months = [["月份", "责任单位"], ["2023年5月", "区人社局"]]
    assert errors(read(months, "engineering_monthly", month="2023-06")) == [("A2", "other-month")]


def test_a_row_outside_the_month_is_a_warning_in_a_ledger() -> None:
    result = read([REVIEWS, _review("A1"), _review("A2", at="2023-05-31 23:59")], "reviews", month="2023-06")
    assert [(p.cell, p.code, p.severity) for p in result.problems] == [("F3", "other-month", "warning")]
    assert "2023-05-31 23:59" in result.problems[0].message
    assert result.frames["reviews"]["rated_at"].notna().all()


@pytest.mark.parametrize(
    ("above", "unit", "month"),
    [
        (["填报单位（公章）：区民政局", "", "2023年6月"], "区民政局", "2023-06"),
        (["填报单位:", "区民政局", "", "2023年7月3日"], "区民政局", "2023-05"),
        (["区民政局2023年6月好差评明细表"], "区民政局", "2023-06"),
        (["单位：件", "统计月份：2023-06"], None, "2023-06"),
        (["六月份台账"], None, "2023-06"),
        (["2023年1-6月汇总"], None, "2023-05"),
        (["报送单位：兰州市某某区民政局2023年6月30日"], "区民政局", "2023-05"),
    ],
)
def test_unit_and_month_are_read_from_the_text_above(above: list[str], unit: str | None, month: str) -> None:
    result = read([above, ["日期", "呼入量", "接通量"], ["2023-05-03", 2, 1], ["2023-05-04", 2, 1]], "hotline_calls")
    assert (result.unit, result.month) == (unit, month)


@pytest.mark.parametrize(
    ("of_rows", "unit"),
    [
        (["区民政局", "区民政局"], "区民政局"),
        (["区民政局", "区发改局"], None),
        (["区发改局", "区人社局"], None),
        (["区发改局", "区发改局"], "区发改局"),
    ],
)
def test_a_unit_is_recognised_only_where_the_rows_name_no_other(of_rows: list[str], unit: str | None) -> None:
    rows = [["填报单位（公章）：区民政局"], REVIEWS, *(_review(f"A{n}", name) for n, name in enumerate(of_rows))]
    assert read_book(workbook(sheet(rows, "区民政局")), "reviews", file_name="区民政局.xlsx").unit == unit


def test_sheets_that_say_different_units_say_none() -> None:
    def calls(unit: str, day: str) -> SheetCells:
        return sheet([[f"填报单位：{unit}"], ["日期", "呼入量", "接通量"], [day, 2, 1]], unit)

    assert (
        read_book(workbook(calls("区民政局", "2023-06-01"), calls("区人社局", "2023-06-02")), "hotline_calls").unit
        is None
    )
    assert (
        read_book(workbook(calls("区民政局", "2023-06-01"), calls("区民政局", "2023-06-02")), "hotline_calls").unit
        == "区民政局"
    )


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("填报单位(公章)：区人社局      2023年6月30日", "2023-06"),
        ("填报单位(公章)：区人社局 2023-06-30", "2023-06"),
        ("填报日期：2023年7月3日", None),
        ("填报单位(公章)：区人社局     年  月  日", None),
    ],
)
def test_where_no_month_is_named_the_day_above_the_table_tells_it(line: str, month: str | None) -> None:
    result = read([[line], ["实施编码", "责任单位", "办件量", "办结量"], ["A1", "区人社局", 1, 1]], "monthly_cases")
    assert (result.unit, result.month) == ("区人社局", month)


def test_what_the_uploader_says_goes_before_what_the_file_says() -> None:
    result = read(
        [["填报单位：区民政局 2023年6月"], REVIEWS, _review("A1")], "reviews", unit="区人社局", month="2023-07"
    )
    assert (result.unit, result.month) == ("区人社局", "2023-07")


def test_one_unit_and_one_month_in_all_rows_are_recognised() -> None:
    result = read([REVIEWS, _review("A1"), _review("A2", "人社局", dt.datetime(2023, 6, 9, 8, 0))], "reviews")
    assert (result.unit, result.month) == ("区人社局", "2023-06")
    assert read([REVIEWS, _review("A1")], "reviews", district=True).unit is None
    assert read([REVIEWS, _review("A1"), _review("A2", "区民政局", "2023-07-01")], "reviews").month is None


def test_sheet_and_file_names_tell_unit_and_month_too() -> None:
    cells = [["实施编码", "责任单位", "办件量", "办结量"]]
    result = read_book(workbook(sheet(cells, "2023年6月")), "monthly_cases", file_name="区民政局.xlsx")
    assert (result.unit, result.month) == ("区民政局", "2023-06")
    assert read_book(workbook(sheet(cells)), "monthly_cases", file_name="办件_202306.xlsx").month == "2023-06"
    two = workbook(sheet([*cells, ["A1", "区人社局", 1, 1]], "6月"), sheet([*cells, ["A2", "区人社局", 1, 1]], "7月"))
    assert read_book(two, "monthly_cases").month is None


def test_a_day_without_its_year_is_of_the_stated_month_or_the_plan() -> None:
    rows = [REVIEWS, _review("A1", at="6月3日")]
    assert read(rows, "reviews").frames["reviews"]["rated_at"].tolist() == [dt.datetime(2023, 6, 3)]
    assert read(rows, "reviews", month="2024-06").frames["reviews"]["rated_at"].tolist() == [dt.datetime(2024, 6, 3)]


def test_problems_stand_in_the_order_of_the_file() -> None:
    rows = [REVIEWS[:5], ["A1", "", "区某局", "二维码", "还行"], ["", "甲", "区人社局", "x", "好"]]
    assert problems_in(read(rows, "reviews")) == [
        (None, "missing-column"),
        ("B2", "missing-value"),
        ("C2", "unknown-unit"),
        ("E2", "not-a-choice"),
        ("A3", "missing-value"),
        ("D3", "not-a-choice"),
    ]


def test_dtypes_are_those_that_the_tables_expect() -> None:
    rows = [[f.label for f in DATASETS["guides"].main.fields], ["A1", "甲"]]
    items = read(rows, "guides").frames["事项"]
    kinds = {
        "item_name": "object",
        "visits": "Int64",
        "promised_days": "Float64",
        "online": "boolean",
        "_sheet": "object",
        "_row": "int64",
    }
    assert {name: str(items[name].dtype) for name in kinds} == kinds
    reviews = read([REVIEWS, _review("A1")], "reviews").frames["reviews"]
    assert str(reviews["rated_at"].dtype) == "datetime64[us]" and reviews["round"].tolist() == [1]


def test_records_as_json_hold_every_field_and_null_for_a_wrong_cell() -> None:
    rows = [[*REVIEWS, "是否实名"], [*_review("A1"), "是"], [*_review("A1", "区人社局", "2023-06-31"), "不详"]]
    result = read(rows, "reviews")
    part = DATASETS["reviews"].main
    first, second = to_json_records(result.sheets[0], part, {(3, "办件编号")})
    assert list(first) == ["_sheet", "_row", *(field.label for field in part.fields)]
    assert (
        first["_sheet"],
        first["_row"],
        first["评价时间"],
        first["是否实名"],
        first["评价次数"],
        first["评价内容"],
    ) == ("Sheet1", 2, "2023-06-03T10:20:00", True, 1, None)
    assert (second["办件编号"], second["评价时间"], second["是否实名"]) == (None, None, None)


def test_the_plan_and_the_units_go_the_same_way() -> None:
    tasks = sheet(
        [
            ["任务编号", "领域", "任务名称", "责任单位", "完成时限", "年度"],
            ["1.1", "12345热线", "甲", "", "8底前", 2023],
        ],
        "任务",
    )
    measures = sheet(
        [["举措编号", "任务编号", "举措名称", "评价方式", "目标值"], ["1.1.1", "1.1", "乙", "指标", "100%"]], "举措"
    )
    plan = understand(workbook(tasks, measures), [PLAN], IntakeContext(UNITS))
    assert plan.problems == () and plan.frames["任务"]["area"].tolist() == ["12345 热线"]
    assert plan.frames["任务"]["units_text"].tolist() == [None]
    units = understand(
        workbook(sheet([["单位名称", "单位类别", "别名"], ["区人社局", "部门", "人社局、区人社"]])),
        [UNITS_DATASET],
        IntakeContext(UNITS),
    )
    assert units.problems == () and units.frames["units"]["unit_name"].tolist() == ["区人社局"]
