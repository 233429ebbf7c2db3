from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadlines import Resolution, resolve
from rules.working_days import Calendar

YEAR = 2023


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10月底前", date(2023, 10, 31)),
        ("7月30日前", date(2023, 7, 30)),
        ("8月30日前", date(2023, 8, 30)),
        ("9月30日前", date(2023, 9, 30)),
        ("7月底前", date(2023, 7, 31)),
        ("8月底前", date(2023, 8, 31)),
        ("2021年底前", date(2021, 12, 31)),
        ("2021年7月底前", date(2021, 7, 31)),
        ("8底前", date(2023, 8, 31)),
        ("8月30日前完成", date(2023, 8, 30)),
        ("12月31日前", date(2023, 12, 31)),
        ("2023年8月30日24时前", date(2023, 8, 30)),
        ("年底前", date(2023, 12, 31)),
        ("今年年底前", date(2023, 12, 31)),
        ("2月底前", date(2023, 2, 28)),
        ("六月底前", date(2023, 6, 30)),
        ("十二月三十一日前", date(2023, 12, 31)),
        ("十月二十日之前", date(2023, 10, 20)),
        ("二〇二三年十月末", date(2023, 10, 31)),
        ("８月３０日前", date(2023, 8, 30)),
        ("１０ 月底前", date(2023, 10, 31)),
        ("2023-08-30", date(2023, 8, 30)),
        ("2023-08-30 00:00:00", date(2023, 8, 30)),
        ("2023/8/30", date(2023, 8, 30)),
        ("8月30日（周三）前", date(2023, 8, 30)),
    ],
)
def test_the_words_of_a_plan_name_one_last_day(text: str, day: date) -> None:
    assert resolve(text, YEAR).day == day


@pytest.mark.parametrize(
    "text", ["10月底前", "8月30日前", "8底前", "7月30日前", "9月30日前", "年底前", "2024年3月底前"]
)
def test_a_day_in_the_plans_year_or_later_is_no_doubt(text: str, official: Calendar) -> None:
    assert resolve(text, YEAR, official).doubt is None


def test_the_thirtieth_and_the_end_of_a_month_are_different_days() -> None:
    assert resolve("7月30日前", YEAR).day != resolve("7月底前", YEAR).day


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2021年底前", date(2023, 12, 31)),
        ("2021年7月底前", date(2023, 7, 31)),
        ("2020年2月底前", date(2023, 2, 28)),
    ],
)
def test_a_day_before_the_plans_year_is_a_doubt_with_its_other_reading(text: str, other: date) -> None:
    resolution = resolve(text, YEAR)
    assert resolution.doubt == f"期限存疑：方案写作“{text}”，早于方案年度（2023年）。"
    assert resolution.other_reading == other


def test_whether_a_doubted_day_is_a_day_off_is_not_noted() -> None:
    assert resolve("2021年7月底前", YEAR).notes == ()  # a Saturday


def test_a_doubted_day_that_the_plans_year_does_not_have_has_no_other_reading() -> None:
    assert resolve("2020年2月29日前", YEAR).other_reading is None


@pytest.mark.parametrize("text", ["", None, "  ", "（未写明）", "—", "无"])
def test_a_deadline_that_is_not_stated_is_a_doubt(text: str | None) -> None:
    resolution = resolve(text, YEAR)
    assert (resolution.day, resolution.doubt) == (None, "期限存疑：方案未写明完成时限。")


@pytest.mark.parametrize("text", ["2月30日前", "13月底前", "0月5日前", "8月0日前", "0000年底前", "9月31日前"])
def test_a_day_that_does_not_exist_is_a_doubt(text: str) -> None:
    resolution = resolve(text, YEAR)
    assert (resolution.day, resolution.doubt) == (None, f"期限存疑：方案写作“{text}”，没有这一天。")


