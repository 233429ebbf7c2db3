"""Workbooks as units really send them, and what the command line answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from models.definitions import Dataset, Field, Kind, Part

Rows = Sequence[Sequence[object]]

REVIEWS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]
CASES = ["实施编码", "责任单位", "办件量", "网上办件量", "办结量"]


def review(code: object, *, unit: object = "区人社局", at: object = "2023-06-03 10:20") -> list[object]:
    return [code, "社保卡申领", unit, "二维码", "满意", at]


def cases(code: str, unit: str | None = "区人社局") -> list[object]:
    return [code, unit, 5, 4, 3]


@dataclass(frozen=True)
class Answer:
    """`json` is None where nothing stood on standard output."""

    status: int
    json: Any
    stderr: str

    def problems(self, *keys: str) -> list[Any]:
        """Each problem's named values, one alone bare."""
        problems = [tuple(problem[key] for key in keys) for problem in self.json["errors"]]
        return [values[0] for values in problems] if len(keys) == 1 else problems

    def values(self, label: str, part: str | None = None) -> list[Any]:
        records = self.json["records"][part or next(iter(self.json["records"]))]
        return [record[label] for record in records]

    def column_results(self, label: str, part: str | None = None) -> list[Any]:
        """Row by row the value read, or the code of the mistake at that cell."""
        sheet = part or next(iter(self.json["records"]))
        wrong = {
            problem["row"]: problem["code"]
            for problem in self.json["errors"]
            if problem["field"] == label and problem["row"]
        }
        return [wrong.get(record["_row"], record[label]) for record in self.json["records"][sheet]]


def write(path: Path, sheets: Rows | Mapping[str, Rows], change: Callable[[Workbook], object] = lambda _: None) -> Path:
    """Rows from A1 on, one sheet or several by name; then `change` what cells cannot say."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}).items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)
    change(book)
    book.save(path)
    return path


def merged(*ranges: str) -> Callable[[Workbook], object]:
    return lambda book: [book.active.merge_cells(cells) for cells in ranges]


def clean(
    dataset: Dataset,
    *,
    labels: Callable[[Field], str] = lambda field: field.label,
    rows: Callable[[Part], Rows] | None = None,
) -> dict[str, Rows]:
    """Every part of a dataset with every column, one right row each unless `rows` says otherwise."""
    return {
        part.code: [
            [labels(field) for field in part.fields],
            *(rows(part) if rows else [[right(field) for field in part.fields]]),
        ]
        for part in dataset.parts
    }


_RIGHT = {
    Kind.CODE: "A1",
    Kind.UNIT: "区人社局",
    Kind.INT: 1,
    Kind.DATE: "2023-06-03",
    Kind.DATETIME: "2023-06-03 10:20:00",
    Kind.MONTH: "2023-06",
    Kind.YES_NO: "是",
    Kind.YES_NO_OR_FILE: "样表.docx",
    Kind.DURATION: "5个工作日",
    Kind.TEXT: "文字",
}


def right(field: Field) -> object:
    """A value that the field takes."""
    if field.name == "measure":
        return "1.2.2"
    if field.length:
        return "620100000001"
    return next(iter(field.choices)) if field.kind is Kind.CHOICE else _RIGHT[field.kind]
