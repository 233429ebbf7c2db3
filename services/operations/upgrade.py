"""A database of an earlier version of the program is brought up to date, or stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from data_access.backup import folder_of_backups, new_backup, put_back, rows_by_table
from data_access.calendar_days import seed_calendar
from data_access.database import (
    DatabaseFailure,
    embedded_path,
    is_at_head,
    is_initialised,
    is_served,
    is_whole,
    reading,
    refuse_newer,
    revision,
    upgrade,
    writing,
)
from data_access.figures import folding_of
from rules.as_of import SHANGHAI
from rules.working_days import CalendarMissing
from services.access.audit_log import log
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest, sentence_of
from services.board.district import opening_day
from services.board.scorecard import assess
from services.figures.refold import FOLDING, refold_where_needed
from services.operations.backup import copy_whole
from services.operations.verify_backup import NEVER_REMOVED
from services.plan.fields_read_again import read_fields_again

Say = Callable[[str], None]


@requires_role(*BUREAU_ALONE)
def bring_up_to_date(say: Say = lambda _: None) -> Path | None:
    """Bring the tables and figures of a database that is there up to date; nothing is imported, and none is made.
    Return the copy that was made of it before, None where its tables were up to date or a server keeps it.

    Raises RefusedRequest where there is none, where the board is served from it, and where anything fails: then it is
    as it was.
    """
    if not is_initialised():
        raise RefusedRequest("数据库尚未建立，请先运行 .venv/bin/python manage.py init（要看示例的加 --sample）。")
    refuse_newer(before := revision())
    if is_at_head() or embedded_path() is None:
        _make_current(before, None, say)
        return None
    if is_served():
        raise RefusedRequest("看板正在运行，不能升级数据库：请先停止看板（或停止服务），再升级。")
    copy = new_backup(folder_of_backups(), datetime.now(SHANGHAI))
    copy_whole(copy)
    say(f"升级前的数据库已备份到 {copy}。")
    with _going_back_to(copy, before):
        _make_current(before, copy, say)
        _check_against(copy)
    return copy


def _make_current(before: str | None, copy: Path | None, say: Say) -> None:
    upgrade()
    with writing() as session:
        seed_calendar(session)
        if (now := revision()) != before:
            log(session, "upgrade", "database", before=before, after=now, detail={"kept": copy and copy.name})
    with reading() as session:
        is_of_another_version = folding_of(session) != FOLDING
    for sentence in read_fields_again() if is_of_another_version else ():
        say(sentence)
    if done := refold_where_needed():
        say(
            f"这个数据库由早期版本建立，已从受理的报送重新计算：指标 {done.figures:,} 条，分类数据 {done.breakdowns:,} 条。"  # noqa: E501
        )
    say("数据库已是最新结构。")


@contextmanager
def _going_back_to(copy: Path, before: str | None) -> Iterator[None]:
    """Put the copy back where the block fails after the tables changed; until then the migration undoes itself."""
    try:
        yield
    except BaseException as problem:
        if revision() != before:
            put_back(copy)
        if not isinstance(problem, Exception):
            raise
        raise RefusedRequest(
            f"升级没有成功，数据库还是升级前的样子（备份在 {copy}），请换回原来的程序。原因：{_why(problem)}"
        ) from problem


def _why(problem: Exception) -> str:
    if isinstance(problem, DatabaseFailure):
        return sentence_of(problem)
    return str(problem) if isinstance(problem, RefusedRequest) else f"程序错误 {type(problem).__name__}。"


def _check_against(copy: Path) -> None:
    """Raise RefusedRequest where the database is not whole, lacks what the copy has, or cannot say its lamps."""
    path = embedded_path()
    assert path is not None
    if not is_whole():
        raise RefusedRequest("数据库文件检查未通过。")
    before, now = rows_by_table(copy), rows_by_table(path)
    if fewer := [table for table in NEVER_REMOVED if before.get(table, 0) > now.get(table, 0)]:
        raise RefusedRequest(f"升级后记录变少：{'、'.join(fewer)}。")
    try:
        assess(opening_day())
    except CalendarMissing:
        return
