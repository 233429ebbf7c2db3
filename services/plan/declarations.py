"""What a plan workbook declares put in force: entries with a time, tables for what is to be reported, figures of the
new indicators; and how it differs from what the plan declared before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from catalogue.areas import code_of_area
from catalogue.datasets import DATASET_OF_PART, DATASETS
from catalogue.datasets.plan_workbook import LIMITS
from catalogue.indicators import INDICATORS, UNJUDGED
from data_access.database import Session
from data_access.declarations import (
    AREA,
    DATASET,
    FIELDS,
    INDICATOR,
    add_declarations,
    as_entry,
    declaration_entries,
    end_declarations,
)
from data_access.record_tables import make_tables
from models.definitions import Area, Dataset, Field
from models.plan_declarations import DeclaredIndicator, DeclaredLimit, PlanDeclarations
from models.tables import DeclarationEntry, PlanRow
from rules.expressions.evaluation import looked_into
from rules.plan.declarations import OnBoard, with_fields
from services.access.clock import present
from services.access.current_user import current_user
from services.access.refusal import RefusedRequest
from services.figures.declared import fields_added, learn_anew, written_in
from services.figures.fold import keep_dataset, keep_new

Key = tuple[str, str]
"""(kind, key) of an entry."""


@dataclass(frozen=True)
class Standing:
    """What the board declares now. `of_plan`: (kind, key) → the entry of the plan asked about."""

    board: OnBoard = field(default_factory=OnBoard)
    of_plan: Mapping[Key, DeclarationEntry] = field(default_factory=dict)

    @property
    def indicators(self) -> dict[str, DeclaredIndicator]:
        """Return code in the plan → the indicator as it stands."""
        written = written_in([entry for entry in self.of_plan.values() if entry.kind == "indicator"])
        return {indicator.code: indicator for indicator in written.values()}


def standing_declarations(session: Session, plan: str) -> Standing:
    """Return what all plans declare, and what of it the plan of this code does."""
    entries = declaration_entries(session)
    written = written_in(entries)
    standing = {entry.key for entry in entries if entry.kind == "indicator" and entry.until is None}
    datasets = tuple(dataset for dataset in DATASETS.values() if dataset.is_declared)
    of_plan = {(entry.kind, entry.key): entry for entry in entries if entry.plan == plan and entry.until is None}
    return Standing(OnBoard(datasets, written, frozenset(standing), fields_added(entries)), of_plan)


def store_declarations(session: Session, plan: PlanRow, declarations: PlanDeclarations, since: datetime | None) -> None:
    """Enter what the workbook declares otherwise than before, learn it and make the tables it needs; figures follow
    once the plan is stored (`keep_declared`). Raises RefusedRequest where another import came between.
    """
    for code in enter_declarations(session, plan, declarations, since):
        make_tables(session, DATASETS[code].parts)


def enter_declarations(
    session: Session, plan: PlanRow, declarations: PlanDeclarations, since: datetime | None
) -> set[str]:
    """Enter what the workbook declares otherwise than before and learn it; return the datasets that it declares or adds
    to. Raises RefusedRequest where another import came between.
    """
    _refuse_taken(declarations)
    standing = standing_declarations(session, plan.code).of_plan
    declared = dict(_declared(plan, declarations))
    new = [key for key in declared if key not in standing or _says(standing[key]) != declared[key]]
    left_out = [entry for key, entry in standing.items() if key not in declared or key in new]
    at, by = present(), current_user().name
    end_declarations(session, [entry.id or 0 for entry in left_out], since or at)
    add_declarations(
        session,
        [
            DeclarationEntry(
                plan=plan.code,
                kind=key[0],
                key=key[1],
                declared=declared[key][0],
                sheet_row=declared[key][1],
                since=since,
                at=at,
                by=by,
            )
            for key in new
        ],
    )
    learn_anew(session)
    return {DATASET_OF_PART.get(key, key) for kind, key in new if kind in ("dataset", "fields")}


def keep_declared(session: Session, declarations: PlanDeclarations, before: OnBoard) -> None:
    """Fold the figures of the indicators that were never declared before."""
    for dataset in declarations.datasets:
        if any(known.code == dataset.code and known.parts != dataset.parts for known in before.datasets):
            keep_dataset(session, dataset.code)
    new = [indicator.key for indicator in _own(declarations) if indicator.key not in before.written]
    keep_new(session, new)


def _refuse_taken(declarations: PlanDeclarations) -> None:
    for dataset in declarations.datasets:
        if dataset.code in DATASETS and DATASETS[dataset.code].title != dataset.title:
            raise RefusedRequest("试读之后库中的方案又有改动，请重新试读后再付诸实施。")


def _says(entry: DeclarationEntry) -> tuple[Any, dict[str, Any]]:
    return entry.declared, entry.sheet_row


def _own(declarations: PlanDeclarations) -> Iterator[DeclaredIndicator]:
    """The indicators that the program does not ship."""
    shipped = INDICATORS.shipped | UNJUDGED
    return (indicator for indicator in declarations.indicators if indicator.key not in shipped)


def _declared(plan: PlanRow, declarations: PlanDeclarations) -> Iterator[tuple[Key, tuple[Any, dict[str, Any]]]]:
    """(kind, key) → (what is declared, the row of the workbook)."""
    rows = declarations.sheet_rows
    for position, title in enumerate(declarations.areas):
        area_row = dict(rows.get(("area", title), {}))
        area = Area(code_of_area(title), title, "area", position, area_row.get("note", ""))
        yield ("area", area.code), (as_entry(AREA, area), area_row)
    for dataset in declarations.datasets:
        stored = replace(dataset, areas=tuple(dict.fromkeys(map(code_of_area, dataset.areas))))
        yield ("dataset", dataset.code), (as_entry(DATASET, stored), dict(rows["dataset", dataset.code]))
    for code, fields in declarations.new_fields.items():
        yield ("fields", code), (as_entry(FIELDS, fields), {})
    for (kind, key), row in rows.items():
        if kind == "field":
            yield ("field", key), ({}, dict(row))
    for indicator in _own(declarations):
        yield ("indicator", indicator.key), (as_entry(INDICATOR, indicator), dict(indicator.sheet_row))
    for limit in declarations.limits:
        yield ("limit", limit.title), (_limit(limit), dict(limit.sheet_row))
    for measure, indicator_key in declarations.beside:
        beside = {"measure": plan.prefix + measure, "indicator": indicator_key}
        yield ("beside", f"{measure} {indicator_key}"), (beside, {"measure": measure})


def _limit(limit: DeclaredLimit) -> dict[str, Any]:
    """The condition is read anew from its text, like an indicator's formula."""
    elsewhere = looked_into(limit.condition)
    return {
        "title": limit.title,
        "dataset": limit.dataset,
        "start": limit.start.column,
        "end": limit.end.column,
        "due": limit.due and limit.due.column,
        "days": limit.days and list(limit.days),
        "condition": limit.condition_text,
        **({"elsewhere": list(elsewhere)} if elsewhere else {}),
    }


