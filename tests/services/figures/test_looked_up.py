"""A figure is the same whether it is looked up month by month or found among all that were kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalogue.indicators import INDICATORS, UNJUDGED
from data_access.database import reading
from data_access.figures import figures_at
from data_access.rehearsal import rehearsing_plan
from rules.as_of import end_of_day
from services.board.scorecard import duty_at
from services.figures.district_state import district_state

DAYS = (date(2023, 3, 31), date(2023, 6, 30), date(2023, 8, 22), date(2023, 12, 31))
CODES = [*INDICATORS.shipped, *UNJUDGED]


@pytest.mark.parametrize("day", DAYS)
def test_a_view_before_the_table_changes_no_figure(sample_database: Path, day: date) -> None:
    with reading() as session:
        looked_up = figures_at(session, day, "2023-01", CODES)
        of_some = figures_at(session, day, "2023-01", CODES, units=[3, 5])
    with rehearsing_plan() as session:
        assert figures_at(session, day, "2023-01", CODES) == looked_up
        assert figures_at(session, day, "2023-01", CODES, units=[3, 5]) == of_some
    assert day < DAYS[2] or any(None in of_units for of_units in looked_up.values())
    assert {unit for of_units in of_some.values() for unit in of_units} <= {None, 3, 5}


@pytest.mark.parametrize("day", DAYS)
def test_who_has_sent_every_month_lacks_none(sample_database: Path, day: date) -> None:
    with reading() as session:
        duty = duty_at(session, day, district_state(session, end_of_day(day)))
    lacking = {key for key in duty.owed_from if duty.missing(*key)}
    assert lacking == {key for key in duty.owed_from if key not in duty.exempt and [*duty._look(*key)]}
