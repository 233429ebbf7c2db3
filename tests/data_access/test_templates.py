"""Templates are filled in by units and read back by the same declarations."""

from __future__ import annotations

import io

import openpyxl
import pytest

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from data_access.spreadsheets import read
from data_access.templates import template_workbook
from models.definitions import Dataset, Field, Frequency, Kind, Part

UNITS = [f"某某区第{number}行政审批服务管理局" for number in range(60)]
ALL = [*DATASETS.values(), *BUREAU_DATASETS.values()]


@pytest.mark.parametrize("dataset", ALL, ids=lambda dataset: dataset.code)
def test_the_headings_of_a_template_are_exactly_the_labels(dataset: Dataset) -> None:
    book = read(template_workbook(dataset, UNITS))
    names = [part.code for part in dataset.parts] if len(dataset.parts) > 1 else [dataset.title]
    assert [sheet.name for sheet in book.sheets] == [*names, "说明"]
    for sheet, part in zip(book.sheets, dataset.parts, strict=False):
        assert sheet.text.to_numpy().tolist() == [[field.label for field in part.fields]]


def test_choices_units_and_yes_no_have_drop_downs_and_codes_are_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(DATASETS["reviews"], UNITS)))
    sheet = book["好差评明细"]
    rules = {str(rule.sqref).split("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules["M"] == '"是,否"' and rules["G"].startswith('"非常满意,满意')
    assert (
        rules["E"] == "选项!$A$1:$A$60"
        and book["选项"].sheet_state == "hidden"
        and book["选项"]["A60"].value == UNITS[59]
    )
    assert (
        sheet.column_dimensions["A"].number_format == "@"
        and sheet.column_dimensions["I"].number_format == "yyyy-mm-dd hh:mm"
    )
    assert sheet["A1"].comment and "必填" in sheet["A1"].comment.text and sheet.freeze_panes == "A2"
    assert sheet["A1"].fill.fgColor.rgb != sheet["C1"].fill.fgColor.rgb


def test_labels_that_look_like_formulas_stay_text() -> None:
    odd = Dataset(
        "odd",
        "怪",
        Frequency.MONTHLY,
        (Part("odd", tuple(Field(f"f{n}", label, Kind.TEXT) for n, label in enumerate(["=1+1", "+1", "-1", "@x"]))),),
        (),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(template_workbook(odd)))["怪"]
    assert [(cell.value, cell.data_type) for cell in sheet[1]] == [("=1+1", "s"), ("+1", "s"), ("-1", "s"), ("@x", "s")]