NEW = "新增"
"""What a field or time limit is changed to that was not there."""


def dataset_changes(before: Dataset, after: Dataset) -> Iterator[tuple[str, str, str]]:
    """Yield (what, before, after) of the fields that a dataset of the board gains or no longer asks for."""
    old = {(part.code, field.label): field for part in before.parts for field in part.fields}
    new = {(part.code, field.label): field for part in after.parts for field in part.fields}
    for (part, label), field_now in new.items():
        known = old.get((part, label))
        if known is None:
            yield f"数据 {after.title} 字段 {label}", "", NEW
        elif _need(known) != _need(field_now):
            yield f"数据 {after.title} 字段 {label} 必填", _need(known), _need(field_now)
        elif set(known.choices) != set(field_now.choices):
            yield f"数据 {after.title} 字段 {label} 选项", "、".join(known.choices), "、".join(field_now.choices)


def field_changes(added: Mapping[str, Sequence[Field]]) -> Iterator[tuple[str, str, str]]:
    """Yield (what, before, after) of the fields that a plan adds to datasets which it does not declare, by part."""
    for code in dict.fromkeys(DATASET_OF_PART[part] for part in added):
        yield from dataset_changes(DATASETS[code], with_fields(DATASETS[code], added))


def _need(declared: Field) -> str:
    return "必填" if declared.required else "应填" if declared.demanded else "可空"


def limit_changes(limits: Iterable[DeclaredLimit], standing: Standing) -> Iterator[tuple[str, str, str]]:
    """Yield (what, before, after) of the time limits that are new or written otherwise."""
    for limit in limits:
        entry = standing.of_plan.get(("limit", limit.title))
        if entry is None:
            yield f"时限 {limit.title}", "", NEW
            continue
        for column in LIMITS.fields:
            old, new = entry.sheet_row.get(column.name, ""), limit.sheet_row.get(column.name, "")
            if old != new:
                yield f"时限 {limit.title} {column.label}", old, new


def indicator_changes(before: DeclaredIndicator, after: DeclaredIndicator) -> Iterator[tuple[str, str, str]]:
    """Yield (what, before, after) of what an indicator says otherwise."""
    names = {"title": "名称", "numerator": "分子", "denominator": "分母", "due": "期限字段"}
    for name, label in names.items():
        old, new = getattr(before, name) or "", getattr(after, name) or ""
        if old != new:
            yield f"指标 {after.code} {label}", old, new
    if before.number_format is not after.number_format:
        yield f"指标 {after.code} 单位", before.sheet_row.get("number_format", ""), after.sheet_row["number_format"]
    for name, label, yes, no in (
        ("lower_is_better", "方向", "越低越好", "越高越好"),
        ("district", "全区", "是", "否"),
    ):
        old, new = (yes if getattr(indicator, name) else no for indicator in (before, after))
        if old != new:
            yield f"指标 {after.code} {label}", old, new
