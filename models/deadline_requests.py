"""A unit asks for a later deadline of a task (申请调整时限): the request and what the bureau decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "待审核"
    GRANTED = "已同意"
    REFUSED = "未同意"


class DeadlineRequest(SQLModel, table=True):
    """What a unit asked for, with the document that says why."""

    __tablename__ = "deadline_request"

    id: int | None = Field(default=None, primary_key=True)
    plan: str
    task: str = Field(foreign_key="task.code", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    deadline: date  # in force when it was asked
    until: date  # asked for
    reason: str
    sha256: str = Field(foreign_key="stored_file.sha256", index=True)
    file_name: str
    at: datetime
    by: str


class DeadlineDecision(SQLModel, table=True):
    """The bureau grants or refuses a request, once. A granted one is a ruling on the task as well."""

    __tablename__ = "deadline_decision"

    request_id: int = Field(primary_key=True, foreign_key="deadline_request.id")
    granted: bool
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RequestedDeadline:
    """A request as people read it, as it stood at the end of a day."""

    number: int
    task: str
    unit: str
    deadline: date
    until: date
    reason: str
    file_name: str
    at: datetime
    by: str
    state: RequestState
    decision: str  # the reason of the decision, "" while it is open
    decided_at: datetime | None
