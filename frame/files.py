"""/files/<number>: the workbook of a submission, as it was uploaded, always as a download."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services.files import uploaded_file
from services.refusal import RefusedRequest


async def download(request: Request) -> Response:
    try:
        name, content = await run_in_threadpool(uploaded_file, request.path_params["number"])
    except RefusedRequest as refused:
        return PlainTextResponse(str(refused), status_code=404)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"content-disposition": disposition, "cache-control": "private, no-store"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def routes() -> list[Route]:
    return [Route("/files/{number:int}", download)]
