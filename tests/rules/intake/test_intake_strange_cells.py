"""Whatever stands in a cell, the check answers: with a value that is sane, or with the mistake at the cell."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from models.cells import CellKind, SheetCells
from models.definitions import Field, Kind, Part
from models.validation import ValidationReport
from rules.intake import IntakeContext, understand
from rules.intake.messages import of_cell
from rules.intake.singly import ReadingTerms, reader_of
from services.intake.check_json import report_json
from tests.commands.files import right
from tests.examples import examples
from tests.rules.intake.workbooks_by_hand import UNITS, errors, read, sheet, workbook

ALL = DATASETS | BUREAU_DATASETS
COLUMNS = [
    (dataset.code, part.code, field.name) for dataset in ALL.values() for part in dataset.parts for field in part.fields
]
INT, DURATION, DAY, CODE = (
    Field("n", "数", Kind.INT),
    Field("n", "时限", Kind.DURATION),
    Field("n", "日期", Kind.DATE),
    Field("n", "编号", Kind.CODE),
)
LONG = [
    "1E9999999999",
    "1E-9999999999",
    "1E99999999999999999999999",
    "0E99999999",
    "1e308",
    "9" * 400,
    "-" + "9" * 400,
    "9" * 5000,
    "0." + "0" * 5000 + "1",
    "一" * 5000,
    "十百" * 3000,
    "一" * 5000 + "月三日",
    "二〇二三年" + "六" * 5000 + "月",
    "9" * 30 + "个工作日",
    "A" * 32767,
]
STRANGE = [
    "²",
    "10²",
    "௧௨",
    "①",
    "½",
    "Ⅳ",
    "〇",
    "𝟏𝟐",
    "0001-01-01",
    "0000-01-01",
    "99999-01-01",
    "9999-12-31",
    "109999.99999",
    "99999.999999999",
    "٢٠٢٣-٠٦-٠٣",
    "\x00",
    "A\x00B",
    "\x1f",
    "\ufffe",
    "\u202e12",
    "0x1F",
    "inf",
    "nan",
    "-Infinity",
    "NaN",
    "-0",
    "+",
    "1_000",
    "99:99",
    "2023-06-03 25:61",
    "2023-06-03T10:20:00+99:00",
    "月",
    "年月日",
    "13月",
    "0月0日",
    "=1+1",
    "#N/A",
    "合计",
    "{",
    "无",
    "\u2028",
    "\u3000",
    "'1",
    '="1"',
]
LIKE = st.from_regex(r"[-+0-9０-９一二十百.,eE%年月日号底时分:：/ （）()工作日个件T=\"']{1,24}", fullmatch=True)
TEXTS = st.one_of(st.sampled_from(LONG + STRANGE), LIKE, st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
KINDS = [kind for kind in CellKind if kind is not CellKind.BLANK]


def one_cell(part: Part, field: Field, text: str, kind: CellKind) -> list[list[object]]:
    """A right row and another with that text in one cell."""
    row = [right(other) for other in part.fields]
    return [
        [other.label for other in part.fields],
        row,
        [text if other is field else value for other, value in zip(part.fields, row, strict=True)],
    ]


@cache
def others(dataset: str, part: str) -> tuple[SheetCells, ...]:
    """The dataset's other sheets, one right row each."""
    parts = [other for other in ALL[dataset].parts if other.code != part]
    return tuple(
        sheet([[field.label for field in part.fields], [right(field) for field in part.fields]], part.code)
        for part in parts
    )


@pytest.mark.long
@examples(400)
@given(st.sampled_from(COLUMNS), TEXTS, st.sampled_from(KINDS))
def test_any_text_in_any_column_is_answered_in_strict_json(
    column: tuple[str, str, str], text: str, kind: CellKind
) -> None:
    dataset = ALL[column[0]]
    part = dataset.part(column[1])
    field = part.field(column[2])
    cells = sheet(one_cell(part, field, text, kind), part.code)
    cells.kind[2, part.fields.index(field)] = kind if text else CellKind.BLANK
    book = workbook(cells, *others(*column[:2]))
    understanding = understand(book, [dataset], IntakeContext(UNITS, file_name="表.xlsx"))
    report = ValidationReport(
        "表.xlsx",
        "",
        understanding.refusal,
        dataset.code,
        understanding.unit,
        understanding.month,
        understanding.sheets,
        understanding.ignored_sheets,
        understanding.problems,
        understanding.frames,
    )
    document = json.loads(json.dumps(report_json(report, records=True), allow_nan=False, ensure_ascii=False).encode())
    assert document["records"][part.code][0]["_row"] == 2


