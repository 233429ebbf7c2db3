"""Photographs, recordings and papers of an element: attached by whoever checks, or by the unit to its objection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from data_access.database import Session, noting, writing
from data_access.plan_store import units
from data_access.spot_checks import add_entries, file_row
from data_access.submissions import file_content, hash_of, keep_file
from models.people import Role
from models.spot_checks import Element, SpotCheck, SpotCheckFile
from rules.as_of import EVER
from services.access.attached_files import checked_kind, plain_name
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_READS_FILES, is_own, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state
from services.spot_checks.checks_as_of import own_element, refuse_untold, spot_check_in

RESULT, OBJECTION = "result", "objection"


Files = Sequence[tuple[str, bytes]]
"""Names and contents, as they were chosen on screen."""


@requires_role(Role.INSPECTOR, Role.UNIT)
def attach_file(number: str, key: str, file_name: str, content: bytes, *, at: datetime | None = None) -> None:
    """Keep a file with an element: the checker's proof, or the unit's once it was told. Raises RefusedRequest."""
    instant = at or present()
    with writing() as session:
        check = spot_check_in(session, number, district_state(session, instant + timedelta(microseconds=1)), EVER)
        refuse_untold(check, number)
        element = own_element(check, key)
        if element is None:
            raise RefusedRequest(f"抽查 {number} 没有抽到“{key}”。")
        if check.voided_at is not None:
            raise RefusedRequest(f"抽查 {number} 已作废（{check.void_reason}）。")
        if element.decision is not None:
            raise RefusedRequest(f"“{key}”已经认定，不能再补材料。")
        attach_in(
            session,
            check,
            element,
            [(file_name, content)],
            OBJECTION if current_user().role is Role.UNIT else RESULT,
            instant,
        )


def attach_in(session: Session, check: SpotCheck, element: Element, files: Files, purpose: str, at: datetime) -> None:
    """Attach files as `attach_file` does, within a transaction and without asking who asks; all files or none."""
    known = {file.sha256 for file in element.files}
    for file_name, content in files:
        name = plain_name(file_name)
        kind = checked_kind(name, content, recordings=True)
        if hash_of(content) in known:
            raise RefusedRequest(f"“{name}”已经上传过，内容相同，没有重复保存。")
        sha256 = keep_file(session, content)
        known.add(sha256)
        entry = SpotCheckFile(
            plan=check.plan,
            element_id=element.id,
            purpose=purpose,
            sha256=sha256,
            file_name=name,
            kind=kind,
            size=len(content),
            at=at,
            by=current_user().name,
        )
        add_entries(session, [entry])
        log(
            session,
            "attach to spot check",
            f"spot-check {check.number} {element.key}",
            after={"file": name, "sha256": sha256},
            detail={"at": at.isoformat()},
        )


@requires_role(*WHO_READS_FILES)
def attached_file(number: int) -> tuple[str, bytes]:
    """Return name and bytes of a file; a unit reads its own elements' once they were told. Raises RefusedRequest."""
    with noting() as session:
        row = file_row(session, number)
        content = None
        if row is not None and is_own(units(session)[row.unit_id].name):
            may_read = row.released or current_user().role is not Role.UNIT
            content = file_content(session, row.sha256) if may_read else None
        if row is None or content is None:
            raise RefusedRequest(f"没有编号为 {number} 的附件。")
        log(
            session,
            "download evidence",
            f"spot-check {row.key}",
            detail={"file": row.file_name, "sha256": row.sha256},
        )
        return row.file_name, content