@pytest.mark.parametrize(
    "text",
    [
        "立行立改，长期坚持",
        "8月前",
        "上半年",
        "三季度末",
        "8月下旬",
        "月底前",
        "每月底前",
        "明年底前",
        "23年底前",
        "8.30",
        "十十月底前",
        "7月至8月底前",
        "7月30日前、8月30日前",
        "1月1日-8月30日",
    ],
)
def test_words_that_do_not_name_exactly_one_day_are_a_doubt_and_not_guessed(text: str) -> None:
    resolution = resolve(text, YEAR)
    assert (resolution.day, resolution.doubt) == (None, f"期限存疑：方案写作“{text}”，不能确定为哪一天。")


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("全年", date(2023, 12, 31)),
        ("年内", date(2023, 12, 31)),
        ("上半年", date(2023, 6, 30)),
        ("下半年", date(2023, 12, 31)),
        ("第三季度末", date(2023, 9, 30)),
        ("一季度", date(2023, 3, 31)),
        ("9月份", date(2023, 9, 30)),
        ("2月内", date(2023, 2, 28)),
        ("13月份", None),
        ("8月前", None),
        ("上半年或下半年", None),
    ],
)
def test_of_a_half_year_a_quarter_or_a_month_the_last_day_is_offered_and_the_doubt_stays(
    text: str, last_day: date | None
) -> None:
    resolution = resolve(text, YEAR)
    assert (resolution.day, resolution.doubt) == (None, f"期限存疑：方案写作“{text}”，不能确定为哪一天。")
    assert resolution.other_reading == last_day


def test_a_missing_word_month_is_only_noted() -> None:
    resolution = resolve("8底前", YEAR)
    assert resolution.notes == ("方案写作“8底前”，缺“月”字，按 2023-08-31 计。",)
    assert resolution.doubt is None


def test_a_sunday_is_only_noted_and_the_day_stands(official: Calendar) -> None:
    resolution = resolve("7月30日前", YEAR, official)
    assert resolution.day == date(2023, 7, 30)
    assert resolution.notes == ("2023-07-30 是星期日，期限不顺延。",)


def test_a_public_holiday_is_only_noted_and_the_day_stands(official: Calendar) -> None:
    resolution = resolve("9月30日前", YEAR, official)  # the Saturday of the Mid-Autumn and National Day holiday
    assert resolution.day == date(2023, 9, 30)
    assert resolution.notes == ("2023-09-30 是法定节假日，期限不顺延。",)


def test_a_make_up_day_is_a_working_day_and_not_noted(official: Calendar) -> None:
    assert resolve("10月7日前", YEAR, official).notes == ()


def test_without_the_calendar_of_the_year_weekends_are_still_noted(official: Calendar) -> None:
    assert resolve("8月30日前", 2025, official).notes == ("2025-08-30 是星期六，期限不顺延。",)
    assert resolve("10月1日前", 2025, official).notes == ()


def test_a_day_after_the_plans_year_is_noted() -> None:
    assert resolve("2024年5月底前", YEAR).notes == ("方案写作“2024年5月底前”，晚于方案年度（2023年）。",)


@given(text=st.text(alphabet="0123456789一二三十〇年月日底末前每半季旬-/. 第", max_size=12))
def test_any_words_give_a_day_or_a_doubt(text: str) -> None:
    resolution = resolve(text, YEAR)
    assert resolution.day is not None or resolution.doubt is not None
    if resolution.day is not None and resolution.day.year < YEAR:
        assert resolution.doubt is not None


@given(day=st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_every_day_of_the_plans_year_is_read_as_itself(day: date) -> None:
    assert resolve(f"{day.month}月{day.day}日前", YEAR).day == day
    assert resolve(f"{day.year}年{day.month}月{day.day}日前", YEAR).day == day


@pytest.mark.parametrize(
    "text", ["长期坚持", " 长期坚持 ", "长期", "持续推进", "持续", "常态化", "常态化开展", "常态化推进、长期坚持"]
)
def test_what_goes_on_has_neither_a_day_nor_a_doubt(text: str) -> None:
    assert resolve(text, YEAR) == Resolution(None)


def test_what_is_to_be_finished_and_to_go_on_has_the_day() -> None:
    assert resolve("8月底前完成，长期坚持", YEAR).day == date(2023, 8, 31)
