"""The template of a dataset: from its code to a workbook with drop-downs and notes; for a unit and a month with these,
and with the unit's items or measures where they are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from catalogue.datasets import BUREAU_DATASETS, DATASETS, dataset_named
from catalogue.datasets.accounts import ACCOUNTS
from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from catalogue.datasets.progress import PROGRESS
from data_access.database import is_initialised, reading
from data_access.plan_store import plan_at
from data_access.templates import Prefilled, template_workbook
from models.definitions import Dataset, Frequency
from models.plan import Plan
from rules.as_of import day_of
from rules.duty import last_day
from rules.units.changes import existing_names
from services.access.chosen_plan import chosen_plan
from services.access.clock import present
from services.access.permission import EVERYONE, own_unit, requires_role
from services.access.personal_data import masked_unit
from services.access.refusal import RefusedRequest
from services.figures.item_names import item_names
from services.intake.checking import is_month
from services.intake.plan_of_report import plans_to_report, state_for_report


def with_templates() -> dict[str, Dataset]:
    """Return all of which there is a template."""
    return DATASETS | BUREAU_DATASETS | {ACCOUNTS.code: ACCOUNTS, PLAN_WORKBOOK.code: PLAN_WORKBOOK}


@requires_role(*EVERYONE)
def template(code: str) -> bytes:
    """Return an empty one. Raises RefusedRequest for an unknown code."""
    names = _unit_names()
    return template_workbook(_asked_for(_dataset(code), None), names)


@requires_role(*EVERYONE)
def named_template(code: str, unit: str | None = None, month: str | None = None) -> tuple[str, bytes]:
    """Return the file's name, from which unit and month are read back, and the workbook; a unit's person gets no other
    unit's. Raises RefusedRequest for an unknown code, unit or month.
    """
    names = _unit_names()
    dataset = _asked_for(_dataset(code), month if is_month(month or "") else None)
    if unit is None or dataset.code not in DATASETS:
        return f"{dataset.title}模板.xlsx", template_workbook(dataset, names)
    if month is not None and not is_month(month):
        raise RefusedRequest(f"月份“{month}”不能识别，请写成 2023-06 的形式。")
    prefilled = _prefilled(dataset, own_unit(unit) or unit, month)
    return f"{prefilled.title}.xlsx", template_workbook(dataset, names, prefilled=prefilled)


def _dataset(code: str) -> Dataset:
    dataset = dataset_named(code) or with_templates().get(code)
    if dataset is None:
        raise RefusedRequest(f"没有名为“{code}”的数据集，可用：{'、'.join(with_templates())}。")
    return dataset


def _asked_for(dataset: Dataset, month: str | None) -> Dataset:
    """Without the column 方案 where one plan alone is in force."""
    fields = tuple(field for field in dataset.main.fields if not field.names_plan)
    if fields == dataset.main.fields:
        return dataset
    with reading() as session:
        several = len(plans_to_report(session, present(), month)) > 1
    return dataset if several else replace(dataset, parts=(replace(dataset.main, fields=fields), *dataset.parts[1:]))


def _unit_names() -> tuple[str, ...]:
    if not is_initialised():
        return ()
    with reading() as session:
        return tuple(existing_names(plan_at(session, present())))


def _prefilled(dataset: Dataset, unit: str, month: str | None) -> Prefilled:
    with reading() as session:
        plan = state_for_report(session, present(), month).plan
        plans = plans_to_report(session, present(), month) if chosen_plan() is None else ()
    if plan.unit_id(unit) is None:
        raise RefusedRequest(f"“{unit}”不是已登记的责任单位，请核对名称。")
    monthly = month is not None and dataset.frequency is Frequency.MONTHLY
    of = f"{month[:4]}年{int(month[5:])}月" if month is not None and monthly else ""
    return Prefilled(f"{unit}{of}{dataset.title}", list(_rows(dataset, plans or (plan,), unit, month)))


def _rows(dataset: Dataset, plans: Sequence[Plan], unit: str, month: str | None) -> Iterator[dict[str, str]]:
    """What is known before anything is counted; a ledger of cases begins empty."""
    keys = {field.name for field in dataset.main.keys}
    own = {dataset.unit_field: unit} if dataset.unit_field else {}
    if dataset.code == PROGRESS.code:
        yield from (own | {"plan": plan.code} | measure for plan in plans for measure in _measures(plan, unit))
    elif "item_code" in keys and not dataset.is_case:
        named = {field.name for field in dataset.main.fields}
        for code, name in item_names(unit, day_of(datetime.now(UTC))).items():
            yield own | {"item_code": code} | ({"item_name": name} if "item_name" in named else {})
    elif dataset.month_field == "day" and month is not None:
        first, days = date.fromisoformat(f"{month}-01"), last_day(month).day
        yield from ({"day": (first + timedelta(index)).isoformat()} for index in range(days))
    elif dataset.month_field and month is not None:
        yield own | {dataset.month_field: month}


def _measures(plan: Plan, unit: str) -> Iterator[dict[str, str]]:
    """Each milestone measure that the unit answers for, with the people registered."""
    unit_id = plan.unit_id(unit)
    registered = masked_unit(plan.units[unit_id or 0])
    people = {"leader": registered.leader, "person": registered.person, "phone": registered.phone}
    known = {name: word for name, word in people.items() if word}
    for task in plan.tasks:
        if unit_id in task.units:
            yield from ({"measure": measure.code} | known for measure in task.measures if measure.milestone)
