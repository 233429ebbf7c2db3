"""What stood of spot checks just before an instant, counted in the database: results, findings, decisions.

services/spot_checks/standing.py says the same of one check, record by record; a test holds both to one another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select, union_all
from sqlmodel import Session

from data_access.spot_checks import ACTS, CHECKS, ELEMENTS, FINDING_ACTS, RESULTS

FAIL, UNRECORDED = "fail", "unrecorded"


def spot_check_heads(session: Session, end: datetime) -> Sequence[Any]:
    """Return what a list shows of every draw made before `end`, by number; `released_at` and `voided_at` by then."""

    def first(act: str) -> Any:
        own = select(func.min(ACTS.c.at)).where(ACTS.c.spot_check_id == CHECKS.c.id, ACTS.c.act == act, ACTS.c.at < end)
        return own.scalar_subquery().label(act)

    own = CHECKS.c
    query = select(
        *(own.id, own.year, own.serial, own.kind, own.method, own.as_of, own.at, own.sealed, own.population),
        *(own.attempt, first("release"), first("void")),
    )
    return session.connection().execute(query.where(own.at < end).order_by(own.year, own.serial)).all()


def result_counts(
    session: Session, end: datetime, unit_id: int | None = None, checks_of: int | None = None
) -> Sequence[Any]:
    """Return (spot_check_id, checked_result, decision, counts_as, elements) for each that occurs, of all units or one.

    `checks_of`: only of the checks that drew something of this unit.
    """
    drew = select(ELEMENTS.c.spot_check_id).where(ELEMENTS.c.unit_id == checks_of)
    recorded = _elements(end, unit_id, *([] if checks_of is None else [CHECKS.c.id.in_(drew)])).subquery()
    place = (recorded.c.spot_check_id, recorded.c.checked_result, recorded.c.decision, recorded.c.counts_as)
    return session.connection().execute(select(*place, func.count().label("elements")).group_by(*place)).all()


def checked_counts(session: Session, end: datetime, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return (spot check id, unit id) → elements that passed or failed, of those places that have any."""
    units: dict[int, set[int]] = {}
    for check_id, unit_id in places:
        units.setdefault(unit_id, set()).add(check_id)
    recorded = _elements(end, None, ELEMENTS.c.unit_id.in_(list(units))).subquery()
    result = func.coalesce(recorded.c.counts_as, recorded.c.checked_result)
    place = (recorded.c.spot_check_id, recorded.c.unit_id)
    query = select(*place, func.count()).where(
        recorded.c.spot_check_id.in_({check_id for check_id, _ in places}), result.in_(("pass", FAIL))
    )
    return {(check, unit): number for check, unit, number in session.connection().execute(query.group_by(*place))}


def failed_unit_ids(session: Session, end: datetime, kind: str, drawn_from: datetime) -> set[int]:
    """Return the ids of units with a failed element in a check of the kind drawn in [drawn_from, end) and not voided
    by then.
    """
    is_void = exists().where(ACTS.c.spot_check_id == CHECKS.c.id, ACTS.c.act == "void", ACTS.c.at < end)
    checks = select(CHECKS.c.id).where(CHECKS.c.kind == kind, CHECKS.c.at >= drawn_from, CHECKS.c.at < end, ~is_void)
    recorded = _elements(end, None, ELEMENTS.c.spot_check_id.in_(checks)).subquery()
    result = func.coalesce(recorded.c.counts_as, recorded.c.checked_result)
    query = select(recorded.c.unit_id).where(result == FAIL).distinct()
    return set(session.connection().execute(query).scalars())


def confirmed_findings(session: Session, end: datetime, unit_id: int | None = None) -> Sequence[Any]:
    """Return the elements of a confirmed finding, of all units or of one, with head and `decided_at`; `is_settled`:
    a reason was given why no rectification is opened.
    """
    settle = FINDING_ACTS.alias()
    is_settled = exists().where(settle.c.element_id == ELEMENTS.c.id, settle.c.act == "settle", settle.c.at < end)
    decision = _decision(end)
    own = CHECKS.c
    query = (
        select(
            *(own.id.label("spot_check_id"), own.plan, own.year, own.serial, own.kind, own.as_of, own.month_to),
            *(ELEMENTS.c.key, ELEMENTS.c.unit_id, ELEMENTS.c.content, ELEMENTS.c.claim),
            *(decision.c.at.label("decided_at"), is_settled.label("is_settled")),
        )
        .join(ELEMENTS, ELEMENTS.c.spot_check_id == own.id)
        .join(decision, decision.c.element_id == ELEMENTS.c.id)
        .where(decision.c.act == "confirm", ELEMENTS.c.drawn_at < end)
        .order_by(own.year, own.serial, ELEMENTS.c.position)
    )
    if unit_id is not None:
        query = query.where(ELEMENTS.c.unit_id == unit_id)
    return session.connection().execute(query).all()


