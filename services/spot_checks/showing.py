"""Spot checks for whoever asks: what each role may see of them, as of a day. Source: supervision.md 2.5 and 7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data_access.database import Session, reading
from data_access.spot_check_counts import elements_with_key
from models.people import Role
from models.spot_checks import DrawnElement, Element, Method, SpotCheck, State
from rules.as_of import EVER, end_of_day
from rules.spot_checks.draws import draw_by_risk, draw_simple
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import EVERYONE, WHO_SUPERVISES, is_own, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.spot_checks.checks_as_of import elements_in, spot_check_in
from services.spot_checks.drawing import KeptPopulation, kept_population


@requires_role(*EVERYONE, own="unit")
def drawn_of_unit(key: str, as_of: date, unit: str) -> tuple[tuple[SpotCheck, Element], ...]:
    """Return each check that drew this key of the unit by the end of the day, with that element, as whoever asks may
    see it; by number.
    """
    end = end_of_day(as_of)
    with reading() as session:
        drawn = list(elements_in(session, district_state(session, end), end, elements_with_key(key)))
    seen = (_as_seen(check) for check, element in drawn if element.unit == unit)
    return tuple((check, element) for check in seen if check is not None for element in check.elements)


@requires_role(*EVERYONE)
def spot_check_as_of(number: str, as_of: date) -> SpotCheck:
    """Return one check as it stood at the end of the day, as whoever asks may see it.

    Raises RefusedRequest for an unknown number, a later check, or one that is none of the asker's business.
    """
    end = end_of_day(as_of)
    with reading() as session:
        state = district_state(session, end)
        check = spot_check_in(session, number, state, end)
    seen = _as_seen(check)
    if seen is None:
        raise RefusedRequest(f"没有编号为 {number} 的抽查。")
    return seen


@requires_role(*WHO_SUPERVISES)
def spot_check_now(number: str) -> SpotCheck:
    """Return one check with everything that was entered. Raises RefusedRequest for an unknown number."""
    with reading() as session:
        return _now(session, number)


def _as_seen(check: SpotCheck) -> SpotCheck | None:
    """None: whoever asks does not learn that there is one."""
    role = current_user().role
    if role is Role.UNIT:
        if check.state not in (State.RELEASED, State.CLOSED):
            return None
        elements = tuple(_without_risk(element) for element in check.elements if is_own(element.unit))
        return replace(_without_population(check), elements=elements) if elements else None
    if role is Role.LEADER and check.sealed and check.released_at is None:
        return replace(_without_population(check), elements=())
    return replace(check, elements=tuple(_masked(element) for element in check.elements))


def _without_population(check: SpotCheck) -> SpotCheck:
    """Without what tells of other units, or how to draw again."""
    return replace(
        check, units=None, strata={}, population=0, digest="", seed="", checkers=(), withdrawals=(), attempt=0
    )


def _without_risk(element: Element) -> Element:
    """A unit learns what was found of it, not why it was drawn."""
    drawn = replace(element.drawn, weight=None, certain=False, probability=None)
    return replace(element, drawn=drawn, signals=())


def _masked(element: Element) -> Element:
    """With citizens hidden in what people wrote; what a sheet prints of a record names nobody."""
    if not element.acts and (element.record is None or not element.record.note):
        return element  # of most there is nothing to hide, and there are thousands
    record = element.record and replace(element.record, note=masked_words(element.record.note, element.unit))
    acts = tuple(replace(act, text=masked_words(act.text, element.unit)) for act in element.acts)
    return replace(element, record=record, acts=acts)


@requires_role(*WHO_SUPERVISES)
def population_of(number: str) -> KeptPopulation:
    """Return the whole population of a draw as it was kept. Raises RefusedRequest for an unknown number."""
    with reading() as session:
        return kept_population(session, _now(session, number).population_file)


@requires_role(*WHO_SUPERVISES)
def reserve_of(number: str) -> tuple[DrawnElement, ...]:
    """Return the ten that come next in the draw's order; none of a stratified one."""
    with reading() as session:
        check = _now(session, number)
        if check.method is Method.STRATIFIED or len(check.elements) >= check.population:
            return ()
        population, n = kept_population(session, check.population_file), len(check.elements)
        if check.method is Method.RISK:
            draw = draw_by_risk(population.keys, population.weights or (), n, check.seed)
        else:
            draw = draw_simple(population.keys, n, check.seed)
        return draw.reserve


@requires_role(*WHO_SUPERVISES)
def next_of_unit(number: str, unit: str) -> tuple[DrawnElement, ...]:
    """Return the next ten of one stratum of a stratified draw."""
    with reading() as session:
        check = _now(session, number)
        population = kept_population(session, check.population_file)
        drawn = sum(element.unit == unit for element in check.elements)
        of_unit = [key for key in population.keys if key.startswith(f"{unit}|")]
        return draw_simple(of_unit, drawn, check.seed).reserve


def _now(session: Session, number: str) -> SpotCheck:
    """As it stands with everything that was entered, whatever day it was entered for."""
    state = district_state(session, present())
    return spot_check_in(session, number, state, EVER)
