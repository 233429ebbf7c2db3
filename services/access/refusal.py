"""A request that cannot be carried out, with the one sentence that says why and how to mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from data_access.failures import Busy, Fault, StorageFull, Unusable
from data_access.failures import DatabaseFailure as DatabaseFailure
from data_access.room import room_of_database
from rules.file_sizes import MEGABYTE

LEAST_ROOM = 100 * MEGABYTE
"""Bytes of the disk that no workbook takes: the log of writes grows to 64 MB before it is put into the file."""
NO_ROOM = "服务器磁盘空间不足，没有入库，请联系管理员清理后重新上传。"
BUSY = "其他人正在入库，本次没有办理，数据未受影响，请稍候再试。"
FAULTS = {
    Fault.MISSING: "数据库文件不存在，请检查 DATABASE_URL；要新建的，请运行 manage.py init。",
    Fault.NO_ACCESS: "数据库文件或所在文件夹打不开，请检查路径和权限。",
    Fault.READ_ONLY: "数据库是只读的，没有入库，请检查数据库文件和所在文件夹的写权限。",
    Fault.DAMAGED: "数据库文件已损坏或不是看板的数据库，请停止服务，从备份恢复（manage.py restore）。",
    Fault.DISK: "磁盘读写出错，没有入库，请联系管理员检查磁盘。",
    Fault.UNREACHABLE: "数据库服务器连不上或不接受登录，请检查 DATABASE_URL 和数据库服务。",
    Fault.NO_DRIVER: "缺少数据库驱动，请运行 .venv/bin/pip install -r requirements-postgresql.txt。",
    Fault.OLDER_VERSION: "数据库是以前版本的结构，请停止看板，先备份，再运行 manage.py upgrade。",
    Fault.NEWER_VERSION: "数据库是更新版本的程序建立的，本程序不能使用，请改用那一版或更新的程序。",
    Fault.BAD_ADDRESS: "DATABASE_URL 不能识别，请写成 sqlite:////路径/board.sqlite3 或 postgresql+psycopg://用户:密码@主机/库名。",  # noqa: E501
}


class RefusedRequest(Exception):
    """Nothing was stored. str() is the sentence for the person who asked."""


def refuse_longer_than(most: int, *texts: str, what: str = "", mend: str = "请精简") -> None:
    """Raises RefusedRequest where one of the texts has more characters; `what` they are, for the sentence."""
    longest = max(map(len, texts), default=0)
    if longest > most:
        raise RefusedRequest(f"{what}最多写 {most} 个字，现有 {longest} 个字，{mend}。")


LONGEST_REASON = 1000
"""Characters of a reason."""


def refuse_without_reason(reason: str, sentence: str) -> None:
    """Raises RefusedRequest with the sentence where nothing is said, or where too much is."""
    if not reason.strip():
        raise RefusedRequest(sentence)
    refuse_longer_than(LONGEST_REASON, reason, what="理由")


class Unavailable(RefusedRequest):
    """The database cannot be used at the moment; asked again later, the same request may be carried out."""


def sentence_of(failure: DatabaseFailure) -> str:
    """Return why the database cannot be used, and how to mend it."""
    if isinstance(failure, Unusable):
        return FAULTS[failure.fault]
    return BUSY if isinstance(failure, Busy) else NO_ROOM


@contextmanager
def refusing_failures() -> Iterator[None]:
    """Turn a database that cannot be used into a refusal like any other."""
    try:
        yield
    except DatabaseFailure as failure:
        raise Unavailable(sentence_of(failure)) from failure


@contextmanager
def room_on_disk() -> Iterator[None]:
    """Turn a full disk into a refusal like any other, and one that is nearly full: what is left is for those who read,
    sign in and enter a few words.
    """
    room = room_of_database()
    if room is not None and room.free < LEAST_ROOM:
        raise RefusedRequest(NO_ROOM)
    try:
        yield
    except (StorageFull, OSError) as problem:
        if isinstance(problem, OSError) and problem.errno != errno.ENOSPC:
            raise
        raise RefusedRequest(NO_ROOM) from problem
