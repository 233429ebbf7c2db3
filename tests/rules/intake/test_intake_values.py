"""What is read from a cell, kind by kind, and what is called wrong."""

import datetime as dt

import pytest

from catalogue.datasets import DATASETS
from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake.choices import choice_table, read_choice, read_yes_no, read_yes_no_or_file, yes_no_table
from rules.intake.codes import read_code
from rules.intake.dates import read_moment, read_month
from rules.intake.numbers import read_duration, read_int
from tests.rules.intake.workbooks_by_hand import read

TEXT, NUMBER, PERCENT, DATE, BOOL = CellKind.TEXT, CellKind.NUMBER, CellKind.PERCENT, CellKind.DATE, CellKind.BOOL
COUNT = Field("count", "办件量", Kind.INT)
CODE = Field("code", "办件编号", Kind.CODE)
ASKED = yes_no_table(Field("in_hall", "是否进驻大厅", Kind.YES_NO))
BASIC_CODE = DATASETS["guides"].main.field("basic_code")


@pytest.mark.parametrize(
    "typed",
    [
        "2023-07-30",
        "2023年7月30日",
        "2023.7.30",
        "2023/7/30",
        "20230730",
        "7月30日",
        "２０２３年７月３０日",
        "2023年07月30号",
        "2023 年 7 月 30 日",
        "30/7/2023",
        "7/30/2023",
        "30.07.2023",
        "45137",
        "七月三十日",
        "2023年7月30日（星期日）",
        " 2023-07-30 ",
        "2023－07－30",
        "2023–07–30",
        "2023‑07‑30",
        "2023—07—30",
        "'2023-07-30",
        "二〇二三年七月三十日",
        "7月30",
    ],
)
def test_a_day_written_in_any_common_form_is_read(typed: str) -> None:
    assert read_moment(typed, TEXT, 2023) == (dt.datetime(2023, 7, 30), None)


@pytest.mark.parametrize(
    "typed",
    [
        "2023-06-03 10:20",
        "2023-06-03T10:20:00",
        "2023年6月3日10时20分",
        "2023/6/3 10:20:00",
        "2023.6.3 上午10:20",
        "20230603 10:20",
        "20230603102000",
        "6月3日 10时20分",
        "2023-06-03　１０：２０",
        "2023年6月3日 10:20 AM",
        "2023-06-03 10:20:00.000",
    ],
)
def test_a_day_with_its_time_is_read(typed: str) -> None:
    assert read_moment(typed, TEXT, 2023) == (dt.datetime(2023, 6, 3, 10, 20), None)


@pytest.mark.parametrize(
    ("typed", "hour"), [("下午3:20", 15), ("15时20分", 15), ("晚上8:20", 20), ("凌晨0:20", 0), ("中午12:20", 12)]
)
def test_the_half_of_the_day_counts(typed: str, hour: int) -> None:
    assert read_moment(f"2023-06-03 {typed}", TEXT, 2023)[0] == dt.datetime(2023, 6, 3, hour, 20)


@pytest.mark.parametrize("typed", ["24:00", "24时", "24:00:00", "晚上12点", "晚12时"])
def test_24_00_is_the_end_of_the_day_that_it_stands_beside(typed: str) -> None:
    assert read_moment(f"2023-06-30 {typed}", TEXT, 2023) == (dt.datetime(2023, 6, 30, 23, 59, 59), None)
    assert read_moment("2023-06-30 24:01", TEXT, 2023) == (None, "not-a-date")


def test_an_hour_after_midnight_called_evening_is_of_no_sure_day() -> None:
    assert read_moment("2023-06-30 晚上1点", TEXT, 2023) == (None, "not-a-date")
    assert read_moment("2023-06-30 凌晨1点", TEXT, 2023) == (dt.datetime(2023, 6, 30, 1), None)


def test_half_past_is_read() -> None:
    assert read_moment("6月30日下午3点半", TEXT, 2023) == (dt.datetime(2023, 6, 30, 15, 30), None)


@pytest.mark.parametrize(
    ("typed", "day"), [("七月底", (7, 31)), ("7月底", (7, 31)), ("2月末", (2, 28)), ("2023年9月底", (9, 30))]
)
def test_the_end_of_a_month_is_its_last_day(typed: str, day: tuple[int, int]) -> None:
    assert read_moment(typed, TEXT, 2023) == (dt.datetime(2023, *day), None)


def test_a_serial_number_is_a_day_of_the_files_own_epoch() -> None:
    assert read_moment("45137.5", NUMBER, 2023)[0] == dt.datetime(2023, 7, 30, 12)
    assert read_moment("43675", NUMBER, 2023, epoch_1904=True)[0] == dt.datetime(2023, 7, 30)


