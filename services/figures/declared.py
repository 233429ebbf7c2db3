"""What the plans of the board declare: from the entries of the database asked to the catalogue's declarations, learnt
at the beginning of every transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from weakref import WeakKeyDictionary

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS, plan_field
from catalogue.register import NOTHING, Beside, Declared, declare
from data_access.database import Session, at_beginning, engine, is_another
from data_access.declarations import AREA, DATASET, FIELDS, INDICATOR, declaration_entries, declarations_version
from data_access.plan_store import plans_on_board
from data_access.read_once import read_once
from models.cases import CaseKind
from models.definitions import Area, Dataset, Field, Indicator, plain_code
from models.plan_declarations import DeclaredIndicator
from models.tables import DeclarationEntry
from rules.plan.declarations import with_fields
from rules.plan.declared import breakdowns_of, indicator_of, kind_of_cases
from rules.working_days import Calendar
from services.figures.district_state import entered_calendar

_learnt: WeakKeyDictionary[Any, tuple[tuple[object, ...], Declared]] = WeakKeyDictionary()
"""Engine → the version of its entries, and what they declare."""


_ahead: ContextVar[Session | None] = ContextVar("transaction that declares", default=None)
"""The transaction of this request that declares something: others that begin meanwhile know less."""


def learn(session: Session) -> None:
    """Let the catalogue hold what the board of this transaction declares."""
    if (ahead := _ahead.get()) is not None and ahead is not session and ahead.in_transaction():
        return
    declare(read_once(session, _declared), for_everybody=not is_another())


def learn_anew(session: Session) -> None:
    """Let the catalogue hold what this transaction itself declares and nobody else knows yet."""
    _ahead.set(session)
    titles = dict(_titles_of_plans(session))
    declare(declared_by(declaration_entries(session), entered_calendar(session), titles), for_everybody=False)


def _declared(session: Session) -> Declared:
    version = declarations_version(session)
    titles = _titles_of_plans(session)
    if not version[0] and not titles:
        return NOTHING
    calendar = entered_calendar(session)
    known = _learnt.get(engine())
    if known is None or known[0] != (*version, calendar, titles):
        declared = declared_by(declaration_entries(session), calendar, dict(titles))
        known = _learnt[engine()] = (*version, calendar, titles), declared
    return known[1]


def _titles_of_plans(session: Session) -> tuple[tuple[str, str], ...]:
    """(code, title) of every plan, where there are several to tell apart."""
    plans = plans_on_board(session)
    return tuple((plan.code, plan.title) for plan in plans) if len(plans) > 1 else ()


def declared_by(
    entries: Sequence[DeclarationEntry], calendar: Calendar, plans: Mapping[str, str] = MappingProxyType({})
) -> Declared:
    """Return what these entries declare. `plans`: code → title, of several; none where there is but one."""
    last = {(entry.kind, entry.key): entry for entry in entries}
    areas = {key: AREA.validate_python(entry.declared) for (kind, key), entry in last.items() if kind == "area"}
    datasets = dict(_datasets(entries))
    if plans:
        datasets[PROGRESS.code] = _of_several_plans(datasets.get(PROGRESS.code, PROGRESS), plans)
    known = DATASETS.shipped | datasets
    return Declared(
        areas=_new_areas(areas),
        area_places={
            (entry.plan, entry.key): AREA.validate_python(entry.declared).position
            for entry in entries
            if entry.kind == "area"
        },
        datasets=datasets,
        breakdowns={
            breakdown.code: breakdown
            for dataset in datasets.values()
            if dataset.is_declared
            for breakdown in breakdowns_of(dataset)
        },
        case_kinds={kind.code: kind for kind in _case_kinds(entries, known)},
        indicators={declared.key: _indicator(declared, known, calendar) for declared in written_in(entries).values()},
        keys={
            (entry.plan, plain_code(entry.key)): entry.key
            for entry in entries
            if entry.kind == "indicator" and entry.until is None
        },
        beside=tuple(
            Beside(entry.declared["measure"], entry.declared["indicator"], entry.since, entry.until)
            for entry in entries
            if entry.kind == "beside"
        ),
    )


def _of_several_plans(progress: Dataset, plans: Mapping[str, str]) -> Dataset:
    """The dataset of progress with the column that says which plan a measure is of, behind its number."""
    number, *others = progress.main.fields
    return replace(progress, parts=(replace(progress.main, fields=(number, plan_field(plans), *others)),))


def _case_kinds(entries: Sequence[DeclarationEntry], datasets: dict[str, Dataset]) -> Iterable[CaseKind]:
    """Each as it was written last with the words that it had before, called after the entry that first had it."""
    written: dict[tuple[str, str], list[DeclarationEntry]] = {}
    for entry in entries:
        if entry.kind == "limit":
            written.setdefault((entry.plan, entry.key), []).append(entry)
    for of_limit in written.values():
        code = f"limit_{of_limit[0].id}"
        *earlier, last = (
            replace(kind_of_cases(code, entry.declared, datasets), since=entry.since, until=entry.until)
            for entry in of_limit
        )
        yield replace(last, earlier=tuple(earlier))


def _indicator(declared: DeclaredIndicator, datasets: dict[str, Dataset], calendar: Calendar) -> Indicator:
    return indicator_of(declared, datasets, calendar)


def _new_areas(areas: dict[str, Area]) -> dict[str, Area]:
    """Those that the program does not ship, in the order of the plans and then of each."""
    return {code: area for code, area in areas.items() if code not in AREAS.shipped}


def _datasets(entries: Sequence[DeclarationEntry]) -> Iterable[tuple[str, Dataset]]:
    """Those that plans declare, as they stand last, and others with the fields that plans added."""
    datasets = _declared_datasets(entries)
    for code, added in fields_added(entries).items():
        datasets[code] = with_fields(datasets.get(code) or DATASETS.shipped[code], added)
    return datasets.items()


def _declared_datasets(entries: Sequence[DeclarationEntry]) -> dict[str, Dataset]:
    return {entry.key: DATASET.validate_python(entry.declared) for entry in entries if entry.kind == "dataset"}


def fields_added(entries: Sequence[DeclarationEntry]) -> dict[str, dict[str, tuple[Field, ...]]]:
    """Return dataset → part → the fields that plans added to it, as they were declared last; those that a plan no
    longer declares may stay blank.
    """
    datasets = DATASETS.shipped | _declared_datasets(entries)
    owners = {part.code: dataset for dataset in datasets.values() for part in dataset.parts}
    added: dict[str, dict[str, dict[str, Field]]] = {}
    for entry in sorted(entries, key=lambda entry: entry.until is None):
        if entry.kind == "fields":
            fields: tuple[Field, ...] = FIELDS.validate_python(entry.declared)
            if entry.until is not None:
                fields = tuple(replace(field, required=False, demanded=False) for field in fields)
            dataset = datasets.get(entry.key) or owners[entry.key]
            part = entry.key if entry.key in owners else dataset.main.code
            added.setdefault(dataset.code, {}).setdefault(part, {}).update({field.name: field for field in fields})
    return {code: {part: tuple(named.values()) for part, named in parts.items()} for code, parts in added.items()}


def written_in(entries: Sequence[DeclarationEntry]) -> dict[str, DeclaredIndicator]:
    """Return key → the indicator as its plan wrote it, those ended among them."""
    return {entry.key: INDICATOR.validate_python(entry.declared) for entry in entries if entry.kind == "indicator"}


at_beginning(learn)
