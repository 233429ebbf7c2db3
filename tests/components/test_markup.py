"""Whatever a workbook holds comes out as text, never as markup."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.page_header import head
from components.elements.table import Column, Table, table_markup
from components.proof.evidence import rows_table
from components.upload.problem_table import (
    columns_to_show,
    corrected_from,
    heading,
    kinds_of_problems,
    message_of,
    typed_cell,
    typed_in,
    wrong_cell,
    wrong_rows,
)
from components.upload.reading_summary import columns_table, what_was_understood
from models.cells import CellKind, SheetCells
from models.corrections import CorrectedCell, KeptCorrection
from models.validation import MappedColumn, Problem, SheetReading, UnmappedColumn, ValidationReport
from services.proof.proof_rows import PartProof
from services.proof.rows_shown import RowsShown
from tests.conftest import BUREAU

NASTY = "<img src=x onerror=alert(1)>&\"'"

HERE = PageContext("lamp", date(2023, 8, 22), BUREAU, {})


def reading() -> SheetReading:
    columns = (MappedColumn("A", NASTY, "办件编号", "case_code", "alias"),)
    return SheetReading(
        NASTY, "reviews", (1,), columns, (UnmappedColumn("B", NASTY, NASTY),), (), (), (), pd.DataFrame()
    )


def problem(row: int | None = 2) -> Problem:
    return Problem(NASTY, row, "A" if row else None, NASTY, "not-a-choice", "error", NASTY, NASTY)


def in_place() -> Markup:
    cells = SheetCells(NASTY, pd.DataFrame([["h", "h"], [NASTY, NASTY]], dtype="str"), np.full((2, 2), CellKind.TEXT))
    mended = CorrectedCell(NASTY, 2, "A", "reviews", "case_code", NASTY, NASTY, NASTY, (NASTY, 2, "A"))
    wrong = wrong_rows(cells, reading(), [problem()], [mended])
    typed = typed_in(wrong, 2)["A"]
    return (
        heading(wrong, "A")
        + typed_cell(NASTY, typed)
        + wrong_cell(NASTY, typed, problem())
        + message_of(problem())
        + corrected_from(mended, still_wrong=True)
    )


def row_drawn(row, *, read=(), mended=None, letters=None):
    """The table of a proof with this one row."""
    shown = RowsShown(pd.DataFrame([row]), mended or {}, letters or {})
    return str(rows_table(shown, PartProof(NASTY, NASTY, pd.DataFrame(), read=read), HERE))


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: table_markup(
            Table("", NASTY, [Column(NASTY, NASTY, str, hint=NASTY)], is_exported=False), [NASTY, NASTY], HERE
        ),
        lambda: head(NASTY, NASTY, NASTY),
        lambda: empty_state(NASTY, NASTY),
        in_place,
        lambda: kinds_of_problems([problem(None), problem()], HERE, several=True),
        lambda: columns_table(reading(), HERE),
        lambda: what_was_understood(ValidationReport(NASTY, "", unit=NASTY, month=NASTY)),
        lambda: row_drawn(
            {
                "submission": 1,
                "file": NASTY,
                "sheet": NASTY,
                "row": 3,
                "cell": NASTY,
                "unit": NASTY,
                "numerator": 1.0,
                "denominator": 1.0,
                "counted": True,
                "due": None,
                NASTY: NASTY,
            },
            letters={(1, NASTY): {NASTY: NASTY}},
            read=(NASTY,),
        ),
    ],
)
def test_values_of_a_workbook_are_escaped(drawn):
    shown = str(drawn())
    assert "<img" not in shown and "&lt;img" in shown


def test_a_wrong_cell_stands_in_its_row_with_what_was_typed_and_the_message():
    cells = SheetCells(
        "表",
        pd.DataFrame([["", ""], ["编号", "满意度"], ["0012", "还行"]], dtype="str"),
        np.full((3, 2), CellKind.TEXT),
        first_row=3,
    )
    columns = (
        MappedColumn("A", "编号", "办件编号", "case_code", "alias"),
        MappedColumn("B", "满意度", "满意度", "satisfaction", "exact"),
    )
    sheet = SheetReading("表", "reviews", (4,), columns, (), (), (), (), pd.DataFrame())
    mistake = Problem("表", 5, "B", "满意度", "not-a-choice", "error", "还行", "请从下拉选项中选择。")
    mended = CorrectedCell("表", 6, "B", "reviews", "satisfaction", "满意度", None, "满意", ("表", 6, "B"))
    wrong = wrong_rows(cells, sheet, [mistake], [mended])
    assert (wrong.rows, columns_to_show(wrong, [5])) == ([5, 6], ["A", "B"])
    assert typed_in(wrong, 5) == {"A": "0012", "B": "还行"} and wrong.problem(5, "B") == mistake
    assert "■ 请从下拉选项中选择。" in wrong_cell("满意度", "还行", mistake)
    assert "（空白） → 满意" in corrected_from(mended, still_wrong=False)


def test_a_corrected_value_stands_with_the_file_s_own_and_one_without_a_column_beside_them():
    row = {
        "submission": 7,
        "file": "6月.xlsx",
        "sheet": "表",
        "row": 3,
        "cell": "A3",
        "unit": "区人社局",
        "numerator": 1.0,
        "denominator": 1.0,
        "counted": True,
        "due": None,
        "满意度": "满意",
    }
    at = datetime(2023, 7, 3, tzinfo=UTC)
    made = {
        label: KeptCorrection(7, "reviews", "表", 3, "G", label, typed, value, at, "张三")
        for label, typed, value in (("满意度", "还行", "满意"), ("责任单位", None, NASTY))
    }
    shown = row_drawn(row, mended={(7, "表", 3): made})
    assert (
        "满意（文件中：还行）" in shown
        and "责任单位：&lt;img" in shown
        and "（文件中：空白）" in shown
        and "<img" not in shown
    )
    assert "其他改正" not in row_drawn(row)


def test_what_the_figure_reads_stands_first_with_its_cell_however_many_fields_come_before_it():
    row = {
        "submission": 7,
        "file": "6月.xlsx",
        "sheet": "表",
        "row": 3,
        "cell": "A3",
        "unit": "区人社局",
        "numerator": 0.0,
        "denominator": 1.0,
        "counted": True,
        "due": None,
        **{f"字段{number}": number for number in range(12)},
        "是否解决": False,
    }
    shown = row_drawn(row, letters={(7, "表"): {"是否解决": "M", "字段0": "A"}}, read=("是否解决",))
    assert '否 <span class="of">M3</span>' in shown and shown.index("是否解决") < shown.index("字段0")
    assert 'title="0 A3"' in shown and "字段11" not in shown


def test_a_column_that_the_file_does_not_have_is_said_so():
    row = {
        "submission": 7,
        "file": "6月.xlsx",
        "sheet": "表",
        "row": 3,
        "cell": "A3",
        "unit": "区人社局",
        "numerator": 0.0,
        "denominator": 1.0,
        "counted": True,
        "due": None,
        "是否解决": None,
    }
    assert "无此列" in row_drawn(row, read=("是否解决",))


def test_a_row_stands_as_excel_shows_it():
    cells = SheetCells(
        "表",
        pd.DataFrame([["85", "2023-06-06T04:43:00", ""]], dtype="str"),
        np.array([[CellKind.PERCENT, CellKind.DATE, CellKind.BLANK]]),
    )
    assert typed_in(wrong_rows(cells, reading(), []), 1) == {"A": "85%", "B": "2023-06-06 04:43", "C": ""}