@pytest.mark.parametrize(
    "typed",
    [
        "2023-02-29",
        "2023年6月31日",
        "2023-13-01",
        "20231301",
        "7月32日",
        "31/02/2023",
        "13/13/2023",
        "尽快",
        "2023年",
        "2023-06-03 25:00",
        "2023-06-03 很早",
        "6月",
        "待定",
        "1",
        "99/99/99",
        "0000-01-01",
        "12345678901",
    ],
)
def test_what_no_calendar_has_is_not_a_date(typed: str) -> None:
    assert read_moment(typed, TEXT, 2023) == (None, "not-a-date")


@pytest.mark.parametrize(
    "typed",
    ["03/04/2023", "3.4.2023", "3-4-2023", "03/03/2023", "23-7-30", "23年7月30日", "7/30/23", "23.07.30", "230730"],
)
def test_a_date_that_can_be_read_in_two_ways_is_ambiguous(typed: str) -> None:
    assert read_moment(typed, TEXT, 2023) == (None, "ambiguous-date")


@pytest.mark.parametrize(
    "typed",
    ["2023-06", "2023年6月", "2023年6月份", "202306", "2023/6", "6月", "六月", "2023-06-15", "2023年6月15日", "45092"],
)
def test_a_month_is_read_from_itself_or_from_any_day_in_it(typed: str) -> None:
    assert read_month(typed, TEXT, 2023) == ("2023-06", None)


def test_a_thirteenth_month_is_not_a_date() -> None:
    assert read_month("2023-13", TEXT, 2023) == (None, "not-a-date")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        ("12 件", 12),
        ("12件", 12),
        ("1,234", 1234),
        ("1，234", 1234),
        ("12，345，678", 12345678),
        ("5例", 5),
        ("１２", 12),
        ("12.0", 12),
        ("85%", 85),
        ("85％", 85),
        ("0", 0),
        ("1,234,567人次", 1234567),
        ("+5", 5),
        ("007", 7),
    ],
)
def test_whole_numbers_are_read_as_people_write_them(typed: str, number: int) -> None:
    assert read_int(typed, TEXT, COUNT) == (number, None)


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("12.5", "not-a-whole-number"),
        ("85.5%", "not-a-whole-number"),
        ("若干", "not-a-number"),
        ("12万", "not-a-number"),
        ("1,23", "not-a-number"),
        ("1、234", "not-a-number"),
        ("12，3456", "not-a-number"),
        ("(329)", "not-a-number"),  # below zero in accounting, a remark elsewhere
        ("（329）", "not-a-number"),
        ("-1", "out-of-range"),
        ("－1", "out-of-range"),
        ("3-5", "not-a-number"),
        ("1" * 20, "out-of-range"),
    ],
)
def test_what_is_no_whole_number_is_said_to_be_what_it_is(typed: str, mistake: str) -> None:
    assert read_int(typed, TEXT, COUNT) == (None, mistake)


def test_a_share_shown_as_per_cent_reads_as_shown() -> None:
    percent = DATASETS["progress"].main.field("percent")
    assert read_int("85", PERCENT, percent) == (85, None)
    assert read_int("101", NUMBER, percent) == (None, "out-of-range")


def test_a_date_or_a_truth_is_no_number() -> None:
    assert read_int("2023-06-03", DATE, COUNT) == (None, "not-a-number")
    assert read_int("TRUE", BOOL, COUNT) == (None, "not-a-number")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("5个工作日", 5),
        ("5日", 5),
        ("5天", 5),
        ("5", 5),
        ("５个工作日", 5),
        ("5 个 工作日", 5),
        ("20工作日", 20),
        ("二十个工作日", 20),
        ("0.5", 0.5),
        ("即时", 0),
        ("即办", 0),
        ("当场", 0),
        ("当场办结", 0),
        ("0", 0),
        ("5个工作日内", 5),
        ("5（工作日）", 5),
    ],
)
def test_durations_are_working_days(typed: str, days: float) -> None:
    assert read_duration(typed, TEXT) == (days, None)


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("很快", "not-a-duration"),
        ("5-10个工作日", "not-a-duration"),
        ("-5", "out-of-range"),
        ("-3个工作日", "out-of-range"),
        ("2小时", "not-a-duration"),
        ("1个月", "not-a-duration"),
        ("5个自然日", "not-a-duration"),
    ],
)
def test_what_is_no_duration_is_said_so(typed: str, mistake: str) -> None:
    assert read_duration(typed, TEXT) == (None, mistake)