@pytest.mark.long
@examples(1000)
@given(st.sampled_from(COLUMNS), TEXTS, st.sampled_from(KINDS))
def test_any_cell_has_a_sane_value_or_a_mistake_with_its_sentence(
    column: tuple[str, str, str], text: str, kind: CellKind
) -> None:
    field = ALL[column[0]].part(column[1]).field(column[2])
    value, mistake = reader_of(field, ReadingTerms(UNITS, 2023))(text.strip(), kind)
    assert (value is None) == (mistake is not None)
    if mistake and mistake != "unknown-unit":
        assert of_cell(mistake, field, text, kind).endswith("。")
    if isinstance(value, int | float):
        assert abs(value) < 10**15
    if isinstance(value, datetime):
        assert 1900 <= value.year <= 2201
    if field.kind is Kind.MONTH and value:
        assert len(str(value)) == 7


@pytest.mark.parametrize(
    ("field", "text", "mistake"),
    [
        (INT, "1E9999999999", "out-of-range"),
        (INT, "1E99999999999999999999999", "out-of-range"),
        (INT, "9" * 5000, "out-of-range"),
        (INT, "10²", "not-a-number"),
        (INT, "௧௨", "not-a-number"),
        (INT, "①", "not-a-number"),
        (INT, "1E-9999999999", "not-a-whole-number"),
        (DURATION, "9" * 400, "out-of-range"),
        (DURATION, "10000个工作日", "out-of-range"),
        (DURATION, "一" * 5000, "not-a-duration"),
        (DURATION, "5²", "not-a-duration"),
        (DAY, "一" * 5000 + "月三日", "not-a-date"),
        (DAY, "٢٠٢٣-٠٦-٠٣", "not-a-date"),
    ],
)
def test_what_is_no_number_or_day_of_this_world_is_the_ordinary_mistake(field: Field, text: str, mistake: str) -> None:
    assert reader_of(field, ReadingTerms(UNITS, 2023))(text, CellKind.TEXT) == (None, mistake)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31T10:20:00"])
def test_a_cell_shown_as_a_date_has_the_same_bounds_as_a_typed_one(day: str) -> None:
    assert reader_of(DAY, ReadingTerms(UNITS, 2023))(day, CellKind.DATE) == (None, "not-a-date")


def test_the_longest_duration_that_is_taken_stands_in_the_message() -> None:
    assert reader_of(DURATION, ReadingTerms(UNITS, 2023))("9999个工作日", CellKind.TEXT) == (9999.0, None)
    assert "在 0 到 9999 之间" in of_cell("out-of-range", DURATION, "10000")


@pytest.mark.parametrize(
    ("typed", "code"), [("Ａ１－２", "A1-2"), ("A²", "A²"), ("Ⅳ-1", "Ⅳ-1"), ("①号", "①号"), ("\u200bA1\ufeff", "A1")]
)
def test_of_a_code_only_full_width_characters_and_invisible_marks_are_changed(typed: str, code: str) -> None:
    assert reader_of(CODE, ReadingTerms(UNITS, 2023))(typed, CellKind.TEXT) == (code, None)


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff \u200e"])
def test_marks_that_nobody_sees_are_no_value(nothing: str) -> None:
    row = ["A1", nothing, "区人社局", "二维码", "满意", "2023-06-03"]
    result = read(
        [["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"], row, [nothing, *row[:1], *row[2:]]],
        "reviews",
    )
    assert errors(result) == [("B2", "missing-value"), ("A3", "missing-value")]
