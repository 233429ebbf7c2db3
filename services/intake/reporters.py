"""Who reports which dataset for whom, as the catalogue declares it with the dataset."""

from __future__ import annotations

from enum import Enum, auto

from data_access.database import Session
from models.definitions import Dataset, Reporter
from models.people import Role
from services.access.clock import present
from services.access.current_user import current_user
from services.board.scorecard import owed_from
from services.figures.district_state import DistrictState, states_in_force


class Right(Enum):
    """What whoever acts may do with a dataset for a unit."""

    REPORTS = auto()
    ADDS = auto()  # fills in named fields of the rows that the bureau reported of the unit
    NOTHING = auto()


def right_to_report(session: Session, state: DistrictState, dataset: Dataset, unit: str | None) -> Right:
    """Return what whoever acts may do for a unit, None: for the whole district. The bureau reports anything."""
    if current_user().role is not Role.UNIT or dataset.reporter is Reporter.UNIT:
        return Right.REPORTS
    if dataset.reporter is Reporter.BUREAU:
        return Right.ADDS if dataset.unit_adds else Right.NOTHING
    unit_id = state.plan.unit_id(unit) if unit else None
    return Right.REPORTS if (unit_id, dataset.code) in _owed(session, state) else Right.NOTHING


def _owed(session: Session, state: DistrictState) -> dict[tuple[int, str], None]:
    """(unit id, dataset) that a plan in force asks for."""
    states = states_in_force(session, present(), state)
    return {owed: None for of_plan in states for owed in owed_from(of_plan)}


def refusal_to_report(session: Session, state: DistrictState, dataset: Dataset) -> str:
    """Return the sentence for a unit that does not report a dataset: who does, and what to do."""
    if dataset.reporter is Reporter.BUREAU:
        return f"“{dataset.title}”由管理局报送，单位不用报送；内容有误的，请与管理局联系。"
    names = [state.plan.units[unit_id].name for unit_id, code in _owed(session, state) if code == dataset.code]
    who = f"{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}" if names else "承担有关举措的单位"
    return f"“{dataset.title}”由{who}或管理局报送，本单位不承担有关举措，不用报送；内容有误的，请与管理局联系。"
