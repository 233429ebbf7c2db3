"""Which rows are records, and what becomes of the others."""

from tests.rules.intake.workbooks_by_hand import Broken, errors, problems_in, read, read_book, sheet, workbook

HEADINGS = ["序号", "实施编码", "责任单位", "办件量", "办结量"]


def _row(number: int, code: str, cases: object = 10, closed: object = 9, unit: str = "区人社局") -> list[object]:
    return [number, code, unit, cases, closed]


def _dropped(result) -> list[tuple[int, str]]:
    return [(row.row, row.why) for row in result.sheets[0].dropped_rows]


def _codes(result) -> list[str | None]:
    return result.frames["monthly_cases"]["item_code"].tolist()


def test_a_total_is_dropped_and_compared() -> None:
    result = read([HEADINGS, _row(1, "A1"), _row(2, "A2"), ["合 计", "", "", 20, 19]], "monthly_cases")
    assert _dropped(result) == [(4, "total")]
    assert problems_in(result) == [("E4", "total-mismatch")]
    assert (result.problems[0].severity, result.problems[0].value) == ("warning", "19")
    assert "18" in result.problems[0].message


def test_a_total_over_a_cell_that_could_not_be_read_is_not_accused() -> None:
    wrong = [2, "A2", "区人社局", "很多", 9]
    rows = [HEADINGS, _row(1, "A1"), ["小计", "", "", 11, 9], wrong, ["小计", "", "", 99, 9], ["总计", "", "", 30, 19]]
    assert problems_in(read(rows, "monthly_cases")) == [
        ("D3", "total-mismatch"),
        ("D4", "not-a-number"),
        ("E6", "total-mismatch"),
    ]


def test_subtotals_sum_the_rows_since_the_last_one_and_the_total_all() -> None:
    rows = [
        HEADINGS,
        _row(1, "A1"),
        _row(2, "A2"),
        ["小计", "", "", 20, 18],
        _row(3, "A3"),
        ["", "小计", "", 10, 8],
        ["总计", "", "", 30, 27],
    ]
    result = read(rows, "monthly_cases")
    assert _dropped(result) == [(4, "total"), (6, "total"), (7, "total")]
    assert problems_in(result) == [("E6", "total-mismatch")]


def test_a_total_on_top_sums_the_rows_below() -> None:
    result = read([HEADINGS, ["合计", "", "", 20, 18], _row(1, "A1"), _row(2, "A2")], "monthly_cases")
    assert problems_in(result) == [] and _dropped(result) == [(2, "total")]


def test_a_total_word_in_the_key_column_or_merged_over_it_is_a_total() -> None:
    cells = sheet([HEADINGS, _row(1, "A1"), ["合计", "", "", 10, 9]], merged=((3, 1, 3, 3),))
    assert _dropped(read_book(workbook(cells), "monthly_cases")) == [(3, "total")]
    assert _dropped(read([HEADINGS[1:], _row(1, "A1")[1:], ["总计：", "", 10, 9]], "monthly_cases")) == [(3, "total")]


def test_a_total_by_a_longer_name_is_a_total_where_nothing_else_is_said() -> None:
    result = read(
        [HEADINGS, _row(1, "A1"), ["", "", "区人社局小计", 10, 9], ["全区合计", "", "", 10, 9]], "monthly_cases"
    )
    assert _dropped(result) == [(3, "total"), (4, "total")]


def test_a_name_that_holds_the_word_total_is_data() -> None:
    rows = [
        ["实施编码", "事项名称", "责任单位"],
        ["A1", "工资合计核定", "区人社局"],
        ["A2", "合计", "区人社局"],
        ["A3", "年度小计", "区人社局"],
    ]
    result = read(rows, "guides")
    assert len(result.frames["事项"]) == 3 and _dropped(result) == []


def test_signatures_and_notes_below_the_table_are_dropped_and_listed() -> None:
    rows = [
        HEADINGS,
        _row(1, "A1"),
        [],
        ["备注：数据截至6月30日。"],
        ["填表人：张三", "", "审核人：李四", "", "2023年7月3日"],
        ["", "", "区政务服务局（盖章）"],
    ]
    result = read(rows, "monthly_cases")
    assert _dropped(result) == [(4, "note"), (5, "note"), (6, "note")]
    assert errors(result) == [] and len(result.frames["monthly_cases"]) == 1


def test_a_note_in_the_key_column_is_a_note() -> None:
    result = read(
        [HEADINGS[1:], _row(1, "A1")[1:], ["说明：以上为本月数"], ["制表：王五"], ["2023年7月3日"]], "monthly_cases"
    )
    assert [why for _, why in _dropped(result)] == ["note"] * 3