@pytest.mark.parametrize("typed", ["是", "有", "√", "Y", "y", "1", "TRUE", "Ｙ", " 是 ", "true", "yes"])
def test_yes(typed: str) -> None:
    assert read_yes_no(typed, ASKED) == (True, None)


@pytest.mark.parametrize("typed", ["否", "无", "×", "N", "0", "FALSE", "no"])
def test_no(typed: str) -> None:
    assert read_yes_no(typed, ASKED) == (False, None)


def test_neither_yes_nor_no() -> None:
    assert read_yes_no("不详", ASKED) == (None, "not-yes-or-no")


def test_a_file_name_is_kept_beside_yes_and_no() -> None:
    assert [read_yes_no_or_file(typed, ASKED)[0] for typed in ("有", "×", "申请表.docx")] == ["是", "否", "申请表.docx"]


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("satisfaction", "很好", "非常满意"),
        ("satisfaction", "5", "非常满意"),
        ("satisfaction", "差", "不满意"),
        ("satisfaction", "1", "非常不满意"),
        ("satisfaction", "基本 满意", "基本满意"),
        ("channel", "７", "系统默认"),
        ("channel", "二维码", "二维码"),
    ],
)
def test_choices_are_understood_by_word_alias_and_code(field: str, typed: str, word: str) -> None:
    assert read_choice(typed, choice_table(DATASETS["reviews"].main.field(field))) == (word, None)


def test_a_roman_numeral_is_the_depth_it_stands_for() -> None:
    depth = choice_table(DATASETS["guides"].main.field("online_depth"))
    assert [read_choice(typed, depth)[0] for typed in ("四级", "Ⅳ级", "IV级")] == ["全程网办"] * 3


def test_a_bare_digit_is_no_case_type() -> None:
    assert read_choice("1", choice_table(DATASETS["guides"].main.field("case_type"))) == (None, "not-a-choice")


@pytest.mark.parametrize(
    ("typed", "kind", "code"),
    [
        ("11620105MB1234567X2000123456789", TEXT, "11620105MB1234567X2000123456789"),
        ("１２３４", TEXT, "1234"),
        ("123456789012345", NUMBER, "123456789012345"),
        ("0012", TEXT, "0012"),
        ("甘〔2023〕1号", TEXT, "甘〔2023〕1号"),
        ("1.2.2", TEXT, "1.2.2"),
        ("123456789012345678", TEXT, "123456789012345678"),
    ],
)
def test_codes_are_exact_to_the_last_digit(typed: str, kind: CellKind, code: str) -> None:
    assert read_code(typed, kind, CODE) == (code, None)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("620105198001011200", NUMBER),
        ("1.23E+17", NUMBER),
        ("1.23E+17", TEXT),
        ("1.23e+17", TEXT),
        ("1234567890123456", NUMBER),
        ("2001-02-02", DATE),
    ],
)
def test_a_code_that_has_lost_digits_is_damaged(typed: str, kind: CellKind) -> None:
    assert read_code(typed, kind, CODE) == (None, "damaged-code")


def test_a_basic_code_has_its_twelve_characters() -> None:
    assert read_code("442199806003", TEXT, BASIC_CODE) == ("442199806003", None)
    assert read_code("442199806003", NUMBER, BASIC_CODE) == ("442199806003", None)
    assert read_code("1234567890", NUMBER, BASIC_CODE) == (None, "damaged-code")
    assert read_code("1234567890", TEXT, BASIC_CODE) == (None, "damaged-code")


def test_codes_written_out_as_text_are_read_and_told() -> None:
    """As Excel's users keep leading zeros in a CSV file; also among so many codes that they are read at once."""
    typed = ['="00123"', "'00124", "00125", "=A1", '="1""2"', *(f"B{n}" for n in range(600))]
    result = read(
        [
            ["工单编号", "受理时间", "工单类型", "责任单位"],
            *([code, "2023-06-03", "咨询", "区人社局"] for code in typed),
        ],
        "hotline_tickets",
    )
    assert result.frames["hotline_tickets"]["ticket_code"].tolist() == [
        "00123",
        "00124",
        "00125",
        "=A1",
        '="1""2"',
        *typed[5:],
    ]
    assert [(p.cell, p.code, p.severity, p.value) for p in result.problems] == [
        ("A2", "wrapped-code", "warning", '="00123"'),
        ("A3", "wrapped-code", "warning", "'00124"),
    ]
    twice = [
        ["工单编号", "受理时间", "工单类型", "责任单位"],
        *([code, "2023-06-03", "咨询", "区人社局"] for code in ("00123", '="00123"')),
    ]
    assert [(p.cell, p.code) for p in read(twice, "hotline_tickets").problems] == [("A3", "duplicate-key")]
