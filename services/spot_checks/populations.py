"""What a kind of spot check can be drawn from at the end of a day: from a scope to elements, and for a risk draw their
signals and weights.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from catalogue.indicators import DATASET_OF_PART
from catalogue.spot_checks import LEDGERS
from catalogue.spot_checks.kinds import OF_THE_UNIT
from data_access.database import Session
from data_access.evidence import evidence_of
from data_access.milestones import milestones_at
from data_access.records import WordFilter, load_records, records_by_id
from models.definitions import Frequency
from models.guides import ERROR
from models.lamps import Lamp
from models.rectifications import RectificationState
from models.spot_checks import Signal, SpotCheckKind
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.guides.engine import apply_rules
from rules.guides.phones import read_phones
from rules.guides.reading import as_written
from rules.rating_signs import showing_any
from rules.spot_checks.ledgers import Evening, Ledger, elements_of, key_column, questions_of
from rules.spot_checks.weights import weight_of
from services.access.chosen_plan import asking_of
from services.board.scorecard import assess_in
from services.figures.district_state import DistrictState
from services.figures.guide_rule_settings import rule_book_at
from services.figures.records_in_force import RecordsInForce, codes_shared, counted_reports, superseded
from services.rectifications.ledger import rectifications_in
from services.spot_checks.measures import areas_of
from services.spot_checks.summaries import failed_units

MANY = 10  # items of a unit that one number serves
MANY_TOLD_AGAIN = 20_000  # rows, looked up by their ids
SIGNALS = {signal.code: signal for signal in OF_THE_UNIT}


@dataclass(frozen=True)
class Scope:
    """What is drawn from: a kind, the as-of date, some units (None: all) and report months as typed."""

    kind: SpotCheckKind
    as_of: date
    unit_ids: tuple[int, ...] | None = None
    month_from: str | None = None
    month_to: str | None = None
    listed: pd.DataFrame | None = None  # of the kind list: the rows of the uploaded list

    @property
    def end(self) -> datetime:
        return end_of_day(self.as_of)


@dataclass(frozen=True)
class Details:
    """What is kept of an element that was drawn."""

    unit: str
    claim: bool | None
    questions: tuple[str, ...]
    content: str
    part: str | None = None
    record_id: int | None = None


class Population:
    """The elements of a scope by their `keys`. `elements`: one row each with at least `unit` and `claim`."""

    def __init__(self, session: Session, scope: Scope, state: DistrictState, for_risk: bool) -> None:
        self.session, self.scope, self.state, self.for_risk = session, scope, state, for_risk
        self.evening = Evening(scope.as_of, state.calendar)
        self.ledger: Ledger | None = LEDGERS.get(scope.kind.code)
        elements = READERS.get(scope.kind.code, _of_ledger)(self)
        if scope.unit_ids is not None:
            names = {state.plan.units[unit_id].name for unit_id in scope.unit_ids}
            elements = elements[elements["unit"].isin(names)]
        self.elements = elements.reset_index(drop=True)
        self.keys: pa.StringArray = self.elements.pop("key").array.__arrow_array__().combine_chunks()
        self.units = pd.Categorical(self.elements["unit"])

    @cached_property
    def strata(self) -> dict[str, int]:
        """Unit → elements, in the order of the register; units without any are left out."""
        sizes = dict(zip(self.units.categories, np.bincount(self.units.codes).tolist(), strict=False))
        return {unit.name: sizes[unit.name] for unit in self.state.plan.units.values() if sizes.get(unit.name)}

    def signals_of(self, key: str) -> tuple[Signal, ...]:
        """Return the signals of an element, in the order of the declaration."""
        marks, sets = self._marks
        return sets[marks[self._place(key)]]

    @cached_property
    def weights(self) -> np.ndarray:
        marks, sets = self._marks
        return np.array([weight_of(signals) for signals in sets])[marks]

    @property
    def told_weights(self) -> pa.StringArray:
        """Of each element weight and codes of its signals, as a line of the file of the population has them."""
        marks, sets = self._marks
        words = [f",{weight_of(signals)},{'、'.join(signal.code for signal in signals)}" for signals in sets]
        return pa.array(words).take(marks)

    @cached_property
    def _marks(self) -> tuple[np.ndarray, Sequence[tuple[Signal, ...]]]:
        return _marks(self)

    def _place(self, key: str) -> int:
        """Where the key stands, or would stand."""
        return bisect_left(range(len(self.keys)), key, key=lambda place: self.keys[place].as_py())

    def details(self, keys: Iterable[str]) -> dict[str, Details]:
        """Return key → what is stored of it."""
        places = {key: self._place(key) for key in set(keys)}
        present = sorted(
            place for key, place in places.items() if place < len(self.keys) and self.keys[place].as_py() == key
        )
        chosen = self.elements.take(present).reset_index(drop=True).assign(key=self.keys.take(present).to_pylist())
        codes = tuple(question.code for question in self.scope.kind.questions)
        if self.ledger is None:
            questions_of_each, contents = [codes] * len(chosen), chosen["content"].tolist()
        else:
            questions_of_each = questions_of(self.ledger, codes, chosen, self.evening)
            contents = record_texts(self.session, self.ledger, self.ledger.tells, chosen["id"].tolist())
        ids = chosen["id"].tolist() if self.ledger else [None] * len(chosen)
        part = self.ledger.part if self.ledger else None
        return {
            key: Details(unit, None if pd.isna(claim) else bool(claim), tuple(questions), content, part, record_id)
            for key, unit, claim, questions, content, record_id in zip(
                chosen["key"], chosen["unit"], chosen["claim"], questions_of_each, contents, ids, strict=True
            )
        }


def record_texts(session: Session, ledger: Ledger, names: Sequence[str], ids: Sequence[int]) -> list[str]:
    """Return for each record “事项名称：…；评价渠道：…” of the fields that are filled."""
    part = DATASETS[DATASET_OF_PART[ledger.part]].part(ledger.part)
    if not ids or not names:
        return [""] * len(ids)
    labels = {name: part.field(name).label for name in names}
    rows = records_by_id(session, part, ids).to_dict("records")
    return [
        "；".join(f"{label}：{text}" for name, label in labels.items() if (text := _text(row[name]))) for row in rows
    ]


def _text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d %H:%M" if value != value.normalize() else "%Y-%m-%d")
    return as_written(value)


def months_of(scope: Scope, state: DistrictState) -> tuple[str, str]:
    """Return the first and the last report month of a monthly kind's population."""
    return scope.month_from or state.year_start, scope.month_to or last_whole_month(scope.as_of)


