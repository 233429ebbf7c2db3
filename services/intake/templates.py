"""The template of a dataset: its code in, a workbook with drop-downs and notes out."""

from __future__ import annotations

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from catalogue.datasets.accounts import ACCOUNTS
from data_access.database import is_initialised, reading
from data_access.plan_store import units
from data_access.templates import template_workbook
from services.access.permission import EVERYONE, requires_role
from services.access.refusal import RefusedRequest

TEMPLATES = DATASETS | BUREAU_DATASETS | {ACCOUNTS.code: ACCOUNTS}


@requires_role(*EVERYONE)
def template(code: str) -> bytes:
    """Raises RefusedRequest for an unknown code."""
    dataset = TEMPLATES.get(code)
    if dataset is None:
        raise RefusedRequest(f"没有名为“{code}”的数据集，可用：{'、'.join(TEMPLATES)}。")
    return template_workbook(dataset, _unit_names())


def _unit_names() -> tuple[str, ...]:
    if not is_initialised():
        return ()
    with reading() as session:
        return tuple(unit.name for unit in units(session).values())
