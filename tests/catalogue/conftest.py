"""Records as a submission leaves them: from a part and its rows to a frame with every declared field."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import pytest

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, UNJUDGED
from models.definitions import Kind
from models.figures import Figure
from rules.indicators import fold

DTYPES = {
    Kind.INT: "Int64",
    Kind.DURATION: "Float64",
    Kind.YES_NO: "boolean",
    Kind.DATE: "datetime64[us]",
    Kind.DATETIME: "datetime64[us]",
}
PARTS = {part.code: part for dataset in DATASETS.values() for part in dataset.parts}
FILLED_IN_BY_SERVICES = {"事项": {"_code_shared": "boolean"}, "approvals": {"_due_on": "datetime64[us]"}}
Rows = Iterable[Mapping[str, Any]]


def records(part: str, rows: Rows) -> pd.DataFrame:
    columns = {field.name: DTYPES.get(field.kind, "object") for field in PARTS[part].fields}
    columns |= FILLED_IN_BY_SERVICES.get(part, {})
    given = list(rows)
    assert not {name for row in given for name in row} - set(columns), "a row names a field that is not declared"
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in given], dtype=dtype) for name, dtype in columns.items()}
    )


@pytest.fixture(scope="session")
def records_of() -> Callable[[str, Rows], pd.DataFrame]:
    return records


@pytest.fixture(scope="session")
def figure_of() -> Callable[..., Figure]:
    """`figure_of(code, part=rows, …)`: the folded figure; rows None stand for a part never reported."""

    def figure(code: str, **parts: Rows | None) -> Figure:
        frames = {part: None if rows is None else records(part, rows) for part, rows in parts.items()}
        return fold(INDICATORS.get(code) or UNJUDGED[code], frames)

    return figure


@pytest.fixture(scope="session")
def shares(figure_of) -> Callable[..., tuple[float | None, float | None]]:
    """The same, as (numerator, denominator)."""

    def pair(code: str, **parts: Rows | None) -> tuple[float | None, float | None]:
        figure = figure_of(code, **parts)
        return figure.numerator, figure.denominator

    return pair
