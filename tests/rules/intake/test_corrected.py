"""Corrected cells are as if they had been typed so; a merged cell is one cell, and headings are out of reach."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from catalogue.datasets import DATASETS
from models.cells import CellKind, SheetCells, WorkbookCells, column_number
from models.corrections import CellCorrection
from rules.intake import IntakeContext, UnitNames, understand
from rules.intake.corrected import Cells, corrected

HEADINGS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]
ROWS = [
    ["B1", "社保登记", "区人社居", "移动端", "还行", "2023-06-12"],
    ["B2", "社保登记", "", "移动端", "满意", "2023-06-12"],
    ["B3", "社保登记", "", "移动端", "满意", "2023-06-12"],
]
UNIT_OF_ALL = (3, 4, 5, 4)  # rows 3 to 5 of column D are one cell


def sheet(
    first_row: int = 2, first_column: int = 2, merged: tuple[tuple[int, int, int, int], ...] = (UNIT_OF_ALL,)
) -> SheetCells:
    text = pd.DataFrame([HEADINGS, *ROWS], dtype="str")
    kind = np.where(text == "", CellKind.BLANK, CellKind.TEXT).astype(np.uint8)
    return SheetCells("六月", text, kind, first_row, first_column, merged=merged)


def cells_of(cells: SheetCells) -> Cells:
    return Cells(cells, understood(cells).sheets[0])


def understood(cells: SheetCells):  # noqa: ANN201 an Understanding
    return understand(
        WorkbookCells("xlsx", (cells,)), [DATASETS["reviews"]], IntakeContext(UnitNames(("区人社局",)), month="2023-06")
    )


def correct(cells: SheetCells, *corrections: CellCorrection) -> SheetCells:
    return corrected(WorkbookCells("xlsx", (cells,)), corrections).sheets[0]


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52)])
def test_letters_are_counted_as_in_excel(letters: str, number: int) -> None:
    assert column_number(letters) == number


def test_only_the_corrected_cell_changes_and_the_cells_as_read_stay() -> None:
    before = sheet()
    after = correct(before, CellCorrection("六月", 3, "F", "满意"), CellCorrection("六月", 4, "F", ""))
    assert after.text.iloc[1:, 4].tolist() == ["满意", "", "满意"] and after.kind[2, 4] == CellKind.BLANK
    assert before.text.iloc[1:, 4].tolist() == ["还行", "满意", "满意"] and before.kind[2, 4] == CellKind.TEXT
    assert (after.text.drop(columns=4) == before.text.drop(columns=4)).all(axis=None)


def test_a_column_kept_as_a_dictionary_takes_a_new_word() -> None:
    cells = sheet()
    packed = cells.text.astype(pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string())))
    after = correct(replace(cells, text=packed), CellCorrection("六月", 3, "F", "满意"))
    assert after.text.iloc[1:, 4].tolist() == ["满意"] * 3 and packed.iat[1, 4] == "还行"


def test_a_correction_of_a_merged_cell_stands_at_its_first_and_changes_every_record_it_covers() -> None:
    as_read = sheet()
    cells = cells_of(as_read)
    assert cells.anchor(5, "D") == ("六月", 3, "D") and cells.anchor(5, "F") == ("六月", 5, "F")
    correction = CellCorrection("六月", 3, "D", "区人社局")
    assert [(cell.row, cell.typed, cell.value) for cell in cells.changed(correction)] == [
        (row, "区人社居", "区人社局") for row in (3, 4, 5)
    ]
    records = understood(correct(as_read, correction, CellCorrection("六月", 3, "F", "满意"))).frames["reviews"]
    assert records["unit"].tolist() == ["区人社局"] * 3


def test_neither_headings_nor_columns_that_nobody_understood_nor_rows_beyond_the_table_can_be_corrected() -> None:
    cells = cells_of(sheet())
    assert [cells.anchor(*place) for place in ((2, "F"), (3, "H"), (3, "A"), (6, "F"), (1, "F"))] == [None] * 5


def test_a_heading_merged_down_into_the_rows_is_not_reached_through_them() -> None:
    cells = cells_of(sheet(merged=((2, 6, 4, 6),)))
    assert cells.anchor(3, "F") == ("六月", 3, "F")


def test_what_the_file_says_already_is_no_correction_but_a_number_typed_as_text_is() -> None:
    cells = sheet()
    assert cells_of(cells).says(CellCorrection("六月", 3, "F", "还行"))
    cells.kind[1, 0] = CellKind.NUMBER
    assert not cells_of(cells).says(CellCorrection("六月", 3, "B", "B1"))
