"""How headings are found and mapped."""

from tests.rules.intake.workbooks_by_hand import errors, problems_in, read, read_book, sheet, workbook

HEADINGS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]
ROW = ["A001", "社保卡申领", "区人社局", "二维码", "满意", "2023-06-03 10:20"]


def _columns(result) -> dict[str, tuple[str, str]]:
    return {c.column: (c.field, c.match) for c in result.sheets[0].columns}


def test_the_header_is_found_below_titles_and_instructions() -> None:
    result = read([["好差评明细"], ["填报单位（公章）：区人社局"], ["{请按模板填写}"], HEADINGS, ROW], "reviews")
    assert result.sheets[0].header_rows == (4,)
    assert result.sheets[0].above == ("好差评明细", "填报单位（公章）：区人社局", "{请按模板填写}")
    assert problems_in(result) == []


def test_a_header_in_row_30_is_found_and_one_below_it_is_not() -> None:
    assert read([["说明"]] * 29 + [HEADINGS, ROW], "reviews").sheets[0].header_rows == (30,)
    assert read([["说明"]] * 30 + [HEADINGS, ROW], "reviews").refusal.code == "no-table"


def test_a_sheet_that_does_not_begin_in_a1_keeps_the_files_addresses() -> None:
    result = read_book(workbook(sheet([HEADINGS, [*ROW[:4], "还行", ROW[5]]], first_row=3, first_column=2)), "reviews")
    assert result.sheets[0].header_rows == (3,)
    assert errors(result) == [("F4", "not-a-choice")]


def test_synonyms_map_without_asking() -> None:
    result = read([["统一编号", "事项名称", "办理部门", "评价渠道", "评价等级", "评价时间"], ROW], "reviews")
    assert _columns(result)["A"] == ("办件编号", "alias")
    assert _columns(result)["B"] == ("事项名称", "exact")
    assert problems_in(result) == []


def test_headings_are_normalised_before_they_are_mapped() -> None:
    typed = ["*办件编号", "事项\n名称", "责 任 单 位：", "评价渠道（必填）", "满意度＊", "评价时间(年月日)"]
    result = read([typed, ROW], "reviews")
    assert {match for _, match in _columns(result).values()} == {"normalised"}
    assert [c.label for c in result.sheets[0].columns] == typed
    assert problems_in(result) == []


def test_units_in_brackets_and_full_width_letters_do_not_matter() -> None:
    result = read([["日期", "呼入量（个）", "接通量(次)", "１５秒内接通量"], ["2023-06-01", 10, 9, 8]], "hotline_calls")
    assert set(_columns(result)) == {"A", "B", "C", "D"}
    assert result.frames["hotline_calls"]["answered_in_15s"].tolist() == [8]


def test_a_heading_with_other_words_in_brackets_is_only_suggested() -> None:
    result = read([["日期", "呼入量", "接通量", "接通量（夜间）"], ["2023-06-01", 10, 9, 8]], "hotline_calls")
    assert [(c.label, c.suggestion) for c in result.sheets[0].unmapped] == [("接通量（夜间）", "夜间接通量")]


def test_two_rows_of_headings_are_joined_and_else_the_lowest_counts() -> None:
    upper = ["实施编码", "事项名称", "责任单位", "法定", "承诺", "网上", ""]
    lower = ["", "", "", "办结时限", "办结时限", "办理深度", "咨询电话"]
    cells = sheet(
        [["办事指南"], upper, lower, ["1", "甲", "区人社局", "20", "5", "全程网办", "12345"]],
        merged=((2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 6, 2, 7)),
    )
    result = read_book(workbook(cells), "guides")
    assert result.sheets[0].header_rows == (2, 3)
    assert {c.column: (c.label, c.field) for c in result.sheets[0].columns}["D"] == ("法定_办结时限", "法定办结时限")
    assert _columns(result)["F"][0] == "网上办理深度"
    assert _columns(result)["G"][0] == "咨询电话"


def test_group_titles_over_complete_headings_belong_to_the_header() -> None:
    groups = ["基本信息", "", "", "评价", "", ""]
    result = read_book(
        workbook(sheet([["好差评明细"], groups, HEADINGS, ROW], merged=((2, 1, 2, 3), (2, 4, 2, 6)))), "reviews"
    )
    assert result.sheets[0].header_rows == (2, 3)
    assert {match for _, match in _columns(result).values()} == {"exact"}