def _records(population: Population, part: str, fields: Iterable[str], everyone: bool = False) -> pd.DataFrame:
    """The records of a part in force at the end of the day; of the scope's units, or of everyone."""
    scope, state = population.scope, population.state
    dataset = DATASETS[DATASET_OF_PART[part]]
    unit_ids = None if everyone else scope.unit_ids
    records = RecordsInForce(population.session, [dataset.code], unit_ids, scope.end, state, {part: tuple(fields)})
    if dataset.frequency is Frequency.SNAPSHOT:
        frame = records.frames(None, "")[part]
    else:
        first, last = months_of(scope, state)
        frame = records.frames(None, last)[part]
        if frame is not None and (frame["month"] < first).any():
            frame = frame[frame["month"] >= first].reset_index(drop=True)
    if frame is None:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in ("id", "unit", "month", *fields)})
    return frame


def _of_ledger(population: Population) -> pd.DataFrame:
    ledger = population.ledger
    assert ledger is not None
    fields = tuple(dict.fromkeys((*ledger.fields, *(ledger.reads_for_risk if population.for_risk else ()))))
    records = _read_straight(population, ledger, fields)
    if records is None:
        records = _records(population, ledger.part, fields)
        if ledger.leaves_out is not None:
            field, words = ledger.leaves_out
            records = records[~records[field].isin(words)].reset_index(drop=True)
    if population.for_risk and population.scope.kind.code == "guides":
        records = records.assign(_failing=_failing(population, records))
    if population.for_risk and population.scope.kind.code == "reviews":
        records = records.assign(_sign=showing_any(records)).drop(columns=[*ledger.reads_for_risk])
    return elements_of(ledger, records, population.evening).drop(columns="unit_id", errors="ignore")


