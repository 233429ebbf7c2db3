"""What holds for every workbook: what was written is read back, no row is lost, no cell has two mistakes."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.datasets import DATASETS
from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake import to_json_records
from rules.intake.dates import read_moment
from rules.intake.messages import of_cell
from rules.intake.numbers import read_int
from tests.examples import examples
from tests.rules.intake.workbooks_by_hand import UNITS, Broken, Percent, read, read_book, sheet, workbook

FORMS = [
    "{y}-{m:02d}-{d:02d}",
    "{y}年{m}月{d}日",
    "{y}.{m}.{d}",
    "{y}/{m}/{d}",
    "{y}{m:02d}{d:02d}",
    "{m}月{d}日",
    "{y} 年 {m} 月 {d} 日",
    "{y}－{m}－{d}",
]
TIMES = ["{h}:{n:02d}", "{h:02d}:{n:02d}:00", "{h}时{n}分", "{h}点{n:02d}"]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
REVIEWS = DATASETS["reviews"].main
WORDS = st.text(alphabet=st.sampled_from("区人社局是否有无12０.-/年月日合计小备注：（）{}A√满意 　\n"), max_size=8)
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.integers(-5, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
    st.builds(Percent, st.just("85")),
    st.builds(Broken, st.sampled_from(["", "#N/A"])),
)
TABLES = st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=8)
LABELS = ["办件编号", "评价次数", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]


@given(st.dates(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), st.sampled_from(FORMS), st.booleans())
def test_a_day_written_in_every_form_is_read_back(day: dt.date, form: str, wide: bool) -> None:
    typed = form.format(y=day.year, m=day.month, d=day.day)
    moment, mistake = read_moment(typed.translate(FULL_WIDTH) if wide else typed, CellKind.TEXT, 2023)
    assert (moment and moment.date(), mistake) == (day, None)


@given(
    st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2090, 1, 1)), st.sampled_from(FORMS[:5]), st.sampled_from(TIMES)
)
def test_a_moment_written_in_every_form_is_read_back(moment: dt.datetime, form: str, time: str) -> None:
    typed = form.format(y=moment.year, m=moment.month, d=moment.day) + " " + time.format(h=moment.hour, n=moment.minute)
    assert read_moment(typed, CellKind.TEXT, 2023) == (moment.replace(second=0, microsecond=0), None)


@given(st.text(alphabet="0123456789年月日-/.: 上下午底七", max_size=20))
def test_no_text_breaks_the_reading_of_dates(typed: str) -> None:
    moment, mistake = read_moment(typed, CellKind.TEXT, 2023)
    assert (moment is None) == (mistake is not None)


@given(st.integers(0, 10**14), st.sampled_from(["{:d}", "{:,d}", "{:d} 件", "{:d}.0", " {:d} "]))
def test_a_whole_number_is_read_back(number: int, form: str) -> None:
    assert read_int(form.format(number), CellKind.TEXT, Field("n", "数", Kind.INT)) == (number, None)


@pytest.mark.long
@examples(60)
@given(
    st.lists(
        st.sampled_from(
            ["2023-06-03", "2023/6/3 9:05", "2023-06-31", "2023年6月3日", "2023-6-3T23:59", "尽快", "2023-06-03 24:00"]
        ),
        min_size=1,
    )
)
def test_many_moments_are_read_as_each_one_alone(forms: list[str]) -> None:
    """600 distinct cells go the fast way, which must say the same as the slow one."""
    typed = forms + [f"2023-06-{1 + n % 30:02d} {n % 24:02d}:{n // 24:02d}:{n % 60:02d}" for n in range(600)]
    rows = [["受理时间", "工单编号"], *[[cell, f"A{n}"] for n, cell in enumerate(typed)]]
    records = read(rows, "hotline_tickets").frames["hotline_tickets"]
    alone = [read_moment(cell, CellKind.TEXT, 2023)[0] for cell in typed]
    assert [
        None if value is None else value
        for value in records["received_at"].astype(object).where(records["received_at"].notna(), None)
    ] == alone


@pytest.mark.long
@examples(150)
@given(TABLES)
def test_every_row_is_a_record_or_listed_or_blank_and_no_cell_has_two_mistakes(rows: list[list[object]]) -> None:
    result = read([LABELS, *rows], "reviews")
    reading = result.sheets[0]
    accounted = [*reading.records["_row"].tolist(), *(row.row for row in reading.dropped_rows)]
    assert len(accounted) == len(set(accounted))
    for number in set(range(2, len(rows) + 2)) - set(accounted):
        assert all(
            not isinstance(cell, Broken) and str(cell or "").strip() in ("", *"0123456789") for cell in rows[number - 2]
        )
    cells = [(p.sheet, p.cell) for p in result.problems if p.cell]
    assert len(cells) == len(set(cells))
    assert len(to_json_records(reading, REVIEWS)) == len(reading.records)


@pytest.mark.long
@examples(80)
@given(
    st.lists(
        st.tuples(st.text("0123456789ABX", min_size=1, max_size=20), st.sampled_from(UNITS.names), st.integers(1, 5)),
        min_size=1,
        max_size=20,
        unique_by=lambda r: r[0],
    )
)
def test_good_rows_go_in_whole_whatever_stands_above_and_below(rows: list[tuple[str, str, int]]) -> None:
    table = [[code, None, "社保卡合计申领", unit, "二维码", level, "2023年6月3日"] for code, unit, level in rows]
    result = read([["好差评明细"], [], LABELS, *table, ["合计"], ["注：完"]], "reviews")
    assert result.problems == ()
    assert result.frames["reviews"]["case_code"].tolist() == [code for code, _, _ in rows]


@examples(100)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=6), st.integers(1, 40), st.integers(1, 5))
def test_no_sheet_breaks_the_understanding(rows: list[list[object]], first_row: int, first_column: int) -> None:
    result = read_book(
        workbook(
            sheet(rows, first_row=first_row, first_column=first_column, merged=((first_row, 1, first_row + 3, 4),))
        )
    )
    assert (result.refusal is None) == (result.dataset is not None)


@given(
    WORDS,
    st.sampled_from(
        [
            "missing-value",
            "formula-error",
            "not-a-number",
            "not-a-whole-number",
            "out-of-range",
            "not-a-date",
            "ambiguous-date",
            "not-a-choice",
            "not-yes-or-no",
            "not-a-duration",
            "damaged-code",
        ]
    ),
)
def test_every_message_is_one_short_sentence_that_names_the_field(value: str, code: str) -> None:
    message = of_cell(code, REVIEWS.field("rated_at"), value)
    assert message.endswith("。") and message.count("。") == 1 and "评价时间" in message and len(message) <= 90
    assert not re.search("[!！?]", message)
