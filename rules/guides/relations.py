"""What ties the records of a guides workbook together: items and their materials and steps, codes across units."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.guides import GuideTables
from rules.guides.rows import Rows, Test


def has_rows(items: Rows, children: Rows) -> Test:
    """Return the test: items that own at least one row of the other part."""

    def mask(tables: GuideTables) -> np.ndarray:
        owners = children.table(tables)["item_code"].dropna().unique()
        return items.table(tables)["item_code"].isin(owners).to_numpy(dtype=bool)

    return Test(mask)


def sum_of_rows(items: Rows, children: Rows, name: str) -> Test:
    """Return the test: for each item the sum of a number over its rows of the other part, NaN where none of them is
    filled.
    """

    def sums(tables: GuideTables) -> np.ndarray:
        rows = children.table(tables)
        codes = items.table(tables)["item_code"]
        if rows.empty:
            return np.full(len(codes), np.nan)
        total = rows[name].astype("float64").groupby(rows["item_code"]).sum(min_count=1)
        return codes.map(total).to_numpy(dtype="float64")

    return Test(lambda tables: tables.once((children.part.code, name, "sum"), lambda: sums(tables)))


def shared_code(items: Rows) -> Test:
    """Return the test: items whose code another item holds, in these tables or in another unit; a blank code is shared
    with nobody.
    """

    def mask(tables: GuideTables) -> np.ndarray:
        codes = items.table(tables)["item_code"]
        shared = codes.duplicated(keep=False) | codes.isin(tables.shared_codes)
        return (shared & codes.notna()).to_numpy(dtype=bool)

    return Test(mask)


def units_of(tables: GuideTables, part: str) -> pd.Categorical:
    """Return the responsible unit of each record; a material or step has its item's, the first where a code comes
    twice.
    """
    return tables.once(("units", part), lambda: _units_of(tables, part))


def _units_of(tables: GuideTables, part: str) -> pd.Categorical:
    items, frame = tables.frame("事项"), tables.frame(part)
    if "unit" in frame.columns:
        return pd.Categorical(frame["unit"])
    if "unit" not in items.columns or "item_code" not in frame.columns:
        return pd.Categorical([None] * len(frame))
    units = items.drop_duplicates("item_code").dropna(subset="item_code").set_index("item_code")["unit"]
    return pd.Categorical(frame["item_code"].map(units), categories=pd.Categorical(items["unit"]).categories)