def _read_straight(population: Population, ledger: Ledger, fields: Sequence[str]) -> pd.DataFrame | None:
    """The records of a monthly ledger: the same rows as RecordsInForce gives, read straight, for a ledger may hold a
    million. None where it cannot be, as where very many cases stand twice.
    """
    session, scope, state = population.session, population.scope, population.state
    dataset = DATASETS[DATASET_OF_PART[ledger.part]]
    part = dataset.part(ledger.part)
    is_plain = dataset.is_case and not dataset.unit_adds and not dataset.counted_due_day
    if not is_plain or scope.unit_ids is not None or [key.name for key in part.keys] != [*ledger.rest]:
        return None
    first, last = months_of(scope, state)
    reports = counted_reports(session, dataset, scope.end, state)
    by_month = defaultdict[str, list[tuple[int, int]]](list)
    for report in sorted(reports, key=attrgetter("month")):
        if first <= report.month <= last:
            by_month[report.month].append((report.submission_id, report.unit_id))
    field, words = ledger.leaves_out or (ledger.rest[0], ())
    fields_read = [name for name in fields if name != field or not words]
    texts = {*ledger.rest, *ledger.reads_for_risk} - {*ledger.reads}  # at which no test of a single row looks

    def load(names: Sequence[str], rows: WordFilter) -> pd.DataFrame:
        months = [load_records(session, part, pairs, names, ("unit_id",), rows, texts) for pairs in by_month.values()]
        places = np.repeat(np.arange(len(months)), [len(month) for month in months])
        frame = pd.concat(months, ignore_index=True) if months else load_records(session, part, (), names, ("unit_id",))
        return frame.assign(month=pd.Categorical.from_codes(places, pd.Index([*by_month])))

    records = load(fields_read, WordFilter(field, words, holds=False))
    others = load(ledger.rest, WordFilter(field, words)) if words else records[:0]
    told_again = _told_again(records, others, ledger.rest)
    if len(told_again) > MANY_TOLD_AGAIN:
        return None
    if told_again:
        gone = superseded(session, part, told_again, reports)
        records = records[~records["id"].isin(gone)].reset_index(drop=True)
    places, ids = pd.factorize(records["unit_id"])
    names = {unit.id: unit.name for unit in state.plan.units.values()}
    return records.assign(unit=pd.Categorical.from_codes(places, pd.Index([names[number] for number in ids])))


def _told_again(records: pd.DataFrame, others: pd.DataFrame, keys: Sequence[str]) -> list[int]:
    """The ids of rows of cases that stand in two rows or more."""
    first = pd.concat([records[keys[0]], others[keys[0]]], ignore_index=True)
    if len(first.unique()) == len(first):
        return []
    columns = ["id", *keys]
    rows = pd.concat([records[columns], others[columns]], ignore_index=True)[first.duplicated(keep=False)]
    ids: list[int] = rows.loc[rows.duplicated([*keys], keep=False), "id"].tolist()
    return ids


def _failing(population: Population, items: pd.DataFrame) -> pd.Series:
    """Items of which one row fails a guide rule of severity error in force then."""
    session, scope, state = population.session, population.scope, population.state
    rules = [rule for rule in rule_book_at(session, scope.end).decided if rule.severity == ERROR]
    records = RecordsInForce(session, ["guides"], scope.unit_ids, scope.end, state)
    failing = set[tuple[int, str]]()
    for unit_id in items["unit_id"].unique().tolist():
        frames = {
            part: frame.assign(_sheet=frame["sheet"], _row=frame["row"])
            for part, frame in records.frames(unit_id, "").items()
            if frame is not None
        }
        wrong = apply_rules(rules, frames, shared_codes=codes_shared(frames["事项"])).findings
        failing |= {(unit_id, code) for code in wrong["item_code"].unique()}
    return pd.Series([pair in failing for pair in zip(items["unit_id"], items["item_code"], strict=True)], items.index)


def _phones(population: Population) -> pd.DataFrame:
    """Every valid number of the unit's guides, with the items that it serves."""
    everyone = population.for_risk  # who else has the number weighs
    records = _records(population, "事项", ("item_code", "item_name", "phone", "complaint_phone"), everyone)
    served: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for field, use in (("phone", "咨询"), ("complaint_phone", "监督")):
        for unit, code, name, cell in zip(
            records["unit"], records["item_code"], records["item_name"], records[field], strict=True
        ):
            for number in read_phones(cell).numbers if isinstance(cell, str) else ():
                served[unit, number][code] = name
                uses[unit, number].add(use)
    holders: dict[str, set[str]] = defaultdict(set)
    for unit, number in served:
        holders[number].add(unit)
    rows = [
        {
            "key": f"{unit}|{number}",
            "unit": unit,
            "claim": True,
            "content": f"{'、'.join(sorted(uses[unit, number]))}电话 {number}；{_some(list(items.values()))}",
            "_shared": len(holders[number]) > 1,
            "_many": len(items) >= MANY,
        }
        for (unit, number), items in served.items()
    ]
    return _frame(rows, "_shared", "_many")


def _some(names: Sequence[str]) -> str:
    """“身份证办理、户口迁移等 12 项”."""
    return "、".join(names[:3]) + (f"等 {len(names)} 项" if len(names) > 3 else "")


