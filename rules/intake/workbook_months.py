"""From the months that the tables of a workbook say of themselves to which of them are of the month to be reported."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def several_months(stated: Sequence[str | None]) -> tuple[str, ...]:
    """Return the months in order where the tables are of more than one, else none. A table that names no month is of
    whichever is reported.
    """
    months = sorted({month for month in stated if month is not None})
    return tuple(months) if len(months) > 1 else ()


def tables_of_month(stated: Sequence[str | None], month: str | None) -> list[bool]:
    """Return for each table whether it belongs to the month: it says so, or says nothing. All where they are of one
    month, or where none was chosen.
    """
    if month is None or not several_months(stated):
        return [True] * len(stated)
    return [of_table in (None, month) for of_table in stated]


def later_rows(times: pd.Series, month: str) -> np.ndarray:
    """Return a mask of the rows whose day comes after the month: nobody can have reported them for it."""
    months = times.to_numpy().astype("datetime64[M]")
    return ~np.isnat(months) & (months > np.datetime64(month, "M"))


def earlier_months(times: pd.Series, month: str) -> tuple[str, ...]:
    """Return the months of the rows where every one is of an earlier month than the one reported; else none.

    Rows without a day tell nothing. Open cases of earlier months may stay in a ledger, but not they alone: that is an
    earlier month's file under this month's name.
    """
    months = np.unique(times.dropna().to_numpy().astype("datetime64[M]")).astype(str).tolist()
    return tuple(months) if months and months[-1] < month else ()
