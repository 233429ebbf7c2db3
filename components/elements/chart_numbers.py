"""The numbers of a chart as a workbook: what its tool-tips tell of each mark, under the same Chinese headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import altair as alt

from data_access.table_workbook import SheetTable, Value, table_workbook

LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")

SHARES = (".1%", ".0%", ".4~p")
"""Formats of tool-tips that show a share as per cent."""

Specification = Mapping[str, Any]


def numbers_of(chart: alt.TopLevelMixin, title: str, finding: str, day: date) -> bytes:
    """Return an .xlsx with a row a mark: title, day and finding in its first line, shares as per cent."""
    specification = chart.to_dict()
    data, tooltip = next(_described(specification))
    rows = specification["datasets"][data]
    return table_workbook(
        [
            SheetTable(
                title.translate(NOT_IN_A_SHEET_NAME)[:LONGEST_SHEET_NAME],
                [channel["title"] for channel in tooltip],
                [[_value(row[channel["field"]], channel) for channel in tooltip] for row in rows],
                shares=tuple(index for index, channel in enumerate(tooltip) if channel.get("format") in SHARES),
                note=f"{title}，截至 {day}，{finding}",
            )
        ]
    )


def _described(part: Specification, data: str = "") -> Iterator[tuple[str, list[Specification]]]:
    """Yield the parts of a chart that have tool-tips, with the name of the rows, which stands at the part or above."""
    data = part.get("data", {}).get("name", data)
    if tooltip := part.get("encoding", {}).get("tooltip"):
        yield data, tooltip if isinstance(tooltip, list) else [tooltip]
    for layer in part.get("layer", ()):
        yield from _described(layer, data)


def _value(value: Any, channel: Specification) -> Value:
    if channel["type"] == "temporal" and isinstance(value, str):
        return datetime.fromisoformat(value).date()
    return value if isinstance(value, (int, float)) or value is None else str(value)