def _milestones(population: Population) -> pd.DataFrame:
    """Measures × units verified, or reported completed and not returned."""
    session, scope, plan = population.session, population.scope, population.state.plan
    states = milestones_at(session, PROGRESS, scope.end, None)
    evidence = {
        (file.measure, file.unit_id)
        for file in evidence_of(session, scope.end)
        if file.taken_back_at is None or file.taken_back_at >= scope.end
    }
    rows = [
        {
            "key": f"{plan.units[unit_id].name}|{measure.code}",
            "unit": plan.units[unit_id].name,
            "claim": True,
            "content": f"{measure.title}；报告完成日期：{state.completion:%Y-%m-%d}",
            "area": task.area,
            "_no_evidence": (measure.key, unit_id) not in evidence,
            "_last_day": task.deadline is not None and state.completion == task.deadline,
        }
        for task in plan.tasks
        for measure in task.measures
        for unit_id in task.units
        if measure.milestone and (state := states.get((measure.key, unit_id))) and state.completion is not None
    ]
    return _frame(rows, "area", "_no_evidence", "_last_day")


def _rectifications(population: Population) -> pd.DataFrame:
    closed = [
        item
        for item in rectifications_in(population.session, population.scope.as_of, population.state)
        if item.course.state is RectificationState.CLOSED
    ]
    rows = [
        {
            "key": f"{item.unit}|{item.number}",
            "unit": item.unit,
            "claim": True,
            "content": item.issue,
            "_late": item.lamp is Lamp.DONE_LATE,
            "_returned": item.course.returns > 0,
        }
        for item in closed
    ]
    return _frame(rows, "_late", "_returned")


def _listed(population: Population) -> pd.DataFrame:
    listed = population.scope.listed
    rows = [
        {
            "key": f"{row['unit']}|{row['code']}",
            "unit": row["unit"],
            "claim": None if pd.isna(row["claim"]) else bool(row["claim"]),
            "content": row["content"] or "",
        }
        for row in ([] if listed is None else listed.to_dict("records"))
    ]
    return _frame(rows)


def _frame(rows: list[dict[str, Any]], *columns: str) -> pd.DataFrame:
    """By key. Objects as they are: None stays None, and no bool becomes a number."""
    rows = sorted(rows, key=itemgetter("key"))
    names = ("unit", "claim", "content", *columns)
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
    return frame.assign(key=key_column(pa.array([row["key"] for row in rows], pa.string())))


READERS: dict[str, Callable[[Population], pd.DataFrame]] = {
    "phones": _phones,
    "milestones": _milestones,
    "rectifications": _rectifications,
    "list": _listed,
}


def _marks(population: Population) -> tuple[np.ndarray, Sequence[tuple[Signal, ...]]]:
    """Return for each element which of the sets of signals beside it shows: thousands show the same few."""
    elements, declared = population.elements, list(_of_unit(population))
    for signal in population.scope.kind.own_signals:
        if population.ledger is None:
            shows = elements[f"_{signal.code}"]
        else:
            shows = population.ledger.signals[signal.code](elements, population.evening)
        declared.append((signal, shows.to_numpy(bool)))
    bits = np.zeros(len(elements), dtype="int64")
    for index, (_, shown) in enumerate(declared):
        bits |= shown.astype("int64") << index
    sets = [
        tuple(signal for index, (signal, _) in enumerate(declared) if mark >> index & 1)
        for mark in range(1 << len(declared))
    ]
    return bits, sets


def _of_unit(population: Population) -> Iterable[tuple[Signal, np.ndarray]]:
    """Overdue and not_reported in the kind's area, or the element's own; then earlier_failure."""
    kind, elements = population.scope.kind, population.elements

    def of_units(shown: Collection[str | None]) -> np.ndarray:
        return np.array([unit in shown for unit in population.units.categories], dtype=bool)[population.units.codes]

    plan = population.state.plan
    areas = elements["area"].tolist() if "area" in elements else list(areas_of(kind, plan))
    if any(areas):
        with asking_of(plan.code or None):  # a check drawn on is of its own plan, whichever is asked about now
            lamps = assess_in(population.session, population.scope.as_of).lamps
        for signal, lamp in (("overdue", Lamp.OVERDUE), ("not_reported", Lamp.NOT_REPORTED)):
            shown = {(row.unit, row.area) for row in lamps if row.lamp is lamp}
            if "area" in elements:
                pairs = zip(population.units, areas, strict=True)
                yield SIGNALS[signal], np.array([pair in shown for pair in pairs], dtype=bool)
            else:
                yield SIGNALS[signal], of_units({unit for unit, area in shown if area in areas})
    failed = failed_units(population.session, population.state, kind.code, population.scope.as_of)
    yield SIGNALS["earlier_failure"], of_units(failed)
