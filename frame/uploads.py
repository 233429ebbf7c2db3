"""Files that a visitor puts on a page: taken only where the present run offers a place for them, so many as it offers,
and of so many bytes together as a sign-in and the server may hold in memory.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from components.elements.uploader import begin_run, offered_in
from data_access.machine import memory
from frame import cookies
from frame.refused import refused
from frame.streamlit_internals.addresses import UPLOAD
from frame.streamlit_internals.runs import is_cut_short
from frame.streamlit_internals.uploads import drop, drop_all, sizes_by_visit
from frame.streamlit_internals.visits import cookies_of, this_visit
from frame.visitor import opened_with
from rules.file_sizes import MEGABYTE

AROUND = 64 * 1024  # bytes of the form around a file
OF_A_SIGN_IN = 400 * MEGABYTE
NOWHERE = "这个页面没有可以上传文件的地方，文件没有接收。"
NO_LENGTH = "上传请求没有写明长度，文件没有接收。"
TOO_LARGE = "文件超过本页面规定的大小，没有接收。"
TOO_MANY = "本次登录上传的文件合计过大，没有接收，请先办完或移去已上传的文件。"
SERVER_FULL = "同时上传的文件太多，没有接收，请过几分钟再试。"


def bytes_of_server() -> int:
    """Return what the files of all visits together may take: UPLOAD_MEGABYTES, else a quarter of the memory."""
    megabytes = os.environ.get("UPLOAD_MEGABYTES", "")
    return int(megabytes) * MEGABYTE if megabytes.isascii() and megabytes.isdigit() else memory() // 4


class UploadLimits:
    """Pure ASGI, behind the guard that knows the visit for its sign-in's own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._under_way: Counter[str] = Counter()  # sign-in → bytes announced and not yet held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        upload = UPLOAD.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if upload is None:
            await self.app(scope, receive, send)
            return
        visit, sign_in, length = upload["visit"], cookies.read(scope, cookies.SESSION) or "", _length(scope)
        if (why := self._why_not(visit, sign_in, length)) is not None:
            sentence, status = why
            await refused(scope, sentence, status)(scope, receive, send)
            return
        self._under_way[sign_in] += length
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way[sign_in] -= length
            drop_beyond_places(visit)

    def _why_not(self, visit: str, sign_in: str, length: int) -> tuple[str, int] | None:
        offered, whole = offered_in(visit), bytes_of_server()
        if offered is None or not offered.files:
            return NOWHERE, 403
        if length <= 0:
            return NO_LENGTH, 411
        if length > offered.largest + AROUND:
            return TOO_LARGE, 413
        bytes_by_visit = {visit: sum(sizes.values()) for visit, sizes in sizes_by_visit().items()}
        own = sum(size for visit, size in bytes_by_visit.items() if opened_with(visit) == sign_in)
        if own + self._under_way[sign_in] + length > min(OF_A_SIGN_IN, whole // 2):
            return TOO_MANY, 413
        room = whole - self._under_way.total() - length
        if (
            sum(bytes_by_visit.values()) > room
            and sum(bytes_by_visit.values()) - drop_of_closed_visits(bytes_by_visit) > room
        ):
            return SERVER_FULL, 503
        return None


def _length(scope: Scope) -> int:
    """Return what the request says of its own length; 0 where it says nothing."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def drop_beyond_places(visit: str) -> None:
    """Forget the oldest files of a visit that holds more than its page has places for."""
    offered, files = offered_in(visit), list(sizes_by_visit().get(visit, ()))
    places = offered.files if offered is not None else 0
    for number in files[: max(0, len(files) - places)]:
        drop(visit, number)


def drop_of_closed_visits(bytes_by_visit: Mapping[str, int]) -> int:
    """Forget the files of visits whose tab is closed, and which Streamlit keeps for their return; return how many bytes
    that were.
    """
    closed = [visit for visit in bytes_by_visit if cookies_of(visit) is None]
    for visit in closed:
        drop_all(visit)
    return sum(bytes_by_visit[visit] for visit in closed)


@contextmanager
def uploaders_of_this_run() -> Iterator[None]:
    """Run a page and forget the files of a page that was left."""
    visit = this_visit()
    offered = begin_run(visit)
    try:
        yield
    except BaseException as problem:
        if not is_cut_short(problem):
            offered.end()
        raise
    offered.end()
    if not offered.files:
        drop_all(visit)
