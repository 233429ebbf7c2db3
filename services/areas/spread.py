"""How the records in force of a dataset spread, of any dataset: what an area page shows that nobody drew by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from catalogue.datasets import DATASETS
from data_access.database import reading
from models.definitions import Frequency, Kind
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.spread import CHOSEN, COUNTED, Spread, spread_of
from services.access.permission import EVERYONE, is_own, requires_role
from services.figures.district_state import district_state
from services.figures.records_in_force import RecordsInForce

DATED = (Kind.DATE, Kind.DATETIME)


@requires_role(*EVERYONE, own="unit")
def dataset_spread(dataset: str, as_of: date, unit: str | None = None) -> Spread | None:
    """Return how the rows of its main sheet spread as of the end of a day, of one unit or of all that the visitor sees;
    None where nobody reported. A row is of the month of its own day where the dataset has one, else of its report's.
    """
    declared = DATASETS[dataset]
    fields = [field for field in declared.main.fields if field.kind in (*CHOSEN, *COUNTED)]
    day = next(
        (field.name for field in declared.main.fields if _is_day(field.name, field.kind, declared.time_field)), ""
    )
    wanted = {declared.main.code: [field.name for field in fields] + ([day] if day else [])}
    horizon = "" if declared.frequency is Frequency.SNAPSHOT else last_whole_month(as_of)
    end = end_of_day(as_of)
    with reading() as session:
        records = RecordsInForce(session, [dataset], None, end, district_state(session, end), wanted)
        rows = records.frames(None, horizon)[declared.main.code]
    if rows is None:
        return None
    rows = rows[[is_own(name) and unit in (None, name) for name in rows["unit"]]]
    if day:
        rows = rows.assign(month=pd.to_datetime(rows[day]).dt.strftime("%Y-%m").fillna(rows["month"]))
    return spread_of(rows, fields)


def _is_day(name: str, kind: Kind, time_field: str | None) -> bool:
    return name == time_field and kind in DATED
