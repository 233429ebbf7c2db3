"""Back the board up into one file, and take it back; what was there before is kept aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data_access.accounts import accounts_listed
from data_access.backup import (
    NotABackup,
    audit_head_of,
    bytes_needed,
    check_whole,
    copy_to,
    discard,
    folder_of_backups,
    new_backup,
    remove_but_newest,
    take_back,
)
from data_access.database import (
    DatabaseFailure,
    Session,
    data_version,
    embedded_path,
    is_initialised,
    is_served,
    noting,
    raise_version_above,
    reading,
    upgrade,
    writing,
)
from data_access.room import room_beside
from data_access.sign_ins import end_every_sign_in
from rules.as_of import SHANGHAI
from rules.file_sizes import size_in_words
from services.access.audit_log import log
from services.access.permission import BUREAU_ALONE, WHO_SUPERVISES, requires_role
from services.access.refusal import RefusedRequest
from services.figures.refold import refold_where_needed


@requires_role(*BUREAU_ALONE)
def back_up(out: Path) -> tuple[int, str]:
    """Copy everything into one new file, which is opened and read to its end. Return how many entries the audit log has
    in it, and the digest of the last.

    Raises RefusedRequest for a served database, an existing file, too little room, or a place that cannot be written.
    """
    _refuse_if_served()
    if out.exists():
        raise RefusedRequest(f"“{out}”已存在，请换一个文件名。")
    copy_whole(out)
    entries, digest = head_of_backup(out)
    with noting() as session:
        log(session, "back up", "backup", detail={"file": out.name, "entries": entries})
    return entries, digest


@requires_role(*BUREAU_ALONE)
def copy_whole(out: Path) -> None:
    """Copy everything into one file, open it and read it to its end. Raises RefusedRequest."""
    _refuse_without_room(out.parent)
    try:
        copy_to(out)
        check_whole(out)
    except OSError as error:
        raise RefusedRequest(f"不能写入“{out}”，请检查路径和剩余空间。") from error
    except NotABackup as error:
        discard(out)
        raise RefusedRequest(f"“{out}”写成后检查未通过，已删除；以前的备份未动。请检查磁盘。") from error


def _refuse_without_room(folder: Path) -> None:
    room = room_beside(folder)
    if room is not None and room.free < (needed := bytes_needed()):
        raise RefusedRequest(
            f"“{folder}”所在磁盘剩余 {size_in_words(room.free)}，备份需要 {size_in_words(needed)}，没有备份。"
        )


@dataclass(frozen=True)
class RoutineBackup:
    """`out` is the new copy, with the head of its audit log; `removed` are the names of the older ones that went."""

    out: Path
    entries: int
    digest: str
    removed: tuple[str, ...]


@requires_role(*BUREAU_ALONE)
def back_up_routinely(folder: Path | None, keep: int) -> RoutineBackup:
    """Make a copy named by the moment, in the folder or beside the database; once it is checked, so many of the newest
    stay. Raises RefusedRequest as `back_up` does; then none is removed.
    """
    _refuse_if_served()
    if keep < 1:
        raise RefusedRequest("至少保留 1 份备份。")
    place = folder or folder_of_backups()
    try:
        out = new_backup(place, datetime.now(SHANGHAI))
    except OSError as error:
        raise RefusedRequest(f"不能写入“{place}”，请换一个目录。") from error
    entries, digest = back_up(out)
    return RoutineBackup(out, entries, digest, tuple(remove_but_newest(place, keep)))


@requires_role(*WHO_SUPERVISES)
def head_of_backup(backup: Path) -> tuple[int, str]:
    """Return number and digest of the last entry that the audit log had when the copy was made. Raises
    RefusedRequest.
    """
    try:
        return audit_head_of(backup)
    except NotABackup as error:
        raise RefusedRequest(f"“{backup}”不是看板的备份，或者其中没有审计日志。") from error


@dataclass(frozen=True)
class Restored:
    """`set_aside`: where the replaced database is now. `accounts`: the accounts that differ from those in it, and in
    what, in words.
    """

    set_aside: Path | None
    sign_ins_ended: int
    accounts: tuple[str, ...]


@requires_role(*BUREAU_ALONE)
def restore(backup: Path) -> Restored:
    """Put a backup in the place of the database; nobody is signed in afterwards. Raises RefusedRequest."""
    _refuse_if_served()
    if is_served():
        raise RefusedRequest(
            "看板正在运行，不能恢复数据库：请先停止看板（make run 的窗口按 Ctrl+C，或停止服务），再运行 restore。"
        )
    if not backup.is_file():
        raise RefusedRequest(f"打不开文件“{backup}”，请检查路径。")
    replaced, version = _accounts_before()
    try:
        aside = take_back(backup, datetime.now(SHANGHAI))
    except NotABackup as error:
        raise RefusedRequest(f"“{backup}”不是完整的看板备份，数据库未改动。") from error
    upgrade()
    refold_where_needed()
    with writing() as session:
        raise_version_above(session, version)
        ended = end_every_sign_in(session, datetime.now(UTC))
        differing = _differing(replaced, _told(session)) if replaced is not None else ()
        log(
            session,
            "restore",
            "database",
            detail={"restored": backup.name, "kept": aside and aside.name, "accounts": list(differing)},
        )
    return Restored(aside, ended, differing)


AccountTold = tuple[str, str | None, bool, str | None]
"""Role, unit, whether it may sign in, and what its password is known by."""


def _accounts_before() -> tuple[dict[str, AccountTold] | None, int]:
    """Of the database that is to be replaced the accounts and the version; None where it cannot be read."""
    try:
        if not is_initialised():
            return None, 0
        with reading() as session:
            return _told(session), data_version()
    except DatabaseFailure:
        return None, 0


def _told(session: Session) -> dict[str, AccountTold]:
    return {
        account.name: (account.role, unit, account.disabled_at is None, account.password)
        for account, unit in accounts_listed(session)
    }


def _differing(before: Mapping[str, AccountTold], after: Mapping[str, AccountTold]) -> tuple[str, ...]:
    words = ("角色", "单位", "启用状态", "密码")
    lines = []
    for name in sorted({*before, *after}):
        if name not in after:
            lines.append(f"{name}：恢复后没有这个账号")
        elif name not in before:
            lines.append(f"{name}：恢复前没有这个账号")
        elif changed := [word for word, old, new in zip(words, before[name], after[name], strict=True) if old != new]:
            lines.append(f"{name}：{'、'.join(changed)}与恢复前不同")
    return tuple(lines)


def _refuse_if_served() -> None:
    if embedded_path() is None:
        raise RefusedRequest(
            "备份和恢复只用于内置数据库；PostgreSQL 请用 pg_dump 和 pg_restore，写法见《运维手册》“备份”。"
        )
