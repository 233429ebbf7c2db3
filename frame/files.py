"""/files/<number>: a submission's workbook as it was uploaded; /templates/<dataset>: an empty one; /evidence/<number>:
a file attached as evidence, /answer-files/<number>: with the answer to a rectification, /spot-check-files/<number>: to
an element of a spot check; /made/<number>: what a page offers to make. Always as downloads, and each asked by the
person of the request.
"""

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.elements.offered_files import made
from frame.refused import refused as refusal_page
from rules.asked_numbers import asked_number
from services.access.current_user import NotSignedIn
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.intake.files import uploaded_file
from services.intake.templates import named_template
from services.milestones.evidence import evidence_content
from services.rectifications.course import answer_file
from services.spot_checks.attachments import attached_file


async def download(request: Request) -> Response:
    return await sent(request, lambda: uploaded_file(number_in(request, "报送")))


async def download_evidence(request: Request) -> Response:
    return await sent(request, lambda: evidence_content(number_in(request, "证明材料")))


async def download_answer_file(request: Request) -> Response:
    return await sent(request, lambda: answer_file(number_in(request, "附件")))


async def download_spot_check_file(request: Request) -> Response:
    return await sent(request, lambda: attached_file(number_in(request, "附件")))


def number_in(request: Request, what: str) -> int:
    """Return the number. Raises RefusedRequest for anything but a number that there could be."""
    number = asked_number(request.path_params["number"])
    if number is None:
        raise RefusedRequest(f"没有这个编号的{what}。")
    return number


async def download_made(request: Request) -> Response:
    return await sent(request, lambda: made(request.path_params["number"]))


async def download_template(request: Request) -> Response:
    query = request.query_params
    return await sent(
        request, lambda: named_template(request.path_params["code"], query.get("unit"), query.get("month"))
    )


async def sent(request: Request, make: Callable[[], tuple[str, bytes]]) -> Response:
    """Return the named file, or the sentence why there is none."""
    try:
        name, content = await run_in_threadpool(make)
    except RefusedRequest as refused:
        return refusal_page(request.scope, str(refused), status_of(refused))
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"content-disposition": disposition, "cache-control": "private, no-store"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def status_of(refused: RefusedRequest) -> int:
    return 401 if isinstance(refused, NotSignedIn) else 403 if isinstance(refused, Forbidden) else 404


def routes() -> list[Route]:
    return [
        Route("/files/{number}", download),
        Route("/evidence/{number}", download_evidence),
        Route("/answer-files/{number}", download_answer_file),
        Route("/spot-check-files/{number}", download_spot_check_file),
        Route("/templates/{code}", download_template),
        Route("/made/{number}", download_made),
    ]
