"""What is read from cells of every type, and what is called wrong, through `manage.py check`."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.commands.conftest import Run
from tests.commands.files import CASES, REVIEWS, review, write

DATES: list[tuple[object, str]] = [
    ("2023年7月30日", "2023-07-30T00:00:00"),
    ("2023.7.30", "2023-07-30T00:00:00"),
    ("2023/7/30", "2023-07-30T00:00:00"),
    ("20230730", "2023-07-30T00:00:00"),
    (20230730, "2023-07-30T00:00:00"),
    ("7月30日", "2023-07-30T00:00:00"),
    ("七月底", "2023-07-31T00:00:00"),
    ("２０２３年７月３０日", "2023-07-30T00:00:00"),
    ("2023-07-30 09:05", "2023-07-30T09:05:00"),
    ("2023/7/30 9:05:06", "2023-07-30T09:05:06"),
    (45137, "2023-07-30T00:00:00"),
    (45137.5, "2023-07-30T12:00:00"),
    ("45137", "2023-07-30T00:00:00"),
    (dt.datetime(2023, 7, 30, 8, 1), "2023-07-30T08:01:00"),
    (dt.date(2023, 7, 30), "2023-07-30T00:00:00"),
    ("30/7/2023", "2023-07-30T00:00:00"),
    ("7/30/2023", "2023-07-30T00:00:00"),
    ("03/04/2023", "ambiguous-date"),
    ("3.4.2023", "ambiguous-date"),
    ("23-7-30", "ambiguous-date"),
    ("23年7月30日", "ambiguous-date"),
    ("2023-02-30", "not-a-date"),
    ("2023-13-01", "not-a-date"),
    ("尽快", "not-a-date"),
    ("2023年7月", "not-a-date"),
    ("7月32日", "not-a-date"),
    ("2023-07-30 25:00", "not-a-date"),
    (True, "not-a-date"),
    (None, "missing-value"),
    ("无", "missing-value"),
]


def _one_column(field: str, values: list[object]) -> list[list[object]]:
    place = REVIEWS.index(field)
    rows = [review(f"A{number}") for number in range(len(values))]
    return [REVIEWS, *([*row[:place], value, *row[place + 1 :]] for row, value in zip(rows, values, strict=True))]


def test_moments_in_every_form(check: Run) -> None:
    answer = check(_one_column("评价时间", [typed for typed, _ in DATES]), "--month", "2023-07")
    assert answer.column_results("评价时间") == [expected for _, expected in DATES]


def test_a_day_without_a_year_is_of_the_stated_month_else_of_the_plan(check: Run) -> None:
    rows = _one_column("评价时间", ["7月30日"])
    assert check(rows).values("评价时间") == ["2023-07-30T00:00:00"]
    assert check(rows, "--month", "2024-07").values("评价时间") == ["2024-07-30T00:00:00"]
    assert check([["2022年7月评价明细"], *rows]).values("评价时间") == ["2022-07-30T00:00:00"]


def test_serials_of_a_workbook_that_counts_from_1904(check: Run, tmp_path: Path) -> None:
    def from_1904(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    rows = _one_column("评价时间", [dt.datetime(2023, 7, 30, 8, 1), 43675])  # shown as a date, and General
    assert check(write(tmp_path / "表.xlsx", rows, from_1904)).values("评价时间") == [
        "2023-07-30T08:01:00",
        "2023-07-30T00:00:00",
    ]


def test_a_date_field_keeps_the_day_of_a_moment(check: Run) -> None:
    heads = ["项目代码", "审批事项", "项目名称", "责任单位", "受理时间", "承诺时限"]
    rows = [
        ["P1", "甲", "乙", "区住建局", dt.datetime(2023, 6, 3, 15), "5日"],
        ["P2", "甲", "乙", "区住建局", "2023-06-04 15:00", "即办"],
    ]
    answer = check([heads, *rows])
    assert (answer.values("受理时间"), answer.values("承诺时限")) == (["2023-06-03", "2023-06-04"], [5, 0])


INTS: list[tuple[object, object]] = [
    (12, 12),
    ("12", 12),
    ("12 件", 12),
    ("12件", 12),
    ("1,234", 1234),
    ("1，234", 1234),
    ("１２", 12),
    ("85%", 85),
    (12.0, 12),
    ("0", 0),
    (0, 0),
    (12.5, "not-a-whole-number"),
    ("12.5", "not-a-whole-number"),
    (-3, "out-of-range"),
    ("-3", "out-of-range"),
    ("abc", "not-a-number"),
    ("12万", "not-a-number"),
    (True, "not-a-number"),
    ("无", "missing-value"),
    ("/", "missing-value"),
    ("-", "missing-value"),
    ("—", "missing-value"),
    ("——", "missing-value"),
    (None, "missing-value"),
    ("=1+1", "formula-error"),
    ("#N/A", "formula-error"),
    ("#DIV/0!", "formula-error"),
]


def test_whole_numbers_in_every_form(check: Run) -> None:
    rows = [[f"A{number}", "区人社局", typed, None, 1] for number, (typed, _) in enumerate(INTS)]
    answer = check([CASES, *rows], "--dataset", "monthly_cases")
    assert answer.column_results("办件量") == [expected for _, expected in INTS]
    assert set(answer.values("网上办件量")) == {None}
    assert answer.problems("severity") == ["error"] * sum(isinstance(expected, str) for _, expected in INTS)


def test_a_cell_shown_as_per_cent_reads_as_shown(check: Run, tmp_path: Path) -> None:
    def as_share(book: Workbook) -> None:
        for row in range(2, 5):
            book.active.cell(row, 5).number_format = "0.0%"

    units = ["区人社局", "区住建局", "河口镇", "石板乡"]
    values = [0.85, 1.01, 0.855, 0.85]
    rows = [["1.2.2", unit, "推进中", "正在办理", value] for unit, value in zip(units, values, strict=True)]
    path = write(tmp_path / "表.xlsx", [["举措编号", "责任单位", "进展状态", "进展情况", "完成比例"], *rows], as_share)
    assert check(path).column_results("完成比例") == [85, "out-of-range", "not-a-whole-number", "not-a-whole-number"]


DURATIONS: list[tuple[object, object]] = [
    ("5个工作日", 5),
    ("5日", 5),
    ("5", 5),
    (5, 5),
    (5.5, 5.5),
    ("５个工作日", 5),
    ("20 个工作日", 20),
    ("即时", 0),
    ("即办", 0),
    ("当场", 0),
    ("当场办结", 0),
    (0, 0),
    (-5, "out-of-range"),
    ("5小时", "not-a-duration"),
    ("1个月", "not-a-duration"),
    ("很快", "not-a-duration"),
    (None, "missing-value"),
    ("无", "missing-value"),
]


def test_durations_are_working_days_and_a_blank_is_a_warning(check: Run) -> None:
    heads = ["实施编码", "事项名称", "责任单位", "承诺办结时限"]
    rows = [[f"A{number}", "甲", "区人社局", typed] for number, (typed, _) in enumerate(DURATIONS)]
    answer = check({"事项": [heads, *rows]}, "--dataset", "guides")
    assert answer.column_results("承诺办结时限") == [expected for _, expected in DURATIONS]
    cells = [(code, severity) for code, severity, row in answer.problems("code", "severity", "row") if row]
    assert (
        cells[-2:] == [("missing-value", "warning"), ("missing-value", "warning")]
        and ("missing-value", "error") not in cells
    )


YES_NO: list[tuple[object, object]] = [
    *((typed, True) for typed in ("是", "有", "√", "Y", "y", 1, "1", True, "TRUE", "true", "Ｙ")),
    *((typed, False) for typed in ("否", "无", "×", "N", "n", 0, "0", False, "FALSE")),
    *((typed, None) for typed in ("/", "-", "—", None)),
    ("不详", "not-yes-or-no"),
    ("2", "not-yes-or-no"),
]


def test_yes_and_no_in_every_form_and_nothing_said_is_missing(check: Run) -> None:
    heads = ["实施编码", "事项名称", "责任单位", "是否进驻大厅", "通办范围"]
    rows = [[f"A{number}", "甲", "区人社局", typed, "无"] for number, (typed, _) in enumerate(YES_NO)]
    answer = check({"事项": [heads, *rows]}, "--dataset", "guides")
    assert answer.column_results("是否进驻大厅") == [expected for _, expected in YES_NO]
    assert set(answer.values("通办范围")) == {"无"}


CODES: list[tuple[object, object]] = [
    (12345678901234567890123, "damaged-code"),
    ("12345678901234567890123", "12345678901234567890123"),
    (123456789012345, "123456789012345"),
    (1234567890123456, "damaged-code"),
    ("1234567890123456", "1234567890123456"),
    ("1.23E+17", "damaged-code"),
    (1.23e17, "damaged-code"),
    ("００１", "001"),
    ("A１", "A1"),
    (" A9 ", "A9"),
    (12, "12"),
    ("0012", "0012"),
    (dt.date(2023, 6, 3), "damaged-code"),
    ("无", "missing-value"),
]


def test_codes_are_exact_to_the_last_digit_or_damaged(check: Run) -> None:
    answer = check(_one_column("办件编号", [typed for typed, _ in CODES]))
    assert answer.column_results("办件编号") == [expected for _, expected in CODES]
    first = answer.json["errors"][0]
    assert (first["cell"], first["severity"]) == ("A2", "error") and "文本" in first["message"]


def test_a_basic_code_short_of_its_twelve_is_damaged_typed_as_number_or_text(check: Run) -> None:
    typed = ["442199806003", 42199806003, "42199806003", 442199806004, "44219980600X", None]
    rows = [[code, "甲", "区人社局", "已认领"] for code in typed]
    assert check([["基本编码", "事项名称", "责任单位", "认领状态"], *rows]).column_results("基本编码") == [
        "442199806003",
        "damaged-code",
        "damaged-code",
        "442199806004",
        "44219980600X",
        "missing-value",
    ]


UNITS: list[tuple[object, str]] = [
    ("区人社局", "区人社局"),
    ("人社局", "区人社局"),
    ("区人力资源和社会保障局", "区人社局"),
    ("兰州市云岭区人社局", "区人社局"),
    ("云岭区人社局", "区人社局"),
    ("兰州市云岭区人力资源和社会保障局", "区人社局"),
    ("甘肃省兰州市云岭区人社局", "区人社局"),
    (" 区 人社局 ", "区人社局"),
    ("安宁堡街道", "安宁堡街道"),
    ("安宁堡街道办事处", "安宁堡街道"),
    ("兰州市云岭区安宁堡街道办事处", "安宁堡街道"),
    ("河口镇人民政府", "河口镇"),
    ("云岭区河口镇人民政府", "河口镇"),
    ("石板乡人民政府", "石板乡"),
    ("云岭区三维数字中心", "三维数字中心"),
    ("区人社菊", "unknown-unit"),
    ("某某局", "unknown-unit"),
    ("兰州市人社局", "unknown-unit"),
    ("无", "missing-value"),
]


def test_units_by_alias_district_and_form_and_records_hold_the_own_name(check: Run) -> None:
    answer = check(_one_column("责任单位", [typed for typed, _ in UNITS]))
    assert answer.column_results("责任单位") == [expected for _, expected in UNITS]
    wrong = {
        problem["value"]: problem["message"] for problem in answer.json["errors"] if problem["code"] == "unknown-unit"
    }
    assert "区人社局" in wrong["区人社菊"]


def test_with_a_unit_given_by_any_of_its_names_rows_of_others_are_errors(check: Run) -> None:
    answer = check(
        _one_column("责任单位", ["人社局", "区住建局", "某某局"]), "--unit", "兰州市云岭区人力资源和社会保障局"
    )
    assert answer.json["unit"] == "区人社局"
    assert answer.problems("cell", "code", "value") == [
        ("C3", "other-unit", "区住建局"),
        ("C4", "unknown-unit", "某某局"),
    ]


def test_text_is_trimmed_and_kept_as_it_is(check: Run, tmp_path: Path) -> None:
    typed = ["=1+1", "+好", "-差", "@某", " 前后 空格 ", "两\n行", 12.5, "无", "—", "１２"]

    def as_text(book: Workbook) -> None:
        for cell in book.active["G"]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type

    rows = [[*REVIEWS, "评价内容"], *([*review(f"A{number}"), text] for number, text in enumerate(typed))]
    answer = check(write(tmp_path / "表.xlsx", rows, as_text))
    assert answer.json["errors"] == []
    assert answer.values("评价内容") == ["=1+1", "+好", "-差", "@某", "前后 空格", "两\n行", "12.5", None, None, "１２"]


def test_months_from_a_month_or_any_day_in_it(check: Run) -> None:
    typed = ["2023-06", "2023年6月", "2023-06-15", "2023年6月15日", "6月", dt.date(2023, 6, 1), 45092]
    units = ["区人社局", "区住建局", "三维数字中心", "安宁堡街道", "东关街道", "河口镇", "石板乡"]
    answer = check(
        [["月份", "责任单位", "供水办件量"], *([month, unit, 1] for month, unit in zip(typed, units, strict=True))]
    )
    assert (answer.json["errors"], set(answer.values("月份")), answer.json["month"]) == ([], {"2023-06"}, "2023-06")


def test_of_several_mistakes_each_cell_has_one_in_the_order_of_the_file(check: Run) -> None:
    heads = [*REVIEWS, "是否实名", "评价次数"]
    bad = [None, "某某局", "x", "还行", "2023-06-31", "也许", "x"]
    rows = [[None, *bad], [*review("A1", at="2023-05-31"), "是", None], [*review("A1", unit="区住建局"), "否", 1]]
    answer = check([heads, *rows], "--unit", "区人社局", "--month", "2023-06")
    assert answer.problems("cell", "code", "severity") == [
        ("A2", "missing-value", "error"),
        ("B2", "missing-value", "error"),
        ("C2", "unknown-unit", "error"),
        ("D2", "not-a-choice", "error"),
        ("E2", "not-a-choice", "error"),
        ("F2", "not-a-date", "error"),
        ("G2", "not-yes-or-no", "error"),
        ("H2", "not-a-number", "error"),
        ("F3", "other-month", "warning"),
        ("A4", "duplicate-key", "error"),
        ("C4", "other-unit", "error"),
    ]
    assert [value for value in answer.json["records"]["reviews"][0].values() if value is not None] == ["Sheet1", 2]
    assert answer.values("评价时间")[1] == "2023-05-31T00:00:00"  # a warning keeps its value
