"""The rows behind a figure of the whole district: few at once, many unit by unit; and no wider than the figure reads
them.
"""

from collections.abc import Callable
from datetime import date

import pytest

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from data_access.database import reading
from data_access.records import columns_of
from models.people import Role
from rules.as_of import end_of_day
from services.board.scorecard import assess
from services.board.unjudged_figures import unjudged_figures
from services.figures.district_state import district_state
from services.proof import prove as proof
from services.proof.proof_rows import IndicatorProof, ProofRows
from services.proof.prove import prove, prove_indicator
from services.proof.rows_shown import MOST, rows_shown

DAY = date(2023, 8, 22)
pytestmark = pytest.mark.usefixtures("sample_database")


def lead_of(measure: str) -> str:
    return next(row.unit for row in assess(DAY).lamps if row.measure == measure and row.unit)


def of_tickets(unit: str) -> list[IndicatorProof]:
    return [
        indicator
        for indicator in prove("6.2.1", unit, DAY).indicators
        if indicator.indicator.parts == ("hotline_tickets",)
    ]


def added(indicator_proof: IndicatorProof) -> tuple[float, float]:
    rows = [part.rows for part in indicator_proof.parts]
    return sum(frame["numerator"].sum() for frame in rows), sum(frame["denominator"].sum() for frame in rows)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the district's tickets were more than are read at once."""
    monkeypatch.setattr(proof, "ROWS_AT_ONCE", 10)


@pytest.mark.long
def test_a_whole_district_s_many_rows_are_led_to_unit_by_unit_and_each_unit_s_rows_come_to_what_was_listed(
    many: None,
) -> None:
    for indicator_proof in of_tickets(lead_of("6.2.1")):
        assert not indicator_proof.parts and len(indicator_proof.units) > 3
        assert indicator_proof.result.numerator == sum(unit.result.numerator or 0 for unit in indicator_proof.units)
        assert indicator_proof.result.denominator == sum(unit.result.denominator or 0 for unit in indicator_proof.units)
        for unit in indicator_proof.units[:4]:
            assert added(prove_indicator(indicator_proof.indicator.code, unit.unit, DAY).indicator) == (
                unit.result.numerator,
                unit.result.denominator,
            )


def test_the_unit_that_misses_most_stands_first(many: None) -> None:
    missed = [
        (unit.result.denominator or 0) - (unit.result.numerator or 0) for unit in of_tickets(lead_of("6.2.1"))[0].units
    ]
    assert missed == sorted(missed, reverse=True) and missed[0] > 0


def test_of_a_figure_without_a_target_the_unit_that_adds_most_stands_first() -> None:
    added_by = [unit.result.numerator for unit in prove_indicator("ticket_redo_rate", None, DAY).indicator.units]
    assert added_by == sorted(added_by, reverse=True)


def test_few_rows_are_there_at_once() -> None:
    for indicator_proof in of_tickets(lead_of("6.2.1")):
        assert not indicator_proof.units and added(indicator_proof) == (
            indicator_proof.result.numerator,
            indicator_proof.result.denominator,
        )


def test_a_lead_unit_s_person_gets_the_own_rows_alone_however_many_there_are(
    many: None, become: Callable[..., None]
) -> None:
    busy = of_tickets(lead_of("6.2.1"))[0].units[0].unit
    become(Role.UNIT, busy)
    rows = [part.rows for indicator_proof in of_tickets(busy) for part in indicator_proof.parts]
    assert rows and all(set(frame["unit"]) == {busy} for frame in rows)


@pytest.mark.parametrize(("code", "measure"), [("ticket_redo_rate", "6.2.1"), ("utility_cases_water", "8.6.1")])
def test_a_figure_of_the_whole_district_that_no_lamp_judges_is_the_one_shown_beside_the_measure(
    code: str, measure: str
) -> None:
    indicator = prove_indicator(code, None, DAY).indicator
    shown = next(figure for figure in unjudged_figures(DAY)[measure] if figure.code == code)
    assert (indicator.result.numerator, indicator.result.denominator) == (shown.numerator, shown.denominator)
    assert indicator.units and not indicator.parts
    unit = indicator.units[0]
    assert added(prove_indicator(code, unit.unit, DAY).indicator) == (
        unit.result.numerator,
        unit.result.denominator or 0,
    )


def test_what_is_counted_once_in_the_district_is_shown_in_rows() -> None:
    indicator = prove_indicator("regional_assessment_use", None, DAY).indicator
    assert not indicator.units and added(indicator) == (indicator.result.numerator, indicator.result.denominator)


def test_rows_are_counted_by_what_the_figures_read_and_shown_with_everything() -> None:
    part = DATASETS["hotline_tickets"].main
    indicators = [INDICATORS["ticket_on_time_rate"], INDICATORS["ticket_solved_rate"]]
    with reading() as session:
        state = district_state(session, end_of_day(DAY))
        frame = ProofRows(session, DAY, state, None, {}, indicators).frames(indicators[0])["hotline_tickets"]
    assert frame is not None
    assert set(frame) & {field.name for field in part.fields} == {
        "unit",
        "ticket_code",
        "due_on",
        "closed_at",
        "called_back",
        "solved",
    }
    shown = rows_shown(of_tickets(lead_of("6.2.1"))[0].parts[0], None, 0, 5).rows
    assert {field.label for field in part.fields if field.name in columns_of(part)} <= set(shown)


def test_rows_are_shown_a_page_at_a_time_in_the_order_of_the_file() -> None:
    part = of_tickets(lead_of("6.2.1"))[0].parts[0]
    first, second = rows_shown(part, None, 0, 30).rows, rows_shown(part, None, 30, 30).rows
    assert len(first) == len(second) == 30 and list(first["row"]) + list(second["row"]) == sorted(
        [*first["row"], *second["row"]]
    )
    assert len(rows_shown(part, None, 0, 10_000).rows) == MOST
    assert rows_shown(part, None, len(part.rows), 30).rows.empty


@pytest.mark.long
def test_another_unit_s_rows_are_not_shown_to_a_unit_s_person_whatever_the_proof_holds(
    become: Callable[..., None],
) -> None:
    part = of_tickets(lead_of("6.2.1"))[0].parts[0]
    units = rows_shown(part, None, 0, MOST).rows["unit"]
    become(Role.UNIT, units.iloc[0])
    assert set(rows_shown(part, None, 0, MOST).rows["unit"]) == {units.iloc[0]} < set(units)
