"""Two datasets made for the tests, with a field of every kind and names that look like words of the language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from models.definitions import Dataset, Field, Frequency, Indicator, Kind, Part
from models.figures import Figure
from rules.expressions.formula import Formula, read_formula
from rules.expressions.vocabulary import Vocabulary
from rules.indicators import fold_each
from rules.stacks import Stack

LEDGER = Part(
    "ledger",
    (
        Field("code", "项目代码", Kind.CODE, key=True),
        Field("unit", "责任单位", Kind.UNIT),
        Field("on_duty", "是否在岗", Kind.YES_NO),
        Field("income", "非税收入", Kind.INT, aliases=("非税",)),
        Field("amount", "金额", Kind.INT),
        Field("limit", "时限", Kind.DURATION),
        Field("begun", "开始时间", Kind.DATETIME),
        Field("done", "完成日期", Kind.DATE),
        Field("due", "期限", Kind.DATE),
        Field("state", "状态", Kind.CHOICE, choices={"已完成": ("完成",), "在办": (), "非常满意": ()}),
        Field("month", "所属月份", Kind.MONTH),
        Field("note", "备注"),
    ),
)
LIST = Part("list", (Field("code", "项目代码", Kind.CODE, key=True), Field("level", "等级", Kind.INT)))
DATASETS = (
    Dataset("ledger", "项目台账", Frequency.MONTHLY, (LEDGER,), ("a",)),
    Dataset("list", "项目名单", Frequency.SNAPSHOT, (LIST,), ("a",), unit_field=None),
)
VOCABULARY = Vocabulary(DATASETS)
DTYPES = {
    Kind.INT: "Int64",
    Kind.DURATION: "Float64",
    Kind.YES_NO: "boolean",
    Kind.DATE: "datetime64[us]",
    Kind.DATETIME: "datetime64[us]",
}
Row = Mapping[str, Any]


def frame(part: Part, rows: Sequence[Row]) -> pd.DataFrame:
    """The rows, told by label, as records in force are."""
    return pd.DataFrame(
        {
            field.name: pd.Series([row.get(field.label) for row in rows], dtype=DTYPES.get(field.kind, "object"))
            for field in part.fields
        }
    )


def formula(numerator: str, denominator: str | None = None, due: str | None = None) -> Formula:
    return read_formula(numerator, denominator, due, VOCABULARY)


def figures(counted: Formula, units: Sequence[Mapping[str, Sequence[Row]]], calendar: Any = None) -> list[Figure]:
    """The figure of each unit: its rows of the ledger and of the list."""
    made = Indicator(
        "made_for_the_test",
        "试",
        counted.numerator_in_words,
        counted.denominator_in_words,
        counted.parts,
        counted.contributions(calendar),
    )
    parts = {"ledger": LEDGER, "list": LIST}
    frames = [{code: frame(part, rows.get(code, ())) for code, part in parts.items()} for rows in units]
    return fold_each(made, Stack(frames))


def figure(rows: Sequence[Row], numerator: str, denominator: str | None = None, **more: Any) -> Figure:
    """Of one unit's ledger."""
    due, others = more.pop("due", None), more.pop("others", ())
    return figures(formula(numerator, denominator, due), [{"ledger": rows, "list": others}], **more)[0]


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)
