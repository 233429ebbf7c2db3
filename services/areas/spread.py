"""How the records in force of a dataset spread, of any dataset: what an area page shows that nobody drew by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from catalogue.datasets import DATASETS
from data_access.database import Session, reading
from models.definitions import Dataset, Field, Frequency, Kind
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.spread import CHOSEN, COUNTED, Spread, counted, spread_of
from services.access.permission import EVERYONE, is_own, requires_role
from services.areas.breakdowns import breakdown_frame
from services.figures.district_state import district_state, plan_asked_about
from services.figures.records_in_force import RecordsInForce

DATED = (Kind.DATE, Kind.DATETIME)


@requires_role(*EVERYONE, own="unit")
def dataset_spread(dataset: str, as_of: date, unit: str | None = None) -> Spread | None:
    """Return how the rows of its main sheet spread as of the end of a day, of one unit or of all that the visitor sees;
    None where nobody reported. A row is of the month of its own day where the dataset has one, else of its report's.

    Of what a plan declares it is kept as reports come in; of what the program ships, rows are read.
    """
    declared = DATASETS[dataset]
    fields = [field for field in declared.main.fields if field.kind in (*CHOSEN, *COUNTED)]
    with reading() as session:
        kept_counts = _kept(session, declared, fields, as_of) if declared.is_declared else None
        counts, of_fields = kept_counts or _read(session, declared, fields, as_of, unit)
    if counts is None:
        return None
    if kept_counts is not None and unit is not None:
        counts, of_fields = (
            counts[counts["unit"] == unit],
            {name: frame[frame["unit"] == unit] for name, frame in of_fields.items()},
        )
    return spread_of(counts, of_fields, fields)


Counts = tuple[pd.DataFrame | None, dict[str, pd.DataFrame]]


def _kept(session: Session, dataset: Dataset, fields: Sequence[Field], as_of: date) -> Counts | None:
    """None where it was reported before fields of this kind were kept."""
    first = plan_asked_about(session, end_of_day(as_of)).year_start
    counts = breakdown_frame(session, f"{dataset.code}.months", as_of, first)
    of_fields = {field.name: breakdown_frame(session, f"{dataset.code}.{field.name}", as_of, first) for field in fields}
    rows = counts["number"].sum()
    return (counts, of_fields) if rows and all(frame["number"].sum() == rows for frame in of_fields.values()) else None


def _read(session: Session, dataset: Dataset, fields: Sequence[Field], as_of: date, unit: str | None) -> Counts:
    main = dataset.main
    day = next((field.name for field in main.fields if field.name == dataset.time_field and field.kind in DATED), "")
    wanted = {main.code: [field.name for field in fields] + ([day] if day else [])}
    horizon = "" if dataset.frequency is Frequency.SNAPSHOT else last_whole_month(as_of)
    end = end_of_day(as_of)
    records = RecordsInForce(session, [dataset.code], None, end, district_state(session, end), wanted)
    rows = records.frames(None, horizon)[main.code]
    if rows is None:
        return None, {}
    rows = rows[[is_own(name) and unit in (None, name) for name in rows["unit"]]]
    if day:
        rows = rows.assign(month=pd.to_datetime(rows[day]).dt.strftime("%Y-%m").fillna(rows["month"]))
    counts = rows.groupby(["unit", "month"]).size().reset_index(name="number")
    return counts, {field.name: counted(rows, field) for field in fields}
