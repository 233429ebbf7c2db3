"""Back the board up into one file, and take it back; what was there before is kept aside."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from data_access.backup import NotABackup, audit_head_of, copy_to, embedded_path, take_back
from data_access.database import noting, upgrade
from rules.as_of import SHANGHAI
from services.access.audit_log import log
from services.access.permission import BUREAU_ALONE, WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest
from services.figures.refold import refold_where_needed


@requires_role(*BUREAU_ALONE)
def back_up(out: Path) -> tuple[int, str]:
    """How many entries the audit log has in the copy, and the digest of the last. Raises RefusedRequest for a served
    database, an existing file or a place that cannot be written.
    """
    _refuse_if_served()
    if out.exists():
        raise RefusedRequest(f"“{out}”已存在，请换一个文件名。")
    try:
        copy_to(out)
    except OSError as error:
        raise RefusedRequest(f"不能写入“{out}”，请检查路径和剩余空间。") from error
    entries, digest = audit_head_of(out)
    with noting() as session:
        log(session, "back up", "backup", detail={"file": out.name, "entries": entries})
    return entries, digest


@requires_role(*WHO_SUPERVISES)
def head_of_backup(backup: Path) -> tuple[int, str]:
    """Number and digest of the last entry that the audit log had when the copy was made. Raises RefusedRequest."""
    try:
        return audit_head_of(backup)
    except NotABackup as error:
        raise RefusedRequest(f"“{backup}”不是看板的备份，或者其中没有审计日志。") from error


@requires_role(*BUREAU_ALONE)
def restore(backup: Path) -> Path | None:
    """Gives where the database that was replaced is kept. Raises RefusedRequest."""
    _refuse_if_served()
    if not backup.is_file():
        raise RefusedRequest(f"打不开文件“{backup}”，请检查路径。")
    try:
        aside = take_back(backup, datetime.now(SHANGHAI))
    except NotABackup as error:
        raise RefusedRequest(f"“{backup}”不是完整的看板备份，数据库未改动。") from error
    upgrade()
    refold_where_needed()
    with noting() as session:
        log(session, "restore", "database", detail={"restored": backup.name, "kept": aside and aside.name})
    return aside


def _refuse_if_served() -> None:
    if embedded_path() is None:
        raise RefusedRequest("备份和恢复只用于内置数据库，PostgreSQL 请用 pg_dump 和 pg_restore。")
