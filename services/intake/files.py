"""From a submission's number to the very file that was uploaded; who took it is logged, for it holds personal data."""

from __future__ import annotations

from data_access.database import noting
from data_access.plan_store import units
from data_access.submissions import file_content, submission
from services.access.audit_log import log
from services.access.permission import WHO_READS_FILES, refuse_unless_own, requires_role
from services.access.refusal import RefusedRequest


@requires_role(*WHO_READS_FILES)
def uploaded_file(submission_id: int) -> tuple[str, bytes]:
    """Name and bytes; a unit's person gets what was sent for that unit alone. Raises RefusedRequest for an unknown
    number.
    """
    with noting() as session:
        stored = submission(session, submission_id)
        content = file_content(session, stored.sha256) if stored else None
        if stored is None or content is None:
            raise RefusedRequest(f"没有编号为 {submission_id} 的报送。")
        refuse_unless_own(units(session)[stored.unit_id].name if stored.unit_id else None)
        log(
            session,
            "download file",
            f"submission {submission_id}",
            detail={"file": stored.file_name, "sha256": stored.sha256, "records": stored.records},
        )
        return stored.file_name, content