def test_a_merged_title_is_not_a_heading() -> None:
    result = read_book(workbook(sheet([["2023年6月好差评明细"], HEADINGS, ROW], merged=((1, 1, 1, 6),))), "reviews")
    assert result.sheets[0].header_rows == (2,)


def test_two_header_rows_without_merges_as_in_csv() -> None:
    result = read(
        [["日期", "热线", "", ""], ["", "呼入量", "接通量", "夜间接通量"], ["2023-06-01", 3, 2, 1]], "hotline_calls"
    )
    assert result.sheets[0].header_rows == (1, 2)
    assert result.frames["hotline_calls"]["calls"].tolist() == [3]


def test_the_canonical_heading_wins_over_its_own_synonym() -> None:
    result = read([["实施主体", "责任单位", "实施编码", "事项名称"], ["区民政局", "区人社局", "1", "甲"]], "guides")
    assert _columns(result)["B"] == ("责任单位", "exact")
    assert [(c.column, c.label) for c in result.sheets[0].unmapped] == [("A", "实施主体")]
    assert result.frames["事项"]["unit"].tolist() == ["区人社局"]


def test_the_same_heading_twice_is_an_error_at_the_later_one() -> None:
    result = read([["标题"], [*HEADINGS, "满意度*"], [*ROW, "满意"]], "reviews")
    assert errors(result) == [("G2", "duplicate-column")]
    assert result.problems[0].field == "满意度"


def test_row_numbers_and_blank_columns_are_left_out() -> None:
    result = read([["序号", "", *HEADINGS], [1, "", *ROW]], "reviews")
    assert result.sheets[0].unmapped == ()
    assert problems_in(result) == []


def test_a_step_number_is_no_row_number() -> None:
    steps = sheet([["实施编码", "序号", "环节", "办理内容"], ["1", 1, "受理", "收件"]], "流程")
    items = sheet([["实施编码", "事项名称", "责任单位"], ["1", "甲", "区人社局"]], "事项")
    result = read_book(workbook(items, steps), "guides")
    assert result.frames["流程"]["step_number"].tolist() == [1]


def test_a_missing_compulsory_column_is_an_error_without_a_cell() -> None:
    result = read([HEADINGS[:3] + HEADINGS[4:], ROW[:3] + ROW[4:]], "reviews")
    (problem,) = result.problems
    assert (problem.code, problem.row, problem.column, problem.cell, problem.value) == (
        "missing-column",
        None,
        None,
        None,
        None,
    )
    assert result.sheets[0].missing == ("评价渠道",) and problem.field == "评价渠道"
    assert len(result.frames["reviews"]) == 1


def test_a_missing_demanded_column_is_a_warning() -> None:
    result = read([["实施编码", "事项名称", "责任单位", "办件类型"], ["1", "甲", "区人社局", "即办件"]], "guides")
    assert errors(result) == []
    assert ("missing-column", "warning", "咨询电话") in [(p.code, p.severity, p.field) for p in result.problems]


def test_a_close_heading_is_suggested_and_a_remembered_one_applied() -> None:
    rows = [[*HEADINGS[:5], "评价的时间"], ROW]
    assert read(rows, "reviews").sheets[0].unmapped[0].suggestion == "评价时间"
    remembered = read(rows, "reviews", remembered={("reviews", "评价的时间"): "rated_at"})
    assert _columns(remembered)["F"] == ("评价时间", "remembered")
    assert problems_in(remembered) == []


def test_the_dataset_is_the_one_whose_headings_suit_best() -> None:
    assert read([HEADINGS, ROW]).dataset.code == "reviews"
    assert read([["实施编码", "责任单位", "办件量", "办结量"], ["1", "区人社局", 2, 1]]).dataset.code == "monthly_cases"
    assert (
        read(
            [["基本编码", "事项名称", "责任单位", "认领状态"], ["442199806003", "甲", "区人社局", "已认领"]]
        ).dataset.code
        == "catalogue_claims"
    )


