"""What is said instead of an answer: a sentence, on a page of its own where the browser asked for a page."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from frame.sign_in_pages import refusal_page

NOT_KEPT = {"cache-control": "no-store"}
HEADINGS = {401: "请重新登录", 403: "不能办理", 404: "没有找到", 500: "服务器出错"}


def wants_page(scope: Scope) -> bool:
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def refused(scope: Scope, sentence: str, status: int) -> Response:
    if wants_page(scope):
        return refusal_page(HEADINGS.get(status, "没有办理"), sentence, status, ("/", "返回看板"))
    return PlainTextResponse(sentence, status_code=status, headers=NOT_KEPT)
