"""From records that say in a column of their own which plan a measure is of to the same with the measure's address."""

from __future__ import annotations

import pandas as pd

from models.definitions import Part
from rules.measure_addresses import address_in


def with_plans_named(records: pd.DataFrame, part: Part) -> pd.DataFrame:
    """Return the records with 2024/1.1.1 where 方案 says 2024 and the number 1.1.1; a number that is an address already
    and says the same stays.
    """
    plan = next((field.name for field in part.fields if field.names_plan), None)
    if plan is None or records[plan].isna().all():
        return records
    measure = next(field.name for field in part.fields if field.names_measure)
    named = [
        number
        if pd.isna(code) or pd.isna(number) or number.startswith(address_in(code, ""))
        else address_in(code, number)
        for code, number in zip(records[plan], records[measure], strict=True)
    ]
    return records.assign(**{measure: pd.Series(named, records.index, dtype=object)})