def test_every_dataset_is_recognised_by_its_own_headings() -> None:
    from catalogue.datasets import DATASETS

    for code, dataset in DATASETS.items():
        book = workbook(*(sheet([[f.label for f in part.fields]], part.code) for part in dataset.parts))
        assert read_book(book).dataset.code == code


def test_an_export_with_very_many_strange_columns_is_still_recognised() -> None:
    result = read([[*HEADINGS, *(f"系统字段{n}" for n in range(30))], ROW], "reviews")
    assert problems_in(result) == [] and len(result.sheets[0].unmapped) == 30


def test_a_sheet_without_a_known_table_is_refused() -> None:
    result = read([["姓名", "电话", "地址"], ["张三", "1", "2"]])
    assert result.dataset is None and result.refusal.code == "no-table"
    assert result.refusal.message.endswith("。")


NEAR = ["办件的编号", "事项的名称", "责任的单位", "评价的渠道", "满意的程度", "评价的时间"]


def test_with_the_dataset_given_near_headings_make_a_table_and_are_only_suggested() -> None:
    result = read([["好差评明细"], ["填报单位：区人社局"], NEAR, ROW], "reviews")
    (sheet_read,) = result.sheets
    assert (sheet_read.header_rows, sheet_read.columns, len(sheet_read.records)) == ((3,), (), 1)
    assert [(column.column, column.suggestion) for column in sheet_read.unmapped] == list(
        zip("ABCDEF", HEADINGS, strict=True)
    )
    assert [problem.code for problem in result.problems] == ["missing-column"] * 6
    assert "A 列“办件的编号”与之相近" in result.problems[0].message
    assert result.frames["reviews"][["case_code", "satisfaction"]].isna().all(axis=None)
    assert result.unit == "区人社局"


def test_near_headings_once_confirmed_are_the_table() -> None:
    names = ["case_code", "item_name", "unit", "channel", "satisfaction", "rated_at"]
    result = read(
        [NEAR, ROW],
        "reviews",
        remembered={("reviews", heading): name for heading, name in zip(NEAR, names, strict=True)},
    )
    assert problems_in(result) == [] and {column.match for column in result.sheets[0].columns} == {"remembered"}


def test_two_rows_of_near_headings_are_joined() -> None:
    rows = [["实施的编码", "责任的单位", "办件的情况", ""], ["", "", "办件总量", "办结总量"], ["A1", "区人社局", 5, 4]]
    result = read(rows, "monthly_cases")
    assert result.sheets[0].header_rows == (1, 2)
    assert {column.suggestion for column in result.sheets[0].unmapped} == {"实施编码", "责任单位", "办件量", "办结量"}


def test_without_the_dataset_or_with_headings_that_are_not_near_there_is_no_table() -> None:
    assert read([NEAR, ROW]).refusal.code == "no-table"
    assert (
        read([["会议", "地点", "主持人", "参加人员"], ["例会", "二楼", "张三", "全体"]], "reviews").refusal.code
        == "no-table"
    )
    assert (
        read(
            [["办件的编号", "地点", "主持人", "参加人员", "备注"], ["例会", "二楼", "张三", "全体", ""]], "reviews"
        ).refusal.code
        == "no-table"
    )


def test_beside_a_sheet_that_is_understood_a_near_one_is_no_data() -> None:
    result = read_book(workbook(sheet([HEADINGS, ROW], "明细"), sheet([NEAR, ROW], "草稿")), "reviews")
    assert [sheet.name for sheet in result.sheets] == ["明细"] and problems_in(result) == []


def test_a_sheet_named_after_a_part_of_guides_is_read_by_near_headings() -> None:
    items = sheet([["实施编码", "事项名称", "责任单位"], ["A1", "社保卡申领", "区人社局"]], "事项")
    materials = sheet([["实施的编码", "材料的名称"], ["A1", "身份证"]], "材料")
    result = read_book(workbook(items, materials), "guides")
    assert [(sheet.name, sheet.part) for sheet in result.sheets] == [("事项", "事项"), ("材料", "材料")]
    assert ("材料", "missing-column", "实施编码") in [
        (problem.sheet, problem.code, problem.field) for problem in result.problems
    ]
    assert [
        sheet_read.name
        for sheet_read in read_book(workbook(items, sheet(materials.text.values.tolist(), "附表")), "guides").sheets
    ] == ["事项"]
