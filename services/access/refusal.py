"""A request that cannot be carried out, with the one sentence that says why and how to mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from data_access.database import StorageFull


class RefusedRequest(Exception):
    """Nothing was stored. str() is the sentence for the person who asked."""


@contextmanager
def room_on_disk() -> Iterator[None]:
    """A full disk is a refusal like any other."""
    try:
        yield
    except (StorageFull, OSError) as problem:
        if isinstance(problem, OSError) and problem.errno != errno.ENOSPC:
            raise
        raise RefusedRequest("服务器磁盘空间不足，没有入库，请联系管理员清理后重新上传。") from problem