def test_a_last_row_with_its_key_is_data_however_little_it_says() -> None:
    result = read([HEADINGS, _row(1, "A1"), ["", "A2"]], "monthly_cases")
    assert _codes(result) == ["A1", "A2"]
    assert errors(result) == [("C3", "missing-value"), ("D3", "missing-value"), ("E3", "missing-value")]


def test_a_row_without_its_key_among_others_is_an_error_and_not_a_note() -> None:
    result = read([HEADINGS, _row(1, ""), _row(2, "A2"), _row(3, "")], "monthly_cases")
    assert errors(result) == [("B2", "missing-value"), ("B4", "missing-value")]
    assert len(result.frames["monthly_cases"]) == 3


def test_instructions_in_braces_below_the_header_are_dropped() -> None:
    result = read(
        [HEADINGS, ["{各类别事项序号分别从1开始}"], ["{序号}", "{31位}", "{名称}", "{整数}", "{整数}"], _row(1, "A1")],
        "monthly_cases",
    )
    assert _dropped(result) == [(2, "instruction"), (3, "instruction")]
    assert _codes(result) == ["A1"]


def test_the_numbers_of_the_columns_below_the_header_are_no_data() -> None:
    assert _dropped(read([HEADINGS, [1, 2, 3, 4, 5], _row(1, "A1")], "monthly_cases")) == [(2, "instruction")]


def test_a_header_printed_again_at_a_page_break_is_no_data() -> None:
    result = read(
        [["月度办件统计"], HEADINGS, _row(1, "A1"), ["月度办件统计"], HEADINGS, _row(2, "A2")], "monthly_cases"
    )
    assert _codes(result) == ["A1", "A2"]
    assert _dropped(result) == [(4, "instruction"), (5, "instruction")]


def test_blank_rows_and_rows_that_are_only_numbered_are_passed_over() -> None:
    result = read([HEADINGS, _row(1, "A1"), [], _row(2, "A2"), [3], [4], ["  ", " "]], "monthly_cases")
    assert _codes(result) == ["A1", "A2"]
    assert problems_in(result) == [] and _dropped(result) == []


def test_hidden_rows_are_read_and_told() -> None:
    result = read_book(workbook(sheet([HEADINGS, _row(1, "A1"), _row(2, "A2")], hidden_rows=(3,))), "monthly_cases")
    assert result.sheets[0].hidden_rows == (3,) and _codes(result) == ["A1", "A2"]


def test_merged_cells_are_filled_within_the_merge_only() -> None:
    rows = [HEADINGS, _row(1, "A1"), _row(2, "A2", unit=""), _row(3, "A3", unit="")]
    result = read_book(workbook(sheet(rows, merged=((2, 3, 3, 3),))), "monthly_cases")
    assert result.frames["monthly_cases"]["unit"].tolist() == ["区人社局", "区人社局", None]
    assert errors(result) == [("C4", "missing-value")]


def test_headings_without_rows_are_a_zero_report() -> None:
    for rows in (
        [HEADINGS],
        [["标题"], HEADINGS, [], ["填表人：张三"]],
        [HEADINGS, ["无"]],
        [HEADINGS, ["", "本月无办件"]],
    ):
        result = read(rows, "monthly_cases")
        assert [(p.code, p.severity) for p in result.problems] == [("zero-report", "warning")]
        assert len(result.frames["monthly_cases"]) == 0


def test_a_formula_without_a_value_and_an_error_value_are_formula_errors() -> None:
    result = read([HEADINGS, _row(1, "A1", Broken("#N/A"), Broken("")), _row(2, "A2", "#REF!")], "monthly_cases")
    assert errors(result) == [("D2", "formula-error"), ("E2", "formula-error"), ("D3", "formula-error")]


def test_words_for_nothing_are_missing_and_never_zero() -> None:
    rows = [[*HEADINGS, "推送量"]] + [
        [*_row(n, f"A{n}"), word] for n, word in enumerate(["无", "/", "-", "—", "——", "", "－"])
    ]
    result = read(rows, "monthly_cases")
    assert problems_in(result) == []
    assert result.frames["monthly_cases"]["pushed_cases"].isna().all()
    assert errors(read([HEADINGS, _row(1, "A1", "无", "/")], "monthly_cases")) == [
        ("D2", "missing-value"),
        ("E2", "missing-value"),
    ]


def test_none_is_no_where_yes_or_no_is_asked_and_itself_where_it_is_a_choice() -> None:
    rows = [
        ["实施编码", "事项名称", "责任单位", "是否收费", "通办范围", "备注"],
        ["A1", "甲", "区人社局", "无", "无", "无"],
        ["A2", "乙", "区人社局", "/", "—", ""],
    ]
    items = read(rows, "guides").frames["事项"]
    assert items["charged"].tolist()[0] is False and items["charged"].isna().tolist() == [False, True]
    assert items["cross_region"].tolist() == ["无", None]
    assert items["remark"].tolist() == [None, None]
