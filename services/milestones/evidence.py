"""Evidence that a unit attaches to a measure: checked by content and size, kept once by its hash, taken back by an
entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data_access.database import Session, noting, reading, writing
from data_access.evidence import add_evidence, evidence_entry, evidence_of
from data_access.plan_store import units
from data_access.submissions import file_content, hash_of, keep_file
from models.tables import Evidence
from rules.as_of import end_of_day
from rules.units.changes import family, names_answering
from services.access.attached_files import checked_kind, plain_name
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import EVERYONE, WHO_READS_FILES, WHO_REPORTS, refuse_unless_own, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import plan_asked_about


@dataclass(frozen=True)
class EvidenceFile:
    number: int
    measure: str
    unit: str
    file_name: str
    kind: str
    size: int
    sha256: str
    at: datetime
    by: str
    taken_back_at: datetime | None


@requires_role(*WHO_REPORTS, own="unit")
def attach(measure: str, unit: str, file_name: str, content: bytes, *, at: datetime) -> int:
    """Keep a file as evidence; gives its number. Raises RefusedRequest."""
    name = plain_name(file_name)
    kind = checked_kind(name, content)
    with writing() as session:
        unit_id, key = _assigned(session, measure, unit, at)
        sha256 = hash_of(content)
        if any(
            evidence.sha256 == sha256 and evidence.taken_back_at is None
            for evidence in evidence_of(session, at, [unit_id], key)
        ):
            raise RefusedRequest(f"“{name}”已经上传过，内容相同，没有重复保存。")
        keep_file(session, content, sha256)
        number = add_evidence(
            session,
            Evidence(
                measure=key,
                unit_id=unit_id,
                sha256=sha256,
                file_name=name,
                kind=kind,
                size=len(content),
                at=at,
                by=current_user().name,
            ),
        )
        log(
            session,
            "attach evidence",
            f"{measure} {unit}",
            after={"evidence": number, "file": name, "sha256": sha256},
            detail={"at": at.isoformat()},
        )
        return number


def _assigned(session: Session, measure: str, unit: str, at: datetime) -> tuple[int, str]:
    """The unit's number and what the tables call the measure."""
    plan = plan_asked_about(session, at)
    unit_id, judged = plan.unit_id(unit), plan.measure(measure)
    task = plan.task(judged.task) if judged else None
    if judged is None or task is None:
        raise RefusedRequest(f"方案中没有举措“{measure}”。")
    if unit_id is None or unit_id not in task.units:
        raise RefusedRequest(f"{unit}不承担举措 {measure}。")
    return unit_id, judged.key


@requires_role(*WHO_REPORTS)
def take_back(number: int, *, at: datetime) -> None:
    """Take a file back: it stays, but is no longer evidence from `at` on. Raises RefusedRequest."""
    with writing() as session:
        entry = evidence_entry(session, number)
        if entry is None or entry.taken_back_at is not None:
            raise RefusedRequest(f"没有编号为 {number} 的证明材料，或者已经撤回。")
        refuse_unless_own(units(session)[entry.unit_id].name)
        entry.taken_back_at = at
        session.add(entry)
        log(
            session,
            "take back evidence",
            f"evidence {number}",
            before={"withdrawn": False},
            after={"withdrawn": True},
            detail={"measure": entry.measure, "file": entry.file_name, "at": at.isoformat()},
        )


@requires_role(*EVERYONE, own="unit")
def evidence_as_of(as_of: date, unit: str | None = None, measure: str | None = None) -> tuple[EvidenceFile, ...]:
    """Return the files attached to the plan's measures by the end of the day, oldest first; one taken back later still
    counts on that day.
    """
    end = end_of_day(as_of)
    with reading() as session:
        plan = plan_asked_about(session, end)
        names, unit_ids = names_answering(plan), None if unit is None else family(plan, plan.unit_id(unit) or 0)
        key = None if measure is None else plan.key_of(measure)
        return tuple(
            _file(evidence, code, names[evidence.unit_id], end)
            for evidence in evidence_of(session, end, unit_ids, key)
            if (code := plan.code_of(evidence.measure)) is not None
        )


def _file(evidence: Evidence, measure: str, unit: str, end: datetime) -> EvidenceFile:
    back = evidence.taken_back_at if evidence.taken_back_at and evidence.taken_back_at < end else None
    return EvidenceFile(
        evidence.id or 0,
        measure,
        unit,
        evidence.file_name,
        evidence.kind,
        evidence.size,
        evidence.sha256,
        evidence.at,
        evidence.by,
        back,
    )


@requires_role(*WHO_READS_FILES)
def evidence_content(number: int) -> tuple[str, bytes]:
    """Name and bytes of a file attached. Raises RefusedRequest for an unknown number."""
    with noting() as session:
        entry = evidence_entry(session, number)
        if entry is not None:
            refuse_unless_own(units(session)[entry.unit_id].name)
        content = file_content(session, entry.sha256) if entry else None
        if entry is None or content is None:
            raise RefusedRequest(f"没有编号为 {number} 的证明材料。")
        log(
            session,
            "download evidence",
            f"evidence {number}",
            detail={"file": entry.file_name, "sha256": entry.sha256, "measure": entry.measure},
        )
        return entry.file_name, content
