"""The bureau frees a unit from reporting a dataset, or ends that, always with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from catalogue.datasets import DATASETS
from data_access.database import Session, reading, writing
from data_access.exemptions import add_exemption, exempting, exemptions_at
from data_access.plan_store import units
from rules.as_of import end_of_day
from services.access.audit_log import last_act, log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, EVERYONE, is_own, requires_role
from services.access.refusal import RefusedRequest


@dataclass(frozen=True)
class ExemptionInForce:
    unit: str
    dataset: str
    reason: str
    at: datetime
    by: str


@requires_role(*EVERYONE)
def exemptions_as_of(as_of: date) -> tuple[ExemptionInForce, ...]:
    """Return the exemptions in force at the end of the day."""
    with reading() as session:
        known = units(session)
        exemptions = exempting(session, end_of_day(as_of))
        return tuple(
            ExemptionInForce(known[unit_id].name, dataset, exemption.reason, exemption.at, exemption.by)
            for (unit_id, dataset), exemption in exemptions.items()
            if is_own(known[unit_id].name)
        )


@requires_role(*BUREAU_ALONE)
def decide_exemption(unit: str, dataset: str, *, exempt: bool, reason: str, at: datetime) -> None:
    """Free the unit from reporting the dataset from `at` on, or end that. Raises RefusedRequest, naming who was first
    where another did.
    """
    if dataset not in DATASETS:
        raise RefusedRequest(f"没有名为“{dataset}”的数据集。")
    if not reason.strip():
        raise RefusedRequest("请写明理由。")
    with writing() as session:
        unit_id = next((row.id for row in units(session).values() if row.name == unit), None)
        if unit_id is None:
            raise RefusedRequest(f"单位名册中没有“{unit}”。")
        already = (unit_id, dataset) in exemptions_at(session, at)
        if already == exempt:
            raise RefusedRequest(_decided_already(session, unit, DATASETS[dataset].title, exempt=exempt))
        add_exemption(session, unit_id, dataset, exempt=exempt, reason=reason.strip(), at=at, by=current_user().name)
        log(
            session,
            "exempt" if exempt else "end exemption",
            f"{unit} {DATASETS[dataset].title}",
            before={"exempt": already},
            after={"exempt": exempt},
            detail={"reason": reason.strip(), "at": at.isoformat()},
        )


def _decided_already(session: Session, unit: str, title: str, *, exempt: bool) -> str:
    act = last_act(session, ("exempt" if exempt else "end exemption",), f"{unit} {title}")
    state = f"{unit}的“{title}”{'已经免报' if exempt else '本来就要报送'}"
    by = f"由{act.by}登记（理由：{act.detail['reason']}），" if act else ""
    return f"{state}，{by}无须再登记。"
