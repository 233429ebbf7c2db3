"""The workbooks by which a plan was put in force and changed: every version kept by its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data_access.database import Session, noting, reading
from data_access.plan_store import add_version, plan_row, versions_of
from data_access.submissions import file_content, keep_file
from models.plan_declarations import PlanFacts
from models.tables import PlanRow, PlanVersion
from rules.as_of import end_of_day
from rules.plan.declarations import facts_of_year
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import EVERYONE, requires_role
from services.access.refusal import RefusedRequest


@dataclass(frozen=True)
class KeptVersion:
    """A workbook of a plan, numbered from 1. `since`: in force from then on, None: from the beginning."""

    number: int
    file_name: str
    sha256: str
    since: datetime | None
    reason: str
    at: datetime
    by: str


def row_of_facts(facts: PlanFacts, *, prefix: str, since: datetime | None) -> PlanRow:
    """Return the row of a plan; a first month that its year says anyhow is left to the setting."""
    usual = facts_of_year(facts.year)
    return PlanRow(
        code=facts.code,
        title=facts.title,
        year=facts.year,
        first_month=None if facts.first_month == usual.first_month else facts.first_month,
        begins=facts.begins,
        ends=facts.ends,
        document=facts.document,
        prefix=prefix,
        since=since,
    )


def facts_of_row(plan: PlanRow) -> PlanFacts:
    """Return what a plan on the board says of itself."""
    first_month = plan.first_month or facts_of_year(plan.year).first_month
    return PlanFacts(plan.code, plan.title, plan.year, first_month, plan.begins, plan.ends, plan.document)


def keep_version(
    session: Session, plan: PlanRow, content: bytes, file_name: str, since: datetime | None, reason: str
) -> None:
    """Keep a workbook that was put in force, unless it is the one kept last."""
    sha256 = keep_file(session, content)
    before = versions_of(session, plan.code)
    if before and before[-1].sha256 == sha256:
        return
    at = present()
    in_force = since or (at if before else plan.since)
    add_version(
        session,
        PlanVersion(
            plan=plan.code,
            sha256=sha256,
            file_name=file_name,
            since=in_force,
            reason=reason.strip(),
            at=at,
            by=current_user().name,
        ),
    )


@requires_role(*EVERYONE)
def plan_versions(plan: str, as_of: date) -> tuple[KeptVersion, ...]:
    """Return the workbooks of a plan in force by the end of a day, oldest first."""
    end = end_of_day(as_of)
    with reading() as session:
        numbered = enumerate(versions_of(session, plan), 1)
        return tuple(
            KeptVersion(number, row.file_name, row.sha256, row.since, row.reason, row.at, row.by)
            for number, row in numbered
            if row.since is None or row.since < end
        )


@requires_role(*EVERYONE)
def version_workbook(plan: str, number: int) -> tuple[str, bytes]:
    """Return name and content of a workbook as it was imported. Raises RefusedRequest."""
    with noting() as session:
        versions = versions_of(session, plan) if plan_row(session, plan) is not None else []
        if not 1 <= number <= len(versions):
            raise RefusedRequest(f"方案“{plan}”没有第 {number} 版工作簿。")
        version = versions[number - 1]
        content = file_content(session, version.sha256)
        if content is None:
            raise RefusedRequest(f"方案“{plan}”第 {number} 版工作簿不在库中，请联系管理员。")
        log(session, "download file", f"{plan} {number}", detail={"file": version.file_name})
        return version.file_name, content
