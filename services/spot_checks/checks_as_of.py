"""Spot checks as they stood at an instant: from stored rows to checks with elements, results and findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from catalogue.spot_checks import KINDS
from catalogue.spot_checks.of_datasets import with_questions
from data_access.database import Session
from data_access.spot_check_counts import elements_with_key
from data_access.spot_checks import (
    acts_by_check,
    elements_by_check,
    files_by_element,
    finding_acts_by_element,
    rectifications_by_source,
    results_by_element,
    spot_check_row,
    spot_check_rows,
)
from models.people import Role
from models.spot_checks import (
    CONFIDENCES,
    CheckFile,
    DrawnElement,
    Element,
    FindingAct,
    Method,
    Record,
    Result,
    SpotCheck,
    SpotCheckKind,
)
from rules.as_of import SHANGHAI, day_of
from rules.numbering import number_of
from rules.spot_checks.checkers import assigned
from rules.spot_checks.results import counted_record, result_of
from rules.units.changes import former_names
from services.access.current_user import current_user
from services.access.numbers import row_numbered
from services.access.permission import refuse_unless_own
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, settings_in_force


def spot_check_in(session: Session, number: str, state: DistrictState, end: datetime) -> SpotCheck:
    """Return the check as it stood just before `end`. Raises RefusedRequest for an unknown number, or a later one."""
    row = drawn_row(session, number)
    if row.at >= end:
        raise RefusedRequest(f"抽查 {number} 在 {day_of(row.at)} 才抽取，请换一个截至日期。")
    return _checks(session, [row], state, end)[0]


def refuse_untold(check: SpotCheck, number: str) -> None:
    """Raises RefusedRequest where a unit's person asks for a check that was not told, as if there were none."""
    if current_user().role is Role.UNIT and check.released_at is None:
        raise RefusedRequest(f"没有编号为 {number} 的抽查。")


def own_element(check: SpotCheck, key: str) -> Element | None:
    """Return what was drawn with this key. Raises Forbidden for a unit's person unless it is the own unit's: that
    another's was drawn, or was not, is told to none.
    """
    element = check.element(key)
    refuse_unless_own(None if element is None else element.unit)
    return element


def drawn_row(session: Session, number: str) -> Any:
    """Return the draw as stored. Raises RefusedRequest for what is no number, or nobody's."""
    return row_numbered(number, "抽查", "抽查", partial(spot_check_row, session))


def spot_checks_in(
    session: Session, state: DistrictState, end: datetime, numbers: Collection[str] | None = None
) -> tuple[SpotCheck, ...]:
    """Return the checks of these numbers drawn before `end`, by number, or all: with every element."""
    rows = spot_check_rows(session, end)
    chosen = [row for row in rows if numbers is None or number_of(row.year, row.serial) in numbers]
    return tuple(_checks(session, chosen, state, end))


def elements_in(
    session: Session, state: DistrictState, end: datetime, among: Any
) -> Iterator[tuple[SpotCheck, Element]]:
    """Yield each element among those of a query for ids, with its check, which has these elements alone; by number and
    position.
    """
    rows = spot_check_rows(session, end, elements=among)
    for check in _checks(session, rows, state, end, among):
        yield from ((check, element) for element in check.elements)


def found_unfinished_on(
    session: Session, state: DistrictState, measure: str, unit_id: int, end: datetime
) -> date | None:
    """Return the day of the last check whose confirmed finding says that the unit had not completed the milestone."""
    names = (state.plan.units[unit_id].name, *former_names(unit_id, state.plan.unit_changes))
    days = [
        day_of(element.record.checked_at)
        for name in names
        for check, element in elements_in(session, state, end, elements_with_key(f"{name}|{measure}"))
        if (check.plan, check.kind.code) == (state.plan.code, "milestones")
        if element.is_confirmed and element.record is not None
    ]
    return max(days, default=None)


def _checks(
    session: Session, rows: Sequence[Any], state: DistrictState, end: datetime, among: Any = None
) -> list[SpotCheck]:
    """`among`: a query for the ids of the elements wanted, None: all."""
    ids = [row.id for row in rows]
    elements, acts = elements_by_check(session, ids, end, among), acts_by_check(session, ids, end)
    results, files = results_by_element(session, ids, end, among), files_by_element(session, ids, end, among)
    finding_acts = finding_acts_by_element(session, ids, end, among)
    rectified = {source: number_of(*pair) for source, pair in rectifications_by_source(session, end).items()}
    checks = (
        _check(row, elements.get(row.id, ()), acts.get(row.id, ()), results, finding_acts, files, rectified, state)
        for row in rows
    )
    return [replace(check, objection_days=_objection_days(session, check)) for check in checks]


def _objection_days(session: Session, check: SpotCheck) -> int:
    if check.released_at is None:
        return 0
    return int(settings_in_force(session, check.released_at + timedelta(microseconds=1))["objection_days"])