def undecided_elements(end: datetime, unit_id: int | None = None) -> Select[Any]:
    """Return the query for the ids of elements that failed, were told and wait for a decision."""
    is_released = exists().where(
        ACTS.c.spot_check_id == ELEMENTS.c.spot_check_id, ACTS.c.act == "release", ACTS.c.at < end
    )
    is_void = exists().where(ACTS.c.spot_check_id == ELEMENTS.c.spot_check_id, ACTS.c.act == "void", ACTS.c.at < end)
    recorded = _elements(end, unit_id, is_released, ~is_void).subquery()
    return select(recorded.c.element_id).where(recorded.c.checked_result == FAIL, recorded.c.decision.is_(None))


def elements_with_key(key: str) -> Select[Any]:
    """Return the query for the ids of the elements of this key, whichever check drew them."""
    return select(ELEMENTS.c.id).where(ELEMENTS.c.key == key)


def _elements(end: datetime, unit_id: int | None = None, *conditions: Any) -> Any:
    """The elements drawn before `end`, each with what was found of it and the first decision, if any."""
    decision = _decision(end)

    def recorded(result: Any, source: Any, *of_source: Any) -> Any:
        query = (
            select(
                ELEMENTS.c.id.label("element_id"),
                ELEMENTS.c.spot_check_id,
                ELEMENTS.c.unit_id,
                func.coalesce(result, UNRECORDED).label("checked_result"),
                decision.c.act.label("decision"),
                decision.c.counts_as,
            )
            .select_from(source)
            .outerjoin(decision, decision.c.element_id == ELEMENTS.c.id)
            .where(ELEMENTS.c.drawn_at < end, *of_source, *conditions)
        )
        return query if unit_id is None else query.where(ELEMENTS.c.unit_id == unit_id)

    checked = ELEMENTS.join(CHECKS, CHECKS.c.id == ELEMENTS.c.spot_check_id)
    last, twice = RESULTS.alias("last"), _checked_twice(end).subquery("twice")
    by_one = checked.outerjoin(last, and_(last.c.element_id == ELEMENTS.c.id, last.c.at < end, ~_has_later(last, end)))
    by_two = checked.outerjoin(twice, twice.c.element_id == ELEMENTS.c.id)
    return union_all(
        recorded(last.c.result, by_one, CHECKS.c.double.is_(False)),
        recorded(_agreed(twice), by_two, CHECKS.c.double.is_(True)),
    )


def _has_later(record: Any, end: datetime) -> Any:
    later = RESULTS.alias()
    is_later = or_(later.c.at > record.c.at, and_(later.c.at == record.c.at, later.c.id > record.c.id))
    return exists().where(later.c.element_id == record.c.element_id, later.c.at < end, is_later)


def _decision(end: datetime) -> Any:
    """The first decision on each finding that has one."""
    own, earlier = FINDING_ACTS.alias(), FINDING_ACTS.alias()
    decides = ("confirm", "drop")
    is_earlier = or_(earlier.c.at < own.c.at, and_(earlier.c.at == own.c.at, earlier.c.id < own.c.id))
    was_decided = exists().where(earlier.c.element_id == own.c.element_id, earlier.c.act.in_(decides), is_earlier)
    query = select(own.c.element_id, own.c.act, own.c.counts_as, own.c.at)
    return query.where(own.c.act.in_(decides), own.c.at < end, ~was_decided).subquery("decision")


def _checked_twice(end: datetime) -> Any:
    """Of each element of a double check the last results of its first, second and third checker."""
    order = (RESULTS.c.at, RESULTS.c.id)
    entries = (
        select(
            RESULTS.c.element_id,
            RESULTS.c.checker,
            RESULTS.c.result,
            func.row_number().over(partition_by=RESULTS.c.element_id, order_by=order).label("place"),
        )
        .join(ELEMENTS, ELEMENTS.c.id == RESULTS.c.element_id)
        .join(CHECKS, CHECKS.c.id == ELEMENTS.c.spot_check_id)
        .where(CHECKS.c.double.is_(True), RESULTS.c.at < end)
        .subquery()
    )
    by_checker = (
        select(entries.c.element_id, func.min(entries.c.place).label("first"), func.max(entries.c.place).label("last"))
        .group_by(entries.c.element_id, entries.c.checker)
        .subquery()
    )
    ranked = select(
        by_checker,
        func.row_number().over(partition_by=by_checker.c.element_id, order_by=by_checker.c.first).label("checker"),
    ).subquery()
    last = and_(entries.c.element_id == ranked.c.element_id, entries.c.place == ranked.c.last)

    def of_checker(number: int) -> Any:
        return func.max(case((ranked.c.checker == number, entries.c.result))).label(f"checker_{number}")

    return (
        select(ranked.c.element_id, *(of_checker(number) for number in (1, 2, 3)))
        .join(entries, last)
        .group_by(ranked.c.element_id)
    )


def _agreed(twice: Any) -> Any:
    """The result of two who agree, else the third's."""
    return case((twice.c.checker_1 == twice.c.checker_2, twice.c.checker_1), else_=twice.c.checker_3)
