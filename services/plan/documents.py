"""The text of a plan as it was issued (.docx, .pdf), attached to a workbook of the plan: kept by its hash, never
overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from data_access.database import Session, noting, reading, writing
from data_access.plan_documents import add_document, document_numbered, documents_until
from data_access.plan_store import plan_row, versions_of
from data_access.submissions import file_content, hash_of, keep_file
from models.tables import PlanDocument
from rules.as_of import EVER, end_of_day
from services.access.attached_files import checked_kind, plain_name
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest

KINDS = ("docx", "pdf")


@dataclass(frozen=True)
class KeptDocument:
    """`version`: the number of the workbook to which it belongs, 0 where none of the plan was kept."""

    number: int
    version: int
    file_name: str
    at: datetime
    by: str


@requires_role(*BUREAU_ALONE)
def attach_document(plan: str, version: int, file_name: str, content: bytes, *, at: datetime) -> int:
    """Keep a text with the workbook of a plan that has this number; gives the number of the text. Raises
    RefusedRequest.
    """
    with writing() as session:
        if plan_row(session, plan) is None:
            raise RefusedRequest(f"没有编号为“{plan}”的方案。")
        known = len(versions_of(session, plan))
        if not min(known, 1) <= version <= known:
            raise RefusedRequest(f"方案“{plan}”没有第 {version} 版工作簿。")
        return attach_in(session, plan, version, file_name, content, at)


def attach_in(session: Session, plan: str, version: int, file_name: str, content: bytes, at: datetime) -> int:
    """Attach a text within a transaction. Raises RefusedRequest."""
    name = plain_name(file_name)
    if checked_kind(name, content) not in KINDS:
        raise RefusedRequest(f"“{name}”不是 .docx 或 .pdf，请将方案原文另存为其中一种再附上。")
    sha256 = hash_of(content)
    if any((text.version, text.sha256) == (version, sha256) for text in documents_until(session, plan, EVER)):
        raise RefusedRequest(f"“{name}”已经附在该版之后，内容相同，没有重复保存。")
    keep_file(session, content, sha256)
    number = add_document(
        session,
        PlanDocument(plan=plan, version=version, sha256=sha256, file_name=name, at=at, by=current_user().name),
    )
    log(
        session,
        "attach plan text",
        f"{plan} {version}",
        after={"document": number, "file": name, "sha256": sha256},
        detail={"at": at.isoformat()},
    )
    return number


@requires_role(*EVERYONE)
def plan_documents(plan: str, as_of: date) -> tuple[KeptDocument, ...]:
    """Return the texts attached to a plan by the end of a day, oldest first."""
    with reading() as session:
        return tuple(
            KeptDocument(text.id or 0, text.version, text.file_name, text.at, text.by)
            for text in documents_until(session, plan, end_of_day(as_of))
        )


@requires_role(*EVERYONE)
def document_content(number: int) -> tuple[str, bytes]:
    """Return name and content of a text as it was attached. Raises RefusedRequest."""
    with noting() as session:
        document = document_numbered(session, number)
        content = None if document is None else file_content(session, document.sha256)
        if document is None or content is None:
            raise RefusedRequest("这份方案原文不在库中，请刷新后重试，或联系管理员。")
        log(session, "download file", f"{document.plan} {document.version}", detail={"file": document.file_name})
        return document.file_name, content
