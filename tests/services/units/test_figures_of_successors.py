"""What a unit had reported counts for its successor: the figures add up, and the proof shows the rows of both."""

from datetime import date

import pytest

from models.lamps import MeasureLamp
from models.units import UnitChangeKind
from rules.as_of import parse_instant
from services.board.scorecard import assess
from services.proof.prove import prove
from services.units.changes import UnitChangeForm, enter_unit_change

DAY, AS_OF = date(2023, 8, 21), date(2023, 8, 22)
OLD, NEW = "云台街道", "柳林街道"


def counted(unit: str) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    return {
        (lamp.measure, result.code): (result.numerator, result.denominator)
        for lamp in assess(AS_OF, unit=unit).lamps
        for result in lamp.indicators
    }


def total(first: float | None, second: float | None) -> float | None:
    known = [number for number in (first, second) if number is not None]
    return sum(known) if known else None


@pytest.mark.long
def test_the_figures_of_both_add_up_and_every_counted_row_is_shown(sample_database: str) -> None:
    old, new = counted(OLD), counted(NEW)
    district = {lamp.measure: lamp for lamp in assess(AS_OF, unit="区财政局").lamps}
    form = UnitChangeForm(UnitChangeKind.MERGE, (OLD,), (NEW,), DAY, "区划调整")
    enter_unit_change(form, at=parse_instant("2023-08-21T09:00"))
    merged = counted(NEW)
    assert merged == {key: (total(old[key][0], new[key][0]), total(old[key][1], new[key][1])) for key in new}
    assert any(old[key][0] and new[key][0] for key in new), "nothing was added up"
    assert {lamp.measure: lamp for lamp in assess(AS_OF, unit="区财政局").lamps} == district
    shares = [lamp for lamp in assess(AS_OF, unit=NEW).lamps if lamp.indicators and lamp.indicators[0].denominator]
    for lamp in shares[:2]:
        rows_of_both(lamp)


def rows_of_both(lamp: MeasureLamp) -> None:
    proof = prove(lamp.measure, NEW, AS_OF)
    for indicator in proof.indicators:
        rows = [part.rows for part in indicator.parts if "numerator" in part.rows]
        shown = sum(float(frame.loc[frame["counted"], "denominator"].sum()) for frame in rows)
        assert shown == indicator.result.denominator
        assert {unit for frame in rows for unit in frame["unit"]} == {OLD, NEW}