def refuse_earlier_act(check: SpotCheck, at: datetime, key: str | None = None) -> None:
    """Raises RefusedRequest where something that is entered already happened later than `at`: of the check, or, of an
    act on one element, of the whole check and of this element; the others' acts have their own order.
    """
    last = check.last_entry_at(key)
    if at < last:
        what = f"“{key}”" if key else f"抽查 {check.number} "
        raise RefusedRequest(
            f"{what}在 {_clock(last)} 已有记录，补录的时间（{_clock(at)}）不能早于它；请按先后次序补录。"
        )


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def drawn_check(row: Any, elements: Sequence[Any], state: DistrictState) -> SpotCheck:
    """Return a draw that has just been made, with nothing entered of it; stored already or not."""
    return _check(row, elements, (), {}, {}, {}, {}, state)


def _check(
    row: Any,
    elements: Sequence[Any],
    acts: Sequence[Any],
    results: Mapping[int, list[Any]],
    finding_acts: Mapping[int, list[Any]],
    files: Mapping[int, list[Any]],
    rectified: Mapping[str, str],
    state: DistrictState,
) -> SpotCheck:
    kind = with_questions(KINDS[row.kind], row.questions)
    names = {unit.id: unit.name for unit in state.plan.units.values()}
    number = number_of(row.year, row.serial)
    released = next((act for act in acts if act.act == "release"), None)
    voided = next((act for act in acts if act.act == "void"), None)
    withdrawals = tuple(
        (act.detail["checker"], act.detail.get("key"), act.detail["reason"]) for act in acts if act.act == "withdraw"
    )
    checkers = _checkers(row, [(element.position, element.key, names[element.unit_id]) for element in elements], acts)
    return SpotCheck(
        row.id or 0,
        number,
        row.plan,
        kind,
        Method(row.method),
        row.as_of,
        row.at,
        row.by,
        row.seed,
        CONFIDENCES[row.confidence],
        row.expected,
        row.size_by,
        row.size_asked,
        row.size_typed,
        None if row.units is None else tuple(names[unit_id] for unit_id in row.units),
        row.month_from,
        row.month_to,
        row.minimum,
        row.sealed,
        row.masked,
        row.double,
        tuple(row.checkers),
        row.population,
        row.digest,
        {names[unit_id]: size for unit_id, size in row.strata},
        row.population_file,
        row.listed,
        row.listed_name,
        row.attempt,
        tuple(
            _element(
                element,
                kind,
                names[element.unit_id],
                results.get(element.id, ()),
                finding_acts.get(element.id, ()),
                files.get(element.id, ()),
                checker,
                _rectification(kind, number, element, rectified, finding_acts.get(element.id, ())),
                row.double,
            )
            for element, checker in zip(elements, checkers, strict=True)
        ),
        released.at if released else None,
        released.by if released else None,
        voided.at if voided else None,
        voided.detail["reason"] if voided else None,
        withdrawals,
    )


def _checkers(row: Any, elements: Sequence[tuple[int, str, str]], acts: Sequence[Any]) -> tuple[str | None, ...]:
    """To whom each element is given; `barred` of the draw names the units to which a checker belongs."""
    withdrawn = {(act.detail["checker"], act.detail.get("key")) for act in acts if act.act == "withdraw"}
    belongs = {(name, unit) for name, unit in row.belongs}

    def is_barred(name: str, key: str, unit: str) -> bool:
        return (name, unit) in belongs or (name, None) in withdrawn or (name, key) in withdrawn

    return assigned(row.checkers, row.seed, elements, is_barred)


def _rectification(
    kind: SpotCheckKind, number: str, element: Any, rectified: Mapping[str, str], acts: Iterable[Any]
) -> str | None:
    """The rectification whose source the finding is; of a rectification checked again, itself once it was reopened."""
    if kind.code == "rectifications" and any(act.act == "confirm" for act in acts):
        return str(element.key.partition("|")[2])
    return rectified.get(f"spot-check:{number}:{element.key}")


def _element(
    row: Any,
    kind: SpotCheckKind,
    unit: str,
    results: Iterable[Any],
    acts: Iterable[Any],
    files: Iterable[Any],
    checker: str | None,
    rectification: str | None,
    double: bool,
) -> Element:
    questions = tuple(question for question in kind.questions if question.code in row.questions)
    records = tuple(_record(row.key, result) for result in results)
    record = counted_record(questions, records, double)
    return Element(
        row.id or 0,
        DrawnElement(row.position, row.key, row.ticket, row.weight, row.certain, row.probability),
        unit,
        row.claim,
        questions,
        tuple(row.signals),
        row.content,
        row.part,
        row.record_id,
        row.drawn_at,
        records,
        record,
        Result.UNRECORDED if record is None else result_of(questions, record.answers, record.unable),
        tuple(
            FindingAct(
                act.act, act.text, Result(act.counts_as) if act.counts_as else None, act.at, act.by, act.account_id
            )
            for act in acts
        ),
        tuple(
            CheckFile(file.id, file.purpose, file.file_name, file.kind, file.size, file.sha256, file.at, file.by)
            for file in files
        ),
        checker,
        rectification,
    )


def _record(key: str, row: Any) -> Record:
    return Record(
        key,
        row.checker,
        row.checked_at,
        row.answers,
        row.unable,
        row.note,
        (row.first_call, row.second_call),
        row.at,
        row.by,
        row.account_id,
    )
