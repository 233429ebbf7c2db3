"""From the records of a ledger whose numbers begin at 1 each month to the same with numbers that mean one case."""

from __future__ import annotations

import pandas as pd


def numbered_within_months(
    records: pd.DataFrame, rows: pd.Series, key: str, time: str, month: str | None
) -> pd.DataFrame:
    """Return the records with the month before the numbers of those `rows`: 1 of July becomes 202307-1.

    The month is that of the case itself, so that one still open next month keeps its number; `month` where the record
    names none. A number that begins with it already stays.
    """
    prefix = records[time].dt.strftime("%Y%m").where(records[time].notna(), (month or "").replace("-", ""))
    numbers = records[key]
    counted = rows & numbers.notna() & (prefix != "")
    changed = [
        f"{before}-{number}" if is_counted and not number.startswith(before) else number
        for before, number, is_counted in zip(prefix, numbers, counted, strict=True)
    ]
    return records.assign(**{key: pd.Series(changed, records.index, dtype=object)})
