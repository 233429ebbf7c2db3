"""A unit whose ledger numbers anew each month says so once: from then on its numbers are kept apart by month."""

from __future__ import annotations

from datetime import datetime

from catalogue.datasets import DATASETS
from data_access.case_numbering import add_numbering, numberings
from data_access.database import Session, reading, writing
from data_access.plan_store import unit_id_named
from models.definitions import Dataset
from models.plan import Plan
from models.tables import CaseNumbering
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_REPORTS, requires_role
from services.access.refusal import RefusedRequest, room_on_disk
from services.figures.district_state import district_state
from services.figures.unit_names import names_of, unknown_unit


@requires_role(*WHO_REPORTS, own="unit")
@room_on_disk()
def set_numbering(unit: str, dataset: str, *, by_month: bool, at: datetime | None = None) -> None:
    """Enter how the unit numbers the cases of this ledger from now, or `at`, on. Raises RefusedRequest."""
    ledger = _ledger(dataset)
    with writing() as session:
        state = district_state(session, present())
        names = names_of(state)
        name = names.resolve(unit)
        if name is None:
            raise RefusedRequest(unknown_unit(unit, names))
        unit_id = state.plan.unit_id(name) or 0
        numbering = numberings(session).get((unit_id, dataset))
        before = numbering is not None and numbering.by_month
        if before is by_month:
            raise RefusedRequest(f"{name}“{ledger.title}”的编号已经是{_in_words(by_month)}，没有变化。")
        person = current_user().name
        instant = at or present()
        add_numbering(
            session, CaseNumbering(unit_id=unit_id, dataset=dataset, by_month=by_month, at=instant, by=person)
        )
        log(
            session,
            "set numbering",
            f"{ledger.title} {name}",
            before={"numbering": _in_words(before)},
            after={"numbering": _in_words(by_month)},
        )


@requires_role(*WHO_REPORTS, own="unit")
def numbers_anew(unit: str, dataset: str) -> bool:
    """Return whether the unit said that the numbers of this ledger begin anew each month."""
    with reading() as session:
        numbering = numberings(session).get((unit_id_named(session, unit) or 0, dataset))
        return numbering is not None and numbering.by_month


def numbered_by_month(session: Session, plan: Plan) -> frozenset[tuple[str, str]]:
    """Return (unit's own name, dataset) of every ledger that numbers anew each month."""
    return frozenset(
        (plan.units[unit_id].name, dataset)
        for (unit_id, dataset), entry in numberings(session).items()
        if entry.by_month and unit_id in plan.units
    )


def read_otherwise_since(session: Session, unit_id: int | None, dataset: str, accepted_at: datetime) -> bool:
    """Return whether the unit's numbers of this ledger are read in another way than when a report was accepted."""
    numbering = numberings(session).get((unit_id or 0, dataset))
    return numbering is not None and numbering.at > accepted_at


def _ledger(dataset: str) -> Dataset:
    if dataset not in DATASETS or not DATASETS[dataset].is_case:
        ledgers = "、".join(code for code, known in DATASETS.items() if known.is_case)
        raise RefusedRequest(f"“{dataset}”不是逐件编号的台账，可用：{ledgers}。")
    return DATASETS[dataset]


def _in_words(by_month: bool) -> str:
    return "按月分开" if by_month else "各月连续"
